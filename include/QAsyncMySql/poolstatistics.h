// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QObject>

namespace QAsyncMySql {

/*!
    What a Pool has done since it was made: counters that only grow. See Pool::statistics().

    \since 1.0
*/
class QASYNCMYSQL_EXPORT PoolStatistics
{
    Q_GADGET
    Q_PROPERTY(qint64 connectionsOpened MEMBER connectionsOpened FINAL)
    Q_PROPERTY(qint64 connectionsClosed MEMBER connectionsClosed FINAL)
    Q_PROPERTY(qint64 connectFailures MEMBER connectFailures FINAL)
    Q_PROPERTY(qint64 evictions MEMBER evictions FINAL)
    Q_PROPERTY(qint64 loans MEMBER loans FINAL)
    Q_PROPERTY(qint64 acquireTimeouts MEMBER acquireTimeouts FINAL)
    Q_PROPERTY(qint64 suspectedLeaks MEMBER suspectedLeaks FINAL)
    Q_PROPERTY(qint64 resets MEMBER resets FINAL)
    Q_PROPERTY(qint64 validations MEMBER validations FINAL)
    Q_PROPERTY(qint64 waitedMs MEMBER waitedMs FINAL)
    Q_PROPERTY(qint64 longestWaitMs MEMBER longestWaitMs FINAL)
    Q_PROPERTY(int mostLeased MEMBER mostLeased FINAL)

public:
    PoolStatistics() noexcept { }

    qint64 connectionsOpened = 0;
    qint64 connectionsClosed = 0; //!< of those opened, for whatever reason
    qint64 connectFailures = 0;
    qint64 evictions = 0; //!< connections found dead while nobody had them
    qint64 loans = 0; //!< leases given, those of single statements too
    qint64 acquireTimeouts = 0;
    qint64 suspectedLeaks = 0; //!< leases held for longer than Pool::leakTimeout()
    qint64 resets = 0; //!< sessions made clean between two borrowers
    qint64 validations = 0; //!< pings of connections that had been idle for long
    qint64 waitedMs = 0; //!< all waits for a lease together, in ms
    qint64 longestWaitMs = 0;
    int mostLeased = 0; //!< the most leases at one time
};

} // namespace QAsyncMySql
