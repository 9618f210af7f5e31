// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/nativeprovider.h"

#include "testing/datatemplate.h"
#include "testing/freeport.h"
#include "testing/initialization.h"
#include "testing/readiness.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

namespace QAsyncMySql::Internal {

namespace {

// The path of a local socket has room for 104 bytes on the tightest systems.
constexpr qsizetype MaxTemporaryPath = 70;

bool keepsDirectory()
{
    return qEnvironmentVariableIntValue("QASYNCMYSQL_TEST_KEEP") != 0;
}

} // namespace

NativeProvider::~NativeProvider()
{
    NativeProvider::stop();
}

QString NativeProvider::whyUnavailable()
{
#ifndef Q_OS_UNIX
    return QStringLiteral("servers can be run as child processes on Unix only; use a container.");
#else
    QString reason;
    m_installation = findInstallation(&reason);
    return m_installation.isValid() ? QString() : reason;
#endif
}

bool NativeProvider::makeDirectory()
{
    QString parent = QDir::tempPath();
    if (parent.toLocal8Bit().size() > MaxTemporaryPath)
        parent = QStringLiteral("/tmp");
    m_directory = std::make_unique<QTemporaryDir>(parent + QLatin1String("/qamts-XXXXXX"));
    if (!m_directory->isValid())
        return fail(QStringLiteral("cannot make a folder in %1: %2").arg(parent, m_directory->errorString()));
    m_directory->setAutoRemove(!keepsDirectory());
    m_endpoint.directory = m_directory->path();
    if (!keepsDirectory())
        m_watchdog.arm(Watchdog::removalCommand(m_directory->path(), 0));
    QDir directory(m_directory->path());
    if (!directory.mkdir(QStringLiteral("tls")) || !directory.mkdir(QStringLiteral("tmp"))
        || !directory.mkdir(QStringLiteral("files")))
        return fail(QStringLiteral("cannot make folders in %1").arg(m_directory->path()));
    if (!m_certificates.create(path("/tls")))
        return fail(m_certificates.errorString());
    return true;
}

QStringList NativeProvider::serverArguments(const ServerInstallation &installation, const QString &directory,
                                            const TestCertificates &certificates,
                                            const TestServerOptions &options, quint16 port)
{
    QStringList result = commonArguments(installation, directory + QLatin1String("/data"));
    result += {
        QStringLiteral("--socket=%1/s").arg(directory),
        QStringLiteral("--pid-file=%1/pid").arg(directory),
        QStringLiteral("--tmpdir=%1/tmp").arg(directory),
        QStringLiteral("--secure-file-priv=%1/files").arg(directory),
        QStringLiteral("--port=%1").arg(port),
        QStringLiteral("--bind-address=127.0.0.1"),
        QStringLiteral("--skip-name-resolve"),
        QLatin1String("--ssl-ca=") + certificates.caCertificatePath(),
        QLatin1String("--ssl-cert=") + certificates.serverCertificatePath(options.serverCertificate()),
        QLatin1String("--ssl-key=") + certificates.serverKeyPath(options.serverCertificate()),
        QStringLiteral("--max-allowed-packet=1G"),
        // Small and fast rather than safe: the data is thrown away. Commits reach the system but not the
        // disk, so they outlive the server (kill(), restart()) though not the machine.
        QStringLiteral("--innodb-buffer-pool-size=32M"),
        QStringLiteral("--innodb-flush-log-at-trx-commit=2"),
    };
    if (installation.flavor == ServerInstallation::Flavor::MariaDB) {
        result += QStringLiteral("--innodb-flush-method=nosync");
    } else {
        result += {
            QStringLiteral("--mysqlx=OFF"),
            QStringLiteral("--innodb-log-buffer-size=1M"),
            QStringLiteral("--sync-binlog=0"),
            // Halves its memory; what most programs look at (threads, connection attributes) is still there.
            QStringLiteral("--performance-schema-instrument=memory/%=OFF"),
            QStringLiteral("--table-open-cache=200"),
            QStringLiteral("--table-definition-cache=400"),
        };
    }
    return result + options.serverArguments();
}

NativeProvider::Launch NativeProvider::launch(quint16 port, const QDeadlineTimer &deadline)
{
    const QString logPath = path("/log");
    const qint64 logStart = QFile(logPath).size();
    m_endpoint.port = port;
    m_endpoint.socketPath = path("/s");
    m_process = std::make_unique<ChildProcess>();
    m_process->setLogFile(logPath);
    QFile::remove(
        m_endpoint
            .socketPath); // one left behind by a kill refuses connections, which costs nothing but looks odd
    const QStringList arguments
        = serverArguments(m_installation, m_directory->path(), m_certificates, options(), port);
    if (!m_process->start(m_installation.program, arguments)) {
        fail(QStringLiteral("%1 did not start: %2").arg(m_installation.description(), m_process->endText()));
        return Launch::Failed;
    }
#ifndef Q_OS_LINUX
    // Nothing but the watchdog ends the server there when the test crashes.
    if (!keepsDirectory())
        m_watchdog.arm(Watchdog::removalCommand(m_directory->path(), m_process->processId()));
#endif
    // The socket is opened after the TCP port, and unlike the port it cannot be another server's.
    const Greeting greeting
        = waitForLocalGreeting(m_endpoint.socketPath, deadline, [this] { return m_process->isRunning(); });
    if (greeting.isReady()) {
        m_endpoint.processId = m_process->processId();
        m_endpoint.flavor = m_installation.flavor;
        m_endpoint.serverVersion = greeting.version.isEmpty() ? m_installation.version : greeting.version;
        return Launch::Ready;
    }

    const bool ended = !m_process->isRunning();
    m_process->kill();
    QFile log(logPath);
    QString text;
    if (log.open(QIODevice::ReadOnly) && log.seek(logStart))
        text = QString::fromUtf8(log.readAll());
    const QString state = ended ? m_process->endText()
                                : QStringLiteral("not ready after %1 ms").arg(options().startTimeout());
    fail(QStringLiteral("%1 did not start (%2). Its log says:\n%3")
             .arg(m_installation.description(), state, importantLines(text)));
    return ended && text.contains(QLatin1String("Address already in use")) ? Launch::PortTaken
                                                                           : Launch::Failed;
}

bool NativeProvider::start(const QDeadlineTimer &deadline)
{
    if (!makeDirectory())
        return false;
    DataTemplate data;
    if (!data.prepare(m_installation, path("/template"), deadline) || !data.copyTo(path("/data"), deadline))
        return fail(data.errorString());
    m_endpoint.user = QStringLiteral("test");
    m_endpoint.password = data.password();
    m_endpoint.rootPassword = data.rootPassword();
    m_endpoint.database = QStringLiteral("test");

    constexpr int Attempts = 5; // other tests may take the port between our look and the server's bind
    for (int attempt = 1;; ++attempt) {
        const quint16 port = findFreePort();
        if (port == 0)
            return fail(QStringLiteral("there is no free TCP port between 20000 and 32000"));
        const Launch result = launch(port, deadline);
        if (result == Launch::Ready)
            return true;
        if (result == Launch::Failed || attempt == Attempts)
            return false;
    }
}

void NativeProvider::stop()
{
    m_process.reset(); // SIGKILL: there is nothing to save, and a clean shutdown of MySQL takes seconds
    m_directory.reset();
    m_watchdog.cancel();
}

bool NativeProvider::kill()
{
    if (!isRunning())
        return fail(QStringLiteral("The server is not running."));
    m_process->kill();
    return true;
}

bool NativeProvider::restart(const QDeadlineTimer &deadline)
{
    if (!m_directory)
        return fail(QStringLiteral("The server has no data: start() it first."));
    if (m_process)
        m_process->kill();
    return launch(m_endpoint.port, deadline) == Launch::Ready;
}

QString NativeProvider::logText()
{
    if (!m_directory)
        return {};
    QFile log(path("/log"));
    return log.open(QIODevice::ReadOnly) ? QString::fromUtf8(log.readAll()) : QString();
}

} // namespace QAsyncMySql::Internal
