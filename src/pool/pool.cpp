// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/pool.h>

#include "client/connectionaccess.h"
#include "client/transactioncore.h"
#include "client/xacore.h"
#include "pool/poolcore.h"
#include "pool/poolruns.h"

#include <QtCore/QEvent>

#include <algorithm>

namespace QAsyncMySql {

namespace {

//! Borrows a connection for a T, which a \c Core begins as \a what says, and holds it with that.
template <class T, class Core, class What>
Reply<T> beginLeased(const std::shared_ptr<Internal::PoolCore> &pool, const What &what, const CallSite &where)
{
    auto completion = std::make_unique<Internal::PromiseCompletion<T>>(pool->post());
    const Reply<T> reply = completion->reply();
    auto begin = [what](const Lease &lease, std::unique_ptr<Internal::Completion<T>> begun) {
        Connection *connection = lease.connection();
        Core::begin(Internal::ConnectionAccess::core(*connection), connection, what,
                    std::make_shared<Lease>(lease), std::move(begun));
    };
    pool->acquire(std::make_unique<Internal::LeasedBegin<T>>(std::move(begin), std::move(completion)),
                  Internal::Borrower(where));
    return reply;
}

} // namespace

Pool::Pool(QObject *parent)
    : Pool(ConnectOptions(), parent)
{
}

Pool::Pool(const ConnectOptions &options, QObject *parent)
    : QObject(parent)
    , m_core(Internal::PoolCore::create(this, options))
{
}

Pool::~Pool()
{
    m_core->shutDown();
}

bool Pool::event(QEvent *event)
{
    if (event->type() == QEvent::ThreadChange)
        m_core->leaveThread();
    return QObject::event(event);
}

ConnectOptions Pool::options() const
{
    return m_core->settings().options;
}

void Pool::setOptions(const ConnectOptions &options)
{
    m_core->changeSettings([&options](Internal::PoolSettings &s) {
        s.options = options;
        ++s.generation;
    });
}

void Pool::invalidate()
{
    m_core->changeSettings([](Internal::PoolSettings &s) { ++s.generation; });
}

int Pool::minimumSize() const
{
    return m_core->settings().minimumSize;
}

void Pool::setMinimumSize(int count)
{
    m_core->changeSettings(
        [count](Internal::PoolSettings &s) { s.minimumSize = std::clamp(count, 0, s.maximumSize); });
}

int Pool::maximumSize() const
{
    return m_core->settings().maximumSize;
}

void Pool::setMaximumSize(int count)
{
    m_core->changeSettings([count](Internal::PoolSettings &s) {
        s.maximumSize = std::max(count, 1);
        s.minimumSize = std::min(s.minimumSize, s.maximumSize);
    });
}

int Pool::maximumOpening() const
{
    return m_core->settings().maximumOpening;
}

void Pool::setMaximumOpening(int count)
{
    m_core->changeSettings([count](Internal::PoolSettings &s) { s.maximumOpening = std::max(count, 1); });
}

std::chrono::milliseconds Pool::acquireTimeout() const
{
    return m_core->settings().acquireTimeout;
}

void Pool::setAcquireTimeout(std::chrono::milliseconds time)
{
    m_core->changeSettings([time](Internal::PoolSettings &s) { s.acquireTimeout = time; });
}

std::chrono::milliseconds Pool::idleTimeout() const
{
    return m_core->settings().idleTimeout;
}

void Pool::setIdleTimeout(std::chrono::milliseconds time)
{
    m_core->changeSettings([time](Internal::PoolSettings &s) { s.idleTimeout = time; });
}

std::chrono::milliseconds Pool::maximumLifetime() const
{
    return m_core->settings().maximumLifetime;
}

void Pool::setMaximumLifetime(std::chrono::milliseconds time)
{
    m_core->changeSettings([time](Internal::PoolSettings &s) { s.maximumLifetime = time; });
}

std::chrono::milliseconds Pool::validateAfter() const
{
    return m_core->settings().validateAfter;
}

void Pool::setValidateAfter(std::chrono::milliseconds time)
{
    m_core->changeSettings([time](Internal::PoolSettings &s) { s.validateAfter = time; });
}

std::chrono::milliseconds Pool::leakTimeout() const
{
    return m_core->settings().leakTimeout;
}

void Pool::setLeakTimeout(std::chrono::milliseconds time)
{
    m_core->changeSettings([time](Internal::PoolSettings &s) { s.leakTimeout = time; });
}

std::chrono::milliseconds Pool::serverCheckInterval() const
{
    return m_core->settings().serverCheckInterval;
}

void Pool::setServerCheckInterval(std::chrono::milliseconds interval)
{
    m_core->changeSettings([interval](Internal::PoolSettings &s) { s.serverCheckInterval = interval; });
}

std::chrono::milliseconds Pool::replicaLagLimit() const
{
    return m_core->settings().replicaLagLimit;
}

void Pool::setReplicaLagLimit(std::chrono::milliseconds limit)
{
    m_core->changeSettings([limit](Internal::PoolSettings &s) { s.replicaLagLimit = limit; });
}

std::chrono::milliseconds Pool::replicaSyncTimeout() const
{
    return m_core->settings().replicaSyncTimeout;
}

void Pool::setReplicaSyncTimeout(std::chrono::milliseconds timeout)
{
    m_core->changeSettings([timeout](Internal::PoolSettings &s) { s.replicaSyncTimeout = timeout; });
}

bool Pool::reservesControlConnection() const
{
    return m_core->settings().reservesControl;
}

void Pool::setReservesControlConnection(bool on)
{
    m_core->changeSettings([on](Internal::PoolSettings &s) { s.reservesControl = on; });
}

void Pool::setInitializer(const ConnectionHook &hook)
{
    m_core->changeSettings([&hook](Internal::PoolSettings &s) { s.initializer = hook; });
}

void Pool::setAcquireHook(const ConnectionHook &hook)
{
    m_core->changeSettings([&hook](Internal::PoolSettings &s) { s.acquireHook = hook; });
}

void Pool::setReleaseHook(const ConnectionHook &hook)
{
    m_core->changeSettings([&hook](Internal::PoolSettings &s) { s.releaseHook = hook; });
}

Reply<Lease> Pool::acquire(const CallSite &where)
{
    return acquire(ServerAccess::ReadWrite, where);
}

Reply<Lease> Pool::acquire(ServerAccess access, const CallSite &where)
{
    auto completion = std::make_unique<Internal::PromiseCompletion<Lease>>(m_core->post());
    const Reply<Lease> reply = completion->reply();
    m_core->acquire(std::move(completion), Internal::Borrower(where), access);
    return reply;
}

Reply<Transaction> Pool::begin(const TransactionOptions &options, const CallSite &where)
{
    return beginLeased<Transaction, Internal::TransactionCore>(m_core, options, where);
}

Reply<XaTransaction> Pool::beginXa(const XaId &id, const CallSite &where)
{
    return beginLeased<XaTransaction, Internal::XaCore>(m_core, id, where);
}

void Pool::startStatement(Internal::StatementRequest request,
                          std::unique_ptr<Internal::Completion<ResultSet>> completion)
{
    startOperation(Internal::statementOperation(std::move(request), std::move(completion)));
}

void Pool::startOperation(std::unique_ptr<Internal::Operation> operation)
{
    const QString sql = operation->sql();
    const ServerAccess access = operation->serverAccess();
    m_core->acquire(std::make_unique<Internal::OperationRun>(std::move(operation)), Internal::Borrower(sql),
                    access);
}

std::shared_ptr<Internal::CursorCore> Pool::startCursor(Internal::StatementRequest request)
{
    if (!m_core->isAtHome()) {
        return Internal::CursorCore::refused(
            Error(Error::Kind::Usage,
                  QStringLiteral("A cursor lives in the thread of its pool; call stream() there."),
                  Error::Outcome::NotSent, Error::Phase::Acquire));
    }
    auto cursor = std::make_shared<Internal::CursorCore>(m_core->port());
    const QString sql = request.statement.text();
    const ServerAccess access = request.options.serverAccess();
    m_core->acquire(std::make_unique<Internal::CursorRun>(std::move(request), cursor),
                    Internal::Borrower(sql), access);
    return cursor;
}

Internal::ReplyControl::Post Pool::replyPost() const
{
    return m_core->post();
}

Reply<void> Pool::close(std::chrono::milliseconds deadline)
{
    auto completion = std::make_unique<Internal::PromiseCompletion<void>>(m_core->post());
    const Reply<void> reply = completion->reply();
    m_core->close(deadline, std::move(completion));
    return reply;
}

void Pool::abort()
{
    m_core->abort(QStringLiteral("The pool was aborted."));
}

bool Pool::isClosed() const noexcept
{
    return m_core->isClosed();
}

int Pool::size() const noexcept
{
    return m_core->size();
}

int Pool::idleCount() const noexcept
{
    return m_core->idleCount();
}

int Pool::leasedCount() const noexcept
{
    return m_core->leasedCount();
}

int Pool::openCount() const noexcept
{
    return m_core->openCount();
}

int Pool::waitingCount() const noexcept
{
    return m_core->waitingCount();
}

Error Pool::lastConnectError() const
{
    return m_core->lastConnectError();
}

PoolStatistics Pool::statistics() const
{
    return m_core->statistics();
}

QList<PoolConnectionInfo> Pool::connections() const
{
    return m_core->connections();
}

QList<PoolServerInfo> Pool::servers() const
{
    return m_core->servers();
}

// Lease

Lease::Lease() noexcept = default;
Lease::Lease(std::shared_ptr<Internal::LeaseData> data) noexcept
    : d(std::move(data))
{
}
Lease::~Lease() = default;
Lease::Lease(const Lease &) noexcept = default;
Lease::Lease(Lease &&) noexcept = default;
Lease &Lease::operator=(const Lease &) noexcept = default;
Lease &Lease::operator=(Lease &&) noexcept = default;

bool Lease::isValid() const noexcept
{
    return connection();
}

Connection *Lease::connection() const noexcept
{
    return d ? d->connection() : nullptr;
}

void Lease::release()
{
    if (const std::shared_ptr<Internal::LeaseData> data = std::exchange(d, nullptr))
        data->release();
}

void Lease::releaseUnchanged()
{
    if (const std::shared_ptr<Internal::LeaseData> data = std::exchange(d, nullptr))
        data->release(Internal::SessionLeft::Unchanged);
}

} // namespace QAsyncMySql
