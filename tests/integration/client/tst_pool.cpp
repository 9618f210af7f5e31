// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Pool>

#include <QtNetwork/QTcpServer>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

namespace {

ConnectOptions optionsFor(const MatrixServer &live)
{
    ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    options.setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true).setDatabase(live.database);
    return options;
}

quint64 idOf(const Result<ResultSet> &result)
{
    return result ? result->at(0).get<quint64>(0) : 0;
}

} // namespace

class tst_Pool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sharesConnections_data() { ServerMatrix::addRows(); }
    void sharesConnections();
    void firstComeFirstServed_data() { ServerMatrix::addRows(); }
    void firstComeFirstServed();
    void acquireTimesOut_data() { ServerMatrix::addRows(); }
    void acquireTimesOut();
    void permanentErrorsFailFast_data() { ServerMatrix::addRows(); }
    void permanentErrorsFailFast();
    void refusedConnectionsAreRetried();
    void resetBetweenBorrowers_data() { ServerMatrix::addRows(); }
    void resetBetweenBorrowers();
    void unchangedSessionsAreNotReset_data() { ServerMatrix::addRows(); }
    void unchangedSessionsAreNotReset();
    void newOptionsForAll_data() { ServerMatrix::addRows(); }
    void newOptionsForAll();
    void minimumIsKept_data() { ServerMatrix::addRows(); }
    void minimumIsKept();
    void idleOnesAreClosed_data() { ServerMatrix::addRows(); }
    void idleOnesAreClosed();
    void killedOnesAreReplaced_data() { ServerMatrix::addRows(); }
    void killedOnesAreReplaced();
    void closesGracefully_data() { ServerMatrix::addRows(); }
    void closesGracefully();
    void cancelWaiting_data() { ServerMatrix::addRows(); }
    void cancelWaiting();
};

void tst_Pool::sharesConnections()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(4);
    QSignalSpy counts(&pool, &Pool::countsChanged);
    QList<Reply<ResultSet>> replies;
    for (int i = 0; i < 60; ++i)
        replies.append(i % 2 ? pool.query(u"SELECT CONNECTION_ID()")
                             : pool.execute(u"SELECT CONNECTION_ID()"));
    QSet<quint64> ids;
    for (const Reply<ResultSet> &reply : replies) {
        const auto result = await(reply);
        VERIFY_OK(result);
        ids.insert(idOf(result));
    }
    QVERIFY(ids.size() <= 4);
    QVERIFY(pool.size() <= 4);
    QTRY_COMPARE(pool.idleCount(), pool.size());
    QVERIFY(counts.size() > 0);

    qint64 rows = 0;
    const auto cursor = pool.stream(u"SELECT 1 UNION ALL SELECT 2");
    QSignalSpy finished(cursor.get(), &Cursor::finished);
    connect(cursor.get(), &Cursor::batchReady, this, [&](const RowBatch &batch) { rows += batch.size(); });
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(rows, 2);
    QTRY_COMPARE(pool.leasedCount(), 0);
}

void tst_Pool::firstComeFirstServed()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(1);
    auto held = await(pool.acquire());
    VERIFY_OK(held);
    QList<int> order;
    for (int i = 0; i < 10; ++i)
        pool.query(
            this, [&order, i](const Result<ResultSet> &) { order.append(i); }, u"SELECT 1");
    QTest::qWait(30);
    QCOMPARE(pool.waitingCount(), 10);
    QVERIFY(order.isEmpty());
    held->release();
    QTRY_COMPARE(order.size(), 10);
    for (int i = 0; i < 10; ++i)
        QCOMPARE(order[i], i);
}

void tst_Pool::acquireTimesOut()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(2);
    pool.setAcquireTimeout(100ms);
    auto first = await(pool.acquire());
    auto second = await(pool.acquire());
    const auto third = await(pool.acquire());
    QCOMPARE(third.error().kind(), Error::Kind::Pool);
    QCOMPARE(third.error().phase(), Error::Phase::Acquire);
    QCOMPARE(third.error().outcome(), Error::Outcome::NotSent);
    QVERIFY2(third.error().message().contains(u"2 are lent"), qPrintable(third.error().message()));
    VERIFY_OK(first);
    VERIFY_OK(second);
    second->release();
    VERIFY_OK(await(pool.acquire()));
}

void tst_Pool::permanentErrorsFailFast()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live).setPassword(QStringLiteral("wrong")));
    QSignalSpy failed(&pool, &Pool::connectionFailed);
    const auto result = await(pool.query(u"SELECT 1"), 5000);
    QCOMPARE(result.error().code(), 1045);
    QCOMPARE(pool.lastConnectError().code(), 1045);
    QTRY_COMPARE(failed.size(), 1);
}

void tst_Pool::refusedConnectionsAreRetried()
{
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const quint16 port = closed.serverPort();
    closed.close();
    ConnectOptions options;
    options.setHost(QStringLiteral("127.0.0.1")).setPort(port).setUser(QStringLiteral("u"));
    Pool pool(options);
    pool.setAcquireTimeout(400ms);
    QSignalSpy failed(&pool, &Pool::connectionFailed);
    const auto result = await(pool.query(u"SELECT 1"));
    QCOMPARE(result.error().kind(), Error::Kind::Pool);
    QVERIFY2(result.error().message().contains(QString::number(port)), qPrintable(result.error().message()));
    QVERIFY(failed.size() >= 2); // tried again ...
    QVERIFY(failed.size() <= 10); // ... but not in a storm
}

void tst_Pool::resetBetweenBorrowers()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(1);
    {
        auto lease = await(pool.acquire());
        VERIFY_OK(lease);
        VERIFY_OK(await((*lease)->query(u"SET @secret = 'x', time_zone = '+03:00'")));
        VERIFY_OK(await((*lease)->query(u"CREATE TEMPORARY TABLE leftover (a INT)")));
        VERIFY_OK(await((*lease)->query(u"START TRANSACTION")));
        VERIFY_OK(await((*lease)->useDatabase(QStringLiteral("information_schema"))));
    }
    const auto state = await(pool.query(u"SELECT @secret, @@time_zone, DATABASE()"));
    VERIFY_OK(state);
    QVERIFY(state->at(0).isNull(0));
    QCOMPARE(state->at(0).get<QString>(1), QStringLiteral("+00:00"));
    QCOMPARE(state->at(0).get<QString>(2), live.database);
    QCOMPARE(await(pool.query(u"SELECT * FROM leftover")).error().code(), 1146);

    // A borrower that leaves a statement running does not hand its answer on.
    {
        auto lease = await(pool.acquire());
        VERIFY_OK(lease);
        (*lease)->query(
            this, [](const Result<ResultSet> &) {}, u"SELECT 'stale', SLEEP(5)");
        QTest::qWait(20);
    }
    const auto fresh = await(pool.query(u"SELECT 'fresh'"), 3000);
    VERIFY_OK(fresh);
    QCOMPARE(fresh->at(0).get<QString>(0), QStringLiteral("fresh"));
}

void tst_Pool::unchangedSessionsAreNotReset()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(1);
    const auto resets = [&pool] { return pool.statistics().resets; };
    const auto borrow = [&pool](const QString &sql) {
        auto lease = await(pool.acquire());
        VERIFY_OK(lease);
        VERIFY_OK(await((*lease)->query(sql)));
        lease->releaseUnchanged();
        QVERIFY(!lease->isValid());
    };

    const quint64 id = idOf(await(pool.query(u"SELECT CONNECTION_ID()")));
    QTRY_COMPARE(resets(), 1);
    for (const int round : {0, 1}) {
        auto lease = await(pool.acquire());
        VERIFY_OK(lease);
        QCOMPARE(idOf(await((*lease)->query(u"SELECT CONNECTION_ID()"))), id);
        // What is prepared stays.
        VERIFY_OK(await((*lease)->execute(u"SELECT ? + 1", 1)));
        QCOMPARE((*lease)->statementCacheStatistics().hits, quint64(round));
        lease->releaseUnchanged();
    }
    borrow(QStringLiteral("SET @mine = 1"));
    {
        auto lease = await(pool.acquire());
        VERIFY_OK(lease);
        const auto mine = await((*lease)->query(u"SELECT @mine"));
        VERIFY_OK(mine);
        QCOMPARE(mine->at(0).get<int>(0), 1); // the borrower's word was false
        QCOMPARE(resets(), 1);
    }
    QTRY_COMPARE(resets(), 2); // that lease was given back in the usual way

    // What the server tells of is put right.
    qint64 expected = 2;
    for (const QString &sql :
         {QStringLiteral("START TRANSACTION"), QStringLiteral("USE information_schema"),
          QStringLiteral("SET autocommit = 0"), QStringLiteral("SET time_zone = '+03:00'"),
          QStringLiteral("SET NAMES latin1")}) {
        borrow(sql);
        ++expected;
        QTRY_COMPARE(resets(), expected);
    }
    const auto state
        = await(pool.query(u"SELECT DATABASE(), @@autocommit, @@time_zone, @@character_set_client"));
    VERIFY_OK(state);
    QCOMPARE(state->at(0).get<QString>(0), live.database);
    QCOMPARE(state->at(0).get<int>(1), 1);
    QCOMPARE(state->at(0).get<QString>(2), QStringLiteral("+00:00"));
    QCOMPARE(state->at(0).get<QString>(3), QStringLiteral("utf8mb4"));
    ++expected;
    QTRY_COMPARE(resets(), expected);

    // So is what still runs.
    {
        auto lease = await(pool.acquire());
        VERIFY_OK(lease);
        (*lease)->query(
            this, [](const Result<ResultSet> &) {}, u"SELECT 'stale', SLEEP(5)");
        QTest::qWait(20);
        lease->releaseUnchanged();
    }
    const auto fresh = await(pool.query(u"SELECT 'fresh'"), 3000);
    VERIFY_OK(fresh);
    QCOMPARE(fresh->at(0).get<QString>(0), QStringLiteral("fresh"));
    QVERIFY(resets() > expected);
}

// Connections of older options are not lent again: neither one that is lent while they change, nor one that
// is idle.
void tst_Pool::newOptionsForAll()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(1);
    const QString id = QStringLiteral("SELECT CONNECTION_ID(), DATABASE()");
    quint64 first = 0;
    {
        auto lease = await(pool.acquire());
        VERIFY_OK(lease);
        first = (*lease)->connectionId();
        ConnectOptions others = optionsFor(live);
        others.setDatabase(QStringLiteral("information_schema"));
        pool.setOptions(others);
        VERIFY_OK(await((*lease)->query(u"SELECT 1"))); // it is the borrower's still
    }
    const auto second = await(pool.query(id));
    VERIFY_OK(second);
    QVERIFY(second->at(0).get<quint64>(0) != first);
    QCOMPARE(second->at(0).get<QString>(1), QStringLiteral("information_schema"));
    QTRY_COMPARE(pool.idleCount(), 1);
    pool.invalidate();
    const auto third = await(pool.query(id));
    VERIFY_OK(third);
    QVERIFY(third->at(0).get<quint64>(0) != second->at(0).get<quint64>(0));
}

void tst_Pool::minimumIsKept()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMinimumSize(3);
    QTRY_COMPARE(pool.idleCount(), 3);
    pool.setMaximumSize(2);
    QCOMPARE(pool.minimumSize(), 2);
}

void tst_Pool::idleOnesAreClosed()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMinimumSize(1);
    pool.setIdleTimeout(50ms);
    auto a = await(pool.acquire());
    auto b = await(pool.acquire());
    VERIFY_OK(a);
    VERIFY_OK(b);
    a->release();
    b->release();
    QTRY_COMPARE_WITH_TIMEOUT(pool.size(), 1, 8000);
}

void tst_Pool::killedOnesAreReplaced()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(1);
    const quint64 first = idOf(await(pool.query(u"SELECT CONNECTION_ID()")));
    QVERIFY(first > 0);
    QTRY_COMPARE(pool.idleCount(), 1);
    Connection admin;
    VERIFY_OK(await(admin.open(optionsFor(live))));
    VERIFY_OK(await(admin.query(QStringLiteral("KILL %1").arg(first))));
    QTRY_COMPARE(pool.size(), 0); // noticed without being asked
    const auto again = await(pool.query(u"SELECT CONNECTION_ID()"));
    VERIFY_OK(again);
    QVERIFY(idOf(again) != first);
}

void tst_Pool::closesGracefully()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    QSignalSpy closed(&pool, &Pool::closed);
    const Reply<ResultSet> running = pool.query(u"SELECT SLEEP(0.2), 'done'");
    QTRY_COMPARE(pool.leasedCount(), 1);
    const Reply<void> closing = pool.close();
    QCOMPARE(await(pool.query(u"SELECT 1")).error().kind(), Error::Kind::Pool);
    VERIFY_OK(await(closing));
    VERIFY_OK(await(running));
    QCOMPARE(pool.size(), 0);
    QTRY_COMPARE(closed.size(), 1);

    Pool stuck(optionsFor(live));
    auto lease = await(stuck.acquire());
    VERIFY_OK(lease);
    VERIFY_OK(await(stuck.close(100ms)));
    QVERIFY(!lease->isValid());
}

void tst_Pool::cancelWaiting()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(1);
    auto held = await(pool.acquire());
    VERIFY_OK(held);
    Reply<Lease> waiting = pool.acquire();
    Reply<ResultSet> query = pool.query(u"SELECT 1");
    waiting.cancel();
    query.cancel();
    QCOMPARE(await(waiting).error().kind(), Error::Kind::Cancelled);
    QCOMPARE(await(query).error().kind(), Error::Kind::Cancelled);
    QCOMPARE(pool.waitingCount(), 0);
    held->release();
    Reply<ResultSet> running = pool.query(u"SELECT SLEEP(20)");
    QTRY_COMPARE(pool.leasedCount(), 1);
    QTest::qWait(50);
    running.cancel();
    QCOMPARE(await(running, 5000).error().kind(), Error::Kind::Cancelled);
    VERIFY_OK(await(pool.query(u"SELECT 1"), 5000));
}

QTEST_GUILESS_MAIN(tst_Pool)
#include "tst_pool.moc"
