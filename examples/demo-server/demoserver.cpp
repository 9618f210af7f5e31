// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "demoserver.h"

#include "demodata.h"
#include "wait.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QThread>

#include <cstdio>

using namespace QAsyncMySql;

// Raise it when the rows change.
static constexpr int Recipe = 1;

static void say(const QString &text)
{
    std::fprintf(stderr, "demo-server: %s\n", qPrintable(text));
}

static TestServerOptions serverOptions(const QString &image)
{
    TestServerOptions options;
    if (!image.isEmpty())
        options.setImage(image);
    if (options.provider() == TestServerOptions::Provider::Url)
        options.setProvider(TestServerOptions::Provider::Automatic);
    // Room to fill the table at full speed; the small defaults are for tests.
    for (const char *argument :
         {"--innodb-buffer-pool-size=512M", "--loose-innodb-log-file-size=256M",
          "--loose-innodb-redo-log-capacity=256M", "--skip-innodb-doublewrite", "--loose-disable-log-bin"})
        options.addServerArgument(QString::fromLatin1(argument));
    return options;
}

DemoServer::DemoServer(const QString &image, qint64 rows)
    : m_server(serverOptions(image))
    , m_rows(rows)
{
}

bool DemoServer::fail(const QString &message)
{
    m_error = message;
    return false;
}

bool DemoServer::start(bool fresh)
{
    if (!m_server.start())
        return fail(m_server.errorString());
    if (!fresh && useCachedData())
        say(QStringLiteral("rows taken from %1").arg(cachedData()));
    say(QStringLiteral("%1 at port %2 (%3)")
            .arg(m_server.serverVersion(), QString::number(m_server.port()), m_server.providerName()));
    return fill();
}

QUrl DemoServer::url() const
{
    QUrl url = m_server.url();
    url.setPath(QStringLiteral("/demo"));
    return url;
}

bool DemoServer::connectTo(Connection *connection)
{
    const Result<ConnectOptions> options = ConnectOptions::fromUrl(m_server.url());
    if (!options)
        return fail(options.error().toString());
    const Result<void> opened = waitFor(connection->open(*options));
    return opened ? true : fail(opened.error().toString());
}

bool DemoServer::fill()
{
    Connection connection;
    if (!connectTo(&connection))
        return false;
    const qint64 present = countDemoRows(&connection);
    if (present == m_rows)
        return true;

    QElapsedTimer timer;
    timer.start();
    say(QStringLiteral("filling demo.orders with %1 rows").arg(m_rows));
    const auto progress = [this, &timer](qint64 done) {
        say(QStringLiteral("%1 of %2 rows, %3 s")
                .arg(done)
                .arg(m_rows)
                .arg(double(timer.elapsed()) / 1000, 0, 'f', 1));
    };
    const Result<void> filled = fillDemoData(&connection, m_rows, progress);
    if (!filled)
        return fail(QStringLiteral("The table demo.orders could not be filled: ")
                    + filled.error().toString());
    (void)waitFor(connection.close());
    keepData();
    return m_server.isRunning() || m_server.restart() ? true : fail(m_server.errorString());
}

// The folder that holds the filled data of this server's version, whether it is there or not; empty where
// data cannot be kept.
QString DemoServer::cachedData() const
{
    if (m_server.directory().isEmpty())
        return {};
    QString cache = qEnvironmentVariable("QASYNCMYSQL_DEMO_CACHE");
    if (cache.isEmpty()) {
        const QString home
            = qEnvironmentVariable("XDG_CACHE_HOME", QDir::homePath() + QStringLiteral("/.cache"));
        cache = qEnvironmentVariable("QASYNCMYSQL_CACHE", home + QStringLiteral("/qasyncmysql"))
            + QStringLiteral("/demo");
    }
    return cache
        + QStringLiteral("/%1-%2-r%3")
              .arg(m_server.serverVersion(), QString::number(m_rows), QString::number(Recipe));
}

bool DemoServer::copyData(const QString &from, const QString &to) const
{
    QDir(to).removeRecursively();
    return QProcess::execute(QStringLiteral("cp"), {QStringLiteral("-a"), from, to}) == 0;
}

bool DemoServer::useCachedData()
{
    const QString cached = cachedData();
    // The accounts are in the data, and with them their passwords.
    QFile password(cached + QStringLiteral("/password"));
    if (cached.isEmpty() || !password.open(QIODevice::ReadOnly)
        || password.readAll() != m_server.password().toUtf8())
        return false;
    m_server.kill();
    if (copyData(cached + QStringLiteral("/data"), m_server.directory() + QStringLiteral("/data"))
        && m_server.restart())
        return true;
    say(QStringLiteral("the rows in %1 cannot be used; making them again").arg(cached));
    m_server.stop();
    m_server.start();
    return false;
}

void DemoServer::keepData()
{
    const QString cached = cachedData();
    if (cached.isEmpty())
        return; // a container or a server of yours keeps its data itself, or not
    Connection connection;
    if (!connectTo(&connection))
        return;
    // Its files are whole only when the server has ended by itself.
    (void)waitFor(connection.query(u"SHUTDOWN"));
    QDeadlineTimer deadline(60'000);
    while (m_server.isRunning() && !deadline.hasExpired())
        QThread::msleep(20);
    if (m_server.isRunning())
        return;
    QDir(cached).removeRecursively();
    const QString unfinished = cached + QStringLiteral(".part");
    QDir(unfinished).removeRecursively();
    QFile password(unfinished + QStringLiteral("/password"));
    const bool kept = QDir().mkpath(unfinished)
        && QFile::setPermissions(unfinished, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)
        && copyData(m_server.directory() + QStringLiteral("/data"), unfinished + QStringLiteral("/data"))
        && password.open(QIODevice::WriteOnly) && password.write(m_server.password().toUtf8()) > 0
        && password.flush() && QDir().rename(unfinished, cached);
    say(kept ? QStringLiteral("rows kept in %1").arg(cached)
             : QStringLiteral("the rows could not be kept in %1; the next start makes them again")
                   .arg(cached));
}
