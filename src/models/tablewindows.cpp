// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of TableModelCore that fetches the pages which views look at.

#include "models/batchrows.h"
#include "models/tablemodelcore.h"

namespace QAsyncMySql::Internal {

namespace {

constexpr int PageRows = TablePages::PageRows;
// Pages that are remembered as wanted, and as looked at: a view shows two at most.
constexpr qsizetype WantedPages = 6;
constexpr qsizetype TouchedPages = 3;
// A request that scrolling has overtaken may take this long before it is killed.
constexpr qint64 OvertakenTime = 50; // ms
constexpr int RetryTime = 1000; // ms, after an error

} // namespace

// A view looks at the page.
void TableModelCore::touch(qint64 page)
{
    if (m_touched.isEmpty() || m_touched.first() != page) {
        m_touched.removeOne(page);
        m_touched.prepend(page);
        if (m_touched.size() > TouchedPages)
            m_touched.removeLast();
    }
    if (m_pages.isFresh(page) || page == m_fetching || (!m_wanted.isEmpty() && m_wanted.first() == page))
        return;
    m_wanted.removeOne(page);
    m_wanted.prepend(page);
    if (m_wanted.size() > WantedPages)
        m_wanted.removeLast();
    if (!m_serveTimer.isActive())
        m_serveTimer.start(0, this);
}

void TableModelCore::serve()
{
    if (m_status != Status::Ready || m_stream || m_paused)
        return;
    if (m_fetching >= 0) {
        // A request is under way: is it still of use?
        if (m_wanted.isEmpty() || m_touched.contains(m_fetching))
            return;
        const qint64 rest = OvertakenTime - m_sinceFetch.elapsed();
        if (rest > 0) {
            m_serveTimer.start(int(rest), this);
            return;
        }
        m_windows.cancel();
        m_fetching = -1;
    }
    for (qsizetype i = 0; i < m_wanted.size();) {
        const qint64 page = m_wanted.at(i);
        if (page * PageRows >= m_total || m_pages.isFresh(page)) {
            m_wanted.removeAt(i);
            continue;
        }
        const Plan plan = planFor(page);
        if (plan.possible) {
            m_wanted.removeAt(i);
            fetch(page, plan);
            return;
        }
        ++i; // once its place is known
    }
    // Nothing is wanted: what will be, if the view goes on as it did?
    if (m_touched.size() < 2 || m_lastFetched != m_touched.first())
        return;
    const qint64 direction = m_touched.at(0) > m_touched.at(1) ? 1 : -1;
    const qint64 next = m_touched.first() + direction;
    if (next < 0 || next * PageRows >= m_total || m_pages.isFresh(next))
        return;
    if (const Plan plan = planFor(next); plan.possible)
        fetch(next, plan);
}

TableModelCore::Plan TableModelCore::planFor(qint64 page)
{
    Plan plan;
    plan.refreshes = m_refreshes;
    const qint64 start = page * PageRows;
    const bool last = start + PageRows >= m_total;
    plan.limit = PageRows + (last ? 1 : 0); // one more, to see whether the table goes on
    plan.possible = true;
    if (start == 0)
        return plan;
    const RowAnchors::Anchor anchor = m_anchors.before(start);
    const bool reachable = start - anchor.position <= qMax(m_step, Q_INT64_C(1));
    const auto neighbour = [this, reachable](qint64 number) -> const TablePages::Page * {
        const TablePages::Page *found = m_pages.find(number);
        return found && !found->stale && !found->last.isEmpty() && (found->isExact() || !reachable) ? found
                                                                                                    : nullptr;
    };
    if (const TablePages::Page *previous = neighbour(page - 1); previous && previous->size == PageRows) {
        plan.condition = m_order.beyond(previous->last, false);
        plan.chain = previous->chain;
    } else if (const TablePages::Page *next = last ? nullptr : neighbour(page + 1)) {
        plan.condition = m_order.beyond(next->first, true);
        plan.backwards = true;
        plan.chain = next->chain;
    } else if (reachable) {
        if (anchor.position > 0)
            plan.condition = m_order.beyond(anchor.place, false);
        plan.offset = start - anchor.position;
    } else if (m_total - start - PageRows <= qMax(m_step, qint64(PageRows))) {
        plan.fromEnd = plan.backwards = true;
        plan.offset = qMax(Q_INT64_C(0), m_total - start - PageRows);
        plan.limit = int(qMin(qint64(PageRows), m_total - start));
        plan.chain = ++m_lastChain;
    } else if (!m_lastPlace.isEmpty()) {
        const RowOrder::Place from = anchor.position > 0 ? anchor.place : m_firstPlace;
        const double part = double(start - anchor.position) / double(m_total - anchor.position);
        plan.condition = m_order.beyondGuess(from, m_lastPlace, part);
        plan.chain = ++m_lastChain;
    } else {
        plan.possible = false;
    }
    return plan;
}

void TableModelCore::fetch(qint64 page, const Plan &plan)
{
    SqlFragment query;
    const QString limit = plan.offset > 0
        ? QStringLiteral(" LIMIT %1 OFFSET %2").arg(plan.limit).arg(plan.offset)
        : QStringLiteral(" LIMIT %1").arg(plan.limit);
    if (plan.offset > PageRows && sortColumn >= 0) {
        // By an index that is not the table's own order: only the keys of the rows that are skipped are read.
        const QString window
            = QLatin1String(m_schema.table.compare(QLatin1String("w"), Qt::CaseInsensitive) == 0 ? "v" : "w");
        QStringList keys;
        QStringList joined;
        for (qsizetype i = 0; i < m_key.size(); ++i) {
            const QString column = m_schema.quotedColumn(m_key.at(i));
            keys.append(QStringLiteral("%1 AS k%2").arg(column).arg(i));
            joined.append(QStringLiteral("%1 = %2.k%3").arg(column, window).arg(i));
        }
        query << QString(QLatin1String("SELECT ") + m_order.selectList() + QLatin1String(" FROM "));
        query << u"(" << selectFrom(keys.join(QLatin1String(", ")), plan.condition)
              << m_order.orderBy(plan.backwards) << limit << u") AS " << window << u" JOIN "
              << m_schema.quotedName() << u" ON " << joined.join(QLatin1String(" AND "))
              << m_order.orderBy(plan.backwards);
    } else {
        query = selectFrom(m_order.selectList(), plan.condition);
        query << m_order.orderBy(plan.backwards) << limit;
    }
    m_fetching = page;
    m_sinceFetch.start();
    ask(m_windows, query, [this, page, plan](const Result<ResultSet> &result) {
        m_fetching = -1;
        if (result) {
            received(page, plan, result->rows());
            return;
        }
        m_wanted.removeOne(page);
        m_wanted.append(page);
        m_serveTimer.start(RetryTime, this);
        report(result.error());
    });
}

void TableModelCore::received(qint64 page, const Plan &plan, RowBatch rows)
{
    const qint64 start = page * PageRows;
    const bool last = start + PageRows >= m_total;
    if (plan.backwards) {
        if (!plan.fromEnd && page > 0 && rows.size() < PageRows) {
            // The table begins here, so the guess was wrong by some rows: begin from what is known.
            m_pages.markAllStale();
            m_lastPlace.clear();
            m_wanted = m_touched;
            m_serveTimer.start(0, this);
            return;
        }
        rows = reversed(rows);
    }
    // It may be of before what is to be seen now; it is shown until the next one comes.
    const bool outdated = plan.refreshes != m_refreshes;
    bool grows = false;
    if (!plan.backwards && rows.size() > PageRows) {
        rows = rows.mid(0, PageRows);
        grows = last && !outdated;
    }
    const bool ends
        = !plan.backwards && !outdated && !grows && rows.size() < (last ? PageRows + 1 : PageRows);
    const RowBatch before = m_pages.rows(page);
    if (rows.isEmpty() && !outdated) {
        m_pages.removeFrom(page);
    } else if (!rows.isEmpty()) {
        TablePages::Page entry;
        entry.first = m_order.placeIn(rows.first());
        entry.last = m_order.placeIn(rows.at(rows.size() - 1));
        entry.chain = plan.chain;
        entry.stale = outdated;
        m_pages.put(page, rows, entry);
        markSeams(page, plan.chain);
    }
    m_lastFetched = page;
    // Rows that were made here, and stand at the end, are among those that have come.
    if ((grows ? start + PageRows + 1 : ends ? start + rows.size() : 0) > m_total && onCounted) {
        const QPointer<TableModelCore> self(this);
        const quint64 epoch = m_epoch;
        onCounted();
        if (!self || m_epoch != epoch)
            return;
    }
    if (grows && !setTotal(start + PageRows + 1, false))
        return;
    // Where the rows end is certain if it is certain where they begin.
    if (ends && (plan.chain == 0 || !m_countExact) && start + rows.size() != m_total
        && !setTotal(start + rows.size(), plan.chain == 0))
        return;
    if (!tellChanged(page, before, rows))
        return;
    m_serveTimer.start(0, this); // at once, and not when what is overtaken would have been killed
}

// Pages beside this one that are of another guess do not join on to it: they are asked for again.
void TableModelCore::markSeams(qint64 page, int chain)
{
    for (const qint64 beside : {page - 1, page + 1}) {
        const TablePages::Page *other = m_pages.find(beside);
        if (other && other->chain != chain && !other->isExact())
            m_pages.markStale(beside);
    }
}

// Tells of the rows that are not the same as before.
bool TableModelCore::tellChanged(qint64 page, const RowBatch &before, const RowBatch &rows)
{
    const qint64 start = page * PageRows;
    qsizetype first = -1;
    qsizetype last = -1;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        if (i < before.size() && sameRow(before.at(i), rows.at(i)))
            continue;
        first = first < 0 ? i : first;
        last = i;
    }
    if (first < 0 || start + last >= m_total)
        return true;
    const ModelChange change(this, &m_changing);
    return tell(&QAbstractItemModel::dataChanged, m_model->index(int(start + first), 0),
                m_model->index(int(start + last), int(m_columns.size()) - 1), QList<int>());
}

// Pages stay until their successors are here.
void TableModelCore::refresh()
{
    if (m_status != Status::Ready || m_stream) {
        reselect();
        return;
    }
    refreshPages();
    startCounting();
}

void TableModelCore::refreshPages()
{
    ++m_refreshes;
    m_pages.markAllStale();
    for (const qint64 page : std::as_const(m_touched)) {
        m_wanted.removeOne(page);
        m_wanted.prepend(page);
    }
    if (!m_serveTimer.isActive())
        m_serveTimer.start(0, this);
}

} // namespace QAsyncMySql::Internal
