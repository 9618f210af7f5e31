// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    What seldom happens to a pool: it ends, or a connection does, in the middle of something; settings that
   change meanwhile; servers that refuse what they are asked.
*/

#include "rolepeer.h"

#include "support/await.h"

#include <QtCore/QPromise>
#include <QtCore/QThread>
#include <QtTest/QSignalSpy>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using Role = PoolServerInfo::Role;

class tst_PoolEdges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void settings();
    void endsDuringAHook_data();
    void endsDuringAHook();
    void closesInTheMiddle_data();
    void closesInTheMiddle();
    void lostWhileItIsReset();
    void shrinks();
    void growsOldWhileLent();
    void settingsWhileItOpens();
    void settingsAfterTheEnd();
    void abortsFromElsewhere();
    void stoppedTwice();
    void oldestOfSeveral();
    void timeoutTellsOfServers();
    void rolesComeBack_data();
    void rolesComeBack();
    void hungUpOn();
    void controlConnectionThatHangs();
    void controlConnectionThatIsRefused();
    // Several servers
    void refusesToTellOfGroups();
    void refusesToTellOfItsLag();
    void refusesToTellItsPosition();
    void fullIsNotGone();
    void refusedOnesAreLeftInPeace();

private:
    static ConnectOptions optionsFor(const RolePeer &peer)
    {
        return RolePeer::options({&peer}).setCancelTimeout(200ms);
    }
};

void tst_PoolEdges::settings()
{
    RolePeer peer;
    Pool pool(optionsFor(peer));
    pool.setMinimumSize(1);
    pool.setMaximumSize(7);
    pool.setMaximumOpening(3);
    pool.setAcquireTimeout(5s);
    pool.setIdleTimeout(6s);
    pool.setMaximumLifetime(7s);
    pool.setValidateAfter(8s);
    pool.setLeakTimeout(9s);
    pool.setReservesControlConnection(false);
    pool.setServerCheckInterval(10s);
    pool.setReplicaLagLimit(11s);
    pool.setReplicaSyncTimeout(12s);
    QCOMPARE(pool.options().port(), peer.port());
    QCOMPARE(pool.minimumSize(), 1);
    QCOMPARE(pool.maximumSize(), 7);
    QCOMPARE(pool.maximumOpening(), 3);
    QCOMPARE(pool.acquireTimeout(), 5s);
    QCOMPARE(pool.idleTimeout(), 6s);
    QCOMPARE(pool.maximumLifetime(), 7s);
    QCOMPARE(pool.validateAfter(), 8s);
    QCOMPARE(pool.leakTimeout(), 9s);
    QVERIFY(!pool.reservesControlConnection());
    QCOMPARE(pool.serverCheckInterval(), 10s);
    QCOMPARE(pool.replicaLagLimit(), 11s);
    QCOMPARE(pool.replicaSyncTimeout(), 12s);
    QTRY_COMPARE(pool.idleCount(), 1);
    QVERIFY(!pool.isClosed());
    QVERIFY(!pool.lastConnectError());
    // No time at all is no limit.
    pool.setAcquireTimeout(0ms);
    pool.setIdleTimeout(0ms);
    pool.setValidateAfter(0ms);
    QCOMPARE(whoReads(pool), int(peer.port()));
    QCOMPARE(pool.statistics().validations, 0);
}

void tst_PoolEdges::endsDuringAHook_data()
{
    QTest::addColumn<QString>("hook");
    QTest::addColumn<QString>("how");
    for (const char *hook : {"initializer", "acquire", "release"}) {
        for (const char *how : {"destroyed", "closed", "aborted", "lost"})
            QTest::addRow("%s, %s", hook, how) << QString::fromLatin1(hook) << QString::fromLatin1(how);
    }
}

// The hook's future finishes when nobody cares any more.
void tst_PoolEdges::endsDuringAHook()
{
    QFETCH(QString, hook);
    QFETCH(QString, how);
    RolePeer peer;
    QPromise<Result<void>> promise;
    promise.start();
    int calls = 0;
    const ConnectionHook waits = [&](Connection &) {
        ++calls;
        return promise.future();
    };
    auto pool = std::make_unique<Pool>(optionsFor(peer));
    if (hook == u"initializer")
        pool->setInitializer(waits);
    else if (hook == u"acquire")
        pool->setAcquireHook(waits);
    else
        pool->setReleaseHook(waits);
    Reply<ResultSet> reply = pool->query(u"READ");
    QTRY_COMPARE(calls, 1);
    Reply<void> closing;
    if (how == u"destroyed") {
        pool.reset();
    } else if (how == u"closed") {
        closing = pool->close(100ms);
    } else if (how == u"aborted") {
        pool->abort();
    } else {
        peer.dropAll();
        QTest::qWait(20);
    }
    promise.addResult(Result<void>());
    promise.finish();
    const Result<ResultSet> result = await(reply);
    if (hook == u"release") {
        VERIFY_OK(result);
    } else if (how == u"lost") {
        // It is opened again, or its loss is told of.
        QVERIFY(result || result.error().isConnectionLost());
    } else if (how != u"closed" || hook == u"initializer") {
        QCOMPARE(result.error().kind(), Error::Kind::Pool);
        QCOMPARE(result.error().outcome(), Error::Outcome::NotSent);
    }
    if (how == u"closed")
        VERIFY_OK(await(closing));
    if (pool && how != u"lost")
        QTRY_COMPARE(pool->size(), 0);
    if (pool && how == u"lost" && hook != u"initializer")
        QCOMPARE(whoReads(*pool), int(peer.port()));
}

void tst_PoolEdges::closesInTheMiddle_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"opening", "validating", "resetting", "lent"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void tst_PoolEdges::closesInTheMiddle()
{
    QFETCH(QString, what);
    RolePeer peer;
    peer.mute = what == u"opening";
    Pool pool(optionsFor(peer));
    pool.setMaximumSize(1);
    QSignalSpy closed(&pool, &Pool::closed);
    Lease kept;
    if (what == u"opening") {
        pool.setMinimumSize(1);
        QTRY_COMPARE(pool.size(), 1);
    } else {
        QCOMPARE(whoReads(pool), int(peer.port()));
        QTRY_COMPARE(pool.idleCount(), 1);
    }
    if (what == u"resetting") {
        peer.keepsReset = true;
        QCOMPARE(whoReads(pool), int(peer.port()));
        QCOMPARE(pool.idleCount(), 0);
    } else if (what == u"lent") {
        const Result<Lease> lease = await(pool.acquire());
        VERIFY_OK(lease);
        kept = *lease;
    } else if (what == u"validating") {
        pool.setValidateAfter(1ms);
        QTest::qWait(5);
        (void)pool.query(u"READ");
    }
    // Twice, and without a limit of time where it ends by itself.
    const Reply<void> first = pool.close(what == u"validating" || what == u"opening" ? 0ms : 100ms);
    const Reply<void> second = pool.close(50ms);
    VERIFY_OK(await(first));
    VERIFY_OK(await(second));
    QVERIFY(pool.isClosed());
    QCOMPARE(pool.size(), 0);
    QCOMPARE(closed.size(), 2);
    QVERIFY(!kept.isValid() || !kept->isOpen());
    const Error late = await(pool.query(u"READ")).error();
    QCOMPARE(late.kind(), Error::Kind::Pool);
    QCOMPARE(late.outcome(), Error::Outcome::NotSent);
}

void tst_PoolEdges::lostWhileItIsReset()
{
    RolePeer peer;
    Pool pool(optionsFor(peer));
    pool.setMaximumSize(1);
    peer.keepsReset = true;
    QCOMPARE(whoReads(pool), int(peer.port()));
    const Reply<ResultSet> next = pool.query(u"READ"); // waits for it
    QCOMPARE(pool.waitingCount(), 1);
    peer.keepsReset = false;
    peer.dropAll();
    VERIFY_OK(await(next));
    QCOMPARE(peer.logins, 2);
}

void tst_PoolEdges::shrinks()
{
    RolePeer peer;
    Pool pool(optionsFor(peer));
    pool.setMaximumSize(2);
    pool.setReservesControlConnection(false);
    Result<Lease> first = await(pool.acquire());
    Result<Lease> second = await(pool.acquire());
    VERIFY_OK(first);
    VERIFY_OK(second);
    pool.setMaximumSize(1);
    QCOMPARE(pool.size(), 2);
    first->release();
    QTRY_COMPARE(pool.size(), 1);
    first->release(); // once more does nothing
    second->release();
    QVERIFY(!second->isValid());
    QTRY_COMPARE(pool.idleCount(), 1);
}

void tst_PoolEdges::growsOldWhileLent()
{
    RolePeer peer;
    Pool pool(optionsFor(peer));
    pool.setReservesControlConnection(false);
    pool.setMaximumLifetime(30ms);
    Result<Lease> lease = await(pool.acquire());
    VERIFY_OK(lease);
    QTest::qWait(60);
    QVERIFY((*lease)->isOpen());
    lease->release();
    QTRY_COMPARE(pool.size(), 0);
    QCOMPARE(pool.statistics().resets, 0);
}

void tst_PoolEdges::settingsWhileItOpens()
{
    RolePeer mute;
    mute.mute = true;
    RolePeer good;
    Pool pool(optionsFor(mute));
    const Reply<ResultSet> reply = pool.query(u"READ");
    QTRY_COMPARE(pool.size(), 1);
    pool.setOptions(optionsFor(good));
    const auto result = await(reply);
    VERIFY_OK(result);
    QCOMPARE(result->at(0).get<int>(0), int(good.port()));
}

void tst_PoolEdges::settingsAfterTheEnd()
{
    RolePeer peer;
    Pool pool(optionsFor(peer));
    VERIFY_OK(await(pool.close()));
    pool.setMinimumSize(3);
    pool.setOptions(optionsFor(peer));
    QTest::qWait(20);
    QCOMPARE(pool.size(), 0);
    QCOMPARE(peer.logins, 0);
}

void tst_PoolEdges::abortsFromElsewhere()
{
    RolePeer peer;
    Pool pool(optionsFor(peer));
    const Result<Lease> lease = await(pool.acquire());
    VERIFY_OK(lease);
    const std::unique_ptr<QThread> thread(QThread::create([&pool] { pool.abort(); }));
    thread->start();
    QVERIFY(thread->wait());
    QTRY_VERIFY(pool.isClosed());
    QTRY_COMPARE(pool.size(), 0);
    QVERIFY(!lease->isValid() || !(*lease)->isOpen());
}

// One that is on its way out, after its statement was stopped, is closed for good with the pool.
void tst_PoolEdges::stoppedTwice()
{
    RolePeer peer;
    peer.waitAnswer = -1;
    Pool pool(optionsFor(peer).setCancelTimeout(1h));
    Reply<ResultSet> hanging;
    {
        const Result<Lease> lease = await(pool.acquire());
        VERIFY_OK(lease);
        hanging = (*lease)->query(u"SELECT WAIT_FOR_EXECUTED_GTID_SET");
        QTRY_VERIFY(!peer.waitedFor.isEmpty());
        pool.setOptions(optionsFor(peer)); // so that it is not kept
    }
    QTRY_COMPARE(pool.leasedCount(), 0);
    QCOMPARE(pool.size(), 1);
    pool.abort();
    QTRY_COMPARE(pool.size(), 0);
    QVERIFY(await(hanging).error());
}

void tst_PoolEdges::oldestOfSeveral()
{
    RolePeer peer;
    Pool pool(optionsFor(peer));
    pool.setMaximumSize(2);
    pool.setReservesControlConnection(false);
    Result<Lease> first = await(pool.acquire());
    const int line = __LINE__ + 1;
    const Result<Lease> second = await(pool.acquire());
    VERIFY_OK(first);
    VERIFY_OK(second);
    first->release();
    QTRY_COMPARE(pool.idleCount(), 1);
    QTest::qWait(2);
    first = await(pool.acquire()); // now it is the younger one
    VERIFY_OK(first);
    pool.setAcquireTimeout(20ms);
    const Error error = await(pool.acquire()).error();
    QVERIFY2(error.message().contains(QStringLiteral("tst_pool_edges.cpp:%1").arg(line)),
             qPrintable(error.message()));
}

void tst_PoolEdges::timeoutTellsOfServers()
{
    RolePeer a;
    RolePeer b(true);
    b.lag = 30;
    Pool pool(RolePeer::options({&a, &b}));
    pool.setServerCheckInterval(20ms);
    pool.setReplicaLagLimit(60s);
    pool.setMaximumSize(1);
    const Result<Lease> lease = await(pool.acquire());
    VERIFY_OK(lease);
    QTRY_COMPARE(pool.servers().at(1).lagMs, 30'000);
    pool.setAcquireTimeout(20ms);
    const Error error = await(pool.acquire()).error();
    QVERIFY2(error.message().contains(u"replica, 30 s behind"), qPrintable(error.message()));
    QVERIFY2(error.message().contains(a.place()), qPrintable(error.message()));
}

void tst_PoolEdges::rolesComeBack_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QVariant>("role");
    QTest::addColumn<QByteArray>("set");
    QTest::newRow("none") << QByteArray() << QVariant() << QByteArray("SET ROLE NONE");
    QTest::newRow("NONE") << QByteArray() << QVariant(QStringLiteral("NONE")) << QByteArray("SET ROLE NONE");
    QTest::newRow("MySQL") << QByteArray() << QVariant(QStringLiteral("`a`@`%`,`b`@`%`"))
                           << QByteArray("SET ROLE `a`@`%`,`b`@`%`");
    QTest::newRow("MariaDB") << QByteArray("10.11.6-MariaDB") << QVariant(QStringLiteral("odd`one"))
                             << QByteArray("SET ROLE `odd``one`");
    QTest::newRow("no name at all") << QByteArray("10.11.6-MariaDB") << QVariant(QString(QChar(0)))
                                    << QByteArray("SET ROLE NONE");
    QTest::newRow("MySQL 5.7 has none") << QByteArray("5.7.44") << QVariant() << QByteArray();
}

void tst_PoolEdges::rolesComeBack()
{
    QFETCH(QByteArray, version);
    QFETCH(QVariant, role);
    QFETCH(QByteArray, set);
    RolePeer peer;
    peer.version = version;
    peer.role = role;
    Pool pool(optionsFor(peer));
    QCOMPARE(whoReads(pool), int(peer.port()));
    QTRY_COMPARE(pool.idleCount(), 1);
    QCOMPARE(peer.roles, set.isEmpty() ? QByteArrayList() : QByteArrayList{set});
}

void tst_PoolEdges::hungUpOn()
{
    RolePeer peer;
    peer.hangsUpOnRole = true;
    Pool pool(optionsFor(peer));
    QSignalSpy failed(&pool, &Pool::connectionFailed);
    const Reply<ResultSet> reply = pool.query(u"READ");
    QTRY_VERIFY(failed.size() > 0);
    QCOMPARE(failed[0][0].value<Error>().phase(), Error::Phase::Initialization);
    peer.hangsUpOnRole = false;
    VERIFY_OK(await(reply));
}

void tst_PoolEdges::controlConnectionThatHangs()
{
    RolePeer peer;
    peer.waitAnswer = -1;
    Pool pool(optionsFor(peer).setConnectTimeout(500ms));
    Reply<ResultSet> hanging;
    {
        const Result<Lease> lease = await(pool.acquire());
        VERIFY_OK(lease);
        peer.mute = true;
        const int connections = peer.connections;
        QTRY_VERIFY(peer.connections > connections); // that which is reserved
        hanging = (*lease)->query(u"SELECT WAIT_FOR_EXECUTED_GTID_SET");
        QTRY_VERIFY(!peer.waitedFor.isEmpty());
        hanging.cancel();
    }
    QCOMPARE(await(hanging).error().kind(), Error::Kind::Cancelled);
    VERIFY_OK(await(pool.close(1s)));
    QCOMPARE(pool.size(), 0);
}

void tst_PoolEdges::controlConnectionThatIsRefused()
{
    RolePeer peer;
    peer.waitAnswer = -1;
    Pool pool(optionsFor(peer));
    pool.setMaximumSize(3);
    const Result<Lease> lease = await(pool.acquire());
    VERIFY_OK(lease);
    peer.loginError = 1040;
    const int logins = peer.logins;
    QTRY_VERIFY(peer.logins > logins); // that which is reserved is refused
    Reply<ResultSet> hanging = (*lease)->query(u"SELECT WAIT_FOR_EXECUTED_GTID_SET");
    QTRY_VERIFY(!peer.waitedFor.isEmpty());
    hanging.cancel();
    QCOMPARE(await(hanging).error().kind(), Error::Kind::Cancelled);
    // Growing does not ask for another one so soon.
    const Reply<ResultSet> waiting = pool.query(u"READ");
    peer.loginError = 0;
    VERIFY_OK(await(waiting));
}

void tst_PoolEdges::refusesToTellOfGroups()
{
    RolePeer a;
    RolePeer b(true);
    a.refusesGroups = b.refusesGroups = true;
    Pool pool(RolePeer::options({&a, &b}));
    VERIFY_OK(await(pool.query(u"WRITE")));
    QTRY_COMPARE(pool.servers().at(1).role, Role::Replica);
    QCOMPARE(pool.servers().at(0).role, Role::Primary);
    QVERIFY(a.asked >= 2);
}

void tst_PoolEdges::refusesToTellOfItsLag()
{
    RolePeer a;
    RolePeer b(true);
    b.lag = 0;
    Pool pool(RolePeer::options({&a, &b}));
    pool.setServerCheckInterval(20ms);
    pool.setReplicaLagLimit(10s);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QTRY_COMPARE(pool.servers().at(1).lagMs, 0);
    QCOMPARE(whoReads(pool, readOnly()), int(b.port()));
    b.lagError = 1227;
    QTRY_COMPARE(pool.servers().at(1).lagMs, -1);
    QCOMPARE(whoReads(pool, readOnly()), int(a.port()));
}

void tst_PoolEdges::refusesToTellItsPosition()
{
    RolePeer a;
    RolePeer b(true);
    a.positionError = 1227;
    Pool pool(RolePeer::options({&a, &b}));
    pool.setReplicaSyncTimeout(1s);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QTRY_COMPARE(pool.servers().at(1).role, Role::Replica);
    QCOMPARE(whoReads(pool, readOnly()), int(a.port()));
    QVERIFY(b.waitedFor.isEmpty());
    a.positionError = 0;
    a.position.clear(); // GTIDs are off
    QCOMPARE(whoReads(pool, readOnly()), int(a.port()));
}

void tst_PoolEdges::fullIsNotGone()
{
    RolePeer a;
    RolePeer b(true);
    Pool pool(RolePeer::options({&a, &b}));
    pool.setServerCheckInterval(20ms);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QTRY_COMPARE(pool.servers().at(1).role, Role::Replica);
    for (const int code : {1040, 1203}) {
        b.loginError = code;
        const int logins = b.logins;
        b.dropAll();
        QTRY_VERIFY(b.logins > logins + 1);
        QCOMPARE(pool.servers().at(1).role, Role::Replica);
        b.loginError = 0;
        const int asked = b.asked;
        QTRY_VERIFY(b.asked > asked);
    }
}

void tst_PoolEdges::refusedOnesAreLeftInPeace()
{
    RolePeer a;
    RolePeer b(true);
    b.loginError = 1045;
    Pool pool(RolePeer::options({&a, &b}));
    pool.setServerCheckInterval(20ms);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QTRY_COMPARE(pool.servers().at(1).role, Role::Unavailable);
    const int asked = a.asked;
    QTRY_VERIFY(a.asked > asked + 5);
    QCOMPARE(b.logins, 1);
    QCOMPARE(whoReads(pool, readOnly()), int(a.port()));
}

QTEST_GUILESS_MAIN(tst_PoolEdges)
#include "tst_pool_edges.moc"
