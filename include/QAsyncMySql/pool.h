// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/connection.h>
#include <QAsyncMySql/lease.h>

#include <QtCore/QObject>

#include <chrono>
#include <memory>

namespace QAsyncMySql {

namespace Internal {
class PoolCore;
}

/*!
    A set of connections to one server, opened when they are needed and lent out one at a time.

    acquire() gives a Lease; the connection comes back when the lease is dropped, is reset, and goes
    to whoever waits longest. The shortcuts query(), execute() and stream() borrow one for a single
    statement. Use it in its thread.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Pool : public QObject
{
    Q_OBJECT
    Q_PROPERTY(int minimumSize READ minimumSize WRITE setMinimumSize NOTIFY limitsChanged FINAL)
    Q_PROPERTY(int maximumSize READ maximumSize WRITE setMaximumSize NOTIFY limitsChanged FINAL)
    Q_PROPERTY(int size READ size NOTIFY countsChanged FINAL)
    Q_PROPERTY(int idleCount READ idleCount NOTIFY countsChanged FINAL)
    Q_PROPERTY(int leasedCount READ leasedCount NOTIFY countsChanged FINAL)
    Q_PROPERTY(int waitingCount READ waitingCount NOTIFY countsChanged FINAL)
    Q_PROPERTY(bool closed READ isClosed NOTIFY closed FINAL)

public:
    explicit Pool(QObject *parent = nullptr);
    explicit Pool(const ConnectOptions &options, QObject *parent = nullptr);
    ~Pool() override;

    ConnectOptions options() const;
    //! For connections opened from now on; those there are leave as they come back.
    void setOptions(const ConnectOptions &options);

    //! Connections kept open even when idle; 0 by default.
    int minimumSize() const noexcept;
    void setMinimumSize(int count);
    //! The most connections at once; 10 by default, at least 1.
    int maximumSize() const noexcept;
    void setMaximumSize(int count);
    //! How long acquire() waits before it fails; 30 s by default, 0 waits for ever.
    std::chrono::milliseconds acquireTimeout() const noexcept;
    void setAcquireTimeout(std::chrono::milliseconds timeout);
    //! Idle connections above the minimum are closed after this; 10 min by default, 0 never.
    std::chrono::milliseconds idleTimeout() const noexcept;
    void setIdleTimeout(std::chrono::milliseconds timeout);

    /*! Lends a connection: an idle one, a new one, or the first to come back. Fails with an Error of
        kind Pool that names the cause (the last connect error, the counts) when the timeout passes. */
    Reply<Lease> acquire();

    template <class... Args> Reply<ResultSet> query(QAnyStringView sql, Args &&...args)
    {
        return run(StatementProtocol::Text, sql, Internal::makeParameters(std::forward<Args>(args)...));
    }
    template <class F, class... Args>
    requires std::invocable < F, const Result<ResultSet>
    & > void query(QObject *context, F &&callback, QAnyStringView sql, Args &&...args)
    {
        run(context, ResultCallback(std::forward<F>(callback)), StatementProtocol::Text, sql,
            Internal::makeParameters(std::forward<Args>(args)...));
    }
    template <class... Args> Reply<ResultSet> execute(QAnyStringView sql, Args &&...args)
    {
        return run(StatementProtocol::Prepared, sql, Internal::makeParameters(std::forward<Args>(args)...));
    }
    template <class F, class... Args>
    requires std::invocable < F, const Result<ResultSet>
    & > void execute(QObject *context, F &&callback, QAnyStringView sql, Args &&...args)
    {
        run(context, ResultCallback(std::forward<F>(callback)), StatementProtocol::Prepared, sql,
            Internal::makeParameters(std::forward<Args>(args)...));
    }
    //! A cursor on a connection of its own, which goes back to the pool when the cursor has ended.
    template <class... Args> std::unique_ptr<Cursor> stream(QAnyStringView sql, Args &&...args)
    {
        return openCursor(StatementProtocol::Text, sql,
                          Internal::makeParameters(std::forward<Args>(args)...));
    }

    Reply<ResultSet> run(StatementProtocol protocol, QAnyStringView sql, const Parameters &parameters);
    void run(QObject *context, ResultCallback callback, StatementProtocol protocol, QAnyStringView sql,
             const Parameters &parameters);
    std::unique_ptr<Cursor> openCursor(StatementProtocol protocol, QAnyStringView sql,
                                       const Parameters &parameters);

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

Q_SIGNALS:
    void limitsChanged();
    void countsChanged();
    void connectionOpened();
    void connectionFailed(const QAsyncMySql::Error &error);
    void closed();

private:
    std::shared_ptr<Internal::PoolCore> m_core;
};

} // namespace QAsyncMySql
