// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/completion.h"
#include "client/eventport.h"

#include <QAsyncMySql/lease.h>
#include <QAsyncMySql/pool.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QElapsedTimer>
#include <QtCore/QPointer>

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace QAsyncMySql::Internal {

class PoolCore;

//! What a Lease holds: one borrowed connection. Gives it back when the last copy goes.
class LeaseData
{
public:
    LeaseData(std::weak_ptr<PoolCore> pool, Connection *connection)
        : m_pool(std::move(pool))
        , m_connection(connection)
    {
    }
    ~LeaseData() { release(); }
    LeaseData(const LeaseData &) = delete;
    LeaseData &operator=(const LeaseData &) = delete;

    Connection *connection() const noexcept { return m_connection; }
    void release();

private:
    std::weak_ptr<PoolCore> m_pool;
    QPointer<Connection> m_connection;
};

/*!
    A pool without its public face: who has which connection, and who waits.

    Connections are opened only for those who wait (and up to the minimum), and each that comes back
    is reset before it is lent again.
*/
class PoolCore final : public EventPort::Owner, public std::enable_shared_from_this<PoolCore>
{
public:
    static std::shared_ptr<PoolCore> create(Pool *face, const ConnectOptions &options);
    ~PoolCore();

    void acquire(std::unique_ptr<Completion<Lease>> completion);
    void giveBack(Connection *connection);
    void close(std::chrono::milliseconds deadline, std::unique_ptr<Completion<void>> completion);
    void abort(const QString &why);
    void shutDown();
    //! Opens what is missing: for those who wait, and up to the minimum.
    void fill();
    void setOptions(const ConnectOptions &options);

    int size() const noexcept { return int(m_entries.size()); }
    int idleCount() const noexcept;
    int leasedCount() const noexcept;
    int openCount() const noexcept;
    int waitingCount() const noexcept { return int(m_waiters.size()); }
    bool isClosed() const noexcept { return m_closing; }
    const std::shared_ptr<EventPort> &port();
    void cancelWaiter(quint64 serial);
    quint64 nextWaiter() const noexcept { return m_lastWaiter + 1; }

    ConnectOptions options;
    Error lastConnectError;
    std::chrono::milliseconds acquireTimeout = std::chrono::seconds(30);
    std::chrono::milliseconds idleTimeout = std::chrono::minutes(10);
    int minimumSize = 0;
    int maximumSize = 10;

private:
    enum class EntryState : quint8
    {
        Opening,
        Idle,
        Leased,
        Resetting
    };
    struct Entry
    {
        std::unique_ptr<Connection> connection;
        QElapsedTimer idleSince;
        quint64 generation = 0; // of the options it was opened with
        EntryState state = EntryState::Opening;
    };
    struct Waiter
    {
        std::unique_ptr<Completion<Lease>> completion;
        QDeadlineTimer deadline;
        quint64 serial = 0;
    };

    PoolCore(Pool *face, const ConnectOptions &connectOptions);
    void openOne();
    void opened(Connection *connection, const Result<void> &result);
    void lost(Connection *connection);
    void makeIdle(Entry &entry);
    void lend(Entry &entry, Waiter waiter);
    void serve();
    void discard(Connection *connection);
    std::vector<Entry>::iterator find(Connection *connection);
    void failWaiters(const Error &error);
    Error timeoutError() const;
    void retryLater();
    void checkClosed();
    void countsChanged();
    void armDeadline();
    void onWork() override;
    void onTick() override;
    void onDeadline() override;

    QPointer<Pool> m_face;
    std::shared_ptr<EventPort> m_port;
    std::vector<Entry> m_entries;
    std::deque<Waiter> m_waiters;
    std::vector<std::unique_ptr<Connection>> m_discarded; // to be deleted outside of their own signals
    std::vector<std::unique_ptr<Completion<void>>> m_closeCompletions;
    QDeadlineTimer m_closeDeadline = QDeadlineTimer(QDeadlineTimer::Forever);
    QDeadlineTimer m_notBefore; // back-off after a failed connect
    std::chrono::milliseconds m_backOff{0};
    quint64 m_lastWaiter = 0;
    quint64 m_generation = 0;
    bool m_closing = false;
    bool m_countsPending = false;
};

} // namespace QAsyncMySql::Internal
