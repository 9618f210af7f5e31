// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/blockcache.h"
#include "models/roworder.h"

#include <QtCore/QHash>

namespace QAsyncMySql::Internal {

//! The part of a table that is in memory: pages of PageRows rows, by their number.
class TablePages
{
public:
    static constexpr int PageRows = 256;
    static constexpr qint64 DefaultMemoryLimit = 32 << 20;

    //! What is known of a page besides its rows.
    struct Page
    {
        RowOrder::Place first; // as read: a row that is edited may belong elsewhere since
        RowOrder::Place last;
        int size = 0;
        int chain = 0; // pages of one chain follow each other without a gap; 0 for those at their exact place
        bool stale = false; // is shown, and asked for again when it is looked at

        bool isExact() const noexcept { return chain == 0; }
    };

    TablePages()
        : m_cache(BlockCache::Eviction::Drop, DefaultMemoryLimit)
    {
    }

    static qint64 pageOf(qint64 position) noexcept { return position / PageRows; }

    qint64 memoryLimit() const noexcept { return m_cache.memoryLimit(); }
    void setMemoryLimit(qint64 bytes) { m_cache.setMemoryLimit(bytes); }
    qint64 memoryBytes() const noexcept { return m_cache.memoryBytes(); }

    void put(qint64 number, const RowBatch &rows, const Page &page);
    //! Puts \a row in the place of row \a index of the page, which stays otherwise as it is.
    void replaceRow(qint64 number, int index, const RowBatch &row);
    //! Takes the row at \a position out; those behind it on pages that are here move up, others are dropped.
    void removeRow(qint64 position, const RowOrder &order);
    const Page *find(qint64 number) const;
    RowBatch rows(qint64 number);
    //! The row at \a position, or an invalid one.
    const Row &row(qint64 position);
    bool isFresh(qint64 number) const;
    void markStale(qint64 number);
    void markAllStale();
    void markStaleFrom(qint64 number);
    //! Those at guessed places that begin before \a position.
    void markGuessedStale(qint64 position);
    void removeFrom(qint64 number);
    //! Those at guessed places, but for \a kept, which views look at.
    void removeGuessed(const QList<qint64> &kept);
    void clear();
    QList<qint64> numbers() const { return m_cache.numbers(); }

private:
    void forgetRow();

    mutable BlockCache m_cache;
    QHash<qint64, Page> m_pages; // of those that the cache has dropped, too
    RowBatch m_lastRows;
    qint64 m_lastNumber = -1;
    qint64 m_lastPosition = -1;
    Row m_lastRow;
};

} // namespace QAsyncMySql::Internal
