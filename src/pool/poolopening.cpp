// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of PoolCore that opens connections, and waits before it tries again.

#include "client/bufferedcommand.h"
#include "client/connectioncore.h"
#include "pool/controlconnections.h"
#include "pool/poolcore.h"
#include "pool/programexit.h"

#include <QAsyncMySql/sql.h>

#include <QtCore/QRandomGenerator>

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

constexpr std::chrono::milliseconds FirstBackOff{50};
constexpr std::chrono::milliseconds LongestBackOff{1'500};
// After a refusal that does not pass by itself: an account may be locked for asking too often.
constexpr std::chrono::milliseconds FirstRefusedBackOff{1'000};
constexpr std::chrono::milliseconds LongestRefusedBackOff{60'000};

// Trying again without a change on either side would fail the same way.
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

//! \a time, or up to a third less, so that many programs do not all come back at once.
std::chrono::milliseconds shortened(std::chrono::milliseconds time)
{
    const qint64 third = time.count() / 3;
    return time - std::chrono::milliseconds(third > 0 ? QRandomGenerator::global()->bounded(third) : 0);
}

//! What brings back the role of \a row, the answer to SELECT CURRENT_ROLE().
QByteArray roleStatement(const Row &row, bool mariaDb)
{
    const QString role = row.isNull(0) ? QString() : row.get<QString>(0);
    if (role.isEmpty() || role == u"NONE")
        return QByteArrayLiteral("SET ROLE NONE");
    // MySQL gives a list of quoted accounts, MariaDB one name as it is.
    if (!mariaDb)
        return "SET ROLE " + role.toUtf8();
    const Result<QString> name = quoteIdentifier(role);
    return name ? "SET ROLE " + name->toUtf8() : QByteArrayLiteral("SET ROLE NONE");
}

} // namespace

//! Opens what is missing: for those who wait, and up to the minimum.
void PoolCore::fill()
{
    if (m_closing)
        return;
    if (!m_waiters.empty() || m_settings.minimumSize > 0)
        m_topology.start();
    if (!m_notBefore.hasExpired())
        return;
    fillFor(ServerAccess::ReadWrite);
    if (m_topology.isPlural())
        fillFor(ServerAccess::ReadOnly);
}

//! The same for those who want \a access; with a single server for all.
void PoolCore::fillFor(ServerAccess access)
{
    qsizetype opening = 0; // on its way to being idle
    qsizetype connecting = 0;
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        connecting += entry->state == EntryState::Opening ? 1 : 0;
        const bool coming = entry->state == EntryState::Opening || entry->state == EntryState::Resetting
            || entry->state == EntryState::Validating;
        opening += coming && m_topology.serves(entry->server, access) ? 1 : 0;
    }
    const bool plural = m_topology.isPlural();
    // No more than could be opened: thousands may wait.
    qsizetype waiting = plural ? 0 : qsizetype(m_waiters.size());
    for (auto waiter = m_waiters.begin();
         plural && waiter != m_waiters.end() && waiting < m_settings.maximumSize + opening; ++waiter)
        waiting += waiter->access == access ? 1 : 0;
    const qsizetype size = qsizetype(m_entries.size());
    qsizetype missing = waiting - opening;
    if (access == ServerAccess::ReadWrite)
        missing = std::max<qsizetype>(missing, m_settings.minimumSize - size);
    if (missing > 0 && size >= m_settings.maximumSize && plural && makeRoom(access)) {
        fillFor(access);
        return;
    }
    missing = std::min<qsizetype>(missing, m_settings.maximumSize - size);
    missing = std::min<qsizetype>(missing, m_settings.maximumOpening - connecting);
    // While the server does not answer, one attempt at a time is enough to find out when it does.
    if (m_backOff.count() > 0)
        missing = std::min<qsizetype>(missing, connecting > 0 ? 0 : 1);
    while (missing-- > 0 && openOne(access)) { }
}

QDeadlineTimer PoolCore::lifetime() const
{
    if (m_settings.maximumLifetime.count() <= 0)
        return QDeadlineTimer(QDeadlineTimer::Forever);
    // Up to a tenth more or less: connections opened together are not to be closed together.
    const double factor = 0.9 + 0.2 * QRandomGenerator::global()->generateDouble();
    return QDeadlineTimer(qint64(double(m_settings.maximumLifetime.count()) * factor));
}

//! False if there is no server for \a access at present.
bool PoolCore::openOne(ServerAccess access)
{
    const qsizetype server = m_topology.pick(access);
    if (server == ServerTopology::None)
        return false;
    // A pool that grows may soon have used up what the server gives; else there is time (see onTick()).
    for (const std::unique_ptr<Entry> &open : m_entries) {
        if (m_settings.reservesControl && open->wasOpen && open->connection->isOpen()) {
            m_control->reserve(core(*open));
            break;
        }
    }
    auto made = std::make_unique<Entry>();
    Entry &entry = *made;
    entry.connection = std::make_unique<Connection>();
    entry.id = ++m_lastEntry;
    entry.generation = m_settings.generation;
    entry.server = server;
    entry.serverEpoch = m_topology.epoch(server);
    entry.setState(EntryState::Opening);
    m_entries.push_back(std::move(made));
    const std::weak_ptr<PoolCore> weak = weak_from_this();
    core(entry)->onClosed = [weak, id = entry.id](const Error &) {
        if (const auto self = weak.lock())
            self->lost(id);
    };
    if (m_topology.isPlural()) {
        core(entry)->onCommandFailed = [weak, id = entry.id](const Error &error) {
            if (const auto self = weak.lock())
                self->statementFailed(id, error);
        };
    }
    core(entry)->setKillChannel(m_control->channel());
    core(entry)->open(
        m_topology.optionsFor(server), nullptr,
        std::make_unique<InternalCompletion<void>>([weak, id = entry.id](const Result<void> &result) {
            if (const auto self = weak.lock())
                self->opened(id, result);
        }));
    countsChanged();
    return true;
}

void PoolCore::opened(quint64 id, const Result<void> &result)
{
    Entry *entry = find(id);
    if (!entry)
        return;
    if (!result) {
        connectFailed(id, result.error());
        return;
    }
    watchProgramExit(weak_from_this(), core(*entry)->session().encrypted);
    askForRole(*entry);
}

/*
    COM_RESET_CONNECTION leaves the role as it is, on MySQL and MariaDB alike, so that the next borrower would
    have the rights of the last. Which one to go back to, only a new session can tell.
*/
void PoolCore::askForRole(Entry &entry)
{
    const int version = entry.connection->serverVersionNumber();
    if (version < (entry.connection->isMariaDb() ? 100'005 : 80'000)) {
        initialize(entry.id);
        return;
    }
    const auto answered = [weak = weak_from_this(), id = entry.id](const Result<ResultSet> &result) {
        const auto self = weak.lock();
        Entry *asked = self ? self->find(id) : nullptr;
        if (!asked)
            return;
        if (result.error().isConnectionLost()) {
            self->connectFailed(id, result.error().withPhase(Error::Phase::Initialization));
            return;
        }
        // Refused by something in between: then there is nothing to go back to.
        if (result && result->size() == 1)
            asked->roleStatement = roleStatement(result->at(0), asked->connection->isMariaDb());
        self->initialize(id);
    };
    core(entry)->enqueue(BufferedCommand::question(QStringLiteral("SELECT CURRENT_ROLE()"), answered));
}

void PoolCore::initialize(quint64 id)
{
    Entry *entry = find(id);
    if (!m_settings.initializer) {
        initialized(id);
        return;
    }
    const ConnectionHook hook = m_settings.initializer; // the program may set another in there
    hook.start(*entry->connection, [weak = weak_from_this(), id](const Error &error) {
        const auto self = weak.lock();
        if (!self || !self->find(id))
            return;
        if (error)
            self->connectFailed(id, error.withPhase(Error::Phase::Initialization));
        else
            self->initialized(id);
    });
}

void PoolCore::initialized(quint64 id)
{
    Entry *entry = find(id);
    m_backOff = std::chrono::milliseconds(0);
    m_refused = false;
    noteError({});
    entry->wasOpen = true;
    entry->openedAt.start();
    entry->expiry = lifetime();
    count([](PoolStatistics &s) { ++s.connectionsOpened; });
    m_port->call([face = m_face] {
        if (face)
            Q_EMIT face->connectionOpened();
    });
    makeIdle(*entry);
    fill(); // the attempts that had been held back
}

void PoolCore::connectFailed(quint64 id, const Error &error)
{
    noteError(error);
    count([](PoolStatistics &s) { ++s.connectFailures; });
    if (const Entry *entry = find(id))
        doubtServer(*entry);
    retire(id);
    m_port->call([face = m_face, error] {
        if (face)
            Q_EMIT face->connectionFailed(error);
    });
    const bool permanent = isPermanent(error);
    // Where connections are open, one of them will come back to who waits.
    if (permanent && m_counts.open == 0)
        failWaiters(error.withPhase(Error::Phase::Acquire).withOutcome(Error::Outcome::NotSent));
    retryLater(permanent);
}

void PoolCore::retryLater(bool permanent)
{
    if (permanent != std::exchange(m_refused, permanent))
        m_backOff = std::chrono::milliseconds(0);
    m_backOff = permanent ? std::clamp(m_backOff * 2, FirstRefusedBackOff, LongestRefusedBackOff)
                          : std::clamp(m_backOff * 2, FirstBackOff, LongestBackOff);
    m_notBefore = QDeadlineTimer(shortened(m_backOff), Qt::PreciseTimer);
    armDeadline();
}

} // namespace QAsyncMySql::Internal
