// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include <QtTest/QtTest>

//! What the command-line tool says without a server.
class tst_CliUsage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void helpAndVersion();
    void wrongUsage_data();
    void wrongUsage();
    void passwordStaysSecret();
};

void tst_CliUsage::helpAndVersion()
{
    const CliResult help = runCli({QStringLiteral("--help")});
    QCOMPARE(help.exitCode, 0);
    QVERIFY(help.output.startsWith("Usage: qasyncmysql [options] <url> <sql> [parameter...]\n"));
    QVERIFY(help.errors.isEmpty());
    for (const char *option : {"--format", "--stream", "--window", "--protocol", "--timeout",
                               "--connect-timeout", "--progress", "--file", "QASYNCMYSQL_PASSWORD"})
        QVERIFY2(help.output.contains(option), option);

    const CliResult version = runCli({QStringLiteral("--version")});
    QCOMPARE(version.exitCode, 0);
    QVERIFY(version.output.startsWith("qasyncmysql "));
    QCOMPARE(version.output.count('\n'), 1);
}

void tst_CliUsage::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("mentions");

    const QString url = QStringLiteral("mysql://u@127.0.0.1/test");
    const QString sql = QStringLiteral("SELECT 1");
    const auto row = [&](const char *name, const QString &arguments, const QString &mentions) {
        QStringList list = arguments.split(u'|', Qt::SkipEmptyParts);
        list.replaceInStrings(QStringLiteral("URL"), url);
        list.replaceInStrings(QStringLiteral("SQL"), sql);
        QTest::newRow(name) << list << mentions;
    };
    row("nothing", QString(), QStringLiteral("URL"));
    row("no statement", QStringLiteral("URL"), QStringLiteral("statement"));
    row("empty statement", QStringLiteral("URL| "), QStringLiteral("empty"));
    row("unknown option", QStringLiteral("--colour|URL|SQL"), QStringLiteral("--colour"));
    row("unknown short option", QStringLiteral("-x|URL|SQL"), QStringLiteral("-x"));
    row("bad format", QStringLiteral("--format|xml|URL|SQL"), QStringLiteral("xml"));
    row("bad protocol", QStringLiteral("--protocol=pigeon|URL|SQL"), QStringLiteral("pigeon"));
    row("bad timeout", QStringLiteral("--timeout|soon|URL|SQL"), QStringLiteral("soon"));
    row("negative timeout", QStringLiteral("--timeout|-1|URL|SQL"), QStringLiteral("-1"));
    row("bad window", QStringLiteral("--window|0|URL|SQL"), QStringLiteral("--window"));
    row("option without its value", QStringLiteral("URL|SQL|--format"), QStringLiteral("--format"));
    row("switch with a value", QStringLiteral("--stream=yes|URL|SQL"), QStringLiteral("--stream"));
    row("bad fetch size", QStringLiteral("--fetch-size=0|URL|SQL"), QStringLiteral("--fetch-size"));
    row("fetch size as text", QStringLiteral("--fetch-size=5|--protocol=text|URL|SQL"),
        QStringLiteral("prepared"));
    row("attribute without a value", QStringLiteral("--attribute=trace|URL|SQL"),
        QStringLiteral("NAME=VALUE"));
    row("attribute that is no JSON", QStringLiteral("--typed|--attribute=trace=x|URL|SQL"),
        QStringLiteral("trace"));
    row("no login path", QStringLiteral("--login-path=|URL|SQL"), QStringLiteral("--login-path"));
    row("file and statement", QStringLiteral("--file|x.sql|URL|SQL"), QStringLiteral("--file"));
    row("no such file", QStringLiteral("--file|/nonexistent/x.sql|URL"),
        QStringLiteral("/nonexistent/x.sql"));
    row("not JSON", QStringLiteral("--typed|URL|SQL|text"), QStringLiteral("JSON"));
    row("bad base64", QStringLiteral("--typed|URL|SQL|{\"base64\":\"?\"}"), QStringLiteral("base64"));
    row("bad URL scheme", QStringLiteral("http://127.0.0.1/|SQL"), QStringLiteral("http"));
    row("unknown URL key", QStringLiteral("mysql://127.0.0.1/?colour=red|SQL"), QStringLiteral("colour"));
}

void tst_CliUsage::wrongUsage()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, mentions);
    const CliResult result = runCli(arguments);
    QVERIFY2(result.exitCode == 2, result.describe().constData());
    QVERIFY2(result.output.isEmpty(), result.describe().constData());
    QVERIFY2(result.errorKind() == u"Usage", result.describe().constData());
    QVERIFY2(result.error().value(u"message").toString().contains(mentions), result.describe().constData());
    QCOMPARE(result.error().value(u"outcome").toString(), QStringLiteral("NotSent"));
    // The keys, in this order.
    QVERIFY2(result.errors.startsWith("{\"kind\":\"Usage\",\"code\":0,\"sqlState\":\"\",\"message\":\""),
             result.describe().constData());
    QVERIFY2(result.errors.contains("\",\"outcome\":\"NotSent\",\"phase\":\""),
             result.describe().constData());
}

void tst_CliUsage::passwordStaysSecret()
{
    const QString secret = QStringLiteral("geheim!123");
    const QStringList urls = {
        QStringLiteral("mysql://u:%1@127.0.0.1:1/test").arg(secret), // nobody listens
        QStringLiteral("mysql://u:%1@127.0.0.1/test?colour=red").arg(secret),
        QStringLiteral("http://u:%1@127.0.0.1/").arg(secret),
        QStringLiteral("mysql://u:12?%1@127.0.0.1/").arg(secret),
        QStringLiteral("mysql://u:12/%1@127.0.0.1/test").arg(secret),
        QStringLiteral("mysql://u:12#%1@127.0.0.1/").arg(secret),
        QStringLiteral("mysql://u:a@b?%1@127.0.0.1/").arg(secret),
        QStringLiteral("mysql://u:%1@127.0.0.1:port/").arg(secret),
    };
    for (const QString &url : urls) {
        const CliResult result = runCli({url, QStringLiteral("SELECT 1")});
        QVERIFY(result.exitCode > 0);
        QVERIFY2(!result.errors.contains(secret.toUtf8()) && !result.output.contains(secret.toUtf8()),
                 result.describe().constData());
    }
}

QTEST_GUILESS_MAIN(tst_CliUsage)
#include "tst_cli_usage.moc"
