// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of PoolCore that deals with several servers: connections leave one that is no longer what it was.

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
