// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of PoolCore that time drives, and the end of the pool.

#include "client/connectioncore.h"
#include "pool/controlconnections.h"
#include "pool/poolcore.h"
#include "pool/sessionender.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLoggingCategory>

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

//! "qasyncmysql.pool": leases that are held for long.
Q_LOGGING_CATEGORY(lcPool, "qasyncmysql.pool")

constexpr std::chrono::milliseconds BusyTick{50}; // while somebody waits
constexpr std::chrono::milliseconds ControlTick{100}; // short-lived pools need no control connection
constexpr std::chrono::milliseconds SlowestTick{1'000};
constexpr std::chrono::milliseconds FastestTick{20};
// How long a connection that was idle for long may take to answer a ping.
constexpr std::chrono::milliseconds ValidationTimeout{1'000};
// Characters of a statement in connections().
constexpr qsizetype ShownStatement = 500;

} // namespace

//! Sets how often to look: often while somebody waits, else as the times that were set ask for.
void PoolCore::tick()
{
    std::chrono::milliseconds wanted{0};
    const bool validating = std::any_of(m_entries.begin(), m_entries.end(), [](const auto &entry) {
        return entry->state == EntryState::Validating;
    });
    if (!m_waiters.empty() || validating) {
        wanted = BusyTick;
    } else if (!m_entries.empty()) {
        const bool toReserve = m_settings.reservesControl && m_counts.leased > 0 && !m_control->isReserved();
        wanted = toReserve ? ControlTick : SlowestTick;
        for (const auto time : {m_settings.idleTimeout, m_settings.maximumLifetime, m_settings.leakTimeout}) {
            if (time.count() > 0)
                wanted = std::min(wanted, std::max(time / 4, FastestTick));
        }
    }
    if (wanted == m_tick)
        return;
    m_tick = wanted;
    m_port->stopTicking();
    if (wanted.count() > 0)
        m_port->startTicking(wanted);
}

void PoolCore::onTick()
{
    std::vector<quint64> leaving;
    std::vector<quint64> silent;
    qsizetype spare = qsizetype(m_entries.size()) - m_settings.minimumSize;
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        if (entry->state == EntryState::Validating && entry->stateSince.hasExpired(ValidationTimeout.count()))
            silent.push_back(entry->id);
        if (entry->state != EntryState::Idle)
            continue;
        const bool unused = m_settings.idleTimeout.count() > 0
            && entry->stateSince.hasExpired(m_settings.idleTimeout.count()) && spare > 0;
        if (unused || entry->expiry.hasExpired()) {
            leaving.push_back(entry->id);
            --spare;
        }
    }
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        if (entry->state == EntryState::Leased && m_settings.reservesControl && entry->connection->isOpen())
            m_control->reserve(core(*entry));
    }
    for (const quint64 id : leaving)
        retire(id);
    for (const quint64 id : silent)
        evict(id);
    lookForLeaks();
    for (size_t i = m_waiters.size(); i-- > 0;) {
        if (m_waiters[i].completion->isAbandoned())
            cancelWaiter(m_waiters[i].serial);
    }
    serve();
    fill(); // up to the minimum
    tick();
}

void PoolCore::lookForLeaks()
{
    if (m_settings.leakTimeout.count() <= 0)
        return;
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        if (entry->state != EntryState::Leased || entry->leakReported
            || !entry->stateSince.hasExpired(m_settings.leakTimeout.count()))
            continue;
        entry->leakReported = true;
        count([](PoolStatistics &s) { ++s.suspectedLeaks; });
        const QString who = entry->borrower.toString();
        const qint64 held = entry->stateSince.elapsed();
        qCWarning(lcPool).noquote() << "A connection has been lent for" << held << "ms to" << who;
        m_port->call([face = m_face, who, held] {
            if (face)
                Q_EMIT face->leakSuspected(who, held);
        });
    }
}

void PoolCore::armDeadline()
{
    QDeadlineTimer next = m_closeDeadline;
    for (const Waiter &waiter : m_waiters)
        next = std::min(next, waiter.deadline);
    if (!m_notBefore.hasExpired() && !m_closing)
        next = std::min(next, m_notBefore);
    if (!next.isForever())
        m_port->setDeadline(std::chrono::milliseconds(next.remainingTime() + 1));
    else
        m_port->clearDeadline();
}

void PoolCore::onDeadline()
{
    for (size_t i = 0; i < m_waiters.size();) {
        if (!m_waiters[i].deadline.hasExpired()) {
            ++i;
            continue;
        }
        const Error error = timeoutError(m_waiters[i]);
        tell(std::move(m_waiters[i].completion), error);
        m_waiters.erase(m_waiters.begin() + qsizetype(i));
        count([](PoolStatistics &s) { ++s.acquireTimeouts; });
        countsChanged();
    }
    if (m_closing && m_closeDeadline.hasExpired()) {
        abort(QStringLiteral("The pool was closed, and the connection was not given back in time."));
        return;
    }
    fill(); // what the back-off had held up
    armDeadline();
}

void PoolCore::close(std::chrono::milliseconds deadline, std::unique_ptr<Completion<void>> completion)
{
    if (!isAtHome()) {
        const auto shared = std::make_shared<std::unique_ptr<Completion<void>>>(std::move(completion));
        if (!m_port->mail(
                [self = shared_from_this(), deadline, shared] { self->close(deadline, std::move(*shared)); }))
            (*shared)->complete({});
        return;
    }
    m_closeCompletions.push_back(std::move(completion));
    if (!m_closing.exchange(true)) {
        m_topology.stop();
        if (deadline.count() > 0)
            m_closeDeadline = QDeadlineTimer(deadline, Qt::PreciseTimer);
        failWaiters(Error(Error::Kind::Pool, QStringLiteral("The pool was closed."), Error::Outcome::NotSent,
                          Error::Phase::Acquire));
        std::vector<quint64> unused;
        for (const std::unique_ptr<Entry> &entry : m_entries) {
            if (entry->state == EntryState::Idle || entry->state == EntryState::Opening)
                unused.push_back(entry->id);
        }
        for (const quint64 id : unused)
            retire(id);
        armDeadline();
    }
    checkClosed();
}

void PoolCore::checkClosed()
{
    if (!m_closing || !m_entries.empty())
        return;
    m_closeDeadline = QDeadlineTimer(QDeadlineTimer::Forever);
    m_port->clearDeadline();
    tick();
    for (std::unique_ptr<Completion<void>> &completion : std::exchange(m_closeCompletions, {})) {
        m_port->call([shared = std::shared_ptr(std::move(completion)), face = m_face] {
            if (face)
                Q_EMIT face->closed();
            shared->complete({});
        });
    }
}

void PoolCore::abort(const QString &why)
{
    if (!isAtHome()) {
        m_port->mail([self = shared_from_this(), why] { self->abort(why); });
        return;
    }
    m_closing = true;
    m_topology.stop();
    failWaiters(Error(Error::Kind::Pool, why, Error::Outcome::NotSent, Error::Phase::Acquire));
    endSessions();
    while (!m_entries.empty()) {
        Entry &entry = *m_entries.back();
        // What runs on it finishes with an error of kind Cancelled; one that is idle says farewell.
        if (core(entry)->pendingCommands() > 0 || !entry.connection->isOpen())
            entry.connection->abort();
        if (entry.state == EntryState::Closing)
            entry.setState(EntryState::Idle);
        retire(entry.id);
    }
    checkClosed();
}

//! A server notices late that nobody waits for a statement any more.
void PoolCore::endSessions()
{
    if (m_process != QCoreApplication::applicationPid()) // in a child process they are the parent's
        return;
    std::vector<std::shared_ptr<ConnectionCore>> busy;
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        if (entry->connection->isOpen() && core(*entry)->pendingCommands() > 0)
            busy.push_back(core(*entry));
    }
    const std::vector<std::shared_ptr<ConnectionCore>> left = m_control->endSessions(busy);
    SessionEnder::start(left, SessionEnder::How::AtOnce);
    std::erase_if(
        busy, [&left](const auto &one) { return std::find(left.begin(), left.end(), one) != left.end(); });
    SessionEnder::start(busy, SessionEnder::How::IfStillThere);
}

void PoolCore::programExits()
{
    if (isAtHome() && QCoreApplication::instance())
        endSessions();
}

void PoolCore::shutDown()
{
    const std::shared_ptr<PoolCore> self = shared_from_this();
    m_face = nullptr;
    m_port->setParent(nullptr);
    endAll(QStringLiteral("The pool was destroyed."));
}

void PoolCore::onThreadEnd()
{
    const std::shared_ptr<PoolCore> self = shared_from_this();
    endAll(QStringLiteral("The thread of the pool has ended."));
}

void PoolCore::leaveThread()
{
    if (m_entries.empty() && m_waiters.empty() && m_discarded.empty())
        return;
    qCWarning(lcPool, "A pool was moved to another thread while it was in use, and had to be closed.");
    abort(QStringLiteral("The pool was moved to another thread while it was in use."));
    m_discarded.clear(); // they belong to this thread
    m_control->abandon();
}

//! Finishes everything that was begun; after that, nothing is taken on any more.
void PoolCore::endAll(const QString &why)
{
    m_port->readMail();
    abort(why);
    m_discarded.clear();
    m_control->abandon();
    m_port->readMail();
    m_port->flush();
    m_discarded.clear();
    m_port->detach();
    m_port->readMail();
    m_port->flush();
    m_port->stopTimers();
}

void PoolCore::countsChanged()
{
    int idle = 0;
    int leased = 0;
    int open = 0;
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        idle += entry->state == EntryState::Idle ? 1 : 0;
        leased += entry->state == EntryState::Leased ? 1 : 0;
        open += entry->state == EntryState::Opening ? 0 : 1;
    }
    m_counts.size = int(m_entries.size());
    m_counts.idle = idle;
    m_counts.leased = leased;
    m_counts.open = open;
    m_counts.waiting = int(m_waiters.size());
    if (m_countsPending || !m_face)
        return;
    m_countsPending = true;
    m_port->call([weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self)
            return;
        self->m_countsPending = false;
        if (self->m_face)
            Q_EMIT self->m_face->countsChanged();
    });
}

QList<PoolConnectionInfo> PoolCore::connections() const
{
    QList<PoolConnectionInfo> all;
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        PoolConnectionInfo info;
        info.state = entry->state;
        info.serial = entry->id;
        info.connectionId = entry->connection->isOpen() ? entry->connection->connectionId() : 0;
        if (entry->state == EntryState::Leased)
            info.borrower = entry->borrower.toString();
        info.statement = sqlExcerpt(core(*entry)->currentSql(), ShownStatement);
        info.stateMs = entry->stateSince.elapsed();
        info.ageMs = entry->openedAt.isValid() ? entry->openedAt.elapsed() : 0;
        info.loans = entry->loans;
        info.server = m_topology.nameOf(entry->server);
        all.append(info);
    }
    return all;
}

} // namespace QAsyncMySql::Internal
