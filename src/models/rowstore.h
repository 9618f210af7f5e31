// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/blockcache.h"

#include <limits>
#include <vector>

namespace QAsyncMySql::Internal {

/*!
    The rows behind a model that come once: batches in the order they came, still packed as the server sent
   them, in memory up to a limit and in a temporary file beyond it.

    A row is found by a binary search over the batches, and at once when it is near the row asked for last.
   Nothing is kept for a cell: the memory is that of the batches and a few words for each.
*/
class RowStore
{
public:
    //! No item model can hold more rows: its row numbers are ints.
    static constexpr qsizetype MaximumRows = std::numeric_limits<int>::max();

    explicit RowStore(qsizetype maximumRows = MaximumRows) noexcept
        : m_cache(BlockCache::Eviction::Spill)
        , m_maximumRows(maximumRows)
    {
    }

    qsizetype size() const noexcept { return m_size; }
    //! What all rows take, in bytes, wherever they are.
    qint64 byteSize() const noexcept { return m_bytes; }
    //! The part of it that is in memory.
    qint64 memoryBytes() const noexcept { return m_cache.memoryBytes(); }
    //! Bytes written to the temporary file.
    qint64 spilledBytes() const noexcept { return m_cache.spilledBytes(); }
    //! At most about \a bytes are held in memory; 0 for no limit.
    void setMemoryLimit(qint64 bytes) { m_cache.setMemoryLimit(bytes); }
    qint64 memoryLimit() const noexcept { return m_cache.memoryLimit(); }
    //! What is wrong with the temporary file, or none.
    Error error() const { return m_cache.error(); }
    //! How many rows may still be appended.
    qsizetype room() const noexcept { return m_maximumRows - m_size; }
    qsizetype maximumRows() const noexcept { return m_maximumRows; }
    void setMaximumRows(qsizetype count) noexcept { m_maximumRows = count; }

    //! Appends \a batch, of at most room() rows.
    void append(const RowBatch &batch);
    void clear();
    //! Drops all rows from \a count on.
    void truncate(qsizetype count);
    /*! Row \a index, or an invalid one. The reference is good until the next call; cells that are read from
       it in the order of their columns are found without walking the row again. */
    const Row &row(qsizetype index) const;

private:
    size_t batchOf(qsizetype index) const noexcept;
    qsizetype endOf(size_t batch) const noexcept
    {
        return batch + 1 < m_starts.size() ? m_starts[batch + 1] : m_size;
    }

    mutable BlockCache m_cache; // the batches, by their place
    std::vector<qsizetype> m_starts; // the number of the first row of each batch
    qsizetype m_size = 0;
    qint64 m_bytes = 0;
    qsizetype m_maximumRows;

    // Views ask for the cells of one row after the other.
    mutable size_t m_lastBatch = 0;
    mutable RowBatch m_lastRows;
    mutable qsizetype m_lastIndex = -1;
    mutable Row m_lastRow;
};

} // namespace QAsyncMySql::Internal
