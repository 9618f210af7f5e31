// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of TableModelCore that walks the table in the background: it counts the rows and gathers places.

#include "models/tablemodelcore.h"

namespace QAsyncMySql::Internal {

namespace {

// Rows between two anchors: few, so that they are skipped quickly; not too few, so that the anchors of a
// large table are some thousand.
constexpr qint64 SmallestStep = 4096;
constexpr qint64 LargestStep = 16'384;
constexpr qint64 WantedAnchors = 8192;
// While others wait for a connection of the pool, in milliseconds.
constexpr int YieldTime = 200;

} // namespace

void TableModelCore::startCounting()
{
    m_background.cancel();
    m_walkTimer.stop();
    m_recount.clear();
    m_recounting = m_anchors.size() > 0 || m_countExact;
    const qint64 pages = TablePages::PageRows;
    if (!m_recounting)
        m_step = qBound(SmallestStep, (m_total / WantedAnchors + pages - 1) / pages * pages, LargestStep);
    m_step = qMax(m_step, SmallestStep);
    m_counting = true;
    m_sinceCount.start();
    if (tell(&TableModel::countChanged))
        m_walkTimer.start(0, this);
}

void TableModelCore::walk()
{
    if (m_background.pool() && m_background.pool()->waitingCount() > 0) {
        m_background.release();
        m_walkTimer.start(YieldTime, this);
        return;
    }
    const RowAnchors &anchors = m_recounting ? m_recount : m_anchors;
    const SqlFragment rest
        = anchors.frontier() > 0 ? m_order.beyond(anchors.frontierPlace(), false) : SqlFragment();
    SqlFragment query = selectFrom(m_order.placeList(), rest);
    query << m_order.orderBy(false) << QStringLiteral(" LIMIT 1 OFFSET %1").arg(m_step - 1);
    ask(m_background, query, [this](const Result<ResultSet> &result) {
        if (!result) {
            endCounting();
            report(result.error());
            return;
        }
        if (result->isEmpty()) {
            countRest();
            return;
        }
        RowAnchors &gathered = m_recounting ? m_recount : m_anchors;
        const qint64 frontier = gathered.frontier() + m_step;
        gathered.append(frontier, m_order.placeOf(result->at(0)));
        if (!m_recounting) {
            m_pages.markGuessedStale(frontier);
            const quint64 epoch = m_epoch;
            if (frontier >= m_total && !setTotal(frontier + frontier / 8, false))
                return;
            if (m_epoch != epoch)
                return;
            // Some that are looked at may wait for just this.
            if (!m_wanted.isEmpty() && m_fetching < 0 && !m_serveTimer.isActive())
                m_serveTimer.start(0, this);
            for (const qint64 page : std::as_const(m_touched)) {
                if (page * TablePages::PageRows < frontier && !m_pages.isFresh(page))
                    touch(page);
            }
        }
        walk();
    });
}

void TableModelCore::countRest()
{
    const RowAnchors &anchors = m_recounting ? m_recount : m_anchors;
    const SqlFragment rest
        = anchors.frontier() > 0 ? m_order.beyond(anchors.frontierPlace(), false) : SqlFragment();
    ask(m_background, selectFrom(QStringLiteral("COUNT(*)"), rest), [this](const Result<ResultSet> &result) {
        if (!result) {
            endCounting();
            report(result.error());
            return;
        }
        if (m_recounting) {
            // Pages that were found by places which are others now.
            const qint64 same = m_anchors.sameUpTo(m_recount);
            m_anchors = m_recount;
            m_pages.markStaleFrom(TablePages::pageOf(same));
        }
        const qint64 rows = m_anchors.frontier() + result->scalar<qint64>().valueOr(0);
        m_pages.markGuessedStale(rows);
        m_pages.removeGuessed(m_touched);
        endCounting();
        const QPointer<TableModelCore> self(this);
        const quint64 epoch = m_epoch;
        if (onCounted)
            onCounted();
        if (!self || m_epoch != epoch || !setTotal(rows, true))
            return;
        for (const qint64 page : std::as_const(m_touched)) {
            if (page * TablePages::PageRows < m_total && !m_pages.isFresh(page))
                touch(page);
        }
        tell(&TableModel::countChanged);
    });
}

void TableModelCore::endCounting()
{
    m_counting = false;
    m_recounting = false;
    m_countingTime = m_sinceCount.restart();
    m_recount.clear();
    m_background.release();
}

} // namespace QAsyncMySql::Internal
