// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/tablemodelcore.h"

#include <QtCore/QTimerEvent>

#include <limits>

namespace QAsyncMySql::Internal {

TableModelCore::TableModelCore(TableModel *model)
    : m_model(model)
{
}

TableModelCore::~TableModelCore() = default;

void TableModelCore::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_serveTimer.timerId()) {
        m_serveTimer.stop();
        serve();
    } else if (event->timerId() == m_walkTimer.timerId()) {
        m_walkTimer.stop();
        walk();
    } else if (event->timerId() == m_refreshTimer.timerId()) {
        follow();
    } else if (event->timerId() == m_gatherTimer.timerId()) {
        m_gatherTimer.stop();
        follow();
    } else if (event->timerId() == m_taskTimer.timerId()) {
        if (m_changing > 0)
            return; // still
        m_taskTimer.stop();
        const QPointer<TableModelCore> self(this);
        std::vector<std::function<void()>> tasks;
        tasks.swap(m_tasks);
        for (const std::function<void()> &task : tasks) {
            if (self)
                task();
        }
    }
}

// Answers come from the event loop, but it may be a nested one, inside of a change that is being announced.
void TableModelCore::ask(ModelChannel &channel, const SqlFragment &query, Handler handler)
{
    channel.run(query.text, query.values,
                [this, epoch = m_epoch, handler = std::move(handler)](const Result<ResultSet> &result) {
                    if (m_epoch != epoch)
                        return;
                    if (m_changing == 0) {
                        handler(result);
                        return;
                    }
                    m_tasks.push_back([this, epoch, handler, result] {
                        if (m_epoch == epoch)
                            handler(result);
                    });
                    if (!m_taskTimer.isActive())
                        m_taskTimer.start(10, this);
                });
}

void TableModelCore::stop()
{
    ++m_epoch;
    m_windows.cancel();
    m_background.cancel();
    m_extra.cancel();
    m_tasks.clear();
    m_serveTimer.stop();
    m_walkTimer.stop();
    m_wanted.clear();
    m_touched.clear();
    m_fetching = -1;
    m_counting = false;
    m_recounting = false;
    if (m_stream) {
        m_stream->disconnect(this);
        m_stream->cancel();
    }
}

bool TableModelCore::setStatus(Status status, const Error &error)
{
    const bool newError = !(m_error == error);
    const bool newStatus = m_status != status;
    m_error = error;
    m_status = status;
    if (newError && !tell(&TableModel::errorChanged))
        return false;
    return !newStatus || tell(&TableModel::statusChanged);
}

//! select() has failed.
void TableModelCore::fail(const Error &error)
{
    stop();
    if (setStatus(Status::Failed, error))
        tell(&TableModel::errorOccurred, error);
}

//! Something else has failed; what is there stays.
void TableModelCore::report(const Error &error)
{
    m_error = error;
    if (tell(&TableModel::errorChanged))
        tell(&TableModel::errorOccurred, error);
}

// Rows come and go at the end: which of them are really new is not known. False if this selection is over.
bool TableModelCore::setTotal(qint64 rows, bool exact)
{
    rows = qBound(Q_INT64_C(0), rows, qint64(std::numeric_limits<int>::max()));
    const bool told = rows != m_total || exact != m_countExact;
    const quint64 epoch = m_epoch;
    m_countExact = exact;
    if (rows > m_total) {
        m_pages.markStale(TablePages::pageOf(m_total)); // it may go on
        const ModelChange change(this, &m_changing);
        m_model->beginInsertRows({}, int(m_total), int(rows) - 1);
        m_total = rows;
        m_model->endInsertRows();
        if (!change.alive() || m_epoch != epoch)
            return false;
    } else if (rows < m_total) {
        const ModelChange change(this, &m_changing);
        m_model->beginRemoveRows({}, int(rows), int(m_total) - 1);
        m_total = rows;
        m_pages.removeFrom(TablePages::pageOf(rows + TablePages::PageRows - 1));
        m_model->endRemoveRows();
        if (!change.alive() || m_epoch != epoch)
            return false;
    }
    return !told || tell(&TableModel::countChanged);
}

SqlFragment TableModelCore::selectFrom(const QString &what, const SqlFragment &condition) const
{
    SqlFragment query;
    query << QString(QLatin1String("SELECT ") + what + QLatin1String(" FROM ") + m_schema.quotedName());
    const SqlFragment all = m_condition && condition;
    if (!all.isEmpty())
        query << u" WHERE " << all;
    return query;
}

const Row &TableModelCore::row(qint64 position)
{
    static const Row none;
    if (position < 0 || position >= m_total)
        return none;
    if (m_stream)
        return m_streamRow = m_stream->row(int(position));
    const qint64 page = TablePages::pageOf(position);
    touch(page);
    return m_pages.row(position);
}

bool TableModelCore::isLoaded(qint64 position)
{
    return position >= 0 && position < m_total && (m_stream || m_pages.row(position).isValid());
}

void TableModelCore::rowRemoved(qint64 position)
{
    // Answers that are under way are for other places.
    m_windows.cancel();
    m_fetching = -1;
    const ModelChange change(this, &m_changing);
    m_model->beginRemoveRows({}, int(position), int(position));
    m_pages.removeRow(position, m_order);
    m_anchors.rowsRemoved(position, 1);
    --m_total;
    m_model->endRemoveRows();
    if (!change.alive())
        return;
    m_serveTimer.start(0, this);
    tell(&TableModel::countChanged);
}

void TableModelCore::setPaused(bool paused)
{
    if (std::exchange(m_paused, paused) == paused)
        return;
    if (paused) {
        m_windows.cancel();
        if (m_fetching >= 0)
            m_wanted.prepend(std::exchange(m_fetching, -1));
        return;
    }
    m_serveTimer.start(0, this);
    if (m_counting && !m_stream) {
        m_anchors.clear();
        m_countExact = false;
        startCounting();
    }
}

// A search on the server, then the number of rows on the way to what it found.
void TableModelCore::find(const RowFilter &condition, int fromRow, bool backwards)
{
    if (m_status != Status::Ready || m_stream)
        return;
    m_extra.cancel();
    const Result<SqlFragment> wanted = makeCondition(condition);
    if (!wanted) {
        report(wanted.error());
        return;
    }
    RowOrder::Place from;
    if (fromRow >= 0) {
        const Row &start = m_pages.row(fromRow);
        if (!start.isValid()) {
            report(Error(Error::Kind::Usage,
                         QStringLiteral("Row %1 has not arrived: a search begins at a row that is loaded.")
                             .arg(fromRow)));
            return;
        }
        from = m_order.placeIn(start);
    }
    const SqlFragment behind = from.isEmpty() ? SqlFragment() : m_order.beyond(from, backwards);
    SqlFragment query;
    query << QString(QLatin1String("SELECT ") + m_order.placeList() + QLatin1String(" FROM ")
                     + m_schema.quotedName());
    const SqlFragment all = *wanted && behind;
    if (!all.isEmpty())
        query << u" WHERE " << all;
    query << m_order.orderBy(backwards) << u" LIMIT 1";
    ask(m_extra, query, [this, from, backwards, fromRow](const Result<ResultSet> &result) {
        if (!result) {
            report(result.error());
            return;
        }
        if (result->isEmpty()) {
            tell(&TableModel::notFound);
            return;
        }
        const RowOrder::Place place = m_order.placeOf(result->at(0));
        // Rows from the start of the search to what it found, that one included.
        SqlFragment between = m_order.beyond(place, !backwards, true);
        if (!from.isEmpty())
            between = between && m_order.beyond(from, backwards);
        ask(m_extra, selectFrom(QStringLiteral("COUNT(*)"), between),
            [this, from, backwards, fromRow](const Result<ResultSet> &counted) {
                if (!counted) {
                    report(counted.error());
                    return;
                }
                const auto rows = counted->scalar<qint64>().valueOr(0);
                const qint64 start = !from.isEmpty() ? fromRow : backwards ? m_total : -1;
                const qint64 position = backwards ? start - rows : start + rows;
                tell(&TableModel::found,
                     int(qBound(Q_INT64_C(0), position, qMax(Q_INT64_C(0), m_total - 1))));
            });
    });
}

} // namespace QAsyncMySql::Internal
