// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    What a pool does by itself: opening, trying again, asking after idle connections, replacing old ones,
   calling hooks, telling of leaks, counting.
*/

#include "poolsupport.h"

#include <QtCore/QRegularExpression>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QSignalSpy>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

class tst_PoolUpkeep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void timeoutNamesTheOldestBorrower_data() { ServerMatrix::addRows(); }
    void timeoutNamesTheOldestBorrower();
    void leaksAreTold_data() { ServerMatrix::addRows(); }
    void leaksAreTold();
    void hooks_data() { ServerMatrix::addRows(); }
    void hooks();
    void failingHooks_data() { ServerMatrix::addRows(); }
    void failingHooks();
    void oldOnesAreReplaced_data() { ServerMatrix::addRows(); }
    void oldOnesAreReplaced();
    void idleOnesAreValidated_data() { ServerMatrix::addRows(); }
    void idleOnesAreValidated();
    void deadOnesAreSeenAtOnce_data() { ServerMatrix::addRows(); }
    void deadOnesAreSeenAtOnce();
    void silentOnesAreReplaced_data() { ServerMatrix::addRows(); }
    void silentOnesAreReplaced();
    void returnedOnesDoNotWaitForNewOnes_data() { ServerMatrix::addRows(); }
    void returnedOnesDoNotWaitForNewOnes();
    void refusalsAreNotRepeated_data() { ServerMatrix::addRows(); }
    void refusalsAreNotRepeated();
    void unfinishedWorkIsStopped_data() { ServerMatrix::addRows(); }
    void unfinishedWorkIsStopped();
    void cancelsWhenTheServerIsFull_data() { ServerMatrix::addRows(); }
    void cancelsWhenTheServerIsFull();
    void noAbortedClients_data() { ServerMatrix::addRows(); }
    void noAbortedClients();
    void statistics_data() { ServerMatrix::addRows(); }
    void statistics();
};

void tst_PoolUpkeep::timeoutNamesTheOldestBorrower()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(1);
    {
        const int line = __LINE__ + 1;
        auto held = await(pool.acquire());
        VERIFY_OK(held);
        pool.setAcquireTimeout(60ms); // opening may take longer
        const Error error = await(pool.acquire()).error();
        QCOMPARE(error.kind(), Error::Kind::Pool);
        const QString place = QStringLiteral("tst_pool_upkeep.cpp:%1").arg(line);
        QVERIFY2(error.message().contains(place), qPrintable(error.message()));
        QVERIFY2(error.message().contains(QRegularExpression(QStringLiteral("taken \\d+ ms ago by"))),
                 qPrintable(error.message()));
    }
    // A single statement is named by its text.
    pool.setAcquireTimeout(10s);
    const Reply<ResultSet> slow = pool.query(u"SELECT  SLEEP(1)");
    QTRY_COMPARE(pool.leasedCount(), 1);
    pool.setAcquireTimeout(60ms);
    const Error error = await(pool.query(u"SELECT 1")).error();
    QVERIFY2(error.message().contains(u"\"SELECT SLEEP(1)\""), qPrintable(error.message()));
    VERIFY_OK(await(slow));
    QCOMPARE(pool.statistics().acquireTimeouts, 2);
}

void tst_PoolUpkeep::leaksAreTold()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setLeakTimeout(50ms);
    QSignalSpy leaks(&pool, &Pool::leakSuspected);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("lent for .* tst_pool_upkeep")));
    auto held = await(pool.acquire());
    VERIFY_OK(held);
    QTRY_COMPARE(leaks.size(), 1);
    QVERIFY(leaks[0][0].toString().contains(u"tst_pool_upkeep.cpp"));
    QVERIFY(leaks[0][1].toLongLong() >= 50);
    const QList<PoolConnectionInfo> all = pool.connections();
    QCOMPARE(all.size(), 1);
    QCOMPARE(all[0].state, PoolConnectionInfo::State::Leased);
    QVERIFY(all[0].borrower.contains(u"tst_pool_upkeep.cpp"));
    QCOMPARE(all[0].connectionId, (*held)->connectionId());
    QCOMPARE(leaks.size(), 1); // once for each lease
    QCOMPARE(pool.statistics().suspectedLeaks, 1);
}

void tst_PoolUpkeep::hooks()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(1);
    QStringList calls;
    pool.setInitializer([&](Connection &c) {
        calls << QStringLiteral("init");
        return c.query(u"SET @unseen = 1"); // gone with the first reset, but here before the first loan
    });
    pool.setAcquireHook([&](Connection &c) {
        calls << QStringLiteral("acquire");
        return c.execute(u"SET @borrower = ?", 7);
    });
    pool.setReleaseHook([&](Connection &) { calls << QStringLiteral("release"); });
    QCOMPARE(numberOf(await(pool.query(u"SELECT @unseen + @borrower"))), 8u);
    QTRY_COMPARE(pool.idleCount(), 1);
    QCOMPARE(calls,
             (QStringList{QStringLiteral("init"), QStringLiteral("acquire"), QStringLiteral("release")}));
    QCOMPARE(numberOf(await(pool.query(u"SELECT @borrower"))), 7u);
    QTRY_COMPARE(pool.idleCount(), 1);
    QCOMPARE(calls.size(), 5);
}

void tst_PoolUpkeep::failingHooks()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setInitializer([](Connection &c) { return c.query(u"SELECT * FROM there_is_no_such_table"); });
    const Error opening = await(pool.query(u"SELECT 1"), 5000).error();
    QCOMPARE(opening.code(), 1146);
    QCOMPARE(pool.lastConnectError().phase(), Error::Phase::Initialization);
    QCOMPARE(pool.openCount(), 0);

    Pool second(optionsFor(live));
    second.setAcquireHook(
        [](Connection &) { return Result<void>(Error(Error::Kind::Usage, QStringLiteral("not today"))); });
    const Error acquiring = await(second.query(u"SELECT 1"), 5000).error();
    QCOMPARE(acquiring.message(), QStringLiteral("not today"));
    QTRY_COMPARE(second.size(), 0);

    Pool third(optionsFor(live));
    third.setReleaseHook(
        [](Connection &) { return Result<void>(Error(Error::Kind::Usage, QStringLiteral("keep it"))); });
    VERIFY_OK(await(third.query(u"SELECT 1"), 5000));
    QTRY_COMPARE(third.size(), 0); // not lent again
}

void tst_PoolUpkeep::oldOnesAreReplaced()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMinimumSize(1);
    pool.setMaximumLifetime(60ms);
    const quint64 first = numberOf(await(pool.query(u"SELECT CONNECTION_ID()")));
    QVERIFY(first > 0);
    QTRY_VERIFY(pool.statistics().connectionsClosed >= 1);
    pool.setMaximumLifetime(0ms);
    const quint64 second = numberOf(await(pool.query(u"SELECT CONNECTION_ID()")));
    QVERIFY(second > 0 && second != first);
}

void tst_PoolUpkeep::idleOnesAreValidated()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(1);
    pool.setValidateAfter(1ms);
    const quint64 first = numberOf(await(pool.query(u"SELECT CONNECTION_ID()")));
    QTRY_COMPARE(pool.idleCount(), 1);
    QTest::qWait(10);
    const quint64 second = numberOf(await(pool.query(u"SELECT CONNECTION_ID()")));
    QCOMPARE(second, first);
    QVERIFY(pool.statistics().validations >= 1);
}

void tst_PoolUpkeep::deadOnesAreSeenAtOnce()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMinimumSize(2);
    QTRY_COMPARE(pool.idleCount(), 2);
    Connection admin;
    VERIFY_OK(await(admin.open(optionsFor(live))));
    for (const PoolConnectionInfo &info : pool.connections())
        VERIFY_OK(await(admin.query(QStringLiteral("KILL %1").arg(info.connectionId))));
    QTRY_COMPARE(pool.statistics().evictions, 2);
    QTRY_COMPARE(pool.idleCount(), 2);
    VERIFY_OK(await(pool.query(u"SELECT 1")));
}

//! Passes bytes on until it is told to be silent: as a network does whose cable is cut.
class Wire : public QObject
{
public:
    Wire(const QString &host, quint16 port)
    {
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QTcpServer::newConnection, this, [this, host, port] {
            QTcpSocket *client = m_server.nextPendingConnection();
            auto *server = new QTcpSocket(client);
            server->connectToHost(host, port);
            const int generation = m_generation;
            const auto pass = [this, generation](QTcpSocket *from, QTcpSocket *to) {
                connect(from, &QTcpSocket::readyRead, to, [this, generation, from, to] {
                    const QByteArray bytes = from->readAll();
                    if (generation == m_generation)
                        to->write(bytes);
                });
            };
            pass(client, server);
            pass(server, client);
        });
    }
    quint16 port() const { return m_server.serverPort(); }
    //! The connections there are hear nothing any more; new ones do.
    void cut() { ++m_generation; }

private:
    QTcpServer m_server;
    int m_generation = 0;
};

// GUI life 23: a network that has gone, and the pool has not heard of it.
void tst_PoolUpkeep::silentOnesAreReplaced()
{
    MATRIX_SERVER(live);
    Wire wire(live.host, live.port);
    Pool pool(optionsFor(live).setHost(QStringLiteral("127.0.0.1")).setPort(wire.port()));
    pool.setMaximumSize(1);
    pool.setValidateAfter(1ms);
    const quint64 first = numberOf(await(pool.query(u"SELECT CONNECTION_ID()")));
    QTRY_COMPARE(pool.idleCount(), 1);
    QTest::qWait(10);
    wire.cut();
    const auto second = await(pool.query(u"SELECT CONNECTION_ID()"), 10'000);
    VERIFY_OK(second);
    QVERIFY(numberOf(second) != first);
    QVERIFY(pool.statistics().evictions >= 1);
}

void tst_PoolUpkeep::returnedOnesDoNotWaitForNewOnes()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(2);
    auto held = await(pool.acquire());
    VERIFY_OK(held);
    // Now a connection takes as long as the initializer does, which does not end.
    pool.setInitializer([](Connection &c) { return c.query(u"SELECT SLEEP(20)"); });
    const Reply<ResultSet> waiting = pool.query(u"SELECT 1");
    QTRY_COMPARE(pool.size(), 2);
    held->release();
    VERIFY_OK(await(waiting, 5000));
}

void tst_PoolUpkeep::refusalsAreNotRepeated()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live).setPassword(QStringLiteral("wrong")));
    pool.setMinimumSize(3); // would be tried again and again
    QSignalSpy failed(&pool, &Pool::connectionFailed);
    QCOMPARE(await(pool.query(u"SELECT 1"), 5000).error().code(), 1045);
    for (int i = 0; i < 20; ++i) {
        const Error error = await(pool.query(u"SELECT 1"), 5000).error();
        QCOMPARE(error.code(), 1045);
        QCOMPARE(error.outcome(), Error::Outcome::NotSent);
    }
    QVERIFY2(failed.size() <= 4, qPrintable(QString::number(failed.size())));
    // Other options are another matter.
    pool.setOptions(optionsFor(live));
    VERIFY_OK(await(pool.query(u"SELECT 1"), 5000));
}

void tst_PoolUpkeep::unfinishedWorkIsStopped()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live).setCancelTimeout(20s)); // a busy server may take its time
    pool.setMaximumSize(1);
    quint64 first = 0;
    Reply<ResultSet> running;
    Reply<ResultSet> queued;
    {
        auto lease = await(pool.acquire());
        VERIFY_OK(lease);
        first = (*lease)->connectionId();
        running = (*lease)->query(u"SELECT 'stale', SLEEP(20)");
        queued = (*lease)->query(u"SELECT 'never'");
    }
    QCOMPARE(await(running, 20'000).error().kind(), Error::Kind::Cancelled);
    QCOMPARE(await(queued, 5000).error().outcome(), Error::Outcome::NotSent);
    // The connection itself goes on: it was stopped, drained and reset.
    QCOMPARE(numberOf(await(pool.query(u"SELECT CONNECTION_ID()"), 20'000)), first);
}

void tst_PoolUpkeep::cancelsWhenTheServerIsFull()
{
    QFETCH(QString, server);
    const auto own = ServerMatrix::startPrivate(server, {QStringLiteral("--max-connections=10")});
    if (!own || !own->isRunning())
        QSKIP("the server cannot be started");
    const MatrixServer live = MatrixServer::fromServer(server, *own);
    {
        // The last connection of all is kept for administrators, so an ordinary account shows more.
        Connection admin;
        VERIFY_OK(await(admin.open(optionsFor(live))));
        VERIFY_OK(await(admin.query(u"CREATE USER ordinary@'%' IDENTIFIED BY 'word'")));
    }
    Pool pool(optionsFor(live)
                  .setUser(QStringLiteral("ordinary"))
                  .setPassword(QStringLiteral("word"))
                  .setDatabase({}));
    pool.setMaximumSize(20);
    pool.setAcquireTimeout(500ms);
    QList<Lease> leases;
    Error last;
    while (!last) {
        auto lease = await(pool.acquire());
        if (lease)
            leases.append(*lease);
        else
            last = lease.error();
    }
    QCOMPARE(last.kind(), Error::Kind::Pool);
    QVERIFY2(last.message().contains(u"onnections"), qPrintable(last.message())); // "Too many connections"
    QElapsedTimer clock;
    clock.start();
    Reply<ResultSet> running = leases[0]->query(u"SELECT SLEEP(30)");
    QTest::qWait(50);
    running.cancel();
    QCOMPARE(await(running, 5000).error().kind(), Error::Kind::Cancelled);
    VERIFY_OK(await(leases[0]->query(u"SELECT 1"), 5000)); // it was not closed for want of a kill
}

// Pitfall 37.
void tst_PoolUpkeep::noAbortedClients()
{
    QFETCH(QString, server);
    const auto own = ServerMatrix::startPrivate(server);
    if (!own || !own->isRunning())
        QSKIP("the server cannot be started");
    const MatrixServer live = MatrixServer::fromServer(server, *own);
    Connection admin;
    VERIFY_OK(await(admin.open(optionsFor(live))));
    const auto status = [&admin](const char *name) {
        const auto row = await(admin.query(u"SHOW GLOBAL STATUS LIKE ?", QString::fromLatin1(name)));
        return row ? row->at(0).get<QString>(1).toULongLong() : ~0ull;
    };
    const auto before = status("Aborted_clients");
    {
        Pool pool(optionsFor(live).setCancelTimeout(20s)); // a busy server may take its time
        pool.setMaximumSize(3);
        pool.setIdleTimeout(30ms);
        QList<Reply<ResultSet>> replies;
        for (int i = 0; i < 30; ++i)
            replies.append(pool.query(u"SELECT 1"));
        for (const auto &reply : replies)
            VERIFY_OK(await(reply));
        QTRY_COMPARE(pool.size(), 0); // by idleness
        {
            // Half read, and given back.
            auto lease = await(pool.acquire());
            VERIFY_OK(lease);
            (*lease)->query(
                this, [](const Result<ResultSet> &) {}, u"SELECT SLEEP(20)");
            pool.invalidate();
        }
        VERIFY_OK(await(pool.query(u"SELECT 1")));
        VERIFY_OK(await(pool.close()));
    }
    {
        Pool pool(optionsFor(live));
        pool.setReservesControlConnection(false); // it could just be logging in, and cannot say farewell then
        VERIFY_OK(await(pool.query(u"SELECT 1")));
        QTRY_COMPARE(pool.idleCount(), 1); // the reset is through
    } // by destruction
    QTRY_COMPARE(status("Threads_connected"), 1ull);
    QCOMPARE(status("Aborted_clients"), before);
}

void tst_PoolUpkeep::statistics()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(2);
    QList<Reply<ResultSet>> replies;
    for (int i = 0; i < 10; ++i)
        replies.append(pool.query(u"SELECT 1"));
    for (const auto &reply : replies)
        VERIFY_OK(await(reply));
    QTRY_COMPARE(pool.idleCount(), pool.size());
    const PoolStatistics s = pool.statistics();
    QCOMPARE(s.loans, 10);
    QCOMPARE(s.resets, 10);
    QCOMPARE(s.connectionsOpened, pool.size());
    QVERIFY(s.mostLeased >= 1 && s.mostLeased <= 2);
    QVERIFY(s.waitedMs >= s.longestWaitMs);
    QCOMPARE(pool.property("statistics").value<PoolStatistics>().loans, 10);
    qint64 loans = 0;
    for (const PoolConnectionInfo &info : pool.connections())
        loans += info.loans;
    QCOMPARE(loans, 10);
}

QTEST_GUILESS_MAIN(tst_PoolUpkeep)
#include "tst_pool_upkeep.moc"
