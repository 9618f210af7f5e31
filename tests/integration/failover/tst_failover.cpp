// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    Replicas, group replication and Galera under load: the primary is changed or killed, and the pool goes on
   with the next one. No write that was acknowledged may be missing, and none may be there twice.
*/

#include "ledgerload.h"

#include "support/await.h"
#include "support/servercluster.h"

#ifdef Q_OS_UNIX
#include <signal.h>
#endif

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using Role = PoolServerInfo::Role;
using Kind = ServerCluster::Kind;

class tst_Failover : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { m_cluster.reset(); }
    void switchOver_data() { ServerMatrix::addRows(); }
    void switchOver();
    void readsSeeWrites_data();
    void readsSeeWrites();
    void groupMovesItsPrimary();
    void groupLosesItsPrimary();
    void groupFreezesItsPrimary();
    void galeraLosesANode();

private:
    bool start(const QString &id, Kind kind, int count)
    {
        m_cluster = ServerCluster::start(id, kind, count);
        return m_cluster->error().isEmpty();
    }
    static void say(const char *what, const LedgerLoad &load)
    {
        qInfo("%s: %lld ms without a write; %lld acknowledged, %lld of unknown outcome", what,
              static_cast<long long>(load.longestPause()), static_cast<long long>(load.acknowledged().size()),
              static_cast<long long>(load.unknown().size()));
        for (auto it = load.errors().cbegin(); it != load.errors().cend(); ++it)
            qInfo("    %4d times: %s", it.value(), qPrintable(it.key()));
    }
    //! What is wrong with the books on server \a index, or nothing.
    QString audit(int index, const LedgerLoad &load)
    {
        const Result<ResultSet> rows = m_cluster->run(index, QStringLiteral("SELECT id FROM app.ledger"));
        if (!rows)
            return rows.error().toString();
        QSet<qint64> there;
        for (const Row &row : *rows)
            there.insert(row.get<qint64>(0));
        QSet<qint64> missing = load.acknowledged();
        missing.subtract(there);
        QSet<qint64> surplus = there;
        surplus.subtract(load.acknowledged()).subtract(load.unknown());
        if (missing.isEmpty() && surplus.isEmpty())
            return {};
        return QStringLiteral("%1 acknowledged writes are missing, %2 are there that failed")
            .arg(missing.size())
            .arg(surplus.size());
    }
    int roles(const Pool &pool, Role role)
    {
        const QList<PoolServerInfo> all = pool.servers();
        return int(std::count_if(all.begin(), all.end(),
                                 [role](const PoolServerInfo &info) { return info.role == role; }));
    }

    std::unique_ptr<ServerCluster> m_cluster;
};

#define CLUSTER(id, kind, count)                                                                             \
    if ((kind) == Kind::Galera && ServerCluster::galeraLibrary().isEmpty())                                  \
        QSKIP("There is no libgalera_smm.so: run tests/support/galera/fetch-galera.");                       \
    if (!start(id, kind, count)) {                                                                           \
        if (ServerMatrix::isRequired(id))                                                                    \
            QFAIL(qPrintable(m_cluster->error()));                                                           \
        QSKIP(qPrintable(m_cluster->error()));                                                               \
    }                                                                                                        \
    static_assert(true, "for the semicolon")

// An administrator makes the replica the primary; the old one refuses writes from then on (1290).
void tst_Failover::switchOver()
{
    QFETCH(QString, server);
    CLUSTER(server, Kind::Replicas, 2);
    Pool pool(m_cluster->options());
    pool.setReplicaLagLimit(30s);
    LedgerLoad load(pool, 4);
    QTRY_VERIFY(load.acknowledged().size() > 50);
    QTRY_COMPARE(roles(pool, Role::Replica), 1);
    QTRY_VERIFY(pool.servers().at(1).lagMs >= 0);
    const auto where = await(
        pool.query(StatementOptions().setServerAccess(ServerAccess::ReadOnly), u"SELECT @@global.server_id"));
    VERIFY_OK(where);
    QCOMPARE(where->at(0).get<int>(0), 2);

    for (const int next : {1, 0}) {
        load.markNow();
        QVERIFY2(m_cluster->switchOver(next), qPrintable(m_cluster->error()));
        QTRY_VERIFY_WITH_TIMEOUT(load.writesSinceMark() > 100, 30'000);
        QCOMPARE(pool.servers().at(next).role, Role::Primary);
        QTRY_COMPARE(pool.servers().at(1 - next).role, Role::Replica);
        say(next == 1 ? "switched over" : "and back", load);
    }
    load.stop();
    QTRY_VERIFY_WITH_TIMEOUT(load.isIdle(), 30'000);
    QCOMPARE(load.unknown().size(), 0); // no connection was lost
    QCOMPARE(audit(0, load), QString());
    QVERIFY(m_cluster->waitForReplica(1, 0));
    QCOMPARE(audit(1, load), QString());
}

void tst_Failover::readsSeeWrites_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<int>("kind");
    QTest::addRow("replica of MariaDB") << QStringLiteral("mariadb-10.11") << int(Kind::Replicas);
    QTest::addRow("replica of MySQL") << QStringLiteral("mysql-9.7") << int(Kind::Replicas);
    QTest::addRow("node of Galera") << QStringLiteral("mariadb-10.11") << int(Kind::Galera);
}

// Each row that was written is there when a replica is read from next, because that is waited for.
void tst_Failover::readsSeeWrites()
{
    QFETCH(QString, server);
    QFETCH(int, kind);
    CLUSTER(server, Kind(kind), 2);
    Pool pool(m_cluster->options());
    pool.setReplicaSyncTimeout(5s);
    const StatementOptions readOnly = StatementOptions().setServerAccess(ServerAccess::ReadOnly);
    VERIFY_OK(await(pool.execute(u"INSERT INTO ledger VALUES (0, 0)")));
    QTRY_VERIFY(pool.servers().at(1).role != Role::Unknown);
    QSet<int> readFrom;
    for (int id = 1; id <= 100; ++id) {
        VERIFY_OK(await(pool.execute(u"INSERT INTO ledger VALUES (?, 0)", id)));
        const auto seen = await(
            pool.execute(readOnly, u"SELECT @@global.server_id, COUNT(*) FROM ledger WHERE id = ?", id));
        VERIFY_OK(seen);
        readFrom.insert(seen->at(0).get<int>(0));
        QCOMPARE(seen->at(0).get<int>(1), 1);
    }
    QCOMPARE(readFrom.size(), 1); // and it was not the primary that had it
    if (Kind(kind) == Kind::Galera) {
        const QString waits = QStringLiteral("SELECT VARIABLE_VALUE FROM information_schema.GLOBAL_STATUS "
                                             "WHERE VARIABLE_NAME = 'WSREP_CAUSAL_READS'");
        const auto node = *readFrom.cbegin() - 1;
        QVERIFY2(m_cluster->value(node, waits).toInt() >= 100, qPrintable(m_cluster->value(node, waits)));
        return;
    }
    QVERIFY(readFrom.contains(2));
    // One that is stuck is not waited for longer than was said, and the primary is read from.
    pool.setReplicaSyncTimeout(200ms);
    const bool mariaDb = server.startsWith(QLatin1String("mariadb"));
    QVERIFY(m_cluster->runAll(
        1, {mariaDb ? QStringLiteral("STOP SLAVE SQL_THREAD") : QStringLiteral("STOP REPLICA SQL_THREAD")}));
    VERIFY_OK(await(pool.execute(u"INSERT INTO ledger VALUES (1000, 0)")));
    const auto seen
        = await(pool.execute(readOnly, u"SELECT @@global.server_id, COUNT(*) FROM ledger WHERE id = 1000"));
    VERIFY_OK(seen);
    QCOMPARE(seen->at(0).get<int>(0), 1);
    QCOMPARE(seen->at(0).get<int>(1), 1);
}

void tst_Failover::groupMovesItsPrimary()
{
    const QString id = QStringLiteral("mysql-9.7");
    CLUSTER(id, Kind::Group, 3);
    Pool pool(m_cluster->options());
    LedgerLoad load(pool, 4);
    QTRY_VERIFY_WITH_TIMEOUT(load.acknowledged().size() > 50, 30'000);
    QTRY_COMPARE(roles(pool, Role::Replica), 2);
    load.markNow();
    const QString uuid = m_cluster->value(1, QStringLiteral("SELECT @@global.server_uuid"));
    QVERIFY(
        m_cluster->runAll(0, {QStringLiteral("SELECT group_replication_set_as_primary('%1')").arg(uuid)}));
    QTRY_VERIFY_WITH_TIMEOUT(load.writesSinceMark() > 100, 30'000);
    QTRY_COMPARE(pool.servers().at(1).role, Role::Primary);
    say("group_replication_set_as_primary", load);
    load.stop();
    QTRY_VERIFY_WITH_TIMEOUT(load.isIdle(), 30'000);
    QCOMPARE(audit(1, load), QString());
}

void tst_Failover::groupLosesItsPrimary()
{
    const QString id = QStringLiteral("mysql-9.7");
    CLUSTER(id, Kind::Group, 3);
    Pool pool(m_cluster->options());
    pool.setAcquireTimeout(60s);
    LedgerLoad load(pool, 4);
    QTRY_VERIFY_WITH_TIMEOUT(load.acknowledged().size() > 50, 30'000);
    QTRY_COMPARE(roles(pool, Role::Replica), 2);
    load.markNow();
    QVERIFY(m_cluster->server(0).kill());
    QTRY_VERIFY_WITH_TIMEOUT(load.writesSinceMark() > 100, 60'000);
    say("primary of the group killed", load);
    QCOMPARE(pool.servers().at(0).role, Role::Unavailable);
    load.stop();
    QTRY_VERIFY_WITH_TIMEOUT(load.isIdle(), 30'000);
    const int primary = m_cluster->primary();
    QVERIFY(primary > 0);
    QCOMPARE(audit(primary, load), QString());
}

// A machine that hangs: nothing is refused and nothing is closed, it only does not answer.
void tst_Failover::groupFreezesItsPrimary()
{
#ifdef Q_OS_UNIX
    const QString id = QStringLiteral("mysql-9.7");
    CLUSTER(id, Kind::Group, 3);
    Pool pool(m_cluster->options().setCommandTimeout(2s).setCancelTimeout(200ms));
    pool.setAcquireTimeout(60s);
    LedgerLoad load(pool, 4);
    QTRY_VERIFY_WITH_TIMEOUT(load.acknowledged().size() > 50, 30'000);
    QTRY_COMPARE(roles(pool, Role::Replica), 2);
    load.markNow();
    const auto frozen = pid_t(m_cluster->server(0).processId());
    QCOMPARE(::kill(frozen, SIGSTOP), 0);
    const bool goesOn = QTest::qWaitFor([&] { return load.writesSinceMark() > 100; }, 60'000);
    ::kill(frozen, SIGCONT);
    QVERIFY(goesOn);
    say("primary of the group frozen", load);
    // While it has not found out that it is none any more, it would take writes; nobody sends it any.
    const QString isReadOnly = QStringLiteral("SELECT @@global.super_read_only");
    QTRY_COMPARE_WITH_TIMEOUT(m_cluster->value(0, isReadOnly), QStringLiteral("1"), 60'000);
    load.stop();
    QTRY_VERIFY_WITH_TIMEOUT(load.isIdle(), 30'000);
    say("and back", load);
    const int primary = m_cluster->primary();
    QVERIFY(primary > 0);
    QCOMPARE(audit(primary, load), QString());
#else
    QSKIP("no signals here");
#endif
}

void tst_Failover::galeraLosesANode()
{
    const QString id = QStringLiteral("mariadb-10.11");
    CLUSTER(id, Kind::Galera, 3);
    Pool pool(m_cluster->options());
    pool.setAcquireTimeout(60s);
    LedgerLoad load(pool, 4);
    QTRY_VERIFY_WITH_TIMEOUT(load.acknowledged().size() > 50, 30'000);
    QTRY_COMPARE(roles(pool, Role::Primary), 3); // every node takes writes; one is written to
    for (const PoolConnectionInfo &info : pool.connections())
        QCOMPARE(info.server, pool.connections().at(0).server);
    const QList<PoolServerInfo> servers = pool.servers();
    const auto used = std::find_if(servers.begin(), servers.end(),
                                   [](const PoolServerInfo &info) { return info.connections > 0; });
    QVERIFY(used != servers.end());
    const int victim = int(used - servers.begin());
    load.markNow();
    QVERIFY(m_cluster->server(victim).kill());
    QTRY_VERIFY_WITH_TIMEOUT(load.writesSinceMark() > 100, 60'000);
    say("node of Galera killed", load);
    QCOMPARE(pool.servers().at(victim).role, Role::Unavailable);

    // A node cut off from the others is alive, and answers everything with 1047.
    load.markNow();
    const int isolated = victim == 0 ? 1 : 0;
    const int last = 3 - victim - isolated;
    (void)m_cluster->run(isolated, QStringLiteral("SET GLOBAL wsrep_provider_options = 'gmcast.isolate=1'"));
    QTRY_COMPARE_WITH_TIMEOUT(pool.servers().at(isolated).role, Role::Unavailable, 30'000);
    QVERIFY2(!pool.servers().at(isolated).reason.isEmpty(), "no reason");
    // Two of three are gone: the last one is no majority until somebody says so.
    QVERIFY(QTest::qWaitFor(
        [&] {
            return m_cluster
                ->run(last, QStringLiteral("SET GLOBAL wsrep_provider_options = 'pc.bootstrap=1'"))
                .hasValue();
        },
        30'000));
    QTRY_VERIFY_WITH_TIMEOUT(load.writesSinceMark() > 100, 60'000);
    say("next node isolated", load);
    load.stop();
    QTRY_VERIFY_WITH_TIMEOUT(load.isIdle(), 60'000);
    QCOMPARE(audit(last, load), QString());
}

QTEST_GUILESS_MAIN(tst_Failover)
#include "tst_failover.moc"
