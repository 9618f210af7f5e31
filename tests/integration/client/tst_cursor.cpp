// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>

#include <QtCore/QFile>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

namespace {

constexpr int Rows = 200'000;

//! A statement that gives \a rows rows of a number and a text, on every server.
QString numbers(int rows)
{
    return QStringLiteral(
               "WITH RECURSIVE d(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM d WHERE i < 99) "
               "SELECT a.i * 10000 + b.i * 100 + c.i AS n, CONCAT('row ', a.i * 10000 + b.i * 100 + c.i) "
               "FROM d a CROSS JOIN d b CROSS JOIN d c LIMIT %1")
        .arg(rows);
}

qint64 peakMemoryKiB()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toLongLong();
    }
    return -1;
}

} // namespace

class tst_Cursor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pulled_data();
    void pulled();
    void pushed_data() { ServerMatrix::addRows(); }
    void pushed();
    void pausedStaysInItsWindow_data() { ServerMatrix::addRows(); }
    void pausedStaysInItsWindow();
    void cancelled_data() { ServerMatrix::addRows(); }
    void cancelled();
    void destroyedInTheMiddle_data() { ServerMatrix::addRows(); }
    void destroyedInTheMiddle();
    void errors_data() { ServerMatrix::addRows(); }
    void errors();
    void severalResults_data() { ServerMatrix::addRows(); }
    void severalResults();
    void noRows_data() { ServerMatrix::addRows(); }
    void noRows();

private:
    std::unique_ptr<Connection> open(const MatrixServer &live, SslMode mode = SslMode::Disabled);
};

std::unique_ptr<Connection> tst_Cursor::open(const MatrixServer &live, SslMode mode)
{
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setSslMode(mode).setPublicKeyRetrieval(true).setMultiStatements(true).setCancelTimeout(10s);
    auto connection = std::make_unique<Connection>();
    const auto opened = await(connection->open(options));
    if (!opened)
        qWarning() << opened.error();
    return connection;
}

void tst_Cursor::pulled_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("tls");
    QTest::addColumn<bool>("prepared");
    QTest::addColumn<int>("batch");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::newRow(qPrintable(id + u"-text")) << id << false << false << 1000;
        QTest::newRow(qPrintable(id + u"-prepared-odd-batches")) << id << false << true << 777;
        QTest::newRow(qPrintable(id + u"-tls")) << id << true << false << 50'000;
    }
}

void tst_Cursor::pulled()
{
    MATRIX_SERVER(live);
    QFETCH(bool, tls);
    QFETCH(bool, prepared);
    QFETCH(int, batch);
    const auto connection = open(live, tls ? SslMode::Required : SslMode::Disabled);
    const auto cursor
        = prepared ? connection->streamPrepared(numbers(Rows)) : connection->stream(numbers(Rows));
    qint64 count = 0;
    QSet<qint64> seen;
    while (true) {
        const auto rows = await(cursor->nextBatch(batch));
        VERIFY_OK(rows);
        if (rows->isEmpty())
            break;
        QVERIFY(rows->size() <= batch);
        for (const Row &row : *rows) {
            const auto n = row.get<qint64>(0);
            QCOMPARE(row.get<QString>(1), QStringLiteral("row %1").arg(n));
            seen.insert(n);
        }
        count += rows->size();
    }
    QCOMPARE(count, Rows);
    QCOMPARE(seen.size(), Rows); // each row once
    QCOMPARE(cursor->receivedRows(), Rows);
    QTRY_VERIFY(cursor->isFinished());
    QVERIFY(!cursor->error());
    QCOMPARE(cursor->columns().size(), 2);
    VERIFY_OK(await(connection->ping()));
}

void tst_Cursor::pushed()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const auto cursor = connection->stream(numbers(Rows));
    QSignalSpy columnsReady(cursor.get(), &Cursor::columnsReady);
    QSignalSpy finished(cursor.get(), &Cursor::finished);
    qint64 count = 0;
    connect(cursor.get(), &Cursor::batchReady, this, [&](const RowBatch &rows) {
        QVERIFY(!rows.isEmpty());
        QVERIFY(rows.size() <= cursor->windowRows());
        QCOMPARE(columnsReady.size(), 1);
        count += rows.size();
    });
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20'000);
    QCOMPARE(count, Rows);
    QCOMPARE(cursor->summary().affectedRows(), 0u);
}

void tst_Cursor::pausedStaysInItsWindow()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const auto cursor
        = connection->stream(u"WITH RECURSIVE d(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM d WHERE i < 99) "
                             "SELECT REPEAT('x', 1000) FROM d a CROSS JOIN d b CROSS JOIN d c"); // 1 GB
    cursor->setWindow(1'000'000, 1 << 20);
    VERIFY_OK(await(cursor->nextBatch(1)));
    const qint64 before = peakMemoryKiB();
    QTest::qWait(300);
    QVERIFY2(cursor->availableBytes() < (1 << 20) + 2000,
             qPrintable(QString::number(cursor->availableBytes())));
    QVERIFY(cursor->receivedBytes() < (3 << 20));
    const qint64 received = cursor->receivedRows();
    QTest::qWait(200);
    QCOMPARE(cursor->receivedRows(), received); // nothing is read meanwhile
    QVERIFY2(peakMemoryKiB() - before < 9 * 1024, qPrintable(QString::number(peakMemoryKiB() - before)));

    // Taking makes room.
    QVERIFY(cursor->takeBatch().size() > 0);
    QTRY_VERIFY(cursor->receivedRows() > received);
    cursor->cancel();
    QTRY_VERIFY_WITH_TIMEOUT(cursor->isFinished(), 15'000);
    QCOMPARE(cursor->error().kind(), Error::Kind::Cancelled);
    VERIFY_OK(await(connection->query(u"SELECT 1")));
}

void tst_Cursor::cancelled()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const quint64 id = connection->connectionId();
    const auto cursor = connection->stream(numbers(1'000'000));
    QSignalSpy failed(cursor.get(), &Cursor::errorOccurred);
    QSignalSpy finished(cursor.get(), &Cursor::finished);
    VERIFY_OK(await(cursor->nextBatch(10)));
    cursor->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 15'000);
    QCOMPARE(failed.size(), 1);
    QCOMPARE(cursor->error().kind(), Error::Kind::Cancelled);
    QCOMPARE(cursor->error().outcome(), Error::Outcome::Executed);
    QVERIFY(cursor->receivedRows() < 1'000'000);
    const auto after = await(connection->query(u"SELECT CONNECTION_ID()"));
    VERIFY_OK(after);
    QCOMPARE(after->at(0).get<quint64>(0), id);
}

void tst_Cursor::destroyedInTheMiddle()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const quint64 id = connection->connectionId();
    for (int i = 0; i < 5; ++i) {
        auto cursor = connection->stream(numbers(1'000'000));
        Reply<RowBatch> first = cursor->nextBatch(10);
        VERIFY_OK(await(first));
        Reply<RowBatch> waiting;
        while (cursor->takeBatch().size() > 0) { }
        waiting = cursor->nextBatch(10);
        cursor.reset();
        QVERIFY(waiting.isFinished());
        QCOMPARE(waiting.result().error().kind(), Error::Kind::Cancelled);
        const auto after = await(connection->query(QStringLiteral("SELECT %1, CONNECTION_ID()").arg(i)));
        VERIFY_OK(after);
        QCOMPARE(after->at(0).get<int>(0), i);
        QCOMPARE(after->at(0).get<quint64>(1), id);
    }
}

void tst_Cursor::errors()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const auto wrong = connection->stream(u"SELECT nonsense");
    QCOMPARE(await(wrong->nextBatch()).error().code(), 1054);
    QTRY_VERIFY(wrong->isFinished());
    QCOMPARE(await(wrong->nextBatch(0)).error().kind(), Error::Kind::Usage);

    // An error between rows: those before it can be taken, and then the error comes, not the end.
    const auto failing = connection->stream(u"SELECT 1 UNION ALL SELECT (SELECT 1 UNION ALL SELECT 2)");
    Error last;
    qsizetype rows = 0;
    while (!last) {
        const auto batch = await(failing->nextBatch());
        last = batch.error();
        if (batch)
            rows += batch->size();
        QVERIFY(last || !batch->isEmpty());
    }
    QCOMPARE(last.code(), 1242);
    QVERIFY(rows <= 1);

    Connection closed;
    const auto unopened = closed.stream(u"SELECT 1");
    QCOMPARE(await(unopened->nextBatch()).error().kind(), Error::Kind::Usage);
}

void tst_Cursor::severalResults()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const auto cursor = connection->stream(u"SELECT 1; SELECT 'a' UNION ALL SELECT 'b'; DO 0; SELECT 4");
    QStringList seen;
    do {
        while (true) {
            const auto batch = await(cursor->nextBatch(1));
            VERIFY_OK(batch);
            if (batch->isEmpty())
                break;
            seen.append(batch->first().get<QString>(0));
        }
        seen.append(QStringLiteral("|"));
    } while (cursor->nextResult());
    QCOMPARE(seen.join(QString()), QStringLiteral("1|ab||4|"));
    QTRY_VERIFY(cursor->isFinished());

    const auto pushed = connection->stream(u"SELECT 1; SELECT 2, 3");
    QSignalSpy finished(pushed.get(), &Cursor::finished);
    QSignalSpy columns(pushed.get(), &Cursor::columnsReady);
    QList<int> widths;
    connect(pushed.get(), &Cursor::batchReady, this,
            [&](const RowBatch &rows) { widths.append(int(rows.columns().size())); });
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(widths, (QList<int>{1, 2}));
    QCOMPARE(columns.size(), 2);
}

void tst_Cursor::noRows()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const auto empty = connection->stream(u"SELECT 1 AS one FROM DUAL WHERE FALSE");
    const auto batch = await(empty->nextBatch());
    VERIFY_OK(batch);
    QVERIFY(batch->isEmpty());
    QCOMPARE(empty->columns().size(), 1);
    QTRY_VERIFY(empty->isFinished());

    const auto without = connection->stream(u"DO 1");
    QSignalSpy finished(without.get(), &Cursor::finished);
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(without->columns().isEmpty());
}

QTEST_GUILESS_MAIN(tst_Cursor)
#include "tst_cursor.moc"
