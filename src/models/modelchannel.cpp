// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/modelchannel.h"

#include <QtCore/QTimer>
#include <QtCore/QTimerEvent>

namespace QAsyncMySql::Internal {

void ModelChannel::setPool(Pool *pool)
{
    if (m_pool == pool && !m_connection)
        return;
    cancel();
    m_lease = Lease();
    m_pool = pool;
    m_connection = nullptr;
}

void ModelChannel::setConnection(Connection *connection)
{
    cancel();
    m_lease = Lease();
    m_connection = connection;
    m_pool = nullptr;
}

void ModelChannel::run(const QString &sql, const Parameters &parameters, ResultCallback callback)
{
    m_waiting.push_back({sql, parameters, std::move(callback)});
    next();
}

void ModelChannel::cancel()
{
    m_waiting.clear();
    m_context.reset(); // which stops the statement
    m_running = false;
    m_acquiring.reset();
    release();
}

void ModelChannel::release()
{
    m_held = false;
    if (isIdle())
        m_lingerTimer.start(LingerTime, this);
}

void ModelChannel::setHeld(bool held)
{
    m_held = held;
    if (!held)
        release();
}

void ModelChannel::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_lingerTimer.timerId())
        return;
    m_lingerTimer.stop();
    if (isIdle() && !m_held)
        m_lease = Lease();
}

void ModelChannel::next()
{
    if (m_running || m_waiting.empty() || m_acquiring)
        return;
    m_lingerTimer.stop();
    if (m_connection) {
        start(m_connection);
    } else if (m_lease.isValid() && m_lease->isOpen()) {
        start(m_lease.connection());
    } else if (m_held && m_lease.isValid()) {
        // What went before is undone with its connection: nothing may follow on another.
        m_lease = Lease();
        failAll(Error(Error::Kind::Connection, QStringLiteral("The connection was lost in a transaction."),
                      Error::Outcome::NotSent, Error::Phase::Queue));
    } else if (m_pool) {
        m_lease = Lease();
        acquire();
    } else {
        failAll(Error(Error::Kind::Usage,
                      QStringLiteral("The model has nothing to run its statements on: call setPool() or "
                                     "setConnection() with one that lives as long as the model is used."),
                      Error::Outcome::NotSent, Error::Phase::None));
    }
}

void ModelChannel::start(Connection *connection)
{
    Statement statement = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_running = true;
    m_context = std::make_unique<QObject>();
    connection->run(
        m_context.get(),
        [this, callback = std::move(statement.callback)](const Result<ResultSet> &result) {
            // The callback may cancel, or destroy this object.
            const QPointer<ModelChannel> self(this);
            const ResultCallback answer = callback;
            const Result<ResultSet> answerResult = result;
            m_running = false;
            // Not destroyed here, inside of a call on its behalf.
            m_context.release()->deleteLater();
            answer(answerResult);
            if (!self)
                return;
            next();
            if (isIdle() && !m_held)
                m_lingerTimer.start(LingerTime, this);
        },
        StatementProtocol::Text, statement.sql, statement.parameters);
}

void ModelChannel::acquire()
{
    m_acquiring = std::make_unique<QFutureWatcher<Result<Lease>>>();
    connect(m_acquiring.get(), &QFutureWatcherBase::finished, this, [this] {
        QFutureWatcher<Result<Lease>> *watcher = m_acquiring.release();
        watcher->deleteLater();
        const QFuture<Result<Lease>> future = watcher->future();
        if (future.resultCount() > 0)
            acquired(future.resultAt(0));
        else
            acquired(Error(Error::Kind::Cancelled, QStringLiteral("The pool is gone."),
                           Error::Outcome::NotSent, Error::Phase::Acquire));
        watcher->setFuture(QFuture<Result<Lease>>()); // or it would keep the lease until it is deleted
    });
    m_acquiring->setFuture(m_pool->acquire());
}

void ModelChannel::acquired(const Result<Lease> &lease)
{
    if (!lease) {
        failAll(lease.error());
        return;
    }
    m_lease = *lease;
    if (m_waiting.empty())
        m_lingerTimer.start(LingerTime, this);
    next();
}

void ModelChannel::failAll(const Error &error)
{
    std::deque<Statement> waiting;
    waiting.swap(m_waiting);
    for (Statement &statement : waiting) {
        QTimer::singleShot(0, this, [callback = std::move(statement.callback), sql = statement.sql, error] {
            callback(error.withStatement(sql));
        });
    }
}

} // namespace QAsyncMySql::Internal
