// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/poolserverinfo.h>
#include <QAsyncMySql/resultset.h>

#include <chrono>

namespace QAsyncMySql::Internal {

/*!
    How a server is asked what it is, and what its answers mean. Servers do not announce their role; it
   follows from what they let one do.

    \list
    \li Whoever is not read_only takes writes. (MySQL's group replication and every tool for failover keep to
        that: MySQL manual, "Server System Variables", super_read_only.)
    \li A member of a group is of use only while it is ONLINE (MySQL manual, "replication_group_members").
    \li A node of Galera is of use only while wsrep_ready is ON (MariaDB manual, "Galera Cluster Status
        Variables"); else it answers error 1047.
    \endlist
*/
class ServerRole
{
public:
    using Role = PoolServerInfo::Role;

    //! What to ask. \a groups: also about group replication, for which an account may lack the right.
    static QString question(bool mariaDb, bool groups);
    //! What to ask about the delay of a replica; needs the right REPLICATION CLIENT (REPLICA MONITOR).
    static QString lagQuestion(bool mariaDb, int version);

    //! What tells how far a primary is: its GTIDs.
    static QString positionQuestion(bool mariaDb);
    //! What waits until a replica has \a position, for up to \a timeout, and gives 0 if it has.
    static QString waitQuestion(bool mariaDb, const QString &position, std::chrono::milliseconds timeout);
    //! What waits until a node of Galera has what the cluster has committed.
    static QString clusterQuestion();

    ServerRole() { }
    //! From the answer to question().
    explicit ServerRole(const ResultSet &answer);
    //! A server that is of no use, because of \a error.
    static ServerRole unavailable(const Error &error);
    //! The delay in the answer to lagQuestion() in ms; -1 where it is not a replica, or does not know.
    static qint64 lag(const ResultSet &answer);

    Role role = Role::Unknown;
    QString reason; // why it is Unavailable
    bool isNode = false; // of Galera
};

//! \a error may say that a server has stopped being the primary, or of use.
bool castsDoubt(const Error &error);

} // namespace QAsyncMySql::Internal
