// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/statementcache.h"

#include "protocol/sessionstate.h"
#include "protocol/statementexchange.h"

#include <atomic>

namespace QAsyncMySql::Internal {

StatementCache::Entry::Entry(const Protocol::PreparedStatement &statement)
    : id(statement.id)
    , parameterCount(quint32(statement.parameters.size()))
    , columns(std::make_shared<Protocol::KnownColumns>(
          Protocol::KnownColumns{statement.columns, statement.metadataGeneration}))
{
}

bool StatementCache::Entry::isCurrent(const Protocol::SessionState &state) const noexcept
{
    return !columns || columns->generation == state.metadataGeneration;
}

quint64 StatementCache::nextGeneration() noexcept
{
    static std::atomic<quint64> last = 0;
    return ++last;
}

QByteArray StatementCache::makeKey(const QByteArray &sql, const QByteArray &schema)
{
    // A schema name holds no NUL, so the first one ends it.
    QByteArray key;
    key.reserve(schema.size() + 1 + sql.size());
    key.append(schema).append('\0').append(sql);
    return key;
}

const StatementCache::Entry *StatementCache::find(const QByteArray &sql, const Protocol::SessionState &state)
{
    auto found = m_index.constFind(makeKey(sql, state.schema));
    if (found != m_index.constEnd() && !(*found)->entry.isCurrent(state)) {
        evict((*found)->entry.id);
        remove(sql, state.schema);
        found = m_index.constEnd();
    }
    if (found == m_index.constEnd()) {
        ++m_misses;
        return nullptr;
    }
    ++m_hits;
    m_nodes.splice(m_nodes.begin(), m_nodes, *found);
    return &m_nodes.front().entry;
}

void StatementCache::insert(const QByteArray &sql, const QByteArray &schema, Entry entry)
{
    if (m_capacity <= 0) {
        evict(entry.id);
        return;
    }
    while (m_index.size() >= m_capacity) {
        evict(m_nodes.back().entry.id);
        m_index.remove(m_nodes.back().key);
        m_nodes.pop_back();
        ++m_evictions;
    }
    QByteArray key = makeKey(sql, schema);
    m_nodes.push_front({key, entry});
    m_index.insert(std::move(key), m_nodes.begin());
}

void StatementCache::remove(const QByteArray &sql, const QByteArray &schema)
{
    const auto found = m_index.constFind(makeKey(sql, schema));
    if (found == m_index.constEnd())
        return;
    m_nodes.erase(*found);
    m_index.erase(found);
}

void StatementCache::clear()
{
    m_generation = nextGeneration();
    m_nodes.clear();
    m_index.clear();
    m_evicted.clear();
}

void StatementCache::evictAll()
{
    m_evictions += quint64(m_nodes.size());
    for (const Node &node : m_nodes)
        evict(node.entry.id);
    m_nodes.clear();
    m_index.clear();
}

StatementCacheStatistics StatementCache::statistics() const noexcept
{
    StatementCacheStatistics statistics;
    statistics.size = m_index.size();
    statistics.capacity = m_capacity;
    statistics.hits = m_hits;
    statistics.misses = m_misses;
    statistics.evictions = m_evictions;
    return statistics;
}

} // namespace QAsyncMySql::Internal
