// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/FakeServer>
#include <QAsyncMySql/Pool>

#include <QtCore/QSet>
#include <QtTest/QSignalSpy>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/*
    Rows that the server keeps and hands out helping by helping (StatementOptions::setFetchSize()).
*/
class tst_ServerCursor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyRowOnce_data();
    void everyRowOnce();
    void pushed_data() { ServerMatrix::addRows(); }
    void pushed();
    void waitsForRoom_data() { ServerMatrix::addRows(); }
    void waitsForRoom();
    void cancelled_data() { ServerMatrix::addRows(); }
    void cancelled();
    void abandoned_data() { ServerMatrix::addRows(); }
    void abandoned();
    void deadline_data() { ServerMatrix::addRows(); }
    void deadline();
    void declined_data() { ServerMatrix::addRows(); }
    void declined();
    void otherForms_data() { ServerMatrix::addRows(); }
    void otherForms();
    void statementGone();
    void neverEnding();
    void connectionLost();
};

namespace {

constexpr int Rows = 2500;

QString numbers(int count)
{
    return QStringLiteral("WITH RECURSIVE d(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM d WHERE i < 99) "
                          "SELECT 100 * a.i + b.i AS n, CONCAT('row ', 100 * a.i + b.i) AS t "
                          "FROM d a CROSS JOIN d b WHERE 100 * a.i + b.i < ? AND %1 > 0")
        .arg(count);
}

std::unique_ptr<Connection> open(const MatrixServer &live)
{
    auto connection = std::make_unique<Connection>();
    const auto opened = await(connection->open(*ConnectOptions::fromUrl(live.url())));
    if (!opened)
        qWarning("%s", qPrintable(opened.error().toString()));
    return connection;
}

qint64 counter(Connection &connection, const char *name)
{
    const auto result = await(connection.query(u"SHOW SESSION STATUS LIKE ?", QString::fromLatin1(name)));
    return result && !result->isEmpty() ? result->at(0).get<qint64>(1) : -1;
}

} // namespace

void tst_ServerCursor::everyRowOnce_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<int>("fetch");
    QTest::addColumn<int>("batch");
    for (const QString &id : ServerMatrix::ids()) {
        for (const auto &[fetch, batch] :
             {std::pair(7, 3), std::pair(500, 500), std::pair(1000, 1), std::pair(10'000, 999)})
            QTest::addRow("%s, fetch %d, take %d", qPrintable(id), fetch, batch) << id << fetch << batch;
    }
}

void tst_ServerCursor::everyRowOnce()
{
    MATRIX_SERVER(live);
    QFETCH(int, fetch);
    QFETCH(int, batch);
    const auto connection = open(live);
    const qint64 before = counter(*connection, "Com_stmt_fetch");
    const auto cursor
        = connection->streamPrepared(StatementOptions().setFetchSize(fetch), numbers(Rows), Rows);
    QSet<qint64> seen;
    while (true) {
        const auto rows = await(cursor->nextBatch(batch));
        VERIFY_OK(rows);
        if (rows->isEmpty())
            break;
        for (const Row &row : *rows) {
            QCOMPARE(row.get<QString>(1), QStringLiteral("row %1").arg(row.get<qint64>(0)));
            seen.insert(row.get<qint64>(0));
        }
    }
    QCOMPARE(seen.size(), Rows);
    QCOMPARE(cursor->receivedRows(), Rows);
    QTRY_VERIFY(cursor->isFinished());
    QVERIFY(!cursor->error());
    QCOMPARE(cursor->columns().size(), 2);
    const qint64 fetches = counter(*connection, "Com_stmt_fetch") - before;
    QVERIFY2(fetches >= Rows / fetch && fetches <= Rows / fetch + 2, qPrintable(QString::number(fetches)));
    // The statement stayed prepared, and can have another cursor.
    const auto again = connection->streamPrepared(StatementOptions().setFetchSize(fetch), numbers(Rows), 1);
    QCOMPARE(await(again->nextBatch())->size(), 1);
    QTRY_VERIFY(again->isFinished());
    QCOMPARE(connection->statementCacheStatistics().hits, 1u);
}

void tst_ServerCursor::pushed()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const auto cursor = connection->streamPrepared(StatementOptions().setFetchSize(100), numbers(Rows), Rows);
    QSignalSpy finished(cursor.get(), &Cursor::finished);
    qint64 count = 0;
    connect(cursor.get(), &Cursor::batchReady, this, [&](const RowBatch &rows) { count += rows.size(); });
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20'000);
    QVERIFY(!cursor->error());
    QCOMPARE(count, Rows);
}

// One helping is read ahead, and no more: neither here nor in the socket is there anything else.
void tst_ServerCursor::waitsForRoom()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const auto cursor = connection->streamPrepared(StatementOptions().setFetchSize(100), numbers(Rows), Rows);
    QTRY_COMPARE(cursor->availableRows(), 200);
    QTest::qWait(100);
    QCOMPARE(cursor->receivedRows(), 200);
    QCOMPARE(cursor->takeBatch(100).size(), 100);
    QTRY_COMPARE(cursor->receivedRows(), 300);
    QTest::qWait(100);
    QCOMPARE(cursor->receivedRows(), 300);
    // Bytes bound it as well as rows.
    cursor->setWindow(1'000'000, 4000);
    QCOMPARE(cursor->takeBatch().size(), 200);
    QTRY_VERIFY(cursor->receivedRows() > 300);
    QTest::qWait(100);
    QVERIFY(cursor->availableBytes() <= 4100);
    cursor->setWindow(1'000'000, 100 << 20);
    QTRY_VERIFY_WITH_TIMEOUT(cursor->isFinished(), 20'000);
    QCOMPARE(cursor->receivedRows(), Rows);
}

// Between two fetches nothing runs on the server: no KILL is needed, and the cursor is closed there.
void tst_ServerCursor::cancelled()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const quint64 id = connection->connectionId();
    const qint64 resets = counter(*connection, "Com_stmt_reset");
    const auto cursor = connection->streamPrepared(StatementOptions().setFetchSize(10), numbers(Rows), Rows);
    QSignalSpy finished(cursor.get(), &Cursor::finished);
    VERIFY_OK(await(cursor->nextBatch(10)));
    QTRY_COMPARE(cursor->availableRows(), 20);
    cursor->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 15'000);
    QCOMPARE(cursor->error().kind(), Error::Kind::Cancelled);
    QCOMPARE(cursor->error().outcome(), Error::Outcome::Executed);
    QCOMPARE(cursor->takeBatch().size(), 20); // what had come can be taken
    const auto after = await(connection->query(u"SELECT CONNECTION_ID()"));
    VERIFY_OK(after);
    QCOMPARE(after->at(0).get<quint64>(0), id);
    QCOMPARE(counter(*connection, "Com_stmt_reset") - resets, 1);

    // While a fetch is on its way, too.
    for (int i = 0; i < 20; ++i) {
        const auto quick
            = connection->streamPrepared(StatementOptions().setFetchSize(10), numbers(Rows), Rows);
        if (i % 2)
            VERIFY_OK(await(quick->nextBatch(15)));
        quick->cancel();
        QTRY_VERIFY_WITH_TIMEOUT(quick->isFinished(), 15'000);
        QCOMPARE(quick->error().kind(), Error::Kind::Cancelled);
    }
    const auto last = await(connection->query(u"SELECT CONNECTION_ID()"));
    VERIFY_OK(last);
    QCOMPARE(last->at(0).get<quint64>(0), id);
}

void tst_ServerCursor::abandoned()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const quint64 id = connection->connectionId();
    for (int i = 0; i < 5; ++i) {
        auto cursor = connection->streamPrepared(StatementOptions().setFetchSize(10), numbers(Rows), Rows);
        VERIFY_OK(await(cursor->nextBatch(10)));
        const Reply<ResultSet> next = connection->query(u"SELECT CONNECTION_ID()");
        cursor.reset();
        const auto after = await(next);
        VERIFY_OK(after);
        QCOMPARE(after->at(0).get<quint64>(0), id);
    }
    // The whole connection goes.
    auto cursor = connection->streamPrepared(StatementOptions().setFetchSize(10), numbers(Rows), Rows);
    VERIFY_OK(await(cursor->nextBatch(10)));
    connection->abort();
    QTRY_VERIFY(cursor->isFinished());
    QCOMPARE(cursor->error().kind(), Error::Kind::Cancelled);
}

void tst_ServerCursor::deadline()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const auto cursor = connection->streamPrepared(StatementOptions().setFetchSize(10).setTimeout(300ms),
                                                   numbers(Rows), Rows);
    QTRY_COMPARE(cursor->availableRows(), 20);
    QTRY_VERIFY_WITH_TIMEOUT(cursor->isFinished(), 15'000);
    QCOMPARE(cursor->error().kind(), Error::Kind::Timeout);
    VERIFY_OK(await(connection->query(u"SELECT 1")));
}

// Pitfall 22: where the server has no cursor for a statement, its rows come as usual.
void tst_ServerCursor::declined()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const auto fetching = StatementOptions().setFetchSize(2);
    const auto shown = connection->streamPrepared(fetching, u"SHOW COLLATION");
    qsizetype count = 0;
    for (auto rows = await(shown->nextBatch()); rows && !rows->isEmpty(); rows = await(shown->nextBatch()))
        count += rows->size();
    QTRY_VERIFY(shown->isFinished());
    QVERIFY2(!shown->error(), qPrintable(shown->error().toString()));
    QVERIFY(count > 10);

    const auto none = connection->streamPrepared(fetching, u"SELECT 1 FROM DUAL WHERE ?", 0);
    const auto empty = await(none->nextBatch());
    VERIFY_OK(empty);
    QVERIFY(empty->isEmpty());
    QTRY_VERIFY(none->isFinished());
    QVERIFY(!none->error());

    const auto without = connection->streamPrepared(fetching, u"DO ?", 1);
    QTRY_VERIFY(without->isFinished());
    QVERIFY(!without->error());

    VERIFY_OK(await(connection->query(u"DROP PROCEDURE IF EXISTS tst_servercursor")));
    VERIFY_OK(await(connection->query(u"CREATE PROCEDURE tst_servercursor() BEGIN SELECT 1 UNION SELECT 2 "
                                      u"UNION SELECT 3; SELECT 'a'; END")));
    const auto called = connection->streamPrepared(fetching, u"CALL tst_servercursor()");
    QStringList seen;
    do {
        for (auto rows = await(called->nextBatch()); rows && !rows->isEmpty();
             rows = await(called->nextBatch())) {
            for (const Row &row : *rows)
                seen.append(row.get<QString>(0));
        }
        seen.append(u"|"_s);
    } while (called->nextResult());
    QTRY_VERIFY(called->isFinished());
    QVERIFY2(!called->error(), qPrintable(called->error().toString()));
    QVERIFY2(seen.join(QString()).startsWith(u"123|a|"), qPrintable(seen.join(QString())));
    VERIFY_OK(await(connection->query(u"DROP PROCEDURE tst_servercursor")));
}

void tst_ServerCursor::otherForms()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const auto fetching = StatementOptions().setFetchSize(50);
    const auto text = connection->stream(fetching, u"SELECT 1");
    QCOMPARE(await(text->nextBatch()).error().kind(), Error::Kind::Usage);
    // What is gathered in memory is not fetched.
    const auto gathered = await(connection->execute(fetching, numbers(Rows), Rows));
    VERIFY_OK(gathered);
    QCOMPARE(gathered->size(), Rows);

    const auto statement = await(connection->prepare(numbers(Rows)));
    VERIFY_OK(statement);
    const auto cursor = statement->stream(fetching, 120);
    qsizetype count = 0;
    for (auto rows = await(cursor->nextBatch()); rows && !rows->isEmpty(); rows = await(cursor->nextBatch()))
        count += rows->size();
    QCOMPARE(count, 120);

    Pool pool(*ConnectOptions::fromUrl(live.url()));
    const auto pooled = pool.streamPrepared(fetching, numbers(Rows), 120);
    count = 0;
    for (auto rows = await(pooled->nextBatch()); rows && !rows->isEmpty(); rows = await(pooled->nextBatch()))
        count += rows->size();
    QCOMPARE(count, 120);
}

namespace {

// A server that opens a cursor, and what it answers to the fetches.
FakeScript opening(const FakeScript &fetches)
{
    return FakeScript()
        .acceptLogin()
        .expectPrepare(u"SELECT n"_s)
        .answerPrepared(3, 0, {u"n"_s})
        .expectExecute()
        .send(FakePacket::columnCount(1))
        .send(FakePacket::column("n", ColumnType::VarString))
        .send(FakePacket::ok(0, 0, FakePacket::StatusCursorExists, 0, 0xFE))
        .append(fetches);
}

FakeScript fetch(const QByteArrayList &rows, quint16 status)
{
    FakeScript script = FakeScript().expectCommand(0x1C);
    for (const QByteArray &row : rows)
        script.send(QByteArray(2, '\0') + FakePacket::text(row));
    return script.send(FakePacket::ok(0, 0, status, 0, 0xFE));
}

} // namespace

// P20: the rows before can be taken, then comes the error; the connection goes on.
void tst_ServerCursor::statementGone()
{
    FakeServer server;
    server.addScript(opening(fetch({"a", "b"}, FakePacket::StatusCursorExists)
                                 .expectCommand(0x1C)
                                 .answerError(1243, u"Unknown prepared statement handler (3)"_s)
                                 .expectCommand(0x19)
                                 .expectPing()
                                 .answerOk()));
    QVERIFY2(server.listen(), qPrintable(server.errorString()));
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    const auto cursor = connection.streamPrepared(StatementOptions().setFetchSize(2), u"SELECT n");
    const auto rows = await(cursor->nextBatch());
    VERIFY_OK(rows);
    QCOMPARE(rows->size(), 2);
    const Error error = await(cursor->nextBatch()).error();
    QCOMPARE(error.code(), 1243);
    QCOMPARE(error.outcome(), Error::Outcome::Executed);
    VERIFY_OK(await(connection.ping()));
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

// P19.
void tst_ServerCursor::neverEnding()
{
    FakeServer server;
    server.addScript(
        opening(FakeScript().append(fetch({}, FakePacket::StatusCursorExists), 3).expectClosed()));
    QVERIFY2(server.listen(), qPrintable(server.errorString()));
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    const auto cursor = connection.streamPrepared(StatementOptions().setFetchSize(2), u"SELECT n");
    QCOMPARE(await(cursor->nextBatch()).error().kind(), Error::Kind::Protocol);
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

// Lost while nothing was under way: the cursor hears of it.
void tst_ServerCursor::connectionLost()
{
    FakeServer server;
    server.addScript(opening(fetch({"a", "b"}, FakePacket::StatusCursorExists)
                                 .append(fetch({"c", "d"}, FakePacket::StatusCursorExists))
                                 .wait(50ms)
                                 .disconnect()));
    QVERIFY2(server.listen(), qPrintable(server.errorString()));
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    const auto cursor = connection.streamPrepared(StatementOptions().setFetchSize(2), u"SELECT n");
    QTRY_VERIFY(cursor->isFinished());
    QCOMPARE(cursor->error().kind(), Error::Kind::Connection);
    QVERIFY(cursor->error().isConnectionLost());
    QCOMPARE(cursor->takeBatch().size(), 4);
}

QTEST_GUILESS_MAIN(tst_ServerCursor)
#include "tst_servercursor.moc"
