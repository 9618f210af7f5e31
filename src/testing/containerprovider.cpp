// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/containerprovider.h"

#include "testing/readiness.h"
#include "testing/serverimage.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QRandomGenerator>
#include <QtCore/QStandardPaths>

namespace QAsyncMySql::Internal {

namespace {

constexpr int ProbeTimeoutMs = 5000;
constexpr int CommandTimeoutMs = 20000;

//! The entry points of both images read these; without "=VALUE" the engine takes them from its own
//! environment.
QString variable(const ServerImage &image, const char *suffix)
{
    const bool isMariaDb = image.flavor() == TestServerOptions::Flavor::MariaDB
        || image.containerImage().contains(QLatin1String("mariadb"));
    return (isMariaDb ? QStringLiteral("MARIADB_") : QStringLiteral("MYSQL_")) + QLatin1String(suffix);
}

QString randomHex()
{
    return QString::number(QRandomGenerator::system()->generate64(), 16);
}

} // namespace

ContainerProvider::ContainerProvider(const QString &engine, const TestServerOptions &options)
    : ServerProvider(options)
    , m_engine(engine)
    , m_name(QStringLiteral("qasyncmysql-%1-%2").arg(QCoreApplication::applicationPid()).arg(randomHex()))
    , m_environment(QProcessEnvironment::systemEnvironment())
{
}

ContainerProvider::~ContainerProvider()
{
    ContainerProvider::stop();
}

bool ContainerProvider::run(const QStringList &arguments, const QDeadlineTimer &deadline, QString *output)
{
    QProcess process;
    process.setProcessEnvironment(m_environment);
    process.start(m_engine, arguments, QIODevice::ReadOnly);
    const bool finished = process.waitForFinished(int(deadline.remainingTime()));
    const bool ok = finished && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
    if (!finished)
        process.kill();
    if (output) {
        *output = QString::fromUtf8(ok ? process.readAllStandardOutput() : process.readAllStandardError())
                      .trimmed();
        if (!ok && output->isEmpty())
            *output = finished ? process.errorString() : QStringLiteral("no answer in time");
    }
    return ok;
}

QString ContainerProvider::whyUnavailable()
{
    if (QStandardPaths::findExecutable(m_engine).isEmpty())
        return QStringLiteral("there is no '%1' in PATH.").arg(m_engine);
    QString output;
    // Asks the engine behind the program too, which may be absent or refuse us.
    if (!run({QStringLiteral("info")}, QDeadlineTimer(ProbeTimeoutMs), &output))
        return QStringLiteral("'%1' cannot be used: %2").arg(m_engine, output.section(u'\n', -1).trimmed());
    return {};
}

QStringList ContainerProvider::runArguments(const TestServerOptions &options, const QString &containerName,
                                            const QString &directory)
{
    const ServerImage image = ServerImage::fromOptions(options);
    QStringList result{
        QStringLiteral("run"),
        QStringLiteral("--rm"),
        QStringLiteral("--detach"),
        QStringLiteral("--name"),
        containerName,
        QStringLiteral("--label"),
        QStringLiteral("qasyncmysql.test=1"),
        QStringLiteral("--publish"),
        QStringLiteral("127.0.0.1::3306"),
        QStringLiteral("--tmpfs"),
        QStringLiteral("/var/lib/mysql"),
        QStringLiteral("--volume"),
        directory + QLatin1String("/tls:/qasyncmysql-tls:ro"),
        QStringLiteral("--volume"),
        directory + QLatin1String("/init:/docker-entrypoint-initdb.d:ro"),
    };
    for (const char *suffix : {"ROOT_PASSWORD", "DATABASE", "USER", "PASSWORD"})
        result += {QStringLiteral("--env"), variable(image, suffix)};
    result += {
        image.containerImage(),
        QStringLiteral("--ssl-ca=/qasyncmysql-tls/ca.pem"),
        QStringLiteral("--ssl-cert=/qasyncmysql-tls/server.pem"),
        QStringLiteral("--ssl-key=/qasyncmysql-tls/server.key"),
        QStringLiteral("--max-allowed-packet=1G"),
    };
    return result + options.serverArguments();
}

quint16 ContainerProvider::parsePort(const QString &output)
{
    // "127.0.0.1:32768", one line for each address
    return output.section(u'\n', 0, 0).section(u':', -1).trimmed().toUShort();
}

bool ContainerProvider::prepareFiles()
{
    m_directory = std::make_unique<QTemporaryDir>(QDir::tempPath() + QLatin1String("/qamts-XXXXXX"));
    QDir directory(m_directory->path());
    const QString tls = directory.filePath(QStringLiteral("tls"));
    const QString init = directory.filePath(QStringLiteral("init"));
    const QString own = directory.filePath(QStringLiteral("own"));
    if (!m_directory->isValid() || !directory.mkdir(tls) || !directory.mkdir(init) || !directory.mkdir(own))
        return fail(QStringLiteral("cannot make folders in %1").arg(QDir::tempPath()));
    if (!m_certificates.create(own))
        return fail(m_certificates.errorString());

    // The server runs as another user in the container, so it gets copies that anybody may read; the folder
    // above is private.
    const QFile::Permissions readable
        = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;
    const auto kind = options().serverCertificate();
    const std::pair<QString, QString> copies[] = {
        {m_certificates.caCertificatePath(), QStringLiteral("/ca.pem")},
        {m_certificates.serverCertificatePath(kind), QStringLiteral("/server.pem")},
        {m_certificates.serverKeyPath(kind), QStringLiteral("/server.key")},
    };
    for (const auto &[source, target] : copies) {
        if (!QFile::copy(source, tls + target) || !QFile::setPermissions(tls + target, readable))
            return fail(QStringLiteral("cannot write %1").arg(tls + target));
    }
    QFile grants(init + QLatin1String("/grants.sql"));
    const QByteArray sql = "GRANT ALL PRIVILEGES ON *.* TO 'test'@'%' WITH GRANT OPTION;\n";
    if (!grants.open(QIODevice::WriteOnly) || grants.write(sql) != sql.size()
        || !grants.setPermissions(readable))
        return fail(QStringLiteral("cannot write %1").arg(grants.fileName()));
    return true;
}

bool ContainerProvider::start(const QDeadlineTimer &deadline)
{
    if (!prepareFiles())
        return false;
    m_endpoint.user = QStringLiteral("test");
    m_endpoint.password = randomHex();
    m_endpoint.rootPassword = randomHex();
    m_endpoint.database = QStringLiteral("test");
    const ServerImage image = ServerImage::fromOptions(options());
    m_environment.insert(variable(image, "ROOT_PASSWORD"), m_endpoint.rootPassword);
    m_environment.insert(variable(image, "DATABASE"), m_endpoint.database);
    m_environment.insert(variable(image, "USER"), m_endpoint.user);
    m_environment.insert(variable(image, "PASSWORD"), m_endpoint.password);

    m_watchdog.arm(
        {m_engine, QStringLiteral("rm"), QStringLiteral("--force"), QStringLiteral("--volumes"), m_name});
    QString output;
    if (!run(runArguments(options(), m_name, m_directory->path()), deadline, &output))
        return fail(QStringLiteral("'%1 run %2' failed: %3").arg(m_engine, image.containerImage(), output));
    if (!run({QStringLiteral("port"), m_name, QStringLiteral("3306/tcp")}, deadline, &output))
        return fail(QStringLiteral("'%1 port' failed: %2\n%3").arg(m_engine, output, logText()));
    m_endpoint.port = parsePort(output);

    // While it initialises itself, the server of these images listens on no TCP port.
    const Greeting greeting = readTcpGreeting(m_endpoint.host, m_endpoint.port, deadline);
    if (!greeting.isReady()) {
        return fail(QStringLiteral("%1 was not ready after %2 ms (%3). Its log ends:\n%4")
                        .arg(image.containerImage(), QString::number(options().startTimeout()),
                             greeting.error, logText().right(2000)));
    }
    m_endpoint.serverVersion = greeting.version;
    m_endpoint.flavor = greeting.flavor;
    return true;
}

void ContainerProvider::stop()
{
    if (!m_directory)
        return;
    run({QStringLiteral("rm"), QStringLiteral("--force"), QStringLiteral("--volumes"), m_name},
        QDeadlineTimer(CommandTimeoutMs), nullptr);
    m_watchdog.cancel();
    m_directory.reset();
}

bool ContainerProvider::kill()
{
    QString output;
    if (run({QStringLiteral("kill"), m_name}, QDeadlineTimer(CommandTimeoutMs), &output))
        return true;
    return fail(QStringLiteral("'%1 kill' failed: %2").arg(m_engine, output));
}

bool ContainerProvider::isRunning()
{
    QString output;
    return m_directory
        && run({QStringLiteral("inspect"), QStringLiteral("--format"), QStringLiteral("{{.State.Running}}"),
                m_name},
               QDeadlineTimer(CommandTimeoutMs), &output)
        && output == QLatin1String("true");
}

QString ContainerProvider::logText()
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(m_engine, {QStringLiteral("logs"), m_name}, QIODevice::ReadOnly);
    process.waitForFinished(CommandTimeoutMs);
    return QString::fromUtf8(process.readAll());
}

} // namespace QAsyncMySql::Internal
