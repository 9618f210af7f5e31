// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "pool/poolcore.h"

#include "client/connectionaccess.h"
#include "client/connectioncore.h"
#include "client/simplecommand.h"

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

constexpr std::chrono::milliseconds FirstBackOff{50};
constexpr std::chrono::milliseconds LongestBackOff{2'000};
constexpr std::chrono::milliseconds IdleCheck{1'000};

// Trying again without a change on either side would fail the same way, and may lock the account.
bool isPermanent(const Error &error)
{
    switch (error.kind()) {
    case Error::Kind::Server:
        return !error.isRetryable();
    case Error::Kind::Security:
    case Error::Kind::Usage:
        return true;
    default:
        return false;
    }
}

Error closedError(const QString &text)
{
    return Error(Error::Kind::Pool, text, Error::Outcome::NotSent, Error::Phase::Acquire);
}

} // namespace

void LeaseData::release()
{
    Connection *connection = std::exchange(m_connection, nullptr);
    if (!connection)
        return;
    if (const std::shared_ptr<PoolCore> pool = m_pool.lock())
        pool->giveBack(connection);
}

std::shared_ptr<PoolCore> PoolCore::create(Pool *face, const ConnectOptions &connectOptions)
{
    return std::shared_ptr<PoolCore>(new PoolCore(face, connectOptions));
}

PoolCore::PoolCore(Pool *face, const ConnectOptions &connectOptions)
    : options(connectOptions)
    , m_face(face)
{
}

PoolCore::~PoolCore()
{
    if (m_port)
        m_port->detach();
}

const std::shared_ptr<EventPort> &PoolCore::port()
{
    if (!m_port) {
        m_port = EventPort::create(weak_from_this());
        m_port->startTicking(IdleCheck);
    }
    return m_port;
}

void PoolCore::setOptions(const ConnectOptions &connectOptions)
{
    options = connectOptions;
    ++m_generation;
    m_backOff = std::chrono::milliseconds(0);
    m_notBefore = QDeadlineTimer();
    std::vector<Connection *> outdated;
    for (const Entry &entry : m_entries) {
        if (entry.state == EntryState::Idle)
            outdated.push_back(entry.connection.get());
    }
    for (Connection *connection : outdated)
        discard(connection);
    fill();
}

int PoolCore::idleCount() const noexcept
{
    return int(std::count_if(m_entries.begin(), m_entries.end(),
                             [](const Entry &e) { return e.state == EntryState::Idle; }));
}

int PoolCore::leasedCount() const noexcept
{
    return int(std::count_if(m_entries.begin(), m_entries.end(),
                             [](const Entry &e) { return e.state == EntryState::Leased; }));
}

int PoolCore::openCount() const noexcept
{
    return int(std::count_if(m_entries.begin(), m_entries.end(),
                             [](const Entry &e) { return e.state != EntryState::Opening; }));
}

void PoolCore::acquire(std::unique_ptr<Completion<Lease>> completion)
{
    port();
    const quint64 serial = ++m_lastWaiter;
    if (m_closing) {
        m_port->call([shared = std::shared_ptr(std::move(completion))] {
            shared->complete(closedError(QStringLiteral("The pool is closed.")));
        });
        return;
    }
    Waiter waiter{std::move(completion), QDeadlineTimer(QDeadlineTimer::Forever), serial};
    if (acquireTimeout.count() > 0)
        waiter.deadline = QDeadlineTimer(acquireTimeout, Qt::PreciseTimer);
    m_waiters.push_back(std::move(waiter));
    serve();
    fill();
    armDeadline();
    countsChanged();
}

void PoolCore::cancelWaiter(quint64 serial)
{
    const auto found = std::find_if(m_waiters.begin(), m_waiters.end(),
                                    [serial](const Waiter &w) { return w.serial == serial; });
    if (found == m_waiters.end())
        return;
    m_port->call([completion = std::shared_ptr(std::move(found->completion))] {
        completion->complete(Error(Error::Kind::Cancelled,
                                   QStringLiteral("The wait for a connection was cancelled."),
                                   Error::Outcome::NotSent, Error::Phase::Acquire));
    });
    m_waiters.erase(found);
    countsChanged();
}

//! Gives idle connections to those who wait, longest first.
void PoolCore::serve()
{
    while (!m_waiters.empty()) {
        // The one used last: its caches are warm, and the others can be closed for idleness.
        Entry *best = nullptr;
        for (Entry &entry : m_entries) {
            if (entry.state == EntryState::Idle
                && (!best || entry.idleSince.msecsSinceReference() > best->idleSince.msecsSinceReference()))
                best = &entry;
        }
        if (!best)
            return;
        if (!best->connection->isOpen()) {
            discard(best->connection.get());
            continue;
        }
        Waiter waiter = std::move(m_waiters.front());
        m_waiters.pop_front();
        if (!waiter.completion->isAbandoned())
            lend(*best, std::move(waiter));
        else
            m_port->call([completion = std::shared_ptr(std::move(waiter.completion))] {
                completion->complete(Error(Error::Kind::Cancelled,
                                           QStringLiteral("The wait for a connection was cancelled."),
                                           Error::Outcome::NotSent, Error::Phase::Acquire));
            });
    }
}

void PoolCore::lend(Entry &entry, Waiter waiter)
{
    entry.state = EntryState::Leased;
    countsChanged();
    // Made now, so that it goes back even if nobody ever looks at the answer.
    Lease lease(std::make_shared<LeaseData>(weak_from_this(), entry.connection.get()));
    if (!waiter.completion->runsUserCode()) {
        waiter.completion->complete(lease);
        return;
    }
    m_port->call([completion = std::shared_ptr(std::move(waiter.completion)), lease]() mutable {
        completion->complete(std::exchange(lease, Lease()));
    });
}

void PoolCore::fill()
{
    if (m_closing || !m_notBefore.hasExpired())
        return;
    const auto opening = std::count_if(m_entries.begin(), m_entries.end(), [](const Entry &e) {
        return e.state == EntryState::Opening || e.state == EntryState::Resetting;
    });
    qsizetype missing = qsizetype(m_waiters.size()) - opening;
    missing = std::max<qsizetype>(missing, minimumSize - size());
    missing = std::min<qsizetype>(missing, maximumSize - size());
    // While the server does not answer, one attempt at a time is enough to find out when it does.
    if (m_backOff.count() > 0)
        missing = std::min<qsizetype>(missing, opening > 0 ? 0 : 1);
    for (; missing > 0; --missing)
        openOne();
}

void PoolCore::openOne()
{
    Entry entry;
    entry.connection = std::make_unique<Connection>();
    entry.generation = m_generation;
    Connection *connection = entry.connection.get();
    m_entries.push_back(std::move(entry));
    const std::weak_ptr<PoolCore> weak = weak_from_this();
    const std::shared_ptr<ConnectionCore> &core = ConnectionAccess::core(*connection);
    core->onClosed = [weak, connection](const Error &) {
        if (const auto self = weak.lock())
            self->lost(connection);
    };
    core->open(options, nullptr,
               std::make_unique<InternalCompletion<void>>([weak, connection](const Result<void> &result) {
                   if (const auto self = weak.lock())
                       self->opened(connection, result);
               }));
    countsChanged();
}

void PoolCore::opened(Connection *connection, const Result<void> &result)
{
    const auto entry = find(connection);
    if (entry == m_entries.end())
        return;
    if (result) {
        m_backOff = std::chrono::milliseconds(0);
        lastConnectError = {};
        makeIdle(*entry);
        if (m_face)
            m_port->call([face = m_face] {
                if (face)
                    Q_EMIT face->connectionOpened();
            });
        return;
    }
    lastConnectError = result.error();
    discard(connection);
    m_port->call([face = m_face, error = lastConnectError] {
        if (face)
            Q_EMIT face->connectionFailed(error);
    });
    if (isPermanent(lastConnectError))
        failWaiters(lastConnectError.withPhase(Error::Phase::Acquire).withOutcome(Error::Outcome::NotSent));
    retryLater();
}

void PoolCore::retryLater()
{
    m_backOff = std::clamp(m_backOff * 2, FirstBackOff, LongestBackOff);
    m_notBefore = QDeadlineTimer(m_backOff, Qt::PreciseTimer);
    armDeadline();
}

void PoolCore::lost(Connection *connection)
{
    if (find(connection) == m_entries.end())
        return;
    const bool leased = find(connection)->state == EntryState::Leased;
    const bool opening = find(connection)->state == EntryState::Opening;
    // A borrower keeps what is left of it until it is given back; a failed attempt is told by opened().
    if (!leased && !opening) {
        discard(connection);
        fill();
    }
}

void PoolCore::giveBack(Connection *connection)
{
    const auto entry = find(connection);
    if (entry == m_entries.end() || entry->state != EntryState::Leased)
        return;
    const bool outdated = entry->generation != m_generation;
    // Something still runs or waits: the next borrower must not meet it. A schema cannot be left again by a
    // reset.
    const bool schemaStays = options.database().isEmpty() && !connection->currentDatabase().isEmpty();
    if (m_closing || outdated || schemaStays || !connection->isOpen() || connection->pendingCommands() > 0) {
        discard(connection);
        serve();
        fill();
        checkClosed();
        return;
    }
    entry->state = EntryState::Resetting;
    ConnectionAccess::core(*connection)
        ->enqueue(SimpleCommand::reset(std::make_unique<InternalCompletion<void>>(
            [weak = weak_from_this(), connection](const Result<void> &result) {
                const auto self = weak.lock();
                if (!self || self->find(connection) == self->m_entries.end())
                    return;
                if (result && !self->m_closing)
                    self->makeIdle(*self->find(connection));
                else
                    self->discard(connection);
                self->fill();
                self->checkClosed();
            })));
    countsChanged();
}

void PoolCore::makeIdle(Entry &entry)
{
    entry.state = EntryState::Idle;
    entry.idleSince.start();
    if (m_closing) {
        discard(entry.connection.get());
        checkClosed();
        return;
    }
    serve();
    countsChanged();
}

std::vector<PoolCore::Entry>::iterator PoolCore::find(Connection *connection)
{
    return std::find_if(m_entries.begin(), m_entries.end(),
                        [connection](const Entry &entry) { return entry.connection.get() == connection; });
}

//! Takes a connection out of the pool; it says farewell, and is deleted from the event loop.
void PoolCore::discard(Connection *connection)
{
    const auto entry = find(connection);
    if (entry == m_entries.end())
        return;
    ConnectionAccess::core(*connection)->onClosed = nullptr;
    m_discarded.push_back(std::move(entry->connection));
    m_entries.erase(entry);
    m_port->postWork();
    countsChanged();
}

void PoolCore::onWork()
{
    // The destructor of a connection that is ready sends COM_QUIT.
    m_discarded.clear();
}

void PoolCore::onTick()
{
    std::vector<Connection *> tooOld;
    int spare = size() - minimumSize;
    for (const Entry &entry : m_entries) {
        const bool old = idleTimeout.count() > 0 && entry.state == EntryState::Idle
            && entry.idleSince.hasExpired(idleTimeout.count());
        if (old && spare-- > 0)
            tooOld.push_back(entry.connection.get());
    }
    for (Connection *connection : tooOld)
        discard(connection);
    for (size_t i = m_waiters.size(); i-- > 0;) {
        if (m_waiters[i].completion->isAbandoned())
            cancelWaiter(m_waiters[i].serial);
    }
}

void PoolCore::armDeadline()
{
    QDeadlineTimer next = m_closeDeadline;
    if (!m_waiters.empty())
        next = std::min(next, m_waiters.front().deadline);
    if (m_backOff.count() > 0 && !m_closing)
        next = std::min(next, m_notBefore);
    if (!next.isForever())
        m_port->setDeadline(std::chrono::milliseconds(next.remainingTime() + 1));
    else
        m_port->clearDeadline();
}

void PoolCore::onDeadline()
{
    while (!m_waiters.empty() && m_waiters.front().deadline.hasExpired()) {
        m_port->call([completion = std::shared_ptr(std::move(m_waiters.front().completion)),
                      error = timeoutError()] { completion->complete(error); });
        m_waiters.pop_front();
        countsChanged();
    }
    if (m_closing && m_closeDeadline.hasExpired()) {
        abort(QStringLiteral("The pool was closed, and the connection was not given back in time."));
        return;
    }
    if (m_backOff.count() > 0 && m_notBefore.hasExpired())
        fill();
    armDeadline();
}

Error PoolCore::timeoutError() const
{
    QString text
        = QStringLiteral(
              "No connection became free within %1 ms: of at most %2, %3 are lent, %4 idle, %5 being "
              "opened or reset; %6 callers wait.")
              .arg(acquireTimeout.count())
              .arg(maximumSize)
              .arg(leasedCount())
              .arg(idleCount())
              .arg(size() - leasedCount() - idleCount())
              .arg(m_waiters.size());
    if (lastConnectError)
        text += QStringLiteral(" The last attempt to connect failed: ") + lastConnectError.message();
    else if (leasedCount() == maximumSize)
        text += QStringLiteral(" Give leases back sooner, or raise the pool's maximum size.");
    return Error(Error::Kind::Pool, text, Error::Outcome::NotSent, Error::Phase::Acquire);
}

void PoolCore::failWaiters(const Error &error)
{
    for (std::deque<Waiter> waiters = std::exchange(m_waiters, {}); !waiters.empty(); waiters.pop_front()) {
        m_port->call([completion = std::shared_ptr(std::move(waiters.front().completion)), error] {
            completion->complete(error);
        });
    }
    countsChanged();
}

void PoolCore::close(std::chrono::milliseconds deadline, std::unique_ptr<Completion<void>> completion)
{
    port();
    m_closeCompletions.push_back(std::move(completion));
    if (!m_closing) {
        m_closing = true;
        if (deadline.count() > 0)
            m_closeDeadline = QDeadlineTimer(deadline, Qt::PreciseTimer);
        failWaiters(closedError(QStringLiteral("The pool was closed.")));
        std::vector<Connection *> unused;
        for (const Entry &entry : m_entries) {
            if (entry.state == EntryState::Idle || entry.state == EntryState::Opening)
                unused.push_back(entry.connection.get());
        }
        for (Connection *connection : unused)
            discard(connection);
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
    m_port->stopTicking();
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
    port();
    m_closing = true;
    failWaiters(closedError(why));
    while (!m_entries.empty()) {
        // What runs on it finishes with an error of kind Cancelled.
        m_entries.back().connection->abort();
        discard(m_entries.back().connection.get());
    }
    checkClosed();
}

void PoolCore::shutDown()
{
    m_face = nullptr;
    const std::shared_ptr<PoolCore> self = shared_from_this();
    if (!m_port && m_entries.empty())
        return;
    abort(QStringLiteral("The pool was destroyed."));
    m_discarded.clear();
    m_port->flush();
    m_discarded.clear();
    m_port->detach();
    m_port->stopTicking();
    m_port->clearDeadline();
}

void PoolCore::countsChanged()
{
    if (m_countsPending || !m_face)
        return;
    m_countsPending = true;
    port()->call([weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self)
            return;
        self->m_countsPending = false;
        if (self->m_face)
            Q_EMIT self->m_face->countsChanged();
    });
}

} // namespace QAsyncMySql::Internal
