// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/completion.h"
#include "client/eventport.h"
#include "pool/borrower.h"
#include "pool/leasedata.h"
#include "pool/poolsettings.h"
#include "pool/servertopology.h"

#include <QAsyncMySql/lease.h>
#include <QAsyncMySql/pool.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QElapsedTimer>
#include <QtCore/QPointer>

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace QAsyncMySql::Internal {

class ConnectionCore;
class ControlConnections;

/*!
    A pool without its public face: who has which connection, and who waits.

    Connections are opened only for those who wait (and up to the minimum), and each that comes back
    is reset before it is lent again. Every change that may free a connection or end a wait goes on
    to serve() and fill().

    It lives in the thread of its Pool, the home thread, as its connections do. What is marked so may
    be called from any other thread too, and is then done at home.
*/
class PoolCore final : public EventPort::Owner, public std::enable_shared_from_this<PoolCore>
{
public:
    static std::shared_ptr<PoolCore> create(Pool *face, const ConnectOptions &options);
    ~PoolCore();

    // From any thread.
    void acquire(std::unique_ptr<Completion<Lease>> completion, Borrower borrower,
                 ServerAccess access = ServerAccess::ReadWrite);
    void giveBack(quint64 entry, SessionLeft left);
    void close(std::chrono::milliseconds deadline, std::unique_ptr<Completion<void>> completion);
    void abort(const QString &why);
    PoolSettings settings() const;
    void changeSettings(const std::function<void(PoolSettings &)> &change);
    PoolStatistics statistics() const;
    Error lastConnectError() const;
    int size() const noexcept { return m_counts.size; }
    int idleCount() const noexcept { return m_counts.idle; }
    int leasedCount() const noexcept { return m_counts.leased; }
    int openCount() const noexcept { return m_counts.open; }
    int waitingCount() const noexcept { return m_counts.waiting; }
    bool isClosed() const noexcept { return m_closing; }
    bool isAtHome() const { return m_port->thread() == QThread::currentThread(); }
    //! How a reply reaches the home thread; empty for calls from there.
    ReplyControl::Post post() const;

    // At home.
    void shutDown();
    //! std::exit() was called: has the server end what runs. Tells nobody, as much of the program is gone.
    void programExits();
    //! The face is about to be moved to another thread, which connections cannot be.
    void leaveThread();
    QList<PoolConnectionInfo> connections() const;
    QList<PoolServerInfo> servers() const;
    const std::shared_ptr<EventPort> &port() const noexcept { return m_port; }

private:
    using EntryState = PoolConnectionInfo::State;

    struct Entry
    {
        std::unique_ptr<Connection> connection;
        quint64 id = 0;
        quint64 generation = 0; // of the options it was opened with
        qint64 loans = 0;
        qsizetype server = ServerTopology::None;
        quint64 serverEpoch = 0; // of that, when it was opened
        Borrower borrower;
        QByteArray roleStatement; // brings back the role that the session began with; may be empty
        QElapsedTimer stateSince;
        QElapsedTimer openedAt;
        QDeadlineTimer expiry = QDeadlineTimer(QDeadlineTimer::Forever);
        EntryState state = EntryState::Opening;
        bool wasOpen = false;
        bool leakReported = false;

        void setState(EntryState newState)
        {
            state = newState;
            stateSince.start();
        }
    };
    struct Waiter
    {
        std::unique_ptr<Completion<Lease>> completion;
        Borrower borrower;
        QDeadlineTimer deadline = QDeadlineTimer(QDeadlineTimer::Forever);
        QElapsedTimer since;
        quint64 serial = 0;
        ServerAccess access = ServerAccess::ReadWrite;
    };
    struct Counts
    {
        std::atomic<int> size = 0;
        std::atomic<int> idle = 0;
        std::atomic<int> leased = 0;
        std::atomic<int> open = 0;
        std::atomic<int> waiting = 0;
    };

    PoolCore(Pool *face, const ConnectOptions &options);
    const std::shared_ptr<ConnectionCore> &core(const Entry &entry) const;
    Entry *find(quint64 id);
    template <class Changer> void count(Changer change)
    {
        const std::lock_guard lock(m_mutex);
        change(m_statistics);
    }
    void applySettings();
    void noteError(const Error &error);

    // Those who wait: poolcore.cpp
    void enqueue(Waiter waiter);
    void cancelWaiter(quint64 serial);
    void tell(std::unique_ptr<Completion<Lease>> completion, const Result<Lease> &result);
    void serve();
    bool serveNext();
    Entry *bestFor(ServerAccess access) const;
    void lend(Entry &entry, Waiter waiter);
    void runAcquireHook(quint64 id, Waiter waiter);
    void hand(quint64 id, Waiter waiter);
    void failWaiters(const Error &error);
    Error timeoutError(const Waiter &waiter) const;

    // Opening: poolopening.cpp
    void fill();
    void fillFor(ServerAccess access);
    bool makeRoom(ServerAccess access);
    void makeRoomForFirst();
    bool openOne(ServerAccess access);
    void opened(quint64 id, const Result<void> &result);
    void askForRole(Entry &entry);
    void initialize(quint64 id);
    void initialized(quint64 id);
    void connectFailed(quint64 id, const Error &error);
    void retryLater(bool permanent);
    QDeadlineTimer lifetime() const;

    // Coming back, and leaving: poolreturn.cpp
    void takeBack(Entry &entry, SessionLeft left);
    bool canStay(const Entry &entry) const;
    void clean(quint64 id, SessionLeft left);
    void reset(quint64 id);
    void makeIdle(Entry &entry);
    void validate(Entry &entry);
    void evict(quint64 id);
    void retire(quint64 id);
    void lost(quint64 id);

    // Several servers: poolservers.cpp
    bool isCurrent(const Entry &entry) const;
    void doubtServer(const Entry &entry);
    void statementFailed(quint64 id, const Error &error);
    void serversChanged();
    bool mustCatchUp(const Entry &entry, const Waiter &waiter) const;
    void catchUp(quint64 id, Waiter waiter);
    void caughtUp(quint64 id, Waiter waiter, bool whole);

    // What time brings, and the end: poolupkeep.cpp
    void checkClosed();
    void countsChanged();
    void armDeadline();
    void onWork() override;
    void onTick() override;
    void onDeadline() override;
    void onThreadEnd() override;
    void endAll(const QString &why);
    void endSessions();
    void tick();
    void lookForLeaks();

    QPointer<Pool> m_face;
    std::shared_ptr<EventPort> m_port;
    PoolSettings m_settings; // of the home thread
    std::vector<std::unique_ptr<Entry>> m_entries;
    std::deque<Waiter> m_waiters;
    std::vector<std::unique_ptr<Connection>> m_discarded; // to be deleted outside of their own signals
    std::vector<std::unique_ptr<Completion<void>>> m_closeCompletions;
    std::unique_ptr<ControlConnections> m_control;
    ServerTopology m_topology;
    qsizetype m_lastPrimary = ServerTopology::None;
    QDeadlineTimer m_closeDeadline = QDeadlineTimer(QDeadlineTimer::Forever);
    QDeadlineTimer m_notBefore; // back-off after a failed connect
    std::chrono::milliseconds m_backOff{0};
    std::chrono::milliseconds m_tick{0};
    quint64 m_lastWaiter = 0;
    quint64 m_lastEntry = 0;
    qint64 m_process = 0; // that it was made in
    std::atomic<bool> m_closing = false;
    bool m_refused = false; // the last attempt to connect failed for good
    bool m_countsPending = false;

    Counts m_counts;
    mutable std::mutex m_mutex; // of those below
    PoolSettings m_sharedSettings;
    PoolStatistics m_statistics;
    Error m_lastConnectError;
};

} // namespace QAsyncMySql::Internal
