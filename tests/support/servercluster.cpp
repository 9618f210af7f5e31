// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "servercluster.h"

#include "support/await.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>
#include <QtNetwork/QTcpServer>

using namespace QAsyncMySql;

namespace {

const QString GroupName = QStringLiteral("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee");

//! Ports below the range from which the system takes those of outgoing connections.
QList<quint16> freePorts(int count)
{
    QList<quint16> ports;
    static quint16 next = quint16(24'000 + QCoreApplication::applicationPid() % 4'000);
    while (ports.size() < count) {
        QTcpServer probe;
        if (probe.listen(QHostAddress::LocalHost, ++next))
            ports.append(next);
    }
    return ports;
}

} // namespace

QString ServerCluster::galeraLibrary()
{
    const QString cache
        = qEnvironmentVariable("QASYNCMYSQL_CACHE",
                               QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation)
                                   + QStringLiteral("/qasyncmysql"));
    const QStringList paths{QStringLiteral("/usr/lib/galera/libgalera_smm.so"),
                            cache + QStringLiteral("/galera-4/usr/lib/galera/libgalera_smm.so")};
    for (const QString &path : paths) {
        if (QFileInfo::exists(path))
            return path;
    }
    return {};
}

std::unique_ptr<ServerCluster> ServerCluster::start(const QString &id, Kind kind, int count)
{
    std::unique_ptr<ServerCluster> cluster(new ServerCluster(id, kind));
    if (kind == Kind::Galera && galeraLibrary().isEmpty()) {
        cluster->fail(QStringLiteral("There is no libgalera_smm.so: run tests/support/galera/fetch-galera."));
        return cluster;
    }
    // Where the servers find the program by which a node gets its data.
    const QByteArray path = qgetenv("PATH");
    const QByteArray own(QASYNCMYSQL_TEST_GALERA_DIR);
    if (kind == Kind::Galera && !path.startsWith(own))
        qputenv("PATH", own + ':' + path);
    if (!cluster->startServers(count))
        return cluster;
    bool done = true;
    switch (kind) {
    case Kind::Replicas:
        done = cluster->makeReplicas();
        break;
    case Kind::Group:
        done = cluster->makeGroup();
        break;
    case Kind::Galera:
        done = cluster->waitForNodes(count) && cluster->makeAccount(0);
        break;
    }
    if (!done && cluster->m_error.isEmpty())
        cluster->fail(QStringLiteral("The servers do not replicate."));
    return cluster;
}

bool ServerCluster::fail(const QString &text)
{
    if (m_error.isEmpty())
        m_error = text;
    return false;
}

QStringList ServerCluster::arguments(int index, int count) const
{
    QStringList list{QStringLiteral("--server-id=%1").arg(index + 1)};
    const auto place = [this](int i) { return QStringLiteral("127.0.0.1:%1").arg(m_ports[i]); };
    QStringList places;
    for (int i = 0; i < count; ++i)
        places.append(place(i));
    if (m_kind == Kind::Galera) {
        list << QStringLiteral("--binlog-format=ROW") << QStringLiteral("--innodb-autoinc-lock-mode=2")
             << QStringLiteral("--wsrep-on=ON") << QStringLiteral("--wsrep-provider=") + galeraLibrary()
             << QStringLiteral("--wsrep-cluster-name=test")
             << QStringLiteral("--wsrep-cluster-address=gcomm://") + places.join(u',')
             << QStringLiteral("--wsrep-node-name=n%1").arg(index)
             << QStringLiteral("--wsrep-node-address=127.0.0.1") << QStringLiteral("--wsrep-sst-method=copy")
             << QStringLiteral(
                    "--wsrep-provider-options=gmcast.listen_addr=tcp://%1;ist.recv_addr=127.0.0.1:%2;"
                    "gcache.size=16M;evs.keepalive_period=PT0.3S;evs.inactive_check_period=PT0.3S;"
                    "evs.suspect_timeout=PT2S;evs.inactive_timeout=PT10S;evs.install_timeout=PT5S")
                    .arg(place(index))
                    .arg(m_ports[count + index]);
        if (index == 0)
            list << QStringLiteral("--wsrep-new-cluster");
        return list;
    }
    if (isMariaDb()) {
        return list << QStringLiteral("--log-bin=bin") << QStringLiteral("--binlog-format=ROW")
                    << QStringLiteral("--gtid-strict-mode=ON");
    }
    list << QStringLiteral("--gtid-mode=ON") << QStringLiteral("--enforce-gtid-consistency=ON");
    if (m_kind == Kind::Group) {
        list << QStringLiteral("--report-host=127.0.0.1")
             << QStringLiteral("--plugin-load-add=group_replication.so")
             << QStringLiteral("--loose-group-replication-group-name=") + GroupName
             << QStringLiteral("--loose-group-replication-start-on-boot=OFF")
             << QStringLiteral("--loose-group-replication-local-address=") + place(index)
             << QStringLiteral("--loose-group-replication-group-seeds=") + places.join(u',')
             << QStringLiteral("--loose-group-replication-ip-allowlist=127.0.0.0/8")
             << QStringLiteral("--loose-group-replication-recovery-get-public-key=ON")
             << QStringLiteral("--loose-group-replication-member-expel-timeout=0")
             << QStringLiteral("--loose-group-replication-unreachable-majority-timeout=5")
             << QStringLiteral("--loose-group-replication-message-cache-size=134217728");
    }
    return list;
}

bool ServerCluster::startServers(int count)
{
    m_ports = freePorts(count * 2);
    for (int i = 0; i < count; ++i) {
        m_servers.push_back(ServerMatrix::startPrivate(m_id, arguments(i, count)));
        if (!m_servers.back()->isRunning())
            return fail(m_servers.back()->errorString());
        m_admins.push_back(std::make_unique<Connection>());
    }
    return true;
}

ConnectOptions ServerCluster::adminOptions(int index) const
{
    const TestServer &server = *m_servers[size_t(index)];
    ConnectOptions options;
    options.setHost(server.host()).setPort(server.port()).setUser(server.user());
    options.setPassword(server.password()).setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true);
    return options;
}

ConnectOptions ServerCluster::options() const
{
    ConnectOptions options = adminOptions(0);
    options.setUser(QStringLiteral("app"))
        .setPassword(QStringLiteral("app"))
        .setDatabase(QStringLiteral("app"));
    QStringList others;
    for (size_t i = 1; i < m_servers.size(); ++i)
        others.append(QStringLiteral("%1:%2").arg(m_servers[i]->host()).arg(m_servers[i]->port()));
    return options.setAlternativeHosts(others);
}

Result<ResultSet> ServerCluster::run(int index, const QString &sql)
{
    Connection &admin = *m_admins[size_t(index)];
    if (!admin.isOpen()) {
        const Result<void> opened = await(admin.open(adminOptions(index)));
        if (!opened)
            return opened.error();
    }
    return await(admin.query(sql), 60'000);
}

bool ServerCluster::runAll(int index, const QStringList &statements)
{
    for (const QString &sql : statements) {
        const Result<ResultSet> result = run(index, sql);
        if (!result)
            return fail(QStringLiteral("Server %1: %2: %3").arg(index).arg(sql, result.error().toString()));
    }
    return true;
}

QString ServerCluster::value(int index, const QString &sql)
{
    const Result<ResultSet> result = run(index, sql);
    if (!result || result->isEmpty())
        return {};
    const Row row = result->at(0);
    const int last = row.columnCount() - 1;
    return row.isNull(last) ? QString() : row.get<QString>(last);
}

bool ServerCluster::makeAccount(int index)
{
    // It must be stopped by read_only, so it has none of the rights of an administrator.
    return runAll(
               index,
               {QStringLiteral("CREATE DATABASE app"),
                QStringLiteral("CREATE USER app@'%' IDENTIFIED BY 'app'"),
                QStringLiteral("GRANT ALL ON app.* TO app@'%'"),
                isMariaDb() ? QStringLiteral("GRANT REPLICA MONITOR ON *.* TO app@'%'")
                            : QStringLiteral("GRANT REPLICATION CLIENT ON *.* TO app@'%'"),
                QStringLiteral("CREATE TABLE app.ledger (id BIGINT PRIMARY KEY, worker INT) ENGINE=InnoDB")})
        && (isMariaDb()
            || runAll(index, {QStringLiteral("GRANT SELECT ON performance_schema.* TO app@'%'")}));
}

bool ServerCluster::follow(int index, int source)
{
    const TestServer &from = server(source);
    if (isMariaDb()) {
        return runAll(
            index,
            {QStringLiteral("CHANGE MASTER TO MASTER_HOST='127.0.0.1', MASTER_PORT=%1, MASTER_USER='%2', "
                            "MASTER_PASSWORD='%3', MASTER_USE_GTID=slave_pos, MASTER_CONNECT_RETRY=1")
                 .arg(from.port())
                 .arg(from.user(), from.password()),
             QStringLiteral("START SLAVE"), QStringLiteral("SET GLOBAL read_only = ON")});
    }
    return runAll(index,
                  {QStringLiteral("CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT=%1, "
                                  "SOURCE_USER='%2', SOURCE_PASSWORD='%3', SOURCE_AUTO_POSITION=1, "
                                  "GET_SOURCE_PUBLIC_KEY=1, SOURCE_CONNECT_RETRY=1")
                       .arg(from.port())
                       .arg(from.user(), from.password()),
                   QStringLiteral("START REPLICA"), QStringLiteral("SET GLOBAL super_read_only = ON")});
}

bool ServerCluster::makeReplicas()
{
    for (int i = 0; i < size(); ++i) {
        const QStringList fresh = isMariaDb()
            ? QStringList{QStringLiteral("RESET MASTER"), QStringLiteral("SET GLOBAL gtid_slave_pos = ''")}
            : QStringList{QStringLiteral("RESET BINARY LOGS AND GTIDS")};
        if (!runAll(i, fresh) || (i > 0 && !follow(i, 0)))
            return false;
    }
    if (!makeAccount(0))
        return false;
    for (int i = 1; i < size(); ++i) {
        if (!waitForReplica(i, 0))
            return fail(QStringLiteral("Server %1 does not follow.").arg(i));
    }
    return true;
}

bool ServerCluster::waitForReplica(int index, int source)
{
    if (isMariaDb()) {
        const QString position = value(source, QStringLiteral("SELECT @@global.gtid_current_pos"));
        return value(index, QStringLiteral("SELECT MASTER_GTID_WAIT('%1', 20)").arg(position)) == u"0";
    }
    const QString set = value(source, QStringLiteral("SELECT @@global.gtid_executed"));
    return value(index, QStringLiteral("SELECT WAIT_FOR_EXECUTED_GTID_SET('%1', 20)").arg(set)) == u"0";
}

bool ServerCluster::switchOver(int next)
{
    const QString stop = isMariaDb() ? QStringLiteral("SET GLOBAL read_only = ON")
                                     : QStringLiteral("SET GLOBAL super_read_only = ON");
    if (!runAll(m_primary, {stop}) || !waitForReplica(next, m_primary))
        return false;
    const QStringList promote = isMariaDb()
        ? QStringList{QStringLiteral("STOP SLAVE"), QStringLiteral("RESET SLAVE ALL"),
                      QStringLiteral("SET GLOBAL read_only = OFF")}
        : QStringList{QStringLiteral("STOP REPLICA"), QStringLiteral("RESET REPLICA ALL"),
                      QStringLiteral("SET GLOBAL super_read_only = OFF"),
                      QStringLiteral("SET GLOBAL read_only = OFF")};
    if (!runAll(next, promote))
        return false;
    const int before = std::exchange(m_primary, next);
    if (isMariaDb()
        && !runAll(before, {QStringLiteral("SET GLOBAL gtid_slave_pos = @@global.gtid_current_pos")}))
        return false;
    return follow(before, next);
}

bool ServerCluster::makeGroup()
{
    for (int i = 0; i < size(); ++i) {
        const TestServer &own = server(i);
        if (!runAll(i,
                    {QStringLiteral("RESET BINARY LOGS AND GTIDS"),
                     QStringLiteral(
                         "CHANGE REPLICATION SOURCE TO SOURCE_USER='%1', SOURCE_PASSWORD='%2' FOR CHANNEL "
                         "'group_replication_recovery'")
                         .arg(own.user(), own.password()),
                     QStringLiteral("SET GLOBAL super_read_only = ON"),
                     // For one that comes back after a kill: until it has joined, it takes no writes.
                     QStringLiteral("SET PERSIST_ONLY super_read_only = ON")}))
            return false;
        if (i == 0) {
            if (!runAll(0,
                        {QStringLiteral("SET GLOBAL group_replication_bootstrap_group = ON"),
                         QStringLiteral("START GROUP_REPLICATION"),
                         QStringLiteral("SET GLOBAL group_replication_bootstrap_group = OFF")})
                || !makeAccount(0))
                return false;
        } else if (!runAll(i, {QStringLiteral("START GROUP_REPLICATION")})) {
            return false;
        }
    }
    const QString online = QStringLiteral(
        "SELECT COUNT(*) FROM performance_schema.replication_group_members WHERE MEMBER_STATE = 'ONLINE'");
    const bool all = QTest::qWaitFor([&] { return value(0, online).toInt() == size(); }, 60'000);
    return all || fail(QStringLiteral("Only %1 members are online.").arg(value(0, online)));
}

bool ServerCluster::waitForNodes(int count)
{
    const QString size = QStringLiteral("SHOW GLOBAL STATUS LIKE 'wsrep_cluster_size'");
    const QString ready = QStringLiteral("SHOW GLOBAL STATUS LIKE 'wsrep_ready'");
    for (int i = 0; i < count; ++i) {
        const bool joined = QTest::qWaitFor(
            [&] { return value(i, size).toInt() == count && value(i, ready) == u"ON"; }, 60'000);
        if (!joined) {
            return fail(QStringLiteral("Node %1 sees %2 nodes. Its log ends so:\n%3")
                            .arg(i)
                            .arg(value(i, size), server(i).logText().right(3'000)));
        }
    }
    return true;
}

int ServerCluster::primary()
{
    for (int i = 0; i < size(); ++i) {
        if (!server(i).isRunning())
            continue;
        if (value(i, QStringLiteral("SELECT @@global.read_only")) == u"0")
            return i;
    }
    return -1;
}
