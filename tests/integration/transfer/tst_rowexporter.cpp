// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "integration/models/scratchschema.h"

#include <QAsyncMySql/rowexporter.h>

#include <QBuffer>
#include <QStringListModel>
#include <QTemporaryDir>

using namespace QAsyncMySql;

using Type = TransferFormat::Type;

//! Takes what is written, and sends it on when told to.
class SlowDevice : public QIODevice
{
public:
    SlowDevice() { open(WriteOnly | Unbuffered); }
    bool isSequential() const override { return true; }
    qint64 bytesToWrite() const override { return m_waiting; }
    void send(qint64 most)
    {
        const qint64 count = qMin(most, m_waiting);
        m_waiting -= count;
        if (count > 0)
            Q_EMIT bytesWritten(count);
    }
    //! Writing fails after this many bytes.
    void setRoom(qint64 bytes) { m_room = bytes; }
    qint64 taken() const { return m_taken; }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64 size) override
    {
        if (m_taken + size > m_room) {
            setErrorString(QStringLiteral("no room"));
            return -1;
        }
        m_waiting += size;
        m_taken += size;
        return size;
    }

private:
    qint64 m_waiting = 0;
    qint64 m_taken = 0;
    qint64 m_room = std::numeric_limits<qint64>::max();
};

class tst_RowExporter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesFiles_data() { ServerMatrix::addRows(); }
    void writesFiles();
    void holdsBack_data() { ServerMatrix::addRows(); }
    void holdsBack();
    void isCancelled_data() { ServerMatrix::addRows(); }
    void isCancelled();
    void tellsOfFailures_data() { ServerMatrix::addRows(); }
    void tellsOfFailures();
    void exportsModels();
};

static QString manyRows(int count)
{
    return QStringLiteral(
               "WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < %1) SELECT "
               "id, REPEAT('x', 1000) AS text FROM n")
        .arg(count);
}

void tst_RowExporter::writesFiles()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("rows.csv")));
    QVERIFY(file.open(QIODevice::ReadWrite));
    const auto report = await(RowExporter().run(
        schema.pool.streamPrepared(u"SELECT ? AS a, 'x,\"y\"' AS `b,c`, X'00FF' AS d, NULL AS e, '' AS f", 5),
        &file));
    VERIFY_OK(report);
    QCOMPARE(report->rows, 1);
    QFile again(file.fileName()); // it has been flushed
    QVERIFY(again.open(QIODevice::ReadOnly));
    const QByteArray written = again.readAll();
    QCOMPARE(written, QByteArray("a,\"b,c\",d,e,f\r\n5,\"x,\"\"y\"\"\",0x00ff,,\"\"\r\n"));
    QCOMPARE(report->bytes, written.size());

    // No rows, and no columns.
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    VERIFY_OK(await(RowExporter(Type::Tsv).run(
        schema.pool.streamPrepared(u"SELECT 1 AS a FROM DUAL WHERE 1 = 0"), &buffer)));
    QCOMPARE(buffer.data(), QByteArray("a\n"));
    VERIFY_OK(await(RowExporter(Type::Tsv).run(schema.pool.stream(u"DO 1"), &buffer)));
    QCOMPARE(buffer.data(), QByteArray("a\n"));
    // Of several results the first.
    StatementOptions several;
    several.setMultiStatements(true);
    VERIFY_OK(await(RowExporter(Type::JsonLines)
                        .run(schema.others.stream(several, u"DO 1; SELECT 1 AS a; SELECT 2 AS b"), &buffer)));
    QCOMPARE(buffer.data(), QByteArray("a\n{\"a\":1}\n"));
}

// A device that takes no more is waited for, and the server with it.
void tst_RowExporter::holdsBack()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("SET SESSION %1 = 100000")
                    .arg(live.isMySql() ? QStringLiteral("cte_max_recursion_depth")
                                        : QStringLiteral("max_recursive_iterations")));
    SlowDevice device;
    std::unique_ptr<Cursor> cursor = schema.others.stream(manyRows(20'000));
    Cursor *const reading = cursor.get();
    const Reply<ExportReport> reply = RowExporter().run(std::move(cursor), &device);
    QTRY_VERIFY(device.bytesToWrite() > 1 << 20);
    QTest::qWait(200); // for what should not happen
    QVERIFY(device.taken() < 2 << 20);
    QVERIFY(!reading->isFinished());
    QVERIFY(reading->receivedBytes() < 12 << 20); // and not 20 MB
    QTimer sending;
    connect(&sending, &QTimer::timeout, this, [&device] { device.send(300'000); });
    sending.start(1);
    const auto report = await(reply);
    VERIFY_OK(report);
    QCOMPARE(report->rows, 20'000);
    QCOMPARE(report->bytes, device.taken());
    QCOMPARE(reply.progressValue(), 20'000);
}

void tst_RowExporter::isCancelled()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    Reply<ExportReport> reply = RowExporter().run(schema.others.stream(u"SELECT SLEEP(30)"), &buffer);
    QTimer::singleShot(100, this, [reply]() mutable { reply.cancel(); });
    QCOMPARE(await(reply, 20'000).error().kind(), Error::Kind::Cancelled);
    VERIFY_OK(await(schema.others.query(u"DO 1"), 20'000)); // the connection is free again
    // While the device takes nothing.
    SlowDevice device;
    schema.must(QStringLiteral("CREATE TABLE t (text LONGTEXT)"));
    schema.must(
        QStringLiteral("INSERT INTO t SELECT REPEAT('x', 100000) FROM information_schema.columns LIMIT 100"));
    reply = RowExporter().run(schema.pool.stream(u"SELECT * FROM t"), &device);
    QTRY_VERIFY(device.bytesToWrite() > 1 << 20);
    reply.cancel();
    QCOMPARE(await(reply, 20'000).error().kind(), Error::Kind::Cancelled);
}

void tst_RowExporter::tellsOfFailures()
{
    MATRIX_SERVER(live);
    ScratchSchema schema(live);
    QBuffer buffer;
    QCOMPARE(await(RowExporter().run(schema.pool.stream(u"SELECT 1"), &buffer)).error().kind(),
             Error::Kind::Usage);
    QCOMPARE(await(RowExporter().run(std::unique_ptr<Cursor>(), &buffer)).error().kind(), Error::Kind::Usage);
    buffer.open(QIODevice::WriteOnly);
    QCOMPARE(
        await(RowExporter(TransferFormat().setSeparator('"')).run(schema.pool.stream(u"SELECT 1"), &buffer))
            .error()
            .kind(),
        Error::Kind::Usage);
    QCOMPARE(await(RowExporter().run(schema.pool.stream(u"SELECT nothing"), &buffer)).error().code(), 1054);
    SlowDevice full;
    full.setRoom(3);
    const auto report = await(RowExporter().run(schema.pool.stream(u"SELECT 1 AS abcdef"), &full));
    QVERIFY(!report);
    QVERIFY2(report.error().message().contains(QLatin1String("no room")),
             qPrintable(report.error().message()));
    // The device goes.
    auto doomed = std::make_unique<SlowDevice>();
    const Reply<ExportReport> reply
        = RowExporter().run(schema.pool.stream(u"SELECT SLEEP(0.3)"), doomed.get());
    doomed.reset();
    const auto lost = await(reply);
    QVERIFY(!lost);
    QVERIFY2(lost.error().message().contains(QLatin1String("destroyed")), qPrintable(lost.error().message()));
}

void tst_RowExporter::exportsModels()
{
    QStringListModel model({QStringLiteral("a,b"), QString(), QStringLiteral("\"")});
    model.setHeaderData(0, Qt::Horizontal, QStringLiteral("name"));
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const auto report = await(RowExporter().run(&model, &buffer));
    VERIFY_OK(report);
    QCOMPARE(report->rows, 3);
    QCOMPARE(buffer.data(), QByteArray("1\r\n\"a,b\"\r\n\"\"\r\n\"\"\"\"\r\n"));
    // It changes meanwhile, or goes.
    auto doomed = std::make_unique<QStringListModel>(QStringList(100'000, QStringLiteral("text")));
    Reply<ExportReport> reply = RowExporter().run(doomed.get(), &buffer);
    doomed->setStringList({QStringLiteral("other")});
    QCOMPARE(await(reply).error().kind(), Error::Kind::Usage);
    reply = RowExporter().run(doomed.get(), &buffer);
    doomed.reset();
    QCOMPARE(await(reply).error().kind(), Error::Kind::Usage);
    QCOMPARE(await(RowExporter().run(static_cast<QAbstractItemModel *>(nullptr), &buffer)).error().kind(),
             Error::Kind::Usage);
}

QTEST_GUILESS_MAIN(tst_RowExporter)
#include "tst_rowexporter.moc"
