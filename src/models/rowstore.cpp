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
    m_starts.push_back(m_size);
    m_batches.push_back(batch);
    m_size += batch.size();
    m_bytes += batch.byteSize();
}

void RowStore::clear()
{
    // Swapped, so that the vectors give their memory back.
    std::vector<RowBatch>().swap(m_batches);
    std::vector<qsizetype>().swap(m_starts);
    m_size = 0;
    m_bytes = 0;
    m_lastBatch = 0;
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
    m_lastBatch = batchOf(index);
    m_lastRow = m_batches[m_lastBatch].at(index - m_starts[m_lastBatch]);
    m_lastIndex = index;
    return m_lastRow;
}

size_t RowStore::batchOf(qsizetype index) const noexcept
{
    const auto holds = [this, index](size_t batch) {
        return batch < m_batches.size() && index >= m_starts[batch]
            && index < m_starts[batch] + m_batches[batch].size();
    };
    if (holds(m_lastBatch))
        return m_lastBatch;
    if (holds(m_lastBatch + 1))
        return m_lastBatch + 1;
    const auto after = std::upper_bound(m_starts.begin(), m_starts.end(), index);
    return size_t(after - m_starts.begin()) - 1;
}

} // namespace QAsyncMySql::Internal
