// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include "support/servermatrix.h"

#include <QtTest/QtTest>

//! The same rows in each output format, by both protocols, buffered and streamed.
class tst_CliFormats : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void jsonCounts_data() { ServerMatrix::addRows(); }
    void jsonCounts();
    void procedure_data() { ServerMatrix::addRows(); }
    void procedure();
    void sameNames_data() { ServerMatrix::addRows(); }
    void sameNames();
    void tableText_data() { ServerMatrix::addRows(); }
    void tableText();
    void largeValue_data() { ServerMatrix::addRows(); }
    void largeValue();
};

static QString urlOf(const MatrixServer &server)
{
    return server.url().toString(QUrl::FullyEncoded);
}

static QString valueSql()
{
    return QStringLiteral(
        "SELECT 1 AS i, CAST(18446744073709551615 AS UNSIGNED) AS big, CAST(-12.50 AS DECIMAL(10,2)) AS "
        "price, "
        "0.5e0 AS d, 'a\\tb\\\\c\\n\"x\", y' AS t, UNHEX('00ff09') AS bin, NULL AS n, DATE'2024-02-29' AS "
        "day, "
        "CAST('-838:59:59' AS TIME) AS tm, CAST('2024-01-02 03:04:05.000600' AS DATETIME(6)) AS dt, "
        "'\u6f22\u5b57' AS cjk, '' AS blank");
}

void tst_CliFormats::values_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("expected");

    const QByteArray names = "i\tbig\tprice\td\tt\tbin\tn\tday\ttm\tdt\tcjk\tblank\n";
    const QByteArray tsv = names
        + "1\t18446744073709551615\t-12.50\t0.5\ta\\tb\\\\c\\n\"x\", "
          "y\t\\0\xff\\t\t\\N\t2024-02-29\t-838:59:59\t"
          "2024-01-02 03:04:05.000600\t\u6f22\u5b57\t\n";
    QByteArray csv = names;
    csv.replace('\t', ',').replace('\n', "\r\n");
    csv += "1,18446744073709551615,-12.50,0.5,\"a\tb\\c\n\"\"x\"\", y\",0x00ff09,,2024-02-29,-838:59:59,"
           "2024-01-02 03:04:05.000600,\u6f22\u5b57,\"\"\r\n";
    const QByteArray ndjson
        = R"({"i":1,"big":"18446744073709551615","price":"-12.50","d":0.5,"t":"a\tb\\c\n\"x\", y","bin":{"base64":"AP8J"},)"
          R"("n":null,"day":"2024-02-29","tm":"-838:59:59","dt":"2024-01-02 03:04:05.000600","cjk":")"
          "\u6f22\u5b57"
          R"(","blank":""})"
          "\n";
    for (const QString &id : ServerMatrix::ids()) {
        for (const char *protocol : {"text", "prepared"}) {
            for (const bool stream : {false, true}) {
                QStringList options = {QStringLiteral("--protocol=") + QLatin1String(protocol)};
                if (stream)
                    options += QStringLiteral("--stream");
                const QByteArray name = id.toUtf8() + ' ' + protocol + (stream ? " streamed " : " ");
                const auto row = [&](const char *format, const QByteArray &expected) {
                    QTest::newRow(QByteArray(name + format).constData())
                        << id
                        << (options + QStringList{QStringLiteral("--format"), QString::fromLatin1(format)})
                        << expected;
                };
                row("tsv", tsv);
                row("csv", csv);
                row("ndjson", ndjson);
            }
        }
    }
}

void tst_CliFormats::values()
{
    MATRIX_SERVER(live);
    QFETCH(QStringList, options);
    QFETCH(QByteArray, expected);
    const CliResult result = runCli(options + QStringList{urlOf(live), valueSql()});
    QVERIFY2(result.exitCode == 0 && result.errors.isEmpty(), result.describe().constData());
    QCOMPARE(result.output, expected);
}

void tst_CliFormats::jsonCounts()
{
    MATRIX_SERVER(live);
    const QByteArray script = "CREATE TEMPORARY TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, a VARCHAR(10));"
                              "INSERT INTO t (a) VALUES ('x'), ('y');"
                              "UPDATE t SET a = 'z' WHERE a = 'x';"
                              "SELECT id, a FROM t ORDER BY id; SELECT id FROM t WHERE FALSE";
    for (const QString &mode : {QStringLiteral("--protocol=text"), QStringLiteral("--stream")}) {
        const CliResult result
            = runCli({QStringLiteral("--format=json"), mode, urlOf(live), QStringLiteral("-")}, script);
        QVERIFY2(result.exitCode == 0, result.describe().constData());
        const QJsonArray results = result.json();
        QVERIFY2(results.size() == 5, result.describe().constData());
        const QJsonObject insert = results.at(1).toObject();
        QCOMPARE(insert.keys(),
                 QStringList({QStringLiteral("affectedRows"), QStringLiteral("columns"),
                              QStringLiteral("info"), QStringLiteral("lastInsertId"), QStringLiteral("rows"),
                              QStringLiteral("warningCount")}));
        QCOMPARE(insert.value(u"affectedRows").toInt(), 2);
        QCOMPARE(insert.value(u"lastInsertId").toInt(), 1);
        QVERIFY(insert.value(u"columns").toArray().isEmpty());
        QCOMPARE(insert.value(u"info").toString(), QStringLiteral("Records: 2  Duplicates: 0  Warnings: 0"));
        QCOMPARE(results.at(2).toObject().value(u"info").toString(),
                 QStringLiteral("Rows matched: 1  Changed: 1  Warnings: 0"));
        const QJsonObject select = results.at(3).toObject();
        const QJsonArray columns = select.value(u"columns").toArray();
        QCOMPARE(columns.size(), 2);
        QCOMPARE(columns.at(0).toObject().value(u"name").toString(), QStringLiteral("id"));
        QCOMPARE(columns.at(0).toObject().value(u"type").toString(), QStringLiteral("INT"));
        QCOMPARE(columns.at(1).toObject().value(u"type").toString(), QStringLiteral("VARCHAR"));
        const QJsonArray rows = {QJsonArray{1, QStringLiteral("z")}, QJsonArray{2, QStringLiteral("y")}};
        QCOMPARE(select.value(u"rows").toArray(), rows);
        const QJsonObject none = results.at(4).toObject();
        QCOMPARE(none.value(u"columns").toArray().size(), 1);
        QVERIFY(none.value(u"rows").toArray().isEmpty());
    }
}

void tst_CliFormats::procedure()
{
    MATRIX_SERVER(live);
    const QString name = QStringLiteral("cli_%1").arg(QCoreApplication::applicationPid());
    const QByteArray script = "DELIMITER //\n"
                              "CREATE PROCEDURE "
        + name.toUtf8()
        + "()\nBEGIN\n  SELECT 1 AS a; SELECT 'x' AS b, 2 AS c;\nEND//\n"
          "DELIMITER ;\n"
          "CALL "
        + name.toUtf8() + "();\nDROP PROCEDURE " + name.toUtf8() + ";\n";
    for (const QString &mode : {QStringLiteral("--protocol=text"), QStringLiteral("--stream")}) {
        const CliResult result = runCli({mode, urlOf(live), QStringLiteral("-")}, script);
        QVERIFY2(result.exitCode == 0, result.describe().constData());
        QCOMPARE(result.output, "a\n1\n\nb\tc\nx\t2\n");
    }
}

void tst_CliFormats::sameNames()
{
    MATRIX_SERVER(live);
    const CliResult result = runCli({QStringLiteral("--format=ndjson"), urlOf(live),
                                     QStringLiteral("SELECT 1 AS a, 2 AS a, 3 AS a_2, 4 AS a")});
    QVERIFY2(result.exitCode == 0, result.describe().constData());
    QCOMPARE(result.output, "{\"a\":1,\"a_2\":2,\"a_2_2\":3,\"a_3\":4}\n");
}

void tst_CliFormats::tableText()
{
    MATRIX_SERVER(live);
    const QString sql = QStringLiteral("SELECT 1 AS n, 'a' AS name UNION ALL SELECT 20, '\u6f22\u5b57' "
                                       "UNION ALL SELECT NULL, 'line\\nend\\x1b'");
    const CliResult result = runCli({QStringLiteral("--format=table"), urlOf(live), sql});
    QVERIFY2(result.exitCode == 0, result.describe().constData());
    QCOMPARE(result.output,
             "    n | name\n"
             "------+--------------\n"
             "    1 | a\n"
             "   20 | \u6f22\u5b57\n"
             " NULL | line\\nendx1b\n"
             "(3 rows)\n");

    const CliResult done = runCli({QStringLiteral("--format=table"), urlOf(live), QStringLiteral("DO 1")});
    QCOMPARE(done.output, "(OK, 0 rows affected)\n");
}

void tst_CliFormats::largeValue()
{
    MATRIX_SERVER(live);
    // Over 16 MiB: the row is split over two packets.
    const CliResult result = runCli({QStringLiteral("--no-header"), urlOf(live),
                                     QStringLiteral("SELECT REPEAT('0123456789abcdef', 1100000)")});
    QVERIFY2(result.exitCode == 0, result.errors.constData());
    QCOMPARE(result.output.size(), 16 * 1100000 + 1);
    QVERIFY(result.output == QByteArray("0123456789abcdef").repeated(1100000) + '\n');
}

QTEST_GUILESS_MAIN(tst_CliFormats)
#include "tst_cli_formats.moc"
