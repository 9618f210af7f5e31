// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    Several servers: which one is read from, and what it waits for before.
*/

#include "rolepeer.h"

#include "support/await.h"

#include <QAsyncMySql/Pool>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using Role = PoolServerInfo::Role;

class tst_PoolReads : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsGoToReplicasWhenAsked();
    void lagLimit();
    void readsSeeWhatWasWritten();
    void readsSeeWhatANodeHasNotHeard();
    void abandonedWhileCatchingUp();
};

void tst_PoolReads::readsGoToReplicasWhenAsked()
{
    RolePeer a;
    RolePeer b(true);
    RolePeer c(true);
    Pool pool(RolePeer::options({&a, &b, &c}));
    VERIFY_OK(await(pool.query(u"WRITE")));
    QTRY_COMPARE(pool.servers().at(1).role, Role::Replica);
    QTRY_COMPARE(pool.servers().at(2).role, Role::Replica);
    QList<Reply<ResultSet>> replies;
    for (int i = 0; i < 4; ++i)
        replies.append(pool.query(readOnly(), u"READ"));
    for (const Reply<ResultSet> &reply : replies)
        VERIFY_OK(await(reply));
    QCOMPARE(a.reads, 0);
    QVERIFY(b.reads > 0);
    QVERIFY(c.reads > 0);
    // A lease of that kind, and a cursor.
    auto lease = await(pool.acquire(ServerAccess::ReadOnly));
    VERIFY_OK(lease);
    QVERIFY((*lease)->options().port() != a.port());
    lease->release();
    const auto cursor = pool.stream(readOnly(), u"READ");
    const auto batch = await(cursor->nextBatch());
    VERIFY_OK(batch);
    QVERIFY(batch->at(0).get<int>(0) != int(a.port()));
    // Without replicas the primary is read from.
    b.goDown();
    c.goDown();
    QTRY_COMPARE(pool.servers().at(1).role, Role::Unavailable);
    QTRY_COMPARE(pool.servers().at(2).role, Role::Unavailable);
    QCOMPARE(whoReads(pool, readOnly()), int(a.port()));
    QVERIFY(!pool.servers().at(1).reason.isEmpty());
}

void tst_PoolReads::lagLimit()
{
    RolePeer a;
    RolePeer b(true);
    b.lag = 100;
    RolePeer c(true);
    c.lag = 1;
    Pool pool(RolePeer::options({&a, &b, &c}));
    pool.setServerCheckInterval(20ms);
    pool.setReplicaLagLimit(10s);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QTRY_COMPARE(pool.servers().at(1).lagMs, 100'000);
    QTRY_COMPARE(pool.servers().at(2).lagMs, 1'000);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(whoReads(pool, readOnly()), int(c.port()));
    c.lag = 11;
    QTRY_COMPARE(pool.servers().at(2).lagMs, 11'000);
    QCOMPARE(whoReads(pool, readOnly()), int(a.port()));
    b.lag = 0;
    QTRY_COMPARE(pool.servers().at(1).lagMs, 0);
    QCOMPARE(whoReads(pool, readOnly()), int(b.port()));
    b.lag = -1; // replicates no more: nobody knows how far it is behind
    QTRY_COMPARE(pool.servers().at(1).lagMs, -1);
    QCOMPARE(whoReads(pool, readOnly()), int(a.port()));
}

void tst_PoolReads::readsSeeWhatWasWritten()
{
    RolePeer a;
    RolePeer b(true);
    Pool pool(RolePeer::options({&a, &b}));
    pool.setReplicaSyncTimeout(250ms);
    QCOMPARE(pool.replicaSyncTimeout(), 250ms);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QTRY_COMPARE(pool.servers().at(1).role, Role::Replica);
    QCOMPARE(whoReads(pool, readOnly()), int(b.port()));
    QCOMPARE(
        b.waitedFor,
        QByteArray("SELECT WAIT_FOR_EXECUTED_GTID_SET('3E11FA47-71CA-11E1-9E33-C80AA9429562:1-77', 0.250)"));
    // It does not get there in time: the primary is read from.
    b.waitAnswer = 1;
    QCOMPARE(whoReads(pool, readOnly()), int(a.port()));
    // Neither does one that does not know where to.
    b.waitAnswer = 0;
    a.position.clear();
    QCOMPARE(whoReads(pool, readOnly()), int(a.port()));
    a.position = "4E11FA47-71CA-11E1-9E33-C80AA9429562:1";
    QCOMPARE(whoReads(pool, readOnly()), int(b.port()));
    // One that hangs is given up.
    b.waitAnswer = -1;
    QCOMPARE(whoReads(pool, readOnly()), int(a.port()));
    QTRY_COMPARE(pool.leasedCount(), 0);
}

// What was written to the node that was the primary before need not have come to the one that is it now.
void tst_PoolReads::readsSeeWhatANodeHasNotHeard()
{
    RolePeer a;
    RolePeer b;
    a.isNode = b.isNode = true;
    b.ready = false; // so that a is the primary
    Pool pool(RolePeer::options({&a, &b}));
    pool.setReplicaSyncTimeout(200ms);
    pool.setServerCheckInterval(20ms);
    VERIFY_OK(await(pool.query(u"WRITE")));
    QCOMPARE(a.writes, 1);
    b.ready = true;
    QTRY_COMPARE(pool.servers().at(1).role, Role::Primary);
    a.ready = false;
    QTRY_COMPARE(pool.servers().at(0).role, Role::Unavailable);
    QVERIFY(b.waitedFor.isEmpty());
    for (int i = 0; i < 3; ++i) { // on a connection that is lent again, too
        QCOMPARE(whoReads(pool, readOnly()), int(b.port()));
        QVERIFY2(b.waitedFor.contains("wsrep_sync_wait"), qPrintable(QString::number(i)));
        b.waitedFor.clear();
    }
    // Who writes is not held up.
    VERIFY_OK(await(pool.query(u"WRITE")));
    QVERIFY(b.waitedFor.isEmpty());
    // There is no other to go to when it takes too long.
    b.waitAnswer = -1;
    QCOMPARE(whoReads(pool, readOnly()), int(b.port()));
    QTRY_COMPARE(pool.leasedCount(), 0);
}

void tst_PoolReads::abandonedWhileCatchingUp()
{
    RolePeer a;
    RolePeer b(true);
    b.waitAnswer = -1;
    Reply<ResultSet> left;
    {
        Pool pool(RolePeer::options({&a, &b}));
        pool.setReplicaSyncTimeout(1h);
        VERIFY_OK(await(pool.query(u"WRITE")));
        QTRY_COMPARE(pool.servers().at(1).role, Role::Replica);
        left = pool.query(readOnly(), u"READ");
        QTRY_VERIFY(!b.waitedFor.isEmpty());
        QVERIFY(!left.isFinished());
    }
    QVERIFY(left.isFinished());
    QCOMPARE(left.result().error().kind(), Error::Kind::Pool);
    QCOMPARE(left.result().error().outcome(), Error::Outcome::NotSent);
}

QTEST_GUILESS_MAIN(tst_PoolReads)
#include "tst_pool_reads.moc"
