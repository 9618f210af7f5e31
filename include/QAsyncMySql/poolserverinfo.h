// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/error.h>

#include <QtCore/QObject>
#include <QtCore/QString>

namespace QAsyncMySql {

/*!
    One of the servers of a Pool, as it was when Pool::servers() was called.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT PoolServerInfo
{
    Q_GADGET
    Q_PROPERTY(QString host MEMBER host FINAL)
    Q_PROPERTY(int port MEMBER port FINAL)
    Q_PROPERTY(Role role MEMBER role FINAL)
    Q_PROPERTY(qint64 lagMs MEMBER lagMs FINAL)
    Q_PROPERTY(QString reason MEMBER reason FINAL)
    Q_PROPERTY(int connections MEMBER connections FINAL)

public:
    //! What a server says that it is.
    enum class Role : int
    {
        Unknown, //!< it has not been asked yet
        Primary, //!< it takes writes
        Replica, //!< it can be read from, and refuses to be written to
        Unavailable, //!< it cannot be reached, or serves nobody (a Galera node that is not ready, …): see
                     //!< reason
    };
    Q_ENUM(Role)

    PoolServerInfo() noexcept { }

    QString host;
    int port = 0;
    Role role = Role::Unknown;
    qint64 lagMs = -1; //!< how far a replica is behind, in ms and to the second; -1 where that is not known
    QString reason; //!< why it is Unavailable, in words
    int connections = 0; //!< of the pool
};

} // namespace QAsyncMySql

Q_DECLARE_METATYPE(QAsyncMySql::PoolServerInfo)
