// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/pool.h>

#include "pool/poolcore.h"
#include "pool/poolruns.h"

#include <algorithm>

namespace QAsyncMySql {

namespace {

template <class T>
void cancelByWaiter(const std::shared_ptr<Internal::PoolCore> &core, Internal::Completion<T> &completion)
{
    completion.onCancel([weak = std::weak_ptr(core), serial = core->nextWaiter()] {
        if (const auto self = weak.lock())
            self->cancelWaiter(serial);
    });
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

ConnectOptions Pool::options() const
{
    return m_core->options;
}

void Pool::setOptions(const ConnectOptions &options)
{
    m_core->setOptions(options);
}

int Pool::minimumSize() const noexcept
{
    return m_core->minimumSize;
}

void Pool::setMinimumSize(int count)
{
    const int bounded = std::clamp(count, 0, m_core->maximumSize);
    if (bounded == m_core->minimumSize)
        return;
    m_core->minimumSize = bounded;
    m_core->port();
    m_core->fill();
    Q_EMIT limitsChanged();
}

int Pool::maximumSize() const noexcept
{
    return m_core->maximumSize;
}

void Pool::setMaximumSize(int count)
{
    const int bounded = std::max(count, 1);
    if (bounded == m_core->maximumSize)
        return;
    m_core->maximumSize = bounded;
    m_core->minimumSize = std::min(m_core->minimumSize, bounded);
    m_core->port();
    m_core->fill();
    Q_EMIT limitsChanged();
}

std::chrono::milliseconds Pool::acquireTimeout() const noexcept
{
    return m_core->acquireTimeout;
}

void Pool::setAcquireTimeout(std::chrono::milliseconds timeout)
{
    m_core->acquireTimeout = timeout;
}

std::chrono::milliseconds Pool::idleTimeout() const noexcept
{
    return m_core->idleTimeout;
}

void Pool::setIdleTimeout(std::chrono::milliseconds timeout)
{
    m_core->idleTimeout = timeout;
}

Reply<Lease> Pool::acquire()
{
    auto completion = std::make_unique<Internal::PromiseCompletion<Lease>>();
    const Reply<Lease> reply = completion->reply();
    cancelByWaiter(m_core, *completion);
    m_core->acquire(std::move(completion));
    return reply;
}

Reply<ResultSet> Pool::run(StatementProtocol protocol, QAnyStringView sql, const Parameters &parameters)
{
    auto completion = std::make_unique<Internal::PromiseCompletion<ResultSet>>();
    const Reply<ResultSet> reply = completion->reply();
    cancelByWaiter(m_core, *completion);
    m_core->acquire(
        std::make_unique<Internal::StatementRun>(protocol, sql, parameters, std::move(completion)));
    return reply;
}

void Pool::run(QObject *context, ResultCallback callback, StatementProtocol protocol, QAnyStringView sql,
               const Parameters &parameters)
{
    m_core->acquire(std::make_unique<Internal::StatementRun>(
        protocol, sql, parameters,
        std::make_unique<Internal::CallbackCompletion<ResultSet>>(context, std::move(callback))));
}

std::unique_ptr<Cursor> Pool::openCursor(StatementProtocol protocol, QAnyStringView sql,
                                         const Parameters &parameters)
{
    auto core = std::make_shared<Internal::CursorCore>(m_core->port());
    auto cursor = std::make_unique<Cursor>(core);
    core->onCancel = [weak = std::weak_ptr(m_core), serial = m_core->nextWaiter()] {
        if (const auto self = weak.lock())
            self->cancelWaiter(serial);
    };
    m_core->acquire(std::make_unique<Internal::CursorRun>(protocol, sql, parameters, std::move(core)));
    return cursor;
}

Reply<void> Pool::close(std::chrono::milliseconds deadline)
{
    auto completion = std::make_unique<Internal::PromiseCompletion<void>>();
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
    return m_core->lastConnectError;
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

} // namespace QAsyncMySql
