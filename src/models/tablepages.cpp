// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/tablepages.h"

#include "models/batchrows.h"

namespace QAsyncMySql::Internal {

void TablePages::put(qint64 number, const RowBatch &rows, const Page &page)
{
    forgetRow();
    // Copied into one block of its own: a batch may share the memory of a larger one.
    m_cache.insert(number, concatenate({rows}));
    Page &kept = m_pages[number];
    kept = page;
    kept.size = int(rows.size());
    // What the cache has let go meanwhile.
    if (m_pages.size() > qsizetype(m_cache.size()) * 2 + 64)
        m_pages.removeIf([this](auto it) { return !m_cache.contains(it.key()); });
}

void TablePages::replaceRow(qint64 number, int index, const RowBatch &row)
{
    const RowBatch old = m_cache.find(number);
    if (index < 0 || index >= old.size())
        return;
    forgetRow();
    m_cache.insert(number, concatenate({old.mid(0, index), row, old.mid(index + 1, old.size() - index - 1)}));
}

void TablePages::removeRow(qint64 position, const RowOrder &order)
{
    forgetRow();
    const qint64 number = pageOf(position);
    qint64 last = number; // of the run of full pages that begins here
    while (find(last) && find(last)->size == PageRows && find(last + 1))
        ++last;
    for (const qint64 other : numbers()) {
        if (other > last)
            markStale(other); // all its rows are one place further up now
    }
    if (!find(number))
        return;
    const auto index = int(position % PageRows);
    for (qint64 at = number; at <= last; ++at) {
        const RowBatch old = m_cache.find(at);
        const int from = at == number ? index : 0;
        if (from >= old.size())
            break;
        QList<RowBatch> parts = {old.mid(0, from), old.mid(from + 1, old.size() - from - 1)};
        Page page = m_pages.value(at);
        if (at < last)
            parts.append(m_cache.find(at + 1).mid(0, 1));
        page.size = 0;
        for (const RowBatch &part : parts)
            page.size += int(part.size());
        if (page.size == 0) {
            m_cache.remove(at);
            m_pages.remove(at);
            continue;
        }
        const RowBatch rows = concatenate(parts);
        page.first = order.placeIn(rows.first());
        page.last = order.placeIn(rows.at(rows.size() - 1));
        // What is behind may have been read before the row went.
        page.stale = page.stale || at > number || page.size < PageRows;
        m_cache.insert(at, rows);
        m_pages.insert(at, page);
    }
}

const TablePages::Page *TablePages::find(qint64 number) const
{
    if (!m_cache.contains(number))
        return nullptr;
    const auto found = m_pages.constFind(number);
    return found == m_pages.constEnd() ? nullptr : &*found;
}

RowBatch TablePages::rows(qint64 number)
{
    return m_cache.find(number);
}

const Row &TablePages::row(qint64 position)
{
    if (position == m_lastPosition)
        return m_lastRow;
    const qint64 number = pageOf(position);
    if (number != m_lastNumber || m_lastRows.isEmpty()) {
        m_lastRows = m_cache.find(number);
        m_lastNumber = number;
    }
    m_lastRow = m_lastRows.at(position % PageRows);
    m_lastPosition = position;
    return m_lastRow;
}

bool TablePages::isFresh(qint64 number) const
{
    const Page *page = find(number);
    return page && !page->stale;
}

void TablePages::markStale(qint64 number)
{
    const auto page = m_pages.find(number);
    if (page != m_pages.end())
        page->stale = true;
}

void TablePages::markAllStale()
{
    for (Page &page : m_pages)
        page.stale = true;
}

void TablePages::markStaleFrom(qint64 number)
{
    for (auto page = m_pages.begin(); page != m_pages.end(); ++page) {
        if (page.key() >= number)
            page->stale = true;
    }
}

void TablePages::markGuessedStale(qint64 position)
{
    for (auto page = m_pages.begin(); page != m_pages.end(); ++page) {
        if (!page->isExact() && page.key() * PageRows < position)
            page->stale = true;
    }
}

void TablePages::removeFrom(qint64 number)
{
    forgetRow();
    for (const qint64 other : numbers()) {
        if (other >= number)
            m_cache.remove(other);
    }
}

void TablePages::removeGuessed(const QList<qint64> &kept)
{
    forgetRow();
    for (const qint64 number : numbers()) {
        const Page *page = find(number);
        if (page && !page->isExact() && !kept.contains(number))
            m_cache.remove(number);
    }
}

void TablePages::clear()
{
    forgetRow();
    m_cache.clear();
    m_pages.clear();
}

void TablePages::forgetRow()
{
    m_lastRows = RowBatch();
    m_lastNumber = -1;
    m_lastPosition = -1;
    m_lastRow = Row();
}

} // namespace QAsyncMySql::Internal
