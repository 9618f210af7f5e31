// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include "support/servermatrix.h"

#include <QTemporaryFile>
#include <QtTest/QtTest>

//! Statements: parameters, scripts, errors, deadlines, Ctrl+C.
class tst_CliStatements : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sqlError_data() { ServerMatrix::addRows(); }
    void sqlError();
    void parameters_data();
    void parameters();
    void script_data() { ServerMatrix::addRows(); }
    void script();
    void scriptStopsAtError_data() { ServerMatrix::addRows(); }
    void scriptStopsAtError();
    void import_data() { ServerMatrix::addRows(); }
    void import();
    void loadLocal_data() { ServerMatrix::addRows(); }
    void loadLocal();
    void timeout_data() { ServerMatrix::addRows(); }
    void timeout();
    void controlC_data();
    void controlC();
};

static QString urlOf(const MatrixServer &server)
{
    return server.url().toString(QUrl::FullyEncoded);
}

//! How many statements that contain \a mark run on the server.
static int running(const MatrixServer &server, const QString &mark)
{
    // Written in two parts, so that this statement does not find itself.
    const CliResult result = runCli(
        {QStringLiteral("--no-header"), QStringLiteral("--format=tsv"), urlOf(server),
         QStringLiteral(
             "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE CONCAT('%', ?, ?, '%') "
             "AND id <> CONNECTION_ID()"),
         mark.left(3), mark.mid(3)});
    return result.exitCode == 0 ? result.output.trimmed().toInt() : -1;
}

void tst_CliStatements::sqlError()
{
    MATRIX_SERVER(live);
    const CliResult result = runCli({urlOf(live), QStringLiteral("SELECT * FROM no_such_table")});
    QVERIFY2(result.exitCode == 1, result.describe().constData());
    QVERIFY(result.output.isEmpty());
    const QJsonObject error = result.error();
    QCOMPARE(error.value(u"kind").toString(), QStringLiteral("Server"));
    QCOMPARE(error.value(u"code").toInt(), 1146);
    QCOMPARE(error.value(u"sqlState").toString(), QStringLiteral("42S02"));
    QVERIFY(error.value(u"message").toString().contains(u"no_such_table"));
    QCOMPARE(error.value(u"outcome").toString(), QStringLiteral("NotExecuted"));
    QVERIFY(error.contains(u"phase"));
}

void tst_CliStatements::import()
{
    MATRIX_SERVER(live);
    const QString table = QStringLiteral("cli_import_%1").arg(QCoreApplication::applicationPid());
    const auto sql = [&](const QString &text) {
        return runCli({QStringLiteral("--no-header"), QStringLiteral("--format=csv"), urlOf(live), text})
            .output;
    };
    sql(QStringLiteral("CREATE TABLE %1 (id INT PRIMARY KEY, name VARCHAR(20))").arg(table));
    const QStringList start
        = {QStringLiteral("--import"), QStringLiteral("-"), QStringLiteral("--into"), table, urlOf(live)};
    CliResult result = runCli(start, "name,id\r\n\"a,\"\"b\"\"\",1\r\n,2\r\n");
    QVERIFY2(result.exitCode == 0, result.describe().constData());
    QCOMPARE(result.output, QByteArray("2 rows imported\n"));
    // All or none; or all but those that fail.
    const QByteArray faulty = "id,name\n3,c\nx,d\n4,e\n";
    result = runCli(start, faulty);
    QCOMPARE(result.exitCode, 1);
    QVERIFY(result.error().value(u"message").toString().startsWith(u"Line 3: "));
    result = runCli(QStringList{QStringLiteral("--skip-errors")} + start, faulty);
    QCOMPARE(result.exitCode, 0);
    QVERIFY(result.error().value(u"message").toString().startsWith(u"Line 3: "));
    QCOMPARE(result.output, QByteArray("2 rows imported\n"));
    QCOMPARE(sql(QStringLiteral("SELECT * FROM %1 ORDER BY id").arg(table)),
             QByteArray("1,\"a,\"\"b\"\"\"\r\n2,\r\n3,c\r\n4,e\r\n"));
    QCOMPARE(runCli({QStringLiteral("--import"), QStringLiteral("-"), urlOf(live)}).exitCode, 2);
    sql(QStringLiteral("DROP TABLE %1").arg(table));
}

void tst_CliStatements::parameters_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("protocol");
    for (const QString &id : ServerMatrix::ids()) {
        for (const char *protocol : {"text", "prepared"})
            QTest::newRow(qPrintable(id + u' ' + QLatin1String(protocol)))
                << id << QString::fromLatin1(protocol);
    }
}

void tst_CliStatements::parameters()
{
    MATRIX_SERVER(live);
    QFETCH(QString, protocol);
    const QStringList start
        = {QStringLiteral("--protocol"), protocol, QStringLiteral("--no-header"), urlOf(live)};
    const QString nasty = QStringLiteral("it's \\ \"quoted\" ? :x \u00e9\u6f22");
    CliResult result = runCli(start
                              + QStringList{QStringLiteral("SELECT HEX(?), CONCAT(?, '!'), ?"), nasty,
                                            QStringLiteral("-5"), QStringLiteral("")});
    QVERIFY2(result.exitCode == 0, result.describe().constData());
    QCOMPARE(result.output, nasty.toUtf8().toHex().toUpper() + "\t-5!\t\n");

    result = runCli(
        QStringList{QStringLiteral("--typed"), QStringLiteral("--format=ndjson")} + start
        + QStringList{QStringLiteral("SELECT ? IS NULL AS a, ? AS b, ? + 0 AS c, HEX(?) AS d, ? AS e"),
                      QStringLiteral("null"), QStringLiteral("9007199254740993"), QStringLiteral("true"),
                      QStringLiteral("{\"base64\":\"AP8=\"}"), QStringLiteral("\"a\\nb\"")});
    QVERIFY2(result.exitCode == 0, result.describe().constData());
    QCOMPARE(result.output,
             R"({"a":1,"b":"9007199254740993","c":1,"d":"00FF","e":"a\nb"})"
             "\n");

    // One value too few.
    result = runCli(start + QStringList{QStringLiteral("SELECT ?, ?"), QStringLiteral("1")});
    QVERIFY2(result.exitCode == 2, result.describe().constData());
    QCOMPARE(result.errorKind(), QStringLiteral("Usage"));
}

void tst_CliStatements::script()
{
    MATRIX_SERVER(live);
    const QByteArray sql = "-- a comment; with a semicolon\n"
                           "CREATE TEMPORARY TABLE t (a INT, b VARCHAR(20));\n"
                           "INSERT INTO t VALUES (1, 'x;y'), (2, NULL);\n"
                           "SET @n = (SELECT COUNT(*) FROM t);\n"
                           "SELECT * FROM t ORDER BY a; SELECT @n AS n\n";
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write(sql);
    file.close();
    const QByteArray expected = "a\tb\n1\tx;y\n2\t\\N\n\nn\n2\n";
    for (const QStringList &source :
         {QStringList{QStringLiteral("--file"), file.fileName(), urlOf(live)},
          QStringList{QStringLiteral("--stream"), QStringLiteral("--file"), file.fileName(), urlOf(live)},
          QStringList{QStringLiteral("--file=-"), urlOf(live)},
          QStringList{urlOf(live), QStringLiteral("-")}}) {
        const CliResult result = runCli(source, sql);
        QVERIFY2(result.exitCode == 0 && result.errors.isEmpty(), result.describe().constData());
        QCOMPARE(result.output, expected);
    }
    const CliResult empty
        = runCli({QStringLiteral("--format=json"), urlOf(live), QStringLiteral("-")}, "-- nothing\n");
    QVERIFY2(empty.exitCode == 0, empty.describe().constData());
    QCOMPARE(empty.output, "[]\n");
}

void tst_CliStatements::scriptStopsAtError()
{
    MATRIX_SERVER(live);
    const QByteArray sql = "SELECT 1 AS a;\nSELECT nonsense;\nSELECT 3 AS c;\n";
    CliResult result = runCli({QStringLiteral("--format=json"), urlOf(live), QStringLiteral("-")}, sql);
    QVERIFY2(result.exitCode == 1, result.describe().constData());
    QCOMPARE(result.json().size(), 1);
    QCOMPARE(result.error().value(u"code").toInt(), 1054);
    QVERIFY2(result.error().value(u"message").toString().contains(u":2: "), result.describe().constData());

    result = runCli(
        {QStringLiteral("--force"), QStringLiteral("--format=json"), urlOf(live), QStringLiteral("-")}, sql);
    QVERIFY2(result.exitCode == 1, result.describe().constData());
    QCOMPARE(result.json().size(), 2);
    QCOMPARE(result.json().at(1).toObject().value(u"rows").toArray().at(0).toArray().at(0).toInt(), 3);
}

// A file, standard input, a file that is not there, and one that was not offered.
void tst_CliStatements::loadLocal()
{
    MATRIX_SERVER(live);
    const QString table
        = QStringLiteral("test.cli_load_%1_%2").arg(QCoreApplication::applicationPid()).arg(live.port);
    const auto sql = [&](const QString &statement) {
        return runCli(
            {QStringLiteral("--no-header"), QStringLiteral("--format=tsv"), urlOf(live), statement});
    };
    QCOMPARE(sql(QStringLiteral("CREATE DATABASE IF NOT EXISTS test")).exitCode, 0);
    QCOMPARE(sql(QStringLiteral("CREATE TABLE %1 (a INT, b TEXT)").arg(table)).exitCode, 0);
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("1\tone\n2\ttwo\n");
    file.close();
    const QString load = QStringLiteral("LOAD DATA LOCAL INFILE '%1' INTO TABLE %2");
    const CliResult fromFile = runCli(
        {QStringLiteral("--load-local"), file.fileName(), urlOf(live), load.arg(file.fileName(), table)});
    QVERIFY2(fromFile.exitCode == 0, fromFile.describe().constData());
    QByteArray much;
    for (int i = 0; i < 20'000; ++i)
        much += QByteArray::number(i) + "\tstandard input\n";
    const CliResult fromInput = runCli(
        {QStringLiteral("--load-local=-"), urlOf(live), load.arg(QStringLiteral("any"), table)}, much);
    QVERIFY2(fromInput.exitCode == 0, fromInput.describe().constData());
    const CliResult empty
        = runCli({QStringLiteral("--load-local=-"), urlOf(live), load.arg(QStringLiteral("any"), table)},
                 QByteArray());
    QVERIFY2(empty.exitCode == 0, empty.describe().constData());
    QCOMPARE(sql(QStringLiteral("SELECT COUNT(*), SUM(b = 'two') FROM %1").arg(table)).output.trimmed(),
             QByteArray("20002\t1"));
    const CliResult missing = runCli({QStringLiteral("--load-local=/no/such/file"), urlOf(live),
                                      load.arg(QStringLiteral("/no/such/file"), table)});
    QCOMPARE(missing.exitCode, 2);
    QVERIFY2(missing.errors.contains("/no/such/file"), missing.describe().constData());
    const CliResult other = runCli({QStringLiteral("--load-local"), file.fileName(), urlOf(live),
                                    load.arg(QStringLiteral("/etc/passwd"), table)});
    QVERIFY2(other.exitCode != 0 && other.errors.contains("/etc/passwd"), other.describe().constData());
    QCOMPARE(sql(QStringLiteral("SELECT COUNT(*) FROM %1").arg(table)).output.trimmed(), QByteArray("20002"));
    QCOMPARE(sql(QStringLiteral("DROP TABLE %1").arg(table)).exitCode, 0);
}

void tst_CliStatements::timeout()
{
    MATRIX_SERVER(live);
    const QString mark = QStringLiteral("timeout_%1").arg(QCoreApplication::applicationPid());
    const CliResult result = runCli({QStringLiteral("--timeout"), QStringLiteral("300"), urlOf(live),
                                     QStringLiteral("SELECT SLEEP(60) /* %1 */").arg(mark)});
    QVERIFY2(result.exitCode == 5, result.describe().constData());
    QVERIFY(result.output.isEmpty());
    QCOMPARE(result.errorKind(), QStringLiteral("Timeout"));
    QTRY_COMPARE_WITH_TIMEOUT(running(live, mark), 0, 20'000);
}

void tst_CliStatements::controlC_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QStringList>("options");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::newRow(qPrintable(id + u" buffered")) << id << QStringList();
        QTest::newRow(qPrintable(id + u" streamed")) << id << QStringList{QStringLiteral("--stream")};
        QTest::newRow(qPrintable(id + u" prepared"))
            << id << QStringList{QStringLiteral("--protocol=prepared")};
    }
}

void tst_CliStatements::controlC()
{
    MATRIX_SERVER(live);
    QFETCH(QStringList, options);
    const QString mark
        = QStringLiteral("interrupt_%1_%2").arg(QCoreApplication::applicationPid()).arg(options.join(u'_'));
    const auto process
        = startCli(options + QStringList{urlOf(live), QStringLiteral("SELECT SLEEP(30) /* %1 */").arg(mark)});
    QTRY_COMPARE_WITH_TIMEOUT(running(live, mark), 1, 20'000);
    QVERIFY(interruptCli(*process));
    const CliResult result = finishCli(process.get());
    QVERIFY2(result.exitCode == 130, result.describe().constData());
    QVERIFY2(result.output.isEmpty(), result.describe().constData());
    QCOMPARE(result.errorKind(), QStringLiteral("Cancelled"));
    QCOMPARE(running(live, mark), 0);
}

QTEST_GUILESS_MAIN(tst_CliStatements)
#include "tst_cli_statements.moc"
