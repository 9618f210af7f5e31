// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of PoolCore that deals with several servers: connections leave one that is no longer what it was.

#include "client/bufferedcommand.h"
#include "client/connectioncore.h"
#include "pool/poolcore.h"

namespace QAsyncMySql::Internal {

//! False for a connection to a server that has ceased to be what it was when that was opened.
bool PoolCore::isCurrent(const Entry &entry) const
{
    return !m_topology.isPlural() || entry.serverEpoch == m_topology.epoch(entry.server);
}

void PoolCore::statementFailed(quint64 id, const Error &error)
{
    const Entry *entry = find(id);
    if (entry && castsDoubt(error))
        doubtServer(*entry);
}

//! Has the server of \a entry asked what it is now.
void PoolCore::doubtServer(const Entry &entry)
{
    if (entry.generation == m_settings.generation)
        m_topology.doubt(entry.server);
}

//! Retires an idle connection that is of no use for \a access, so that another can be opened; false if there
//! is none.
bool PoolCore::makeRoom(ServerAccess access)
{
    if (m_topology.pick(access) == ServerTopology::None)
        return false;
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        if (entry->state == EntryState::Idle && !m_topology.serves(entry->server, access)) {
            const size_t before = m_entries.size();
            retire(entry->id);
            return m_entries.size() < before;
        }
    }
    return false;
}

//! Who waits longest is not to be passed for ever by those who want the servers that all connections lead to.
void PoolCore::makeRoomForFirst()
{
    if (!m_topology.isPlural() || m_waiters.empty() || qsizetype(m_entries.size()) < m_settings.maximumSize)
        return;
    const ServerAccess access = m_waiters.front().access;
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        if (entry->state == EntryState::Closing || m_topology.serves(entry->server, access))
            return; // there is one for it, now or later
    }
    makeRoom(access);
}

void PoolCore::serversChanged()
{
    if (m_closing)
        return;
    if (std::exchange(m_lastPrimary, m_topology.primary()) != m_topology.primary()) {
        // What was found out about the one before says nothing about this one.
        m_backOff = std::chrono::milliseconds(0);
        m_notBefore = QDeadlineTimer();
        m_refused = false;
    }
    std::vector<quint64> stale;
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        const bool waits = entry->state == EntryState::Idle || entry->state == EntryState::Opening;
        if (waits && !isCurrent(*entry))
            stale.push_back(entry->id);
    }
    for (const quint64 id : stale) {
        count([](PoolStatistics &s) { ++s.evictions; });
        retire(id);
    }
    if (const Error refusal = m_topology.refusal()) {
        noteError(refusal);
        if (m_counts.open == 0)
            failWaiters(refusal.withPhase(Error::Phase::Acquire).withOutcome(Error::Outcome::NotSent));
    }
    serve();
    fill();
    tick();
    m_port->call([face = m_face] {
        if (face)
            Q_EMIT face->serversChanged();
    });
}

//! Whether the server of \a entry is to have what has been committed elsewhere before it is lent: a replica
//! what the primary has, a node what the cluster has. A node that is the primary now may not have been when
//! something was written, and others may write to others.
bool PoolCore::mustCatchUp(const Entry &entry, const Waiter &waiter) const
{
    return m_settings.replicaSyncTimeout.count() > 0 && m_topology.isPlural()
        && waiter.access == ServerAccess::ReadOnly
        && (entry.server != m_topology.primary() || m_topology.isNode(entry.server));
}

void PoolCore::catchUp(quint64 id, Waiter waiter)
{
    const auto shared = std::make_shared<Waiter>(std::move(waiter));
    const Entry *lent = find(id);
    if (m_topology.isNode(lent->server)) {
        const auto waited = [weak = weak_from_this(), id, shared](bool whole) {
            if (const auto self = weak.lock())
                self->caughtUp(id, std::move(*shared), whole);
        };
        m_topology.waitForCluster(lent->server, m_settings.replicaSyncTimeout, waited);
        return;
    }
    const auto wait = [weak = weak_from_this(), id, shared](const QString &position) {
        const auto self = weak.lock();
        const Entry *entry = self ? self->find(id) : nullptr;
        if (!entry || position.isEmpty()) {
            if (self)
                self->caughtUp(id, std::move(*shared), false);
            return;
        }
        const std::chrono::milliseconds timeout = self->m_settings.replicaSyncTimeout;
        const QString sql = ServerRole::waitQuestion(entry->connection->isMariaDb(), position, timeout);
        const auto waited = [weak, id, shared](const Result<ResultSet> &result) {
            if (const auto pool = weak.lock()) {
                const bool whole = result && result->size() == 1 && !result->at(0).isNull(0)
                    && result->at(0).get<qint64>(0) == 0;
                pool->caughtUp(id, std::move(*shared), whole);
            }
        };
        self->core(*entry)->enqueue(BufferedCommand::question(
            sql, waited, StatementOptions().setTimeout(timeout + std::chrono::milliseconds(500))));
    };
    m_topology.askPosition(wait);
}

//! \a whole: the replica has it all. Else who waits for it goes to the primary.
void PoolCore::caughtUp(quint64 id, Waiter waiter, bool whole)
{
    Entry *entry = find(id);
    if (entry && whole) {
        runAcquireHook(id, std::move(waiter));
        return;
    }
    if (m_closing) {
        tell(std::move(waiter.completion),
             Error(Error::Kind::Pool, QStringLiteral("The pool was closed."), Error::Outcome::NotSent,
                   Error::Phase::Acquire));
    } else {
        waiter.access = ServerAccess::ReadWrite;
        m_waiters.push_front(std::move(waiter));
        armDeadline();
    }
    if (entry && entry->connection->isOpen())
        makeIdle(*entry);
    else if (entry)
        retire(id);
    serve();
    fill();
    tick();
    checkClosed();
}

QList<PoolServerInfo> PoolCore::servers() const
{
    QList<PoolServerInfo> all = m_topology.infos();
    for (const std::unique_ptr<Entry> &entry : m_entries) {
        if (entry->generation == m_settings.generation && entry->server >= 0 && entry->server < all.size())
            ++all[entry->server].connections;
    }
    return all;
}

} // namespace QAsyncMySql::Internal
