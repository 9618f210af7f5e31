// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    Several servers: which one is tried, which one is written to, and what becomes of a pool
   when they change their roles.
*/

#include "rolepeer.h"

#include "support/await.h"

#include <QAsyncMySql/Pool>
#include <QAsyncMySql/runtransaction.h>

#include <QtTest/QSignalSpy>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using Role = PoolServerInfo::Role;

class tst_PoolServers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // One connection
    void triesInOrder();
    void oneThatHangsHasItsShare();
    void allHaveTheirSay();
    void wrongPasswordIsTriedOnce();
    void opensAgainFromTheFirst();
    // A pool
    void writesGoToThePrimary();
    void demotedPrimaryIsLeft();
    void transactionGoesOnToTheNext();
    void falseAlarm_data();
    void falseAlarm();
    void lostPrimaryIsReplaced();
    void primaryStaysTheSame();
    void nodeThatIsNotReady();
    void memberThatRecovers();
    void noPrimaryAnywhere();
    void refusedEverywhere();
    void makesRoom();
    void nobodyStarves();
    void otherOptions();
    void asksNobodyForASingleServer();
    void abandonedInTheMiddle();
};

void tst_PoolServers::triesInOrder()
{
    RolePeer down;
    down.goDown();
    RolePeer full;
    full.loginError = 1040;
    RolePeer good;
    RolePeer behind;
    Connection connection;
    VERIFY_OK(await(connection.open(RolePeer::options({&down, &full, &good, &behind}))));
    QCOMPARE(good.logins, 1);
    QCOMPARE(behind.logins, 0);
    QCOMPARE(await(connection.query(u"READ"))->at(0).get<int>(0), int(good.port()));
    // The program's options stay as they were.
    QCOMPARE(connection.options().port(), down.port());
    QCOMPARE(connection.options().alternativeHosts(),
             (QStringList{full.place(), good.place(), behind.place()}));
}

void tst_PoolServers::oneThatHangsHasItsShare()
{
    RolePeer mute;
    mute.mute = true;
    RolePeer good;
    Connection connection;
    VERIFY_OK(await(connection.open(RolePeer::options({&mute, &good}).setConnectTimeout(600ms))));
    QCOMPARE(good.logins, 1);
}

void tst_PoolServers::allHaveTheirSay()
{
    RolePeer down;
    down.goDown();
    RolePeer mute;
    mute.mute = true;
    RolePeer full;
    full.loginError = 1040;
    Connection connection;
    QSignalSpy errors(&connection, &Connection::errorOccurred);
    // Commands wait meanwhile, and fail with the rest.
    Reply<void> opening = connection.open(RolePeer::options({&down, &mute, &full}).setConnectTimeout(900ms));
    const Reply<ResultSet> waiting = connection.query(u"READ");
    const Error error = await(opening).error();
    QCOMPARE(error.code(), 1040);
    QVERIFY(error.isRetryable());
    for (const RolePeer *peer : {&down, &mute, &full})
        QVERIFY2(error.message().contains(peer->place()), qPrintable(error.message()));
    QVERIFY2(error.message().contains(u"None of 3 servers"), qPrintable(error.message()));
    QVERIFY2(error.message().contains(u"greeting"), qPrintable(error.message()));
    QCOMPARE(await(waiting).error().outcome(), Error::Outcome::NotSent);
    QCOMPARE(errors.count(), 1);
    QCOMPARE(connection.lastError(), error);
}

void tst_PoolServers::wrongPasswordIsTriedOnce()
{
    RolePeer first;
    first.loginError = 1045;
    RolePeer second;
    Connection connection;
    QCOMPARE(await(connection.open(RolePeer::options({&first, &second}))).error().code(), 1045);
    QCOMPARE(second.logins, 0);
}

void tst_PoolServers::opensAgainFromTheFirst()
{
    RolePeer first;
    first.goDown();
    RolePeer second;
    Connection connection;
    VERIFY_OK(await(connection.open(RolePeer::options({&first, &second}))));
    QCOMPARE(second.logins, 1);
    second.dropAll();
    QTRY_VERIFY(!connection.isOpen());
    QVERIFY(first.comeUp());
    VERIFY_OK(await(connection.open(connection.options())));
    QCOMPARE(first.logins, 1);
    QCOMPARE(second.logins, 1);
}

void tst_PoolServers::writesGoToThePrimary()
{
    RolePeer a(true);
    RolePeer b;
    RolePeer c(true);
    Pool pool(RolePeer::options({&a, &b, &c}));
    QList<Reply<ResultSet>> replies;
    for (int i = 0; i < 8; ++i)
        replies.append(pool.query(u"WRITE"));
    for (const Reply<ResultSet> &reply : replies)
        VERIFY_OK(await(reply));
    QCOMPARE(b.writes, 8);
    QCOMPARE(whoReads(pool), int(b.port())); // what is not asked for is not done
    const QList<PoolServerInfo> servers = pool.servers();
    QCOMPARE(servers.size(), 3);
    QCOMPARE(servers[1].role, Role::Primary);
    QCOMPARE(servers[1].port, int(b.port()));
    QVERIFY(servers[1].connections > 0);
    QCOMPARE(servers[0].connections, 0);
    QTRY_COMPARE(pool.servers().at(0).role, Role::Replica);
    for (const PoolConnectionInfo &info : pool.connections())
        QCOMPARE(info.server, b.place());
}

void tst_PoolServers::demotedPrimaryIsLeft()
{
    RolePeer a;
    RolePeer b(true);
    Pool pool(RolePeer::options({&a, &b}));
    pool.setServerCheckInterval(1h); // the refusal alone is to tell
    QList<Reply<ResultSet>> first;
    for (int i = 0; i < 4; ++i)
        first.append(pool.query(u"WRITE"));
    for (const Reply<ResultSet> &reply : first)
        VERIFY_OK(await(reply));
    QTRY_COMPARE(pool.servers().at(1).role, Role::Replica);
    pool.setServerCheckInterval(100ms);
    a.readOnly = true;
    b.readOnly = false;
    const Error error = await(pool.query(u"WRITE")).error();
    QCOMPARE(error.code(), 1290);
    QCOMPARE(error.outcome(), Error::Outcome::NotExecuted);
    // The next one waits for the new primary.
    VERIFY_OK(await(pool.query(u"WRITE")));
    QCOMPARE(b.writes, 1);
    QCOMPARE(a.writes, 4);
    QCOMPARE(pool.servers().at(0).role, Role::Replica);
    QCOMPARE(pool.servers().at(0).connections, 0);
    QVERIFY(pool.statistics().evictions > 0);
}

void tst_PoolServers::transactionGoesOnToTheNext()
{
    RolePeer a;
    RolePeer b(true);
    Pool pool(RolePeer::options({&a, &b}));
    pool.setServerCheckInterval(100ms);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QTRY_COMPARE(pool.servers().at(1).role, Role::Replica);
    a.readOnly = true;
    b.readOnly = false;
    const auto write = [](Transaction &transaction) { return transaction.query(u"WRITE"); };
    VERIFY_OK(await(runTransaction(pool, write)));
    QCOMPARE(a.refusals, 1);
    QCOMPARE(a.writes, 1);
    QCOMPARE(b.writes, 1);
    // With a single server there is no next one: the refusal is told at once.
    Pool single(RolePeer::options({&a}));
    QCOMPARE(await(runTransaction(single, write)).error().code(), 1290);
    QCOMPARE(a.refusals, 2);
}

void tst_PoolServers::falseAlarm_data()
{
    QTest::addColumn<int>("code");
    for (const int code : {1290, 1792, 1836, 1047})
        QTest::addRow("%d", code) << code;
}

// The same numbers have other reasons, too: what decides is what the server says that it is.
void tst_PoolServers::falseAlarm()
{
    QFETCH(int, code);
    RolePeer a;
    RolePeer b(true);
    a.statementError = code;
    Pool pool(RolePeer::options({&a, &b}));
    pool.setServerCheckInterval(1h);
    VERIFY_OK(await(pool.query(u"WRITE")));
    const int logins = a.logins;
    const int asked = a.asked;
    QCOMPARE(await(pool.query(u"FAIL")).error().code(), code);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QVERIFY(a.asked > asked);
    QCOMPARE(a.logins, logins);
    QCOMPARE(pool.statistics().evictions, 0);
}

void tst_PoolServers::lostPrimaryIsReplaced()
{
    RolePeer a;
    RolePeer b(true);
    Pool pool(RolePeer::options({&a, &b}));
    pool.setServerCheckInterval(100ms);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QSignalSpy changed(&pool, &Pool::serversChanged);
    a.goDown();
    const Reply<ResultSet> waiting = pool.query(u"WRITE");
    QTRY_COMPARE(pool.servers().at(0).role, Role::Unavailable);
    QVERIFY(changed.count() > 0);
    b.readOnly = false; // by whoever looks after that
    const auto result = await(waiting);
    // The first may have met the connection before its end was heard of.
    if (!result) {
        QVERIFY(result.error().isConnectionLost());
        VERIFY_OK(await(pool.query(u"WRITE")));
    }
    QCOMPARE(b.writes, 1);
    // When it comes back as a replica, nothing is written to it.
    a.readOnly = true;
    QVERIFY(a.comeUp());
    QTRY_COMPARE(pool.servers().at(0).role, Role::Replica);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QCOMPARE(b.writes, 2);
}

// Two servers take writes: nodes of Galera, or one that did not hear of its end.
void tst_PoolServers::primaryStaysTheSame()
{
    RolePeer a;
    RolePeer b;
    Pool pool(RolePeer::options({&a, &b}));
    pool.setServerCheckInterval(20ms);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QTRY_COMPARE(pool.servers().at(1).role, Role::Primary);
    VERIFY_OK(await(pool.query(u"WRITE")));
    const int first = a.writes > 0 ? 0 : 1; // which has answered sooner
    RolePeer &chosen = first == 0 ? a : b;
    RolePeer &other = first == 0 ? b : a;
    QCOMPARE(chosen.writes, 2);
    // The other is good for reading.
    QCOMPARE(whoReads(pool, readOnly()), int(other.port()));
    chosen.goDown();
    QTRY_COMPARE(pool.servers().at(first).role, Role::Unavailable);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QCOMPARE(other.writes, 1);
    QVERIFY(chosen.comeUp());
    QTRY_COMPARE(pool.servers().at(first).role, Role::Primary);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QCOMPARE(other.writes, 2);
}

void tst_PoolServers::nodeThatIsNotReady()
{
    RolePeer a;
    RolePeer b;
    a.isNode = b.isNode = true;
    a.ready = false;
    Pool pool(RolePeer::options({&a, &b}));
    pool.setServerCheckInterval(1h);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QCOMPARE(b.writes, 1);
    QTRY_COMPARE(pool.servers().at(0).role, Role::Unavailable);
    QVERIFY2(pool.servers().at(0).reason.contains(u"non-Primary"), qPrintable(pool.servers().at(0).reason));
    pool.setServerCheckInterval(50ms);
    a.ready = true;
    QTRY_COMPARE(pool.servers().at(0).role, Role::Primary);
    b.ready = false;
    const auto refused = await(pool.query(u"WRITE"));
    if (!refused) {
        QCOMPARE(refused.error().code(), 1047);
        QCOMPARE(refused.error().outcome(), Error::Outcome::NotExecuted);
        VERIFY_OK(await(pool.query(u"WRITE")));
    }
    QCOMPARE(a.writes, 1);
}

void tst_PoolServers::memberThatRecovers()
{
    RolePeer a;
    RolePeer b(true);
    a.memberState = "ONLINE";
    b.memberState = "RECOVERING";
    Pool pool(RolePeer::options({&a, &b}));
    pool.setServerCheckInterval(20ms);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QTRY_COMPARE(pool.servers().at(1).role, Role::Unavailable);
    QVERIFY(pool.servers().at(1).reason.contains(u"RECOVERING"));
    QCOMPARE(whoReads(pool, readOnly()), int(a.port()));
    b.memberState = "ONLINE";
    QTRY_COMPARE(pool.servers().at(1).role, Role::Replica);
    QCOMPARE(whoReads(pool, readOnly()), int(b.port()));
}

void tst_PoolServers::noPrimaryAnywhere()
{
    RolePeer a(true);
    RolePeer b;
    b.goDown();
    Pool pool(RolePeer::options({&a, &b}));
    pool.setAcquireTimeout(300ms);
    const Error error = await(pool.query(u"WRITE")).error();
    QCOMPARE(error.kind(), Error::Kind::Pool);
    QCOMPARE(error.outcome(), Error::Outcome::NotSent);
    QVERIFY2(error.message().contains(QString(a.place() + u": replica")), qPrintable(error.message()));
    QVERIFY2(error.message().contains(QString(b.place() + u": unavailable")), qPrintable(error.message()));
    QCOMPARE(whoReads(pool, readOnly()), int(a.port())); // that goes on
}

void tst_PoolServers::refusedEverywhere()
{
    RolePeer a;
    RolePeer b;
    a.loginError = b.loginError = 1045;
    Pool pool(RolePeer::options({&a, &b}));
    pool.setServerCheckInterval(20ms);
    const Error error = await(pool.query(u"WRITE")).error();
    QCOMPARE(error.code(), 1045);
    QCOMPARE(await(pool.query(u"WRITE")).error().code(), 1045);
    // Asked once, and not again so soon: accounts get locked.
    QCOMPARE(a.logins, 1);
    QCOMPARE(b.logins, 1);
}

void tst_PoolServers::makesRoom()
{
    RolePeer a;
    RolePeer b(true);
    Pool pool(RolePeer::options({&a, &b}));
    pool.setMaximumSize(2);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QTRY_COMPARE(pool.servers().at(1).role, Role::Replica);
    for (int round = 0; round < 3; ++round) {
        QList<Reply<ResultSet>> replies;
        for (int i = 0; i < 6; ++i)
            replies.append(pool.query(readOnly(), u"READ"));
        for (int i = 0; i < 6; ++i)
            replies.append(pool.query(u"WRITE"));
        for (const Reply<ResultSet> &reply : replies)
            VERIFY_OK(await(reply));
        QVERIFY(pool.size() <= 2);
    }
    QCOMPARE(b.reads, 18);
    QCOMPARE(a.writes, 19);
    // Who waits for a server that has none free does not hold up who wants another.
    auto lease = await(pool.acquire());
    VERIFY_OK(lease);
    auto second = await(pool.acquire());
    VERIFY_OK(second);
    Reply<ResultSet> reading = pool.query(readOnly(), u"READ");
    second->release();
    VERIFY_OK(await(reading));
}

// Reads that never end keep all connections busy; who wants to write gets one nevertheless.
void tst_PoolServers::nobodyStarves()
{
    RolePeer a;
    RolePeer b(true);
    Pool pool(RolePeer::options({&a, &b}));
    pool.setMaximumSize(2);
    QCOMPARE(whoReads(pool), int(a.port()));
    QTRY_COMPARE(pool.servers().at(1).role, Role::Replica);
    QObject context;
    bool goesOn = true;
    std::function<void()> read = [&] {
        const auto again = [&](const Result<ResultSet> &) {
            if (goesOn)
                read();
        };
        pool.query(&context, again, readOnly(), u"READ");
    };
    for (int i = 0; i < 20; ++i)
        read();
    QTRY_VERIFY(b.reads > 50);
    QCOMPARE(pool.servers().at(0).connections, 0);
    const Reply<ResultSet> writing = pool.query(u"WRITE");
    VERIFY_OK(await(writing));
    QCOMPARE(a.writes, 1);
    goesOn = false;
    QTRY_COMPARE(pool.waitingCount() + pool.leasedCount(), 0);
}

void tst_PoolServers::otherOptions()
{
    RolePeer a;
    RolePeer b(true);
    RolePeer c(true);
    RolePeer d;
    Pool pool(RolePeer::options({&a, &b}));
    VERIFY_OK(await(pool.query(u"WRITE")));
    pool.setOptions(RolePeer::options({&c, &d}));
    VERIFY_OK(await(pool.query(u"WRITE")));
    QCOMPARE(d.writes, 1);
    pool.setOptions(RolePeer::options({&a}));
    VERIFY_OK(await(pool.query(u"WRITE")));
    QCOMPARE(a.writes, 2);
    QVERIFY(pool.servers().isEmpty());
    VERIFY_OK(await(pool.close()));
}

void tst_PoolServers::asksNobodyForASingleServer()
{
    RolePeer a(true);
    Pool pool(RolePeer::options({&a}));
    QCOMPARE(whoReads(pool), int(a.port()));
    QCOMPARE(whoReads(pool, readOnly()), int(a.port()));
    QCOMPARE(await(pool.query(u"WRITE")).error().code(), 1290); // the server's word
    QCOMPARE(a.asked, 0);
}

void tst_PoolServers::abandonedInTheMiddle()
{
    RolePeer a(true);
    RolePeer mute;
    mute.mute = true;
    Reply<ResultSet> cancelled;
    Reply<ResultSet> left;
    {
        Pool pool(RolePeer::options({&a, &mute}));
        cancelled = pool.query(u"WRITE");
        left = pool.query(u"WRITE");
        QTRY_VERIFY(a.asked > 0);
        cancelled.cancel();
        QTRY_VERIFY(cancelled.isFinished());
        QCOMPARE(cancelled.result().error().kind(), Error::Kind::Cancelled);
    }
    QVERIFY(left.isFinished());
    QCOMPARE(left.result().error().kind(), Error::Kind::Pool);
}

QTEST_GUILESS_MAIN(tst_PoolServers)
#include "tst_pool_servers.moc"
