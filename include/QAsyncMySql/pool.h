// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/callsite.h>
#include <QAsyncMySql/connection.h>
#include <QAsyncMySql/connectionhook.h>
#include <QAsyncMySql/lease.h>
#include <QAsyncMySql/poolconnectioninfo.h>
#include <QAsyncMySql/poolserverinfo.h>
#include <QAsyncMySql/poolstatistics.h>

#include <QtCore/QObject>

#include <chrono>
#include <memory>

namespace QAsyncMySql {

namespace Internal {
class PoolCore;
}

/*!
    A set of connections, opened when they are needed and lent out one at a time.

    acquire() gives a Lease; the connection comes back when the lease is dropped, is reset, and goes
    to whoever waits longest. The functions of Executor borrow one for a single statement, or for the life of
    a cursor.

    With ConnectOptions::alternativeHosts() it works on several servers: it finds out which one is the
   primary, sends to that what does not ask for a replica, and to the next primary when that changes. See
   servers().

    Its functions may be called from any thread; its connections live in the thread of the pool, where
    all signals are emitted and all hooks called. A Reply had in another thread may be awaited there if
    that has an event loop; a callback is called in the thread of its context object. The connection
    of a lease is to be used in the pool's thread only. Move a pool to another thread before it is first
    used (later it is closed by that, as by the end of its thread); destroy it in its thread.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Pool : public QObject, public Executor
{
    Q_OBJECT
    Q_PROPERTY(int minimumSize READ minimumSize WRITE setMinimumSize NOTIFY limitsChanged FINAL)
    Q_PROPERTY(int maximumSize READ maximumSize WRITE setMaximumSize NOTIFY limitsChanged FINAL)
    Q_PROPERTY(int size READ size NOTIFY countsChanged FINAL)
    Q_PROPERTY(int idleCount READ idleCount NOTIFY countsChanged FINAL)
    Q_PROPERTY(int leasedCount READ leasedCount NOTIFY countsChanged FINAL)
    Q_PROPERTY(int waitingCount READ waitingCount NOTIFY countsChanged FINAL)
    Q_PROPERTY(bool closed READ isClosed NOTIFY closed FINAL)
    Q_PROPERTY(QAsyncMySql::PoolStatistics statistics READ statistics NOTIFY countsChanged FINAL)

public:
    explicit Pool(QObject *parent = nullptr);
    explicit Pool(const ConnectOptions &options, QObject *parent = nullptr);
    ~Pool() override;

    ConnectOptions options() const;
    //! For connections opened from now on; those there are leave as they come back.
    void setOptions(const ConnectOptions &options);

    //! Closes all connections that are not the newest's kind: idle ones now, lent ones as they come back.
    void invalidate();

    //! Connections kept open even when idle; 0 by default.
    int minimumSize() const;
    void setMinimumSize(int count);
    //! The most connections at once; 10 by default, at least 1. The control connection is one more.
    int maximumSize() const;
    void setMaximumSize(int count);
    //! The most that are connecting at the same time; 4 by default, at least 1.
    int maximumOpening() const;
    void setMaximumOpening(int count);
    //! How long acquire() waits before it fails; 30 s by default, 0 waits for ever.
    std::chrono::milliseconds acquireTimeout() const;
    void setAcquireTimeout(std::chrono::milliseconds timeout);
    //! Idle connections above the minimum are closed after this; 10 min by default, 0 never.
    std::chrono::milliseconds idleTimeout() const;
    void setIdleTimeout(std::chrono::milliseconds timeout);
    /*! Connections are replaced at this age, give or take a tenth, once nobody has them; 30 min by default, 0
        never. So that changes of DNS, certificates and accounts are noticed. */
    std::chrono::milliseconds maximumLifetime() const;
    void setMaximumLifetime(std::chrono::milliseconds time);
    //! One that was idle for longer is asked by a ping before it is lent; 30 s by default, 0 never.
    std::chrono::milliseconds validateAfter() const;
    void setValidateAfter(std::chrono::milliseconds time);
    //! A lease held for longer is told of by leakSuspected() and a warning; 0, the default, never.
    std::chrono::milliseconds leakTimeout() const;
    void setLeakTimeout(std::chrono::milliseconds time);
    /*! Whether one more connection is kept while any is lent, over which statements are stopped: then
        cancelling works when the server takes no more connections, and needs no login. On by default. */
    bool reservesControlConnection() const;
    void setReservesControlConnection(bool on);

    /*! How often the servers are asked what they are, where there are several; 1 s by default. After a loss,
       or a refusal to write, they are asked at once, and while there is no primary ten times as often. */
    std::chrono::milliseconds serverCheckInterval() const;
    void setServerCheckInterval(std::chrono::milliseconds interval);
    //! A replica that is further behind than this is not read from; 0, the default, takes no notice.
    std::chrono::milliseconds replicaLagLimit() const;
    void setReplicaLagLimit(std::chrono::milliseconds limit);
    /*! How long a read from a replica may wait for what the primary has committed by then, so that it sees
       what was written before it; one that would have to wait longer, or cannot tell, is read from the
       primary. That costs a question to both servers for each loan. 0, the default, does not wait. GTIDs must
       be on. */
    std::chrono::milliseconds replicaSyncTimeout() const;
    void setReplicaSyncTimeout(std::chrono::milliseconds timeout);

    //! Run on each connection when it has been opened. An Error of it is that of a failed attempt to connect.
    void setInitializer(const ConnectionHook &hook);
    //! Run before a connection is lent. An Error closes the connection and fails who waited.
    void setAcquireHook(const ConnectionHook &hook);
    //! Run when a connection has come back, before it is reset. An Error closes it.
    void setReleaseHook(const ConnectionHook &hook);

    /*! Lends a connection: an idle one, a new one, or the first to come back. Fails with an Error of
        kind Pool that names the cause (the last connect error, the counts, who holds a connection for
        longest) when the timeout passes; at once with the server's Error where connecting fails for a reason
        that does not pass, such as a wrong password. \a where is remembered, and told in such errors. */
    Reply<Lease> acquire(const CallSite &where = CallSite::current());
    //! The same from a server of that kind.
    Reply<Lease> acquire(ServerAccess access, const CallSite &where = CallSite::current());

    //! Borrows a connection and begins a transaction on it; it goes back when that has ended. See also
    //! runTransaction().
    Reply<Transaction> begin(const TransactionOptions &options = {},
                             const CallSite &where = CallSite::current());
    //! Borrows a connection and begins a branch of a distributed transaction on it.
    Reply<XaTransaction> beginXa(const XaId &id, const CallSite &where = CallSite::current());

    //! Takes no more work, waits for the leases to come back (at most \a deadline; 0 waits for ever), closes
    //! all.
    Reply<void> close(std::chrono::milliseconds deadline = std::chrono::seconds(30));
    //! Closes all at once; whatever runs or waits finishes with an Error of kind Cancelled or Pool.
    void abort();
    bool isClosed() const noexcept;

    //! Connections, whether open, opening or lent.
    int size() const noexcept;
    int idleCount() const noexcept;
    int leasedCount() const noexcept;
    //! Connections that are open: idle, lent, or being reset between two borrowers.
    int openCount() const noexcept;
    //! Callers of acquire() that wait.
    int waitingCount() const noexcept;
    //! Why the last attempt to connect failed, or none.
    Error lastConnectError() const;
    PoolStatistics statistics() const;
    //! All connections, with who has them and what runs on them. To be called in the pool's thread.
    QList<PoolConnectionInfo> connections() const;
    //! The servers of options(), where there are several, and what they were when they were asked last. To be
    //! called in the pool's thread.
    QList<PoolServerInfo> servers() const;

Q_SIGNALS:
    void limitsChanged();
    void countsChanged();
    void connectionOpened();
    void connectionFailed(const QAsyncMySql::Error &error);
    //! A lease has been held for \a heldMs, longer than leakTimeout(), by \a borrower (a place in the source,
    //! or a statement).
    void leakSuspected(const QString &borrower, qint64 heldMs);
    void closed();
    //! A server has become something else; see servers().
    void serversChanged();

protected:
    bool event(QEvent *event) override;
    void startStatement(Internal::StatementRequest request,
                        std::unique_ptr<Internal::Completion<ResultSet>> completion) override;
    void startOperation(std::unique_ptr<Internal::Operation> operation) override;
    std::shared_ptr<Internal::CursorCore> startCursor(Internal::StatementRequest request) override;
    Internal::ReplyControl::Post replyPost() const override;

private:
    std::shared_ptr<Internal::PoolCore> m_core;
};

} // namespace QAsyncMySql
