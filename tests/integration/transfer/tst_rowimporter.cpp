// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "integration/models/scratchschema.h"

#include <QAsyncMySql/rowimporter.h>

#include <QBuffer>
#include <QElapsedTimer>

using namespace QAsyncMySql;

using Type = TransferFormat::Type;
using Policy = RowImporter::ErrorPolicy;
using Atomicity = RowImporter::Atomicity;

//! A file that comes bit by bit, and may end with an error.
class TrickleDevice : public QIODevice
{
public:
    TrickleDevice(const QByteArray &bytes, qsizetype portion)
        : m_left(bytes)
        , m_portion(portion)
    {
        open(ReadOnly | Unbuffered);
        startTimer(0);
    }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_there.size() + QIODevice::bytesAvailable(); }
    //! Gives no more than this.
    void setHeldBack(bool on) { m_heldBack = on; }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 count = qMin(most, qint64(m_there.size()));
        memcpy(data, m_there.constData(), size_t(count));
        m_there.remove(0, count);
        return count == 0 && m_ended ? -1 : count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }
    void timerEvent(QTimerEvent *) override
    {
        if (m_ended || m_heldBack)
            return;
        m_there += m_left.left(m_portion);
        m_left.remove(0, m_portion);
        Q_EMIT readyRead();
        if (m_left.isEmpty()) {
            m_ended = true;
            Q_EMIT readChannelFinished();
        }
    }

private:
    QByteArray m_left;
    QByteArray m_there;
    qsizetype m_portion;
    bool m_ended = false;
    bool m_heldBack = false;
};

class tst_RowImporter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mapsColumns_data() { ServerMatrix::addRows(); }
    void mapsColumns();
    void refusesWhatDoesNotFit_data() { ServerMatrix::addRows(); }
    void refusesWhatDoesNotFit();
    void skipsAndReports_data() { ServerMatrix::addRows(); }
    void skipsAndReports();
    void stops_data() { ServerMatrix::addRows(); }
    void stops();
    void withoutTransactions_data() { ServerMatrix::addRows(); }
    void withoutTransactions();
    void inATransaction_data() { ServerMatrix::addRows(); }
    void inATransaction();
    void waitsForTheDevice_data() { ServerMatrix::addRows(); }
    void waitsForTheDevice();
    void isCancelled_data() { ServerMatrix::addRows(); }
    void isCancelled();
    void losesItsGround_data() { ServerMatrix::addRows(); }
    void losesItsGround();
    void manyRows_data() { ServerMatrix::addRows(); }
    void manyRows();

private:
    static Result<ImportReport> import(ScratchSchema &schema, const RowImporter &importer, QByteArray file);
    static QByteArray rowsOf(ScratchSchema &schema, const QString &sql);
};

Result<ImportReport> tst_RowImporter::import(ScratchSchema &schema, const RowImporter &importer,
                                             QByteArray file)
{
    QBuffer device(&file);
    device.open(QIODevice::ReadOnly);
    return await(importer.run(schema.pool, &device));
}

// "1,a;2,NULL;"
QByteArray tst_RowImporter::rowsOf(ScratchSchema &schema, const QString &sql)
{
    QByteArray text;
    for (const Row &row : schema.must(sql)) {
        for (int i = 0; i < row.columnCount(); ++i)
            text += (i > 0 ? "," : "") + (row.isNull(i) ? QByteArray("NULL") : row.cell(i).toText());
        text += ';';
    }
    return text;
}

void tst_RowImporter::mapsColumns()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral(
        "CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(10), price DECIMAL(6,2), "
        "gross DECIMAL(7,2) AS (price * 2) VIRTUAL, born DATETIME DEFAULT '2024-01-01')"));
    const QString all = QStringLiteral("SELECT id, name, price, gross, born FROM t ORDER BY id");
    const auto check = [&](const RowImporter &importer, const QByteArray &file, const QByteArray &expected) {
        schema.must(QStringLiteral("TRUNCATE t"));
        const Result<ImportReport> report = import(schema, importer, file);
        VERIFY_OK(report);
        QVERIFY2(report->isComplete(), qPrintable(report->error.toString()));
        QCOMPARE(rowsOf(schema, all), expected);
    };
    const QString table = QStringLiteral("t");
    // In any order and case; what is not there has its default; what the server computes is left to it.
    check(RowImporter(table), "PRICE,name\r\n1.5,a\r\n,\r\n",
          "1,a,1.50,3.00,2024-01-01 00:00:00;2,NULL,NULL,NULL,2024-01-01 00:00:00;");
    check(RowImporter(table), "id,name,price,gross\r\n7,a,1,9\r\n", "7,a,1.00,2.00,2024-01-01 00:00:00;");
    // By place: all but the generated one.
    check(RowImporter(table, TransferFormat().setHeader(false)), "5,a,2.25,2025-02-03\r\n",
          "5,a,2.25,4.50,2025-02-03 00:00:00;");
    check(RowImporter(table, TransferFormat().setHeader(false))
              .setColumns({QStringLiteral("name"), QString(), QStringLiteral("id")}),
          "a,x,3\r\n", "3,a,NULL,NULL,2024-01-01 00:00:00;");
    check(RowImporter(table)
              .setColumnFor(QStringLiteral("Title"), QStringLiteral("name"))
              .setColumnFor(QStringLiteral("junk"), QString()),
          "junk,title\r\nx,a\r\n", "1,a,NULL,NULL,2024-01-01 00:00:00;");
    check(RowImporter(table, Type::JsonLines),
          R"({"name":"a","price":1.25})"
          "\n"
          R"({"price":2})"
          "\n"
          R"({"price":"3.5","name":null})",
          "1,a,1.25,2.50,2024-01-01 00:00:00;2,NULL,2.00,4.00,2024-01-01 00:00:00;"
          "3,NULL,3.50,7.00,2024-01-01 00:00:00;");
    check(RowImporter(table, Type::JsonLines).setColumns({QStringLiteral("name")}),
          R"({"name":"a","junk":[1]})"
          "\n"
          R"({"name":"b","other":1})",
          "1,a,NULL,NULL,2024-01-01 00:00:00;2,b,NULL,NULL,2024-01-01 00:00:00;");
    check(RowImporter(table), "", "");
    check(RowImporter(table), "\xEF\xBB\xBFname\n\xC3\xBC\n", "1,\xC3\xBC,NULL,NULL,2024-01-01 00:00:00;");
    // Another schema by its name, and a connection instead of a pool.
    schema.must(QStringLiteral("TRUNCATE t"));
    QBuffer device;
    device.setData("name\nq\n");
    device.open(QIODevice::ReadOnly);
    const auto report = await(RowImporter().setTable(table, schema.name()).run(schema.others, &device));
    VERIFY_OK(report);
    QCOMPARE(report->importedRows, 1);
}

void tst_RowImporter::refusesWhatDoesNotFit()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (a INT, b INT)"));
    const auto refusal = [&](const RowImporter &importer, const QByteArray &file) {
        const Result<ImportReport> report = import(schema, importer, file);
        return report ? QStringLiteral("imported") : report.error().message();
    };
    const QString table = QStringLiteral("t");
    QVERIFY(refusal(RowImporter(table), "a,c\n1,2\n").contains(QLatin1String("no column \"c\"")));
    QVERIFY(refusal(RowImporter(table), "a,A\n1,2\n").contains(QLatin1String("Two fields")));
    QVERIFY(refusal(RowImporter(table), "a,\"b\n1,2\n").contains(QLatin1String("not closed")));
    QVERIFY(refusal(RowImporter(table).setColumns({QStringLiteral("a")}), "a,b\n1,2\n")
                .contains(QLatin1String("setColumns()")));
    QVERIFY(refusal(RowImporter(table, Type::JsonLines), R"({"c":1})")
                .contains(QLatin1String("no column \"c\"")));
    QVERIFY(refusal(RowImporter(table, Type::JsonLines), "{}").contains(QLatin1String("No field")));
    QVERIFY(refusal(RowImporter(QStringLiteral("none")), "a\n1\n").contains(QLatin1String("none")));
    QVERIFY(refusal(RowImporter(QString()), "a\n1\n") != QLatin1String("imported"));
    QVERIFY(refusal(RowImporter(table, TransferFormat().setSeparator('"')), "a\n1\n")
                .contains(QLatin1String("separator")));
    QVERIFY(refusal(RowImporter(table),
                    QByteArray("\xFF\xFE"
                               "a\0",
                               4))
                .contains(QLatin1String("UTF-16")));
    QBuffer closed;
    QCOMPARE(await(RowImporter(table).run(schema.pool, &closed)).error().kind(), Error::Kind::Usage);
    QCOMPARE(await(RowImporter(table).run(schema.pool, nullptr)).error().kind(), Error::Kind::Usage);
    QCOMPARE(rowsOf(schema, QStringLiteral("SELECT COUNT(*) FROM t")), "0;");
}

void tst_RowImporter::skipsAndReports()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id TINYINT UNSIGNED PRIMARY KEY, name VARCHAR(5), bytes "
                               "VARBINARY(4), d DECIMAL(4,1), f DOUBLE)"));
    const QByteArray file = "id,name,bytes,d,f\r\n" // 1
                            "1,a,0x00FF,1.5,1e3\r\n"
                            "x,a,,,\r\n" // 3: no number
                            "256,a,,,\r\n" // 4: out of range
                            "1,dup,,,\r\n" // 5: there already
                            "2,\"tw\r\nl\",,,\r\n" // 6 and 7
                            "3,toolong,,,\r\n" // 8: the server refuses
                            "4,a,,\r\n" // 9: a field is missing
                            "5,a,,,,\r\n" // 10: one too many
                            "6,\xFF,,,\r\n" // 11: not UTF-8
                            "7,a,0x0,,\r\n" // 12: half a byte
                            "8,a,abc,,\r\n" // 13: no bytes
                            "9,a,,1e5x,\r\n" // 14: no decimal
                            "10,a,,,1e999\r\n" // 15: no double
                            "11,\"b\"c,,,\r\n" // 16: behind a quote
                            "12,ok,0x,-9.5,-0.5\r\n"
                            "13,\"open,,,\r\n14,a,,,\r\n"; // 18: to the end
    for (const Atomicity atomicity : {Atomicity::Whole, Atomicity::Batches}) {
        for (const qsizetype batch : {1, 3, 1000}) {
            schema.must(QStringLiteral("TRUNCATE t"));
            const RowImporter importer = RowImporter(QStringLiteral("t"))
                                             .setErrorPolicy(Policy::Skip)
                                             .setAtomicity(atomicity)
                                             .setBatchRows(batch);
            const Result<ImportReport> report = import(schema, importer, file);
            VERIFY_OK(report);
            QVERIFY2(report->isComplete(), qPrintable(report->error.toString()));
            QCOMPARE(report->importedRows, 3);
            QCOMPARE(rowsOf(schema, QStringLiteral("SELECT id, name, HEX(bytes), d, f FROM t ORDER BY id")),
                     "1,a,00FF,1.5,1000;2,tw\r\nl,NULL,NULL,NULL;12,ok,,-9.5,-0.5;");
            QList<qint64> lines;
            for (const FailedRow &row : report->failedRows) {
                lines.append(row.line);
                QVERIFY(row.error.isError());
                QVERIFY(!row.text.isEmpty());
                QCOMPARE(row.error.kind() == Error::Kind::Server, row.line == 5 || row.line == 8);
            }
            std::sort(lines.begin(), lines.end());
            QCOMPARE(lines, (QList<qint64>{3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18}));
            QCOMPARE(report->failedRows.first().text, QByteArray("x,a,,,"));
            QVERIFY2(report->failedRows.first().error.message().contains(QLatin1String("\"id\"")),
                     qPrintable(report->failedRows.first().error.message()));
        }
    }
    // As many as are borne, and no more.
    const Result<ImportReport> report = import(
        schema, RowImporter(QStringLiteral("t")).setErrorPolicy(Policy::Skip).setMaximumFailedRows(2), file);
    VERIFY_OK(report);
    QCOMPARE(report->error.kind(), Error::Kind::Limit);
    QCOMPARE(report->importedRows, 0);
}

void tst_RowImporter::stops()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY)"));
    const QString all = QStringLiteral("SELECT id FROM t ORDER BY id");
    for (const char *bad : {"x", "1", "2,3"}) { // for us, for the server, for the form
        const QByteArray file = QByteArray("id\n1\n2\n3\n4\n") + bad + "\n6\n";
        for (const qsizetype batch : {1, 2, 1000}) {
            schema.must(QStringLiteral("TRUNCATE t"));
            RowImporter importer(QStringLiteral("t"));
            importer.setBatchRows(batch);
            Result<ImportReport> report = import(schema, importer, file);
            VERIFY_OK(report);
            QVERIFY(!report->isComplete());
            QVERIFY2(report->error.message().startsWith(QLatin1String("Line 6: ")),
                     qPrintable(report->error.message()));
            QCOMPARE(report->failedRows.size(), 1);
            QCOMPARE(report->failedRows.first().line, 6);
            QCOMPARE(report->failedRows.first().text, QByteArray(bad));
            QCOMPARE(report->importedRows, 0);
            QCOMPARE(rowsOf(schema, all), "");

            report = import(schema, importer.setAtomicity(Atomicity::Batches), file);
            VERIFY_OK(report);
            QVERIFY(!report->isComplete());
            QCOMPARE(report->importedRows, 4);
            QCOMPARE(rowsOf(schema, all), "1;2;3;4;");
        }
    }
}

// MyISAM keeps what a statement that failed had inserted already.
void tst_RowImporter::withoutTransactions()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY) ENGINE=MyISAM"));
    schema.must(QStringLiteral("CREATE TABLE log (id INT) ENGINE=MyISAM"));
    schema.must(
        QStringLiteral("CREATE TRIGGER tr AFTER INSERT ON t FOR EACH ROW INSERT INTO log VALUES (NEW.id)"));
    const QByteArray file = "id\n1\n2\n2\n3\n";
    RowImporter importer(QStringLiteral("t"));
    Result<ImportReport> report = import(schema, importer, file);
    QVERIFY(!report);
    QVERIFY2(report.error().message().contains(QLatin1String("Batches")),
             qPrintable(report.error().message()));
    report = import(schema, importer.setAtomicity(Atomicity::Batches).setErrorPolicy(Policy::Skip), file);
    VERIFY_OK(report);
    QCOMPARE(report->importedRows, 3);
    QCOMPARE(report->failedRows.size(), 1);
    QCOMPARE(report->failedRows.first().line, 4);
    QCOMPARE(rowsOf(schema, QStringLiteral("SELECT id FROM log ORDER BY id")), "1;2;3;");
}

void tst_RowImporter::inATransaction()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY)"));
    Result<Transaction> transaction = await(schema.pool.begin());
    VERIFY_OK(transaction);
    VERIFY_OK(await(transaction->execute(u"INSERT INTO t VALUES (1)")));
    QByteArray good = "id\n2\n3\n";
    QBuffer goodFile(&good);
    goodFile.open(QIODevice::ReadOnly);
    const auto report = await(RowImporter(QStringLiteral("t")).run(*transaction, &goodFile));
    VERIFY_OK(report);
    QCOMPARE(report->importedRows, 2);
    // What fails is taken back, and what was before stays.
    QByteArray bad = "id\n4\n1\n";
    QBuffer badFile(&bad);
    badFile.open(QIODevice::ReadOnly);
    const auto failed = await(RowImporter(QStringLiteral("t")).run(*transaction, &badFile));
    VERIFY_OK(failed);
    QVERIFY(!failed->isComplete());
    VERIFY_OK(await(transaction->commit()));
    QCOMPARE(rowsOf(schema, QStringLiteral("SELECT id FROM t ORDER BY id")), "1;2;3;");
}

void tst_RowImporter::waitsForTheDevice()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(20))"));
    QByteArray file = "id,name\r\n";
    for (int i = 0; i < 300; ++i)
        file += QByteArray::number(i) + ",\"n\r\n" + QByteArray::number(i) + "\"\r\n";
    TrickleDevice device(file, 7);
    const auto report = await(RowImporter(QStringLiteral("t")).setBatchRows(50).run(schema.pool, &device));
    VERIFY_OK(report);
    QVERIFY2(report->isComplete(), qPrintable(report->error.toString()));
    QCOMPARE(report->importedRows, 300);
    QCOMPARE(rowsOf(schema, QStringLiteral("SELECT COUNT(*), SUM(name = CONCAT('n\\r\\n', id)) FROM t")),
             "300,300;");
}

void tst_RowImporter::isCancelled()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY)"));
    for (const Atomicity atomicity : {Atomicity::Whole, Atomicity::Batches}) {
        // While it waits for the device.
        TrickleDevice device("id\n1\n2\n3\n", 100);
        device.setHeldBack(true);
        Reply<ImportReport> reply
            = RowImporter(QStringLiteral("t")).setAtomicity(atomicity).run(schema.pool, &device);
        QTimer::singleShot(50, this, [reply]() mutable { reply.cancel(); });
        QCOMPARE(await(reply).error().kind(), Error::Kind::Cancelled);

        // While a statement waits for a lock.
        schema.must(QStringLiteral("TRUNCATE t"));
        schema.must(QStringLiteral("BEGIN"));
        schema.must(QStringLiteral("INSERT INTO t VALUES (2)"));
        QBuffer file;
        file.setData("id\n1\n2\n3\n");
        file.open(QIODevice::ReadOnly);
        QElapsedTimer timer;
        timer.start();
        reply = RowImporter(QStringLiteral("t")).setAtomicity(atomicity).run(schema.pool, &file);
        QTimer::singleShot(300, this, [reply]() mutable { reply.cancel(); });
        const auto report = await(reply);
        VERIFY_OK(report);
        QCOMPARE(report->error.kind(), Error::Kind::Cancelled);
        QCOMPARE(report->importedRows, 0);
        QVERIFY(timer.elapsed() < 20'000); // and not the 50 s of innodb_lock_wait_timeout
        schema.must(QStringLiteral("ROLLBACK"));
        QCOMPARE(rowsOf(schema, QStringLiteral("SELECT id FROM t")), "");
    }
}

// The device, the pool or the connection goes.
void tst_RowImporter::losesItsGround()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY)"));
    const RowImporter importer(QStringLiteral("t"));
    {
        auto device = std::make_unique<TrickleDevice>("id\n1\n", 2);
        device->setHeldBack(true);
        const Reply<ImportReport> reply = importer.run(schema.pool, device.get());
        QTimer::singleShot(50, this, [&device] { device.reset(); });
        const auto report = await(reply);
        QVERIFY(!report);
        QVERIFY2(report.error().message().contains(QLatin1String("destroyed")),
                 qPrintable(report.error().message()));
    }
    {
        Pool pool(schema.pool.options());
        auto doomed = std::make_unique<Pool>(schema.pool.options());
        TrickleDevice device("id\n1\n", 100);
        device.setHeldBack(true);
        const Reply<ImportReport> reply = importer.run(*doomed, &device);
        QTimer::singleShot(50, this, [&] {
            doomed.reset();
            device.setHeldBack(false);
        });
        const auto report = await(reply);
        QVERIFY(!report || !report->isComplete());
    }
    QCOMPARE(rowsOf(schema, QStringLiteral("SELECT id FROM t")), "");
}

// Several batches on their way, of a file of some megabytes; the event loop turns meanwhile.
void tst_RowImporter::manyRows()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (id INT PRIMARY KEY, name VARCHAR(100))"));
    QByteArray file = "id,name\n";
    for (int i = 0; i < 50'000; ++i)
        file += QByteArray::number(i) + ",\"name, number " + QByteArray::number(i) + "\"\n";
    int turns = 0;
    QTimer timer;
    connect(&timer, &QTimer::timeout, this, [&turns] { ++turns; });
    timer.start(0);
    QBuffer device(&file);
    device.open(QIODevice::ReadOnly);
    const Reply<ImportReport> reply = RowImporter(QStringLiteral("t")).run(schema.pool, &device);
    const auto report = await(reply, 100'000);
    VERIFY_OK(report);
    QVERIFY2(report->isComplete(), qPrintable(report->error.toString()));
    QCOMPARE(report->importedRows, 50'000);
    QCOMPARE(reply.progressValue(), int(file.size()));
    QVERIFY2(turns > 50, qPrintable(QString::number(turns)));
    QCOMPARE(
        rowsOf(schema, QStringLiteral("SELECT COUNT(*), SUM(name = CONCAT('name, number ', id)) FROM t")),
        "50000,50000;");
}

QTEST_GUILESS_MAIN(tst_RowImporter)
#include "tst_rowimporter.moc"
