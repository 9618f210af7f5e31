// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/rowstore.h"

#include <algorithm>

namespace QAsyncMySql::Internal {

void RowStore::append(const RowBatch &batch)
{
    if (batch.isEmpty())
        return;
    Q_ASSERT(batch.size() <= room());
    m_cache.insert(qint64(m_starts.size()), batch);
    m_starts.push_back(m_size);
    m_size += batch.size();
    m_bytes += batch.byteSize();
}

void RowStore::clear()
{
    m_cache.clear();
    // Swapped, so that the vector gives its memory back.
    std::vector<qsizetype>().swap(m_starts);
    m_size = 0;
    m_bytes = 0;
    m_lastBatch = 0;
    m_lastRows = RowBatch();
    m_lastIndex = -1;
    m_lastRow = Row();
}

void RowStore::truncate(qsizetype count)
{
    if (count <= 0) {
        clear();
        return;
    }
    while (m_size > count) {
        const qsizetype start = m_starts.back();
        const RowBatch last = m_cache.find(qint64(m_starts.size()) - 1);
        m_bytes -= last.byteSize();
        m_cache.remove(qint64(m_starts.size()) - 1);
        m_starts.pop_back();
        m_size = start;
        if (start < count)
            append(last.mid(0, count - start));
    }
    m_lastBatch = 0;
    m_lastRows = RowBatch();
    m_lastIndex = -1;
    m_lastRow = Row();
}

const Row &RowStore::row(qsizetype index) const
{
    if (index == m_lastIndex)
        return m_lastRow;
    if (index < 0 || index >= m_size) {
        m_lastIndex = -1;
        m_lastRow = Row();
        return m_lastRow;
    }
    const size_t batch = batchOf(index);
    if (batch != m_lastBatch || m_lastRows.isEmpty()) {
        m_lastRows = m_cache.find(qint64(batch));
        m_lastBatch = batch;
    }
    m_lastRow = m_lastRows.at(index - m_starts[batch]);
    m_lastIndex = index;
    return m_lastRow;
}

size_t RowStore::batchOf(qsizetype index) const noexcept
{
    const auto holds = [this, index](size_t batch) {
        return batch < m_starts.size() && index >= m_starts[batch] && index < endOf(batch);
    };
    if (holds(m_lastBatch))
        return m_lastBatch;
    if (holds(m_lastBatch + 1))
        return m_lastBatch + 1;
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), index);
    return size_t(after - m_starts.begin()) - 1;
}

} // namespace QAsyncMySql::Internal
