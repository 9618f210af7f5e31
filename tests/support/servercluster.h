// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>

#include <memory>
#include <vector>

/*
    Several servers that replicate, each a TestServer of its own on this machine: for tests of what a program
   sees when one of them goes. A cluster takes some seconds to start, and 0.1 to 0.5 GB of memory for each
   server.
*/
class ServerCluster
{
public:
    enum class Kind
    {
        Replicas, //!< a primary (server 0) and replicas, with GTIDs
        Group, //!< MySQL Group Replication with one primary
        Galera, //!< of MariaDB; needs libgalera_smm.so, see galeraLibrary()
    };

    //! Check error() afterwards.
    static std::unique_ptr<ServerCluster> start(const QString &id, Kind kind, int count);
    //! The library that makes a cluster of MariaDB servers: an installed one, or what galera/fetch-galera has
    //! fetched.
    static QString galeraLibrary();

    QString error() const { return m_error; }
    int size() const { return int(m_servers.size()); }
    QAsyncMySql::TestServer &server(int index) { return *m_servers[size_t(index)]; }
    //! For an ordinary account, "app", in the schema "app": over plain TCP, with all servers.
    QAsyncMySql::ConnectOptions options() const;
    //! For the account that may do everything, on one server.
    QAsyncMySql::ConnectOptions adminOptions(int index) const;

    //! Runs \a sql on server \a index as that account; what fails is in the result.
    QAsyncMySql::Result<QAsyncMySql::ResultSet> run(int index, const QString &sql);
    //! The same for several, until one fails.
    bool runAll(int index, const QStringList &statements);
    //! The only value of the answer as text, or an empty one.
    QString value(int index, const QString &sql);
    //! The server that takes writes, or -1.
    int primary();
    /*! Replicas: makes server \a next the primary, as an administrator would: the one before takes no more
       writes, and all that it has is waited for. */
    bool switchOver(int next);
    //! Waits until server \a index has all that server \a source has committed.
    bool waitForReplica(int index, int source);

private:
    ServerCluster(const QString &id, Kind kind)
        : m_id(id)
        , m_kind(kind)
    {
    }
    bool isMariaDb() const { return m_id.startsWith(QLatin1String("mariadb")); }
    bool startServers(int count);
    QStringList arguments(int index, int count) const;
    bool makeReplicas();
    bool follow(int index, int source);
    bool makeGroup();
    bool waitForNodes(int count);
    bool makeAccount(int index);
    bool fail(const QString &text);

    std::vector<std::unique_ptr<QAsyncMySql::TestServer>> m_servers;
    std::vector<std::unique_ptr<QAsyncMySql::Connection>> m_admins;
    QList<quint16> m_ports; // of the servers among themselves
    QString m_id;
    QString m_error;
    Kind m_kind;
    int m_primary = 0; // of Replicas
};
