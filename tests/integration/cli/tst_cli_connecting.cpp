// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include "support/loginpathfile.h"
#include "support/servermatrix.h"

#include <QTcpServer>
#include <QUrlQuery>
#include <QtTest/QtTest>

//! Ways to connect, and to fail at it.
class tst_CliConnecting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void verifiedTls_data() { ServerMatrix::addRows(); }
    void verifiedTls();
    void plainTcp_data() { ServerMatrix::addRows(); }
    void plainTcp();
    void localSocket_data() { ServerMatrix::addRows(); }
    void localSocket();
    void passwordFromEnvironment_data() { ServerMatrix::addRows(); }
    void passwordFromEnvironment();
    void wrongPassword_data() { ServerMatrix::addRows(); }
    void wrongPassword();
    void unknownDatabase_data() { ServerMatrix::addRows(); }
    void unknownDatabase();
    void unverifiedCertificate_data() { ServerMatrix::addRows(); }
    void unverifiedCertificate();
    void compressed_data() { ServerMatrix::addRows(); }
    void compressed();
    void optionsFromFile_data() { ServerMatrix::addRows(); }
    void optionsFromFile();
    void loginPath_data() { ServerMatrix::addRows(); }
    void loginPath();
    void badOptions_data();
    void badOptions();
    void unknownHost();
    void closedPort();
    void silentServer();
    void noServerAtAll();
    void interruptedWhileConnecting();
};

static QString withMode(QUrl url, const QString &mode, bool keepAuthority = true)
{
    QUrlQuery query(url);
    query.removeAllQueryItems(QStringLiteral("ssl-mode"));
    query.addQueryItem(QStringLiteral("ssl-mode"), mode);
    if (!keepAuthority)
        query.removeAllQueryItems(QStringLiteral("ssl-ca"));
    url.setQuery(query);
    return url.toString(QUrl::FullyEncoded);
}

static QString encoded(const QUrl &url)
{
    return url.toString(QUrl::FullyEncoded);
}

static QString cipherQuery()
{
    return QStringLiteral("SHOW SESSION STATUS LIKE 'Ssl_cipher'");
}

void tst_CliConnecting::verifiedTls()
{
    MATRIX_SERVER(live);
    const CliResult result = runCli({QStringLiteral("--no-header"), encoded(live.url()), cipherQuery()});
    QVERIFY2(result.exitCode == 0 && result.errors.isEmpty(), result.describe().constData());
    QVERIFY2(result.output.startsWith("Ssl_cipher\tTLS_"), result.describe().constData());
}

void tst_CliConnecting::compressed()
{
    MATRIX_SERVER(live);
    const QString sql = QStringLiteral("SHOW SESSION STATUS LIKE 'Compression'");
    for (const QStringList &options :
         {QStringList{QStringLiteral("--compress")},
          QStringList{QStringLiteral("--option"), QStringLiteral("compression=ZLIB")}}) {
        const CliResult result
            = runCli(options + QStringList{QStringLiteral("--no-header"), encoded(live.url()), sql});
        QVERIFY2(result.exitCode == 0, result.describe().constData());
        QCOMPARE(result.output, QByteArray("Compression\tON\n"));
    }
    const CliResult plain = runCli({QStringLiteral("--no-header"), encoded(live.url()), sql});
    QCOMPARE(plain.output, QByteArray("Compression\tOFF\n"));
}

void tst_CliConnecting::optionsFromFile()
{
    MATRIX_SERVER(live);
    QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("my.cnf")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[client]\nuser=" + live.user.toUtf8() + "\npassword='" + live.password.toUtf8()
               + "'\nsocket=" + live.socketPath.toUtf8() + "\n[other]\nsql-mode=ANSI_QUOTES\n");
    file.close();
    const QString sql = QStringLiteral("SELECT @@sql_mode = 'ANSI_QUOTES'");
    const QStringList common{QStringLiteral("--no-header"), QStringLiteral("--defaults-file"),
                             file.fileName()};
    const CliResult client = runCli(common + QStringList{QStringLiteral("mysql:///"), sql});
    QVERIFY2(client.exitCode == 0, client.describe().constData());
    QCOMPARE(client.output, QByteArray("0\n"));
    const CliResult both
        = runCli(common
                 + QStringList{QStringLiteral("--defaults-group=client"),
                               QStringLiteral("--defaults-group=other"), QStringLiteral("mysql:///"), sql});
    QVERIFY2(both.exitCode == 0, both.describe().constData());
    QCOMPARE(both.output, QByteArray("1\n"));
}

void tst_CliConnecting::loginPath()
{
    MATRIX_SERVER(live);
    QTemporaryDir directory;
    QFile file(directory.filePath(QStringLiteral("login.cnf")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(Test::loginPathFileOf("[client]\nuser = \"nobody\"\n[live]\nuser = \"" + live.user.toUtf8()
                                     + "\"\npassword = \"" + live.password.toUtf8() + "\"\nsocket = \""
                                     + live.socketPath.toUtf8() + "\"\n"));
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.close();
    const CliEnvironment environment{{QStringLiteral("MYSQL_TEST_LOGIN_FILE"), file.fileName()}};
    const CliResult good = runCli({QStringLiteral("--no-header"), QStringLiteral("--login-path=live"),
                                   QStringLiteral("mysql:///"), QStringLiteral("SELECT 7")},
                                  {}, environment);
    QVERIFY2(good.exitCode == 0, good.describe().constData());
    QCOMPARE(good.output, QByteArray("7\n"));
    const CliResult other = runCli(
        {QStringLiteral("--login-path=life"), QStringLiteral("mysql:///"), QStringLiteral("SELECT 7")}, {},
        environment);
    QCOMPARE(other.exitCode, 2);
    QVERIFY2(other.errors.contains("has no login path \\\"life\\\"; it has: client, live"),
             other.describe().constData());
}

void tst_CliConnecting::badOptions_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("names");
    QTest::newRow("unknown") << QStringList{QStringLiteral("--option=wings=2")} << QByteArray("wings");
    QTest::newRow("no value") << QStringList{QStringLiteral("--option=wings")} << QByteArray("KEY=VALUE");
    QTest::newRow("bad mode") << QStringList{QStringLiteral("--ssl-mode=MAYBE")} << QByteArray("VERIFY_CA");
    QTest::newRow("no file") << QStringList{QStringLiteral("--defaults-file=/does/not/exist")}
                             << QByteArray("/does/not/exist");
    QTest::newRow("group without file")
        << QStringList{QStringLiteral("--defaults-group=x")} << QByteArray("--defaults-file");
}

void tst_CliConnecting::badOptions()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, names);
    const CliResult result
        = runCli(options + QStringList{QStringLiteral("mysql://u@127.0.0.1:1/"), QStringLiteral("SELECT 1")});
    QCOMPARE(result.exitCode, 2);
    QVERIFY2(result.errors.contains(names), result.describe().constData());
}

void tst_CliConnecting::plainTcp()
{
    MATRIX_SERVER(live);
    // MySQL 9 gives a password over an unencrypted line only after a full exchange, which a TLS login has
    // spared us.
    QVERIFY(runCli({encoded(live.url()), QStringLiteral("DO 1")}).exitCode == 0);
    const CliResult result = runCli(
        {QStringLiteral("--no-header"), withMode(live.url(), QStringLiteral("DISABLED")), cipherQuery()});
    QVERIFY2(result.exitCode == 0 && result.errors.isEmpty(), result.describe().constData());
    QCOMPARE(result.output, "Ssl_cipher\t\n");
}

void tst_CliConnecting::localSocket()
{
    MATRIX_SERVER(live);
    if (live.socketPath.isEmpty())
        QSKIP("This server has no local socket here.");
    QUrl url = live.url();
    url.setHost(QStringLiteral("localhost"));
    url.setPort(-1);
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("socket"), live.socketPath);
    url.setQuery(query);
    const CliResult result
        = runCli({QStringLiteral("--no-header"), encoded(url),
                  QStringLiteral("SELECT SUBSTRING_INDEX(host, ':', 1) FROM information_schema.processlist "
                                 "WHERE id = CONNECTION_ID()")});
    QVERIFY2(result.exitCode == 0 && result.errors.isEmpty(), result.describe().constData());
    QCOMPARE(result.output, "localhost\n");
}

void tst_CliConnecting::passwordFromEnvironment()
{
    MATRIX_SERVER(live);
    const QString url = encoded(live.url(live.user, QString()));
    const QString sql = QStringLiteral("DO 1");
    const QString wrong = QStringLiteral("wrong");
    QVERIFY(runCli({url, sql}).exitCode == 3);
    const auto run = [&](const CliEnvironment &environment, const QString &where) {
        return runCli({where, sql}, {}, environment);
    };
    const QString ours = QStringLiteral("QASYNCMYSQL_PASSWORD");
    const QString theirs = QStringLiteral("MYSQL_PWD");
    CliResult result = run({{ours, live.password}}, url);
    QVERIFY2(result.exitCode == 0, result.describe().constData());
    result = run({{theirs, live.password}}, url);
    QVERIFY2(result.exitCode == 0, result.describe().constData());
    result = run({{ours, live.password}, {theirs, wrong}}, url);
    QVERIFY2(result.exitCode == 0, result.describe().constData());
    result = run({{ours, wrong}}, encoded(live.url())); // the URL's goes before
    QVERIFY2(result.exitCode == 0, result.describe().constData());
}

void tst_CliConnecting::wrongPassword()
{
    MATRIX_SERVER(live);
    const CliResult result = runCli(
        {encoded(live.url(live.user, QStringLiteral("not-the-password"))), QStringLiteral("SELECT 1")});
    QVERIFY2(result.exitCode == 3, result.describe().constData());
    QVERIFY(result.output.isEmpty());
    const QJsonObject error = result.error();
    QCOMPARE(error.value(u"kind").toString(), QStringLiteral("Server"));
    QCOMPARE(error.value(u"code").toInt(), 1045);
    QCOMPARE(error.value(u"sqlState").toString(), QStringLiteral("28000"));
    QCOMPARE(error.value(u"outcome").toString(), QStringLiteral("NotSent"));
    QCOMPARE(error.value(u"phase").toString(), QStringLiteral("Authentication"));
    QVERIFY(!result.errors.contains("not-the-password"));
}

void tst_CliConnecting::unknownDatabase()
{
    MATRIX_SERVER(live);
    QUrl url = live.url();
    url.setPath(QStringLiteral("/no_such_schema"));
    const CliResult result = runCli({encoded(url), QStringLiteral("SELECT 1")});
    QVERIFY2(result.exitCode == 3, result.describe().constData());
    QCOMPARE(result.error().value(u"code").toInt(), 1049);
}

void tst_CliConnecting::unverifiedCertificate()
{
    MATRIX_SERVER(live);
    if (live.caCertificatePath.isEmpty())
        QSKIP("This server does not have our certificates.");
    // Its authority is none of those that the system trusts.
    const QString url = withMode(live.url(), QStringLiteral("VERIFY_IDENTITY"), false);
    const CliResult result = runCli({url, QStringLiteral("SELECT 1")});
    QVERIFY2(result.exitCode == 4, result.describe().constData());
    QVERIFY(result.output.isEmpty());
    const QJsonObject error = result.error();
    QCOMPARE(error.value(u"kind").toString(), QStringLiteral("Security"));
    QCOMPARE(error.value(u"outcome").toString(), QStringLiteral("NotSent"));
    QCOMPARE(error.value(u"phase").toString(), QStringLiteral("Tls"));
}

void tst_CliConnecting::unknownHost()
{
    // RFC 6761: "invalid" never exists.
    const CliResult result
        = runCli({QStringLiteral("mysql://u:p@no-such-host.invalid/"), QStringLiteral("SELECT 1"),
                  QStringLiteral("--connect-timeout"), QStringLiteral("60000")});
    QVERIFY2(result.exitCode == 3, result.describe().constData());
    QCOMPARE(result.errorKind(), QStringLiteral("Connection"));
    QCOMPARE(result.error().value(u"phase").toString(), QStringLiteral("Connecting"));
    QVERIFY2(result.errors.contains("no-such-host.invalid"), result.describe().constData());
}

void tst_CliConnecting::closedPort()
{
    QTcpServer server; // takes a port and gives it back
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const quint16 port = server.serverPort();
    server.close();
    const CliResult result
        = runCli({QStringLiteral("mysql://u:p@127.0.0.1:%1/").arg(port), QStringLiteral("SELECT 1")});
    QVERIFY2(result.exitCode == 3, result.describe().constData());
    QCOMPARE(result.errorKind(), QStringLiteral("Connection"));
    QCOMPARE(result.error().value(u"outcome").toString(), QStringLiteral("NotSent"));
    QCOMPARE(result.error().value(u"phase").toString(), QStringLiteral("Connecting"));
}

void tst_CliConnecting::silentServer()
{
    QTcpServer server; // the kernel accepts; nobody says a word
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const CliResult result = runCli({QStringLiteral("--connect-timeout"), QStringLiteral("300"),
                                     QStringLiteral("mysql://u:p@127.0.0.1:%1/").arg(server.serverPort()),
                                     QStringLiteral("SELECT 1")});
    QVERIFY2(result.exitCode == 5, result.describe().constData());
    QCOMPARE(result.errorKind(), QStringLiteral("Timeout"));
    QCOMPARE(result.error().value(u"outcome").toString(), QStringLiteral("NotSent"));
    QCOMPARE(result.error().value(u"phase").toString(), QStringLiteral("Greeting"));
}

void tst_CliConnecting::noServerAtAll()
{
    const CliResult result = runCli({QStringLiteral("mysql://u:p@localhost/?socket=/nonexistent/mysqld.sock"),
                                     QStringLiteral("SELECT 1")});
    QVERIFY2(result.exitCode == 3, result.describe().constData());
    QCOMPARE(result.errorKind(), QStringLiteral("Connection"));
    QVERIFY2(result.errors.contains("/nonexistent/mysqld.sock"), result.describe().constData());
}

void tst_CliConnecting::interruptedWhileConnecting()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const auto process = startCli({QStringLiteral("mysql://u:p@127.0.0.1:%1/").arg(server.serverPort()),
                                   QStringLiteral("--connect-timeout=0"), QStringLiteral("SELECT 1")});
    QVERIFY(server.waitForNewConnection(60'000));
    QVERIFY(interruptCli(*process));
    const CliResult result = finishCli(process.get());
    QVERIFY2(result.exitCode == 130, result.describe().constData());
    QCOMPARE(result.errorKind(), QStringLiteral("Cancelled"));
}

QTEST_GUILESS_MAIN(tst_CliConnecting)
#include "tst_cli_connecting.moc"
