// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// What TestServer says when there is nothing to start, and the small parts that starting stands on.

#include "testing/cachedirectory.h"
#include "testing/freeport.h"
#include "testing/initialization.h"
#include "testing/readiness.h"
#include "testing/watchdog.h"

#include <QAsyncMySql/testserver.h>

#include <QtCore/QTemporaryDir>
#include <QtNetwork/QTcpServer>
#include <QtTest/QtTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Internal;
using Provider = TestServerOptions::Provider;

class tst_TestServerErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void nothingFits();
    void unknownProvider();
    void emptyCache();
    void noEngine();
    void malformedUrl_data();
    void malformedUrl();
    void nobodyAtUrl();
    void notStarted();
    void greeting_data();
    void greeting();
    void freePort();
    void cache();
    void watchdog_data();
    void watchdog();
    void importantLines();

private:
    QTemporaryDir m_directory;
};

void tst_TestServerErrors::init()
{
    QVERIFY(m_directory.isValid());
    for (const char *name : {"QASYNCMYSQL_TEST_IMAGE", "QASYNCMYSQL_TEST_PROVIDER",
                             "QASYNCMYSQL_TEST_SERVER_URL", "QASYNCMYSQL_SERVER_TREE"})
        qunsetenv(name);
    qputenv("QASYNCMYSQL_CACHE", m_directory.path().toLocal8Bit());
}

void tst_TestServerErrors::nothingFits()
{
    TestServerOptions options;
    options.setImage(QStringLiteral("mariadb:3.23"));
    options.setProvider(Provider::Local);
    TestServer server(options);
    QVERIFY(!server.start());
    QVERIFY(!server.isRunning());
    const QString error = server.errorString();
    QVERIFY2(error.contains(QLatin1String("mariadb:3.23")), qPrintable(error)); // what was wanted
    QVERIFY2(error.contains(QLatin1String("\n  local: ")), qPrintable(error)); // what was tried
    QVERIFY2(error.contains(QLatin1String("QASYNCMYSQL_TEST_SERVER_URL=")), qPrintable(error)); // what to do
    QVERIFY2(!error.contains(QLatin1String("docker:")), qPrintable(error)); // what was not asked for
}

void tst_TestServerErrors::unknownProvider()
{
    qputenv("QASYNCMYSQL_TEST_PROVIDER", "dokcer");
    TestServer server;
    QVERIFY(!server.start());
    QVERIFY2(server.errorString().contains(QLatin1String("'dokcer'")), qPrintable(server.errorString()));
    QVERIFY2(server.errorString().contains(QLatin1String("docker")), qPrintable(server.errorString()));

    // What the program sets goes before the environment.
    TestServerOptions options;
    options.setProvider(Provider::Tree);
    server.setOptions(options);
    QVERIFY(!server.start());
    QVERIFY2(!server.errorString().contains(QLatin1String("dokcer")), qPrintable(server.errorString()));
}

void tst_TestServerErrors::emptyCache()
{
    TestServerOptions options;
    options.setProvider(Provider::Tree);
    TestServer server(options);
    QVERIFY(!server.start());
    QVERIFY2(server.errorString().contains(m_directory.path()), qPrintable(server.errorString()));
    QVERIFY2(server.errorString().contains(QLatin1String("fetch-server")), qPrintable(server.errorString()));
}

void tst_TestServerErrors::noEngine()
{
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", m_directory.path().toLocal8Bit());
    const auto restore = qScopeGuard([&] { qputenv("PATH", path); });
    for (const Provider provider : {Provider::Docker, Provider::Podman}) {
        TestServerOptions options;
        options.setProvider(provider);
        TestServer server(options);
        QVERIFY(!server.start());
        QVERIFY2(server.errorString().contains(QLatin1String("in PATH")), qPrintable(server.errorString()));
    }
}

void tst_TestServerErrors::malformedUrl_data()
{
    QTest::addColumn<QString>("url");
    QTest::newRow("no scheme") << QStringLiteral("user:geheim@host");
    QTest::newRow("wrong scheme") << QStringLiteral("http://user:geheim@host/");
    QTest::newRow("no host") << QStringLiteral("mysql:///geheim");
    QTest::newRow("bad port") << QStringLiteral("mysql://user:geheim@host:99999/");
}

void tst_TestServerErrors::malformedUrl()
{
    QFETCH(QString, url);
    TestServerOptions options;
    options.setServerUrl(url);
    TestServer server(options);
    QVERIFY(!server.start());
    QVERIFY2(server.errorString().contains(QLatin1String("mysql://user:password@host")),
             qPrintable(server.errorString()));
    QVERIFY2(!server.errorString().contains(QLatin1String("geheim")), qPrintable(server.errorString()));
}

void tst_TestServerErrors::nobodyAtUrl()
{
    const quint16 port = findFreePort();
    TestServerOptions options;
    options.setServerUrl(QStringLiteral("mysql://user:geheim@127.0.0.1:%1/").arg(port));
    options.setStartTimeout(50);
    TestServer server(options);
    QVERIFY(!server.start());
    QVERIFY2(server.errorString().contains(QString::number(port)), qPrintable(server.errorString()));
    QVERIFY2(!server.errorString().contains(QLatin1String("geheim")), qPrintable(server.errorString()));
}

void tst_TestServerErrors::notStarted()
{
    TestServer server;
    QVERIFY(!server.isRunning());
    QCOMPARE(server.port(), quint16(0));
    QCOMPARE(server.processId(), qint64(0));
    QCOMPARE(server.providerName(), QString());
    QVERIFY(server.certificates().caCertificatePath().isEmpty());
    QVERIFY(!server.kill());
    QVERIFY(!server.errorString().isEmpty());
    server.stop();
}

void tst_TestServerErrors::greeting_data()
{
    QTest::addColumn<QByteArray>("packet");
    QTest::addColumn<bool>("ready");
    QTest::addColumn<QString>("version");
    QTest::addColumn<TestServerOptions::Flavor>("flavor");
    using Flavor = TestServerOptions::Flavor;
    const auto packet = [](const QByteArray &payload) -> QByteArray {
        return QByteArray(1, char(payload.size())) + QByteArray(3, '\0') + payload;
    };
    QTest::newRow("mysql") << packet(QByteArray("\x0a"
                                                "9.7.4\0rest",
                                                11))
                           << true << QStringLiteral("9.7.4") << Flavor::MySQL;
    QTest::newRow("mariadb 10") << packet(QByteArray("\x0a"
                                                     "5.5.5-10.11.6-MariaDB\0rest",
                                                     27))
                                << true << QStringLiteral("10.11.6-MariaDB") << Flavor::MariaDB;
    QTest::newRow("mariadb 11") << packet(QByteArray("\x0a"
                                                     "11.8.6-MariaDB-log\0rest",
                                                     24))
                                << true << QStringLiteral("11.8.6-MariaDB-log") << Flavor::MariaDB;
    QTest::newRow("not our host") << packet(QByteArray("\xff\x6a\x04Host is not allowed", 22)) << true
                                  << QString() << Flavor::Any;
    QTest::newRow("another protocol")
        << packet(QByteArrayLiteral("220 mail.example")) << false << QString() << Flavor::Any;
    QTest::newRow("no end") << packet(QByteArrayLiteral("\x0a"
                                                        "9.7.4"))
                            << false << QString() << Flavor::Any;
    QTest::newRow("empty") << packet({}) << false << QString() << Flavor::Any;
}

void tst_TestServerErrors::greeting()
{
    QFETCH(QByteArray, packet);
    const Greeting greeting = Greeting::fromPacket(packet);
    QTEST(greeting.isReady(), "ready");
    QTEST(greeting.version, "version");
    QTEST(greeting.flavor, "flavor");
}

void tst_TestServerErrors::freePort()
{
    for (int i = 0; i < 50; ++i) {
        const quint16 port = findFreePort();
        QVERIFY(port >= 20000 && port < 32000);
        QTcpServer server;
        QVERIFY2(server.listen(QHostAddress::LocalHost, port), qPrintable(server.errorString()));
    }
}

void tst_TestServerErrors::cache()
{
    QCOMPARE(cacheDirectory(), m_directory.path());
    qunsetenv("QASYNCMYSQL_CACHE");
    const QByteArray before = qgetenv("XDG_CACHE_HOME");
    const auto restore = qScopeGuard(
        [&] { before.isNull() ? qunsetenv("XDG_CACHE_HOME") : qputenv("XDG_CACHE_HOME", before); });
    qputenv("XDG_CACHE_HOME", "/x/cache");
    QCOMPARE(cacheDirectory(), QStringLiteral("/x/cache/qasyncmysql"));
    qputenv("XDG_CACHE_HOME", "relative"); // the specification says to ignore it
    QCOMPARE(cacheDirectory(), QDir::homePath() + QLatin1String("/.cache/qasyncmysql"));
}

void tst_TestServerErrors::watchdog_data()
{
    QTest::addColumn<bool>("cancelled");
    QTest::newRow("cancelled") << true;
    QTest::newRow("left alone") << false;
}

void tst_TestServerErrors::watchdog()
{
    QFETCH(bool, cancelled);
    const QString path = m_directory.filePath(QStringLiteral("victim"));
    QVERIFY(QDir().mkpath(path + QLatin1String("/below")));
    ChildProcess shell;
    shell.setInputPipe();
    // What Watchdog::arm() runs, with the end of the pipe in our hand: destroying a Watchdog always cancels
    // it.
    QVERIFY(
        shell.start(QStringLiteral("/bin/sh"), Watchdog::shellArguments(Watchdog::removalCommand(path, 0))));
    shell.finishInput(cancelled ? QByteArray("done\n") : QByteArray());
    QVERIFY(shell.waitForFinished(QDeadlineTimer(30000)));
    QCOMPARE(QFileInfo::exists(path), cancelled);
}

void tst_TestServerErrors::importantLines()
{
    QCOMPARE(Internal::importantLines(QString()), QStringLiteral("(nothing)"));
    QCOMPARE(Internal::importantLines(QStringLiteral("note 1\n[ERROR] bad\nnote 2\n")),
             QStringLiteral("[ERROR] bad"));
    QCOMPARE(Internal::importantLines(QStringLiteral("note 1\nnote 2\n")), QStringLiteral("note 1\nnote 2"));
}

QTEST_GUILESS_MAIN(tst_TestServerErrors)
#include "tst_testserver_errors.moc"
