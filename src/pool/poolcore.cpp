// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of PoolCore that lends: who waits, and who gets what.

#include "pool/poolcore.h"

#include "client/connectionaccess.h"
#include "client/connectioncore.h"
#include "pool/controlconnections.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QThread>

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

// Idle for longer, a connection is looked at before it is lent: what the server said meanwhile may not have
// been read yet.
constexpr std::chrono::milliseconds UnseenIdle{1'000};

Error poolError(const QString &text)
{
    return Error(Error::Kind::Pool, text, Error::Outcome::NotSent, Error::Phase::Acquire);
}

Error cancelledError()
{
    return Error(Error::Kind::Cancelled, QStringLiteral("The wait for a connection was cancelled."),
                 Error::Outcome::NotSent, Error::Phase::Acquire);
}

} // namespace

void LeaseData::release(SessionLeft left)
{
    if (m_released.exchange(true, std::memory_order_acq_rel))
        return;
    if (const std::shared_ptr<PoolCore> pool = m_pool.lock())
        pool->giveBack(m_entry, left);
}

std::shared_ptr<PoolCore> PoolCore::create(Pool *face, const ConnectOptions &options)
{
    const std::shared_ptr<PoolCore> core(new PoolCore(face, options));
    core->m_port = EventPort::create(core);
    // Moves to another thread with the face.
    core->m_port->setParent(face);
    return core;
}

PoolCore::PoolCore(Pool *face, const ConnectOptions &options)
    : m_face(face)
    , m_control(std::make_unique<ControlConnections>())
    , m_topology([this] { serversChanged(); })
{
    m_process = QCoreApplication::applicationPid();
    m_settings.options = options;
    m_topology.setOptions(options);
    m_sharedSettings = m_settings;
}

PoolCore::~PoolCore() = default;

ReplyControl::Post PoolCore::post() const
{
    if (isAtHome())
        return {};
    return [weak = std::weak_ptr(m_port)](std::function<void()> function) {
        const std::shared_ptr<EventPort> port = weak.lock();
        return port && port->mail(std::move(function));
    };
}

PoolSettings PoolCore::settings() const
{
    const std::lock_guard lock(m_mutex);
    return m_sharedSettings;
}

PoolStatistics PoolCore::statistics() const
{
    const std::lock_guard lock(m_mutex);
    return m_statistics;
}

Error PoolCore::lastConnectError() const
{
    const std::lock_guard lock(m_mutex);
    return m_lastConnectError;
}

void PoolCore::noteError(const Error &error)
{
    const std::lock_guard lock(m_mutex);
    m_lastConnectError = error;
}

void PoolCore::changeSettings(const std::function<void(PoolSettings &)> &change)
{
    {
        const std::lock_guard lock(m_mutex);
        change(m_sharedSettings);
    }
    if (isAtHome())
        applySettings();
    else
        m_port->mail([self = shared_from_this()] { self->applySettings(); });
}

void PoolCore::applySettings()
{
    const PoolSettings before = std::exchange(m_settings, settings());
    if (m_closing)
        return;
    std::vector<quint64> unwanted;
    if (before.generation != m_settings.generation) {
        m_backOff = std::chrono::milliseconds(0);
        m_notBefore = QDeadlineTimer();
        m_refused = false;
        for (const std::unique_ptr<Entry> &entry : m_entries) {
            if (entry->state == EntryState::Idle || entry->state == EntryState::Opening)
                unwanted.push_back(entry->id);
        }
        m_control->clear();
        m_topology.setOptions(m_settings.options);
    }
    if (before.serverCheckInterval != m_settings.serverCheckInterval
        || before.replicaLagLimit != m_settings.replicaLagLimit)
        m_topology.setLimits(m_settings.serverCheckInterval, m_settings.replicaLagLimit);
    for (const quint64 id : unwanted)
        retire(id);
    unwanted.clear();
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        if (entry->state == EntryState::Idle
            && qsizetype(m_entries.size() - unwanted.size()) > m_settings.maximumSize)
            unwanted.push_back(entry->id);
    }
    for (const quint64 id : unwanted)
        retire(id);
    fill();
    tick();
    armDeadline();
    const bool limits
        = before.minimumSize != m_settings.minimumSize || before.maximumSize != m_settings.maximumSize;
    if (limits && m_face)
        Q_EMIT m_face->limitsChanged();
}

const std::shared_ptr<ConnectionCore> &PoolCore::core(const Entry &entry) const
{
    return ConnectionAccess::core(*entry.connection);
}

PoolCore::Entry *PoolCore::find(quint64 id)
{
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        if (entry->id == id)
            return entry.get();
    }
    return nullptr;
}

void PoolCore::acquire(std::unique_ptr<Completion<Lease>> completion, Borrower borrower, ServerAccess access)
{
    Waiter waiter;
    waiter.access = access;
    waiter.completion = std::move(completion);
    waiter.borrower = std::move(borrower);
    waiter.since.start();
    if (isAtHome()) {
        if (const Error noLoop = missingEventLoop()) // nothing could tell it later
            waiter.completion->complete(noLoop.withPhase(Error::Phase::Acquire));
        else
            enqueue(std::move(waiter));
        return;
    }
    const auto shared = std::make_shared<Waiter>(std::move(waiter));
    if (!m_port->mail([self = shared_from_this(), shared] { self->enqueue(std::move(*shared)); }))
        shared->completion->complete(
            poolError(QStringLiteral("The pool was destroyed, or its thread has ended.")));
}

void PoolCore::enqueue(Waiter waiter)
{
    m_port->watchThread();
    if (m_closing) {
        tell(std::move(waiter.completion), poolError(QStringLiteral("The pool is closed.")));
        return;
    }
    if (m_refused && !m_notBefore.hasExpired() && m_counts.open == 0) {
        // Asking again so soon would get the same answer, and may lock the account.
        tell(std::move(waiter.completion),
             lastConnectError().withPhase(Error::Phase::Acquire).withOutcome(Error::Outcome::NotSent));
        return;
    }
    if (const Error refusal = m_topology.refusal()) {
        tell(std::move(waiter.completion), refusal.withPhase(Error::Phase::Acquire));
        return;
    }
    waiter.serial = ++m_lastWaiter;
    waiter.completion->onCancel([weak = weak_from_this(), serial = waiter.serial] {
        if (const auto self = weak.lock())
            self->cancelWaiter(serial);
    });
    if (m_settings.acquireTimeout.count() > 0)
        waiter.deadline = QDeadlineTimer(m_settings.acquireTimeout, Qt::PreciseTimer);
    m_waiters.push_back(std::move(waiter));
    serve();
    fill();
    tick();
    armDeadline();
    countsChanged();
}

void PoolCore::tell(std::unique_ptr<Completion<Lease>> completion, const Result<Lease> &result)
{
    m_port->call([shared = std::shared_ptr(std::move(completion)), kept = Result<Lease>(result)]() mutable {
        // Nothing of the lease is to stay here.
        Result<Lease> told = std::exchange(kept, Error());
        if (told && !told->isValid()) // the pool has ended meanwhile, and with it the connection
            told = poolError(QStringLiteral("The pool was closed before it could hand a connection over."));
        shared->complete(told);
    });
}

void PoolCore::cancelWaiter(quint64 serial)
{
    const auto found = std::find_if(m_waiters.begin(), m_waiters.end(),
                                    [serial](const Waiter &w) { return w.serial == serial; });
    if (found == m_waiters.end())
        return;
    tell(std::move(found->completion), cancelledError());
    m_waiters.erase(found);
    countsChanged();
}

//! Gives idle connections to those who wait, longest first.
void PoolCore::serve()
{
    makeRoomForFirst();
    while (serveNext()) { }
}

//! The idle connection to lend for \a access, or null.
PoolCore::Entry *PoolCore::bestFor(ServerAccess access) const
{
    // The one used last: its caches are warm, and the others can be closed for idleness.
    Entry *best = nullptr;
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        if (entry->state == EntryState::Idle && m_topology.serves(entry->server, access)
            && (!best || entry->stateSince.msecsSinceReference() > best->stateSince.msecsSinceReference()))
            best = entry.get();
    }
    return best;
}

//! False if there is nothing to be done for anybody who waits.
bool PoolCore::serveNext()
{
    int idle = 0;
    int validating = 0;
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        idle += entry->state == EntryState::Idle ? 1 : 0;
        validating += entry->state == EntryState::Validating ? 1 : 0;
    }
    if (idle == 0 || validating >= int(m_waiters.size()))
        return false;
    auto next = m_waiters.begin();
    Entry *best = nullptr;
    // Who wants another server than that which is free does not hold up the rest.
    while (next != m_waiters.end() && !(best = bestFor(next->access)))
        ++next;
    if (!best)
        return false;
    const bool unseen = best->stateSince.hasExpired(UnseenIdle.count());
    if (!best->connection->isOpen() || (unseen && !core(*best)->isAlive())) {
        evict(best->id);
        return true;
    }
    if (m_settings.validateAfter.count() > 0
        && best->stateSince.hasExpired(m_settings.validateAfter.count())) {
        validate(*best);
        return true;
    }
    Waiter waiter = std::move(*next);
    m_waiters.erase(next);
    if (waiter.completion->isAbandoned())
        tell(std::move(waiter.completion), cancelledError());
    else
        lend(*best, std::move(waiter));
    return true;
}

void PoolCore::lend(Entry &entry, Waiter waiter)
{
    entry.setState(EntryState::Leased);
    entry.borrower = waiter.borrower;
    entry.leakReported = false;
    ++entry.loans;
    countsChanged();
    if (mustCatchUp(entry, waiter))
        catchUp(entry.id, std::move(waiter));
    else
        runAcquireHook(entry.id, std::move(waiter));
}

void PoolCore::runAcquireHook(quint64 id, Waiter waiter)
{
    if (!m_settings.acquireHook) {
        hand(id, std::move(waiter));
        return;
    }
    // It is the program's, and so is run from the event loop.
    m_port->call([weak = weak_from_this(), id, shared = std::make_shared<Waiter>(std::move(waiter)),
                  hook = m_settings.acquireHook] {
        const auto self = weak.lock();
        Entry *found = self ? self->find(id) : nullptr;
        if (!found) {
            shared->completion->complete(poolError(QStringLiteral("The pool was closed.")));
            return;
        }
        hook.start(*found->connection, [weak, id, shared](const Error &error) {
            const auto pool = weak.lock();
            if (!error && pool && pool->find(id)) {
                pool->hand(id, std::move(*shared));
                return;
            }
            const Error cause = error ? error : poolError(QStringLiteral("The pool was closed."));
            shared->completion->complete(cause.withPhase(Error::Phase::Acquire));
            if (pool) {
                pool->retire(id);
                pool->serve();
                pool->fill();
            }
        });
    });
}

void PoolCore::hand(quint64 id, Waiter waiter)
{
    Entry *entry = find(id);
    const qint64 waited = waiter.since.elapsed();
    count([waited, leased = m_counts.leased.load()](PoolStatistics &s) {
        ++s.loans;
        s.waitedMs += waited;
        s.longestWaitMs = std::max(s.longestWaitMs, waited);
        s.mostLeased = std::max(s.mostLeased, leased);
    });
    core(*entry)->forgetSessionChanges();
    // Made now, so that it goes back even if nobody ever looks at the answer.
    Lease lease(std::make_shared<LeaseData>(weak_from_this(), id, entry->connection.get()));
    if (waiter.completion->runsUserCode())
        tell(std::move(waiter.completion), lease);
    else
        waiter.completion->complete(lease);
}

Error PoolCore::timeoutError(const Waiter &waiter) const
{
    QString text
        = QStringLiteral("No connection became free within %1 ms: of at most %2, %3 are lent, %4 idle, "
                         "%5 being opened or reset; %6 callers wait.")
              .arg(waiter.since.elapsed())
              .arg(m_settings.maximumSize)
              .arg(m_counts.leased)
              .arg(m_counts.idle)
              .arg(m_counts.size - m_counts.leased - m_counts.idle)
              .arg(m_counts.waiting);
    const Entry *oldest = nullptr;
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        if (entry->state == EntryState::Leased
            && (!oldest
                || entry->stateSince.msecsSinceReference() < oldest->stateSince.msecsSinceReference()))
            oldest = entry.get();
    }
    if (oldest) {
        text += QStringLiteral(" The oldest lease was taken %1 ms ago by %2.")
                    .arg(oldest->stateSince.elapsed())
                    .arg(oldest->borrower.toString());
    }
    if (m_topology.isPlural())
        text += QStringLiteral(" The servers: %1.").arg(m_topology.describe());
    const Error connecting = lastConnectError();
    if (connecting)
        text += QStringLiteral(" The last attempt to connect failed: ") + connecting.message();
    else if (m_counts.leased == m_settings.maximumSize)
        text += QStringLiteral(" Give leases back sooner, or raise the pool's maximum size.");
    return poolError(text);
}

void PoolCore::failWaiters(const Error &error)
{
    for (std::deque<Waiter> waiters = std::exchange(m_waiters, {}); !waiters.empty(); waiters.pop_front())
        tell(std::move(waiters.front().completion), error);
    countsChanged();
}

} // namespace QAsyncMySql::Internal
