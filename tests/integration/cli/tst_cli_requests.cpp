// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include "support/servermatrix.h"

#include <QJsonDocument>
#include <QtTest/QtTest>

//! What can be asked of a statement beyond its text.
class tst_CliRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void warnings_data() { ServerMatrix::addRows(); }
    void warnings();
    void fetchSize_data() { ServerMatrix::addRows(); }
    void fetchSize();
    void attributes_data() { ServerMatrix::addRows(); }
    void attributes();
};

static QString urlOf(const MatrixServer &server)
{
    return server.url().toString(QUrl::FullyEncoded);
}

//! Each line of standard error as an object.
static QList<QJsonObject> errorLines(const CliResult &result)
{
    QList<QJsonObject> lines;
    const QList<QByteArray> all = result.errors.split('\n');
    for (const QByteArray &line : all) {
        if (!line.isEmpty())
            lines.append(QJsonDocument::fromJson(line).object());
    }
    return lines;
}

void tst_CliRequests::warnings()
{
    MATRIX_SERVER(live);
    // 1292, a truncated number, on all servers.
    const QString sql = QStringLiteral("SELECT 1 + '2x' AS a");
    const QStringList asked{QStringLiteral("--warnings"), QStringLiteral("--format=ndjson")};
    for (const QStringList &mode : {QStringList(), QStringList{QStringLiteral("--stream")},
                                    QStringList{QStringLiteral("--protocol=prepared")}}) {
        const CliResult result = runCli(asked + mode + QStringList{urlOf(live), sql});
        QVERIFY2(result.exitCode == 0, result.describe().constData());
        QCOMPARE(result.output, "{\"a\":3}\n");
        const QList<QJsonObject> lines = errorLines(result);
        QVERIFY2(lines.size() == 1, result.describe().constData());
        QCOMPARE(lines.first().value(u"level").toString(), QStringLiteral("Warning"));
        QCOMPARE(lines.first().value(u"code").toInt(), 1292);
        QVERIFY2(lines.first().value(u"message").toString().contains(u"2x"), result.describe().constData());
    }
    const CliResult quiet = runCli({urlOf(live), sql});
    QVERIFY2(quiet.exitCode == 0 && quiet.errors.isEmpty(), quiet.describe().constData());
    // Of a script, each statement's own.
    const CliResult script = runCli({QStringLiteral("--warnings"), urlOf(live), QStringLiteral("-")},
                                    "SELECT 1 + 'x';\nSELECT 1;\nSELECT 1 + 'y', 2 + 'z';\n");
    QVERIFY2(script.exitCode == 0, script.describe().constData());
    QVERIFY2(errorLines(script).size() == 3, script.describe().constData());
}

void tst_CliRequests::fetchSize()
{
    MATRIX_SERVER(live);
    const QString sql
        = QStringLiteral("WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i "
                         "< 500) SELECT i FROM n");
    QByteArray expected;
    for (int i = 1; i <= 500; ++i)
        expected += QByteArray::number(i) + '\n';
    for (const char *size : {"1", "7", "1000"}) {
        const CliResult result = runCli({QStringLiteral("--fetch-size"), QString::fromLatin1(size),
                                         QStringLiteral("--no-header"), urlOf(live), sql});
        QVERIFY2(result.exitCode == 0, result.describe().constData());
        QCOMPARE(result.output, expected);
    }
    // The server counts the rows that it was asked for: 500 in helpings of 10.
    const QByteArray script = sql.toUtf8() + ";\nSHOW SESSION STATUS LIKE 'Com_stmt_fetch';\n";
    const CliResult counted = runCli({QStringLiteral("--fetch-size=10"), QStringLiteral("--no-header"),
                                      QStringLiteral("--format=tsv"), urlOf(live), QStringLiteral("-")},
                                     script);
    QVERIFY2(counted.exitCode == 0, counted.describe().constData());
    const int fetches = counted.output.split('\t').last().trimmed().toInt();
    QVERIFY2(fetches >= 50, counted.output.right(100).constData());
}

void tst_CliRequests::attributes()
{
    MATRIX_SERVER(live);
    if (live.isMariaDb())
        QSKIP("MariaDB has no query attributes.");
    const QString url = urlOf(live);
    runCli({url, QStringLiteral("INSTALL COMPONENT 'file://component_query_attributes'")}); // may be there
    const QString sql = QStringLiteral("SELECT mysql_query_attribute_string('trace') AS t, "
                                       "mysql_query_attribute_string('n') AS n");
    for (const QStringList &mode : {QStringList(), QStringList{QStringLiteral("--stream")},
                                    QStringList{QStringLiteral("--protocol=prepared")}}) {
        const CliResult result = runCli(
            mode
            + QStringList{QStringLiteral("--attribute"), QStringLiteral("trace=a=b"),
                          QStringLiteral("--attribute=n=5"), QStringLiteral("--format=ndjson"), url, sql});
        if (result.error().value(u"code").toInt() == 1305)
            QSKIP("This server's package lacks component_query_attributes.");
        QVERIFY2(result.exitCode == 0, result.describe().constData());
        QCOMPARE(result.output, "{\"t\":\"a=b\",\"n\":\"5\"}\n");
    }
}

QTEST_GUILESS_MAIN(tst_CliRequests)
#include "tst_cli_requests.moc"
