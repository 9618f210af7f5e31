// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/pool.h>

#include <QtCore/QBasicTimer>
#include <QtCore/QFutureWatcher>
#include <QtCore/QPointer>

#include <deque>

namespace QAsyncMySql::Internal {

/*!
    A model's way to the server: its statements one after the other, on one connection of a pool that is
   borrowed while there is something to do and given back soon after.

    Everything is answered from the event loop. Nothing is answered after the channel was destroyed.
*/
class ModelChannel : public QObject
{
public:
    //! For how long a connection is kept in case more follows, in milliseconds.
    static constexpr int LingerTime = 500;

    void setPool(Pool *pool);
    void setConnection(Connection *connection);
    Pool *pool() const { return m_pool; }
    bool hasPlace() const { return m_pool || m_connection; }

    //! Runs \a sql in the text protocol and calls \a callback with its result.
    void run(const QString &sql, const Parameters &parameters, ResultCallback callback);
    //! Forgets what waits and stops what runs, on the server too; their callbacks are not called.
    void cancel();
    //! Gives the connection back as soon as nothing runs.
    void release();
    //! While held, the connection is kept, for a transaction.
    void setHeld(bool held);
    bool isIdle() const noexcept { return !m_running && m_waiting.empty(); }
    bool hasLease() const noexcept { return m_lease.isValid(); }
    //! The connection that statements run on, if there is one at the moment.
    Connection *connection() const { return m_connection ? m_connection.data() : m_lease.connection(); }

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    struct Statement
    {
        QString sql;
        Parameters parameters;
        ResultCallback callback;
    };
    void next();
    void start(Connection *connection);
    void acquire();
    void acquired(const Result<Lease> &lease);
    void failAll(const Error &error);

    QPointer<Pool> m_pool;
    QPointer<Connection> m_connection;
    Lease m_lease;
    std::unique_ptr<QFutureWatcher<Result<Lease>>> m_acquiring;
    std::unique_ptr<QObject> m_context; // of the statement that runs
    std::deque<Statement> m_waiting;
    QBasicTimer m_lingerTimer;
    bool m_running = false;
    bool m_held = false;
};

} // namespace QAsyncMySql::Internal
