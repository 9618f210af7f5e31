// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/runtransaction.h>

#include "client/demotion.h"

#include <QtCore/QRandomGenerator>
#include <QtCore/QTimer>

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

//! Errors after which the same transaction may succeed: the server has undone what it did.
bool isConflict(const Error &error)
{
    switch (error.code()) {
    case 1020: // ER_CHECKREAD: MariaDB's check of a snapshot
    case 1205: // ER_LOCK_WAIT_TIMEOUT
    case 1213: // ER_LOCK_DEADLOCK
        return true;
    default:
        return false;
    }
}

std::chrono::milliseconds delayBefore(int attempt, const RetryPolicy &policy)
{
    std::chrono::milliseconds delay = policy.firstDelay();
    for (int i = 2; i < attempt && delay < policy.longestDelay(); ++i)
        delay *= 2;
    delay = std::min(delay, policy.longestDelay());
    const qint64 half = delay.count() / 2;
    return delay - std::chrono::milliseconds(half > 0 ? QRandomGenerator::global()->bounded(half) : 0);
}

} // namespace

TransactionRun::TransactionRun() = default;

TransactionRun::~TransactionRun() = default;

void TransactionRun::start()
{
    if (isCancelled()) {
        finish(Error(Error::Kind::Cancelled, QStringLiteral("The transaction was cancelled."),
                     Error::Outcome::NotExecuted));
        return;
    }
    ++m_attempt;
    const Reply<Transaction> reply = begin();
    whenFinished<Transaction>(
        reply, [self = shared_from_this(), reply](const Error &) { self->begun(reply.result()); });
}

void TransactionRun::begun(const Result<Transaction> &begun)
{
    if (!begun) {
        // A pool has waited long enough already; a connection does not come back by itself.
        failed(begun.error(), false);
        return;
    }
    m_transaction = *begun;
    body(m_transaction, [self = shared_from_this()](const Error &error) { self->bodyDone(error); });
}

void TransactionRun::bodyDone(const Error &error)
{
    const Error ended = m_transaction.state() == Transaction::State::Failed
            || m_transaction.state() == Transaction::State::Lost
        ? m_transaction.endError()
        : Error();
    // What ended the transaction says more than what the function made of it; and it may have made light of
    // it.
    const bool endedByServer = isConflict(ended) || isForAnother(ended) || ended.isConnectionLost();
    const Error cause = endedByServer ? ended : error ? error : ended;
    const bool cancelled = !cause && isCancelled();
    if (!cause && !cancelled) {
        const Reply<void> commit = m_transaction.commit();
        whenFinished<void>(commit,
                           [self = shared_from_this()](const Error &failure) { self->committed(failure); });
        return;
    }
    const Error told = cancelled
        ? Error(Error::Kind::Cancelled, QStringLiteral("The transaction was cancelled."),
                Error::Outcome::NotExecuted)
        : cause;
    const bool mayRepeat
        = isConflict(cause) || isForAnother(cause) || (cause.isConnectionLost() && !cancelled);
    const Reply<void> rollback = m_transaction.rollback();
    whenFinished<void>(rollback, [self = shared_from_this(), told, mayRepeat](const Error &) {
        self->failed(told, mayRepeat);
    });
}

//! The next primary may take what this server refuses.
bool TransactionRun::isForAnother(const Error &error) const
{
    return hasSeveralServers && mayBeDemotion(error);
}

void TransactionRun::committed(const Error &error)
{
    const bool known
        = error.outcome() == Error::Outcome::NotSent || error.outcome() == Error::Outcome::NotExecuted;
    if (error)
        failed(error, known && (isConflict(error) || isForAnother(error) || error.isConnectionLost()));
    else
        finish({});
}

void TransactionRun::failed(const Error &error, bool mayRepeat)
{
    m_transaction = Transaction();
    if (!mayRepeat || m_attempt >= policy.maximumAttempts() || isCancelled()) {
        finish(error);
        return;
    }
    QTimer::singleShot(delayBefore(m_attempt + 1, policy), Qt::PreciseTimer,
                       [self = shared_from_this()] { self->start(); });
}

void TransactionRun::finish(const Error &error)
{
    // What they hold may hold this.
    begin = nullptr;
    body = nullptr;
    isCancelled = nullptr;
    m_transaction = Transaction();
    std::exchange(done, nullptr)(error);
}

} // namespace QAsyncMySql::Internal
