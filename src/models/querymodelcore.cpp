// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/querymodelcore.h"

#include "models/batchrows.h"
#include "models/modelchange.h"
#include "models/queryeditor.h"
#include "models/rolenames.h"
#include "models/wrappedquery.h"

#include <QtCore/QTimerEvent>

namespace QAsyncMySql::Internal {

namespace {

// One turn of the event loop puts in rows for no longer than this, counting what the views do with them.
constexpr qint64 TurnBudget = 4'000'000; // ns
// Views lay themselves out and paint after each insertion, which costs more than the rows: so not more often
// than this.
constexpr int InsertInterval = 250; // ms
// What may come in between when all is read.
constexpr qsizetype GatheredRows = 100'000;
constexpr qint64 GatheredBytes = 16 << 20;
constexpr qint64 DefaultMemoryLimit = 256 << 20;

Error usageError(const QString &message)
{
    return Error(Error::Kind::Usage, message, Error::Outcome::NotSent, Error::Phase::None);
}

} // namespace

QueryModelCore::QueryModelCore(QueryModel *model)
    : m_model(model)
{
    m_rows.setMemoryLimit(DefaultMemoryLimit);
}

QueryModelCore::~QueryModelCore() = default;

void QueryModelCore::load(bool keepRows)
{
    stop();
    ++m_loads;
    m_startError = Error();
    m_adopted = false;
    m_keepRows = keepRows;
    m_draining = false;
    m_clearing = false;
    m_step = batchSize;
    m_demand = keepRows ? qMax(qsizetype(batchSize), rowCount()) : qsizetype(batchSize);
    m_progress.start();
    start();
    const quint64 run = m_run;
    const QPointer<QueryModelCore> self(this);
    setState(Status::Loading, Error());
    if (self && m_run == run && !m_cursor)
        schedule(); // an error of the start is told from the event loop, as all others are
}

void QueryModelCore::start()
{
    const Result<SqlStatement> what = statement();
    if (!what) {
        m_startError = what.error();
        return;
    }
    m_ranCode = what->code();
    const StatementRequest request(StatementProtocol::Text, *what);
    if (source)
        m_cursor = source();
    else if (pool)
        m_cursor = pool->openCursor(request);
    else if (connection)
        m_cursor = connection->openCursor(request);
    if (!m_cursor) {
        m_startError
            = usageError(QStringLiteral("The model has nothing to run its query on: call setPool() or "
                                        "setConnection() with one that lives as long as the query runs."))
                  .withStatement(query.text());
        return;
    }
    // What is read ahead of a view that does not ask for more: two of its batches.
    if (policy != FetchPolicy::All)
        m_cursor->setWindow(qMax(qsizetype(batchSize) * 2, qsizetype(1)), m_cursor->windowBytes());
    else
        m_cursor->setWindow(GatheredRows, GatheredBytes);
    connect(m_cursor.get(), &Cursor::rowsAvailable, this, &QueryModelCore::schedule);
    connect(m_cursor.get(), &Cursor::resultFinished, this, &QueryModelCore::schedule);
    connect(m_cursor.get(), &Cursor::finished, this, &QueryModelCore::schedule);
    connect(m_cursor.get(), &Cursor::errorOccurred, this, &QueryModelCore::schedule);
    connect(m_cursor.get(), &Cursor::columnsReady, this, &QueryModelCore::schedule);
}

// The query with the filter and the order.
Result<SqlStatement> QueryModelCore::statement() const
{
    if (query.code().trimmed().isEmpty())
        return usageError(QStringLiteral("The model has no query: call setQuery() before load()."));
    if (!filter.isTyped())
        return wrappedQuery(query, filter, sortColumn, sortOrder);
    if (!narrowed) {
        return usageError(QStringLiteral("The filter has a typed condition, and the query is text: use a "
                                         "RowFilter of the result's columns, or a typed select."))
            .withStatement(query.text());
    }
    const Result<Sql::Fragment> condition = filter.toFragment();
    if (!condition)
        return condition.error();
    return wrappedQuery(narrowed(Sql::Condition(Sql::Expr<bool>(*condition))), {}, sortColumn, sortOrder);
}

void QueryModelCore::stop()
{
    ++m_run;
    m_turnTimer.stop();
    m_progressTimer.stop();
    m_holdTimer.stop();
    m_buffering = false;
    m_cutOff = false;
    m_ending = Error();
    if (m_cursor) {
        m_cursor->disconnect(this);
        m_cursor.reset(); // which cancels what has not ended
    }
}

void QueryModelCore::cancel()
{
    if (m_status != Status::Loading && m_status != Status::Waiting)
        return;
    finish(Status::Cancelled,
           Error(Error::Kind::Cancelled, QStringLiteral("The query was cancelled."), Error::Outcome::Unknown,
                 Error::Phase::Result)
               .withStatement(query.text()));
}

void QueryModelCore::clear()
{
    if (m_changing > 0) {
        m_clearing = true;
        stop();
        schedule();
        return;
    }
    stop();
    m_clearing = false;
    m_keepRows = false;
    m_progress = ProgressClock();
    const QPointer<QueryModelCore> self(this);
    if (!m_columns.isEmpty() || rowCount() > 0)
        adoptColumns({}, {});
    if (!self)
        return;
    m_headers.clear();
    setState(Status::Empty, Error());
    if (self)
        tell(&QueryModel::progressChanged);
}

void QueryModelCore::fetchMore()
{
    if (!canFetchMore())
        return;
    m_demand = batchSize;
    m_holdTimer.stop();
    m_buffering = false;
    schedule();
    setState(Status::Loading, Error());
}

void QueryModelCore::settingsChanged()
{
    if (m_status == Status::Waiting && policy == FetchPolicy::All) {
        schedule();
        setState(Status::Loading, Error());
    }
}

void QueryModelCore::schedule()
{
    if (m_turnTimer.isActive())
        return;
    // The first rows go in at once; later ones are gathered for a moment while the loop reads and paints.
    const bool gather = policy == FetchPolicy::All && m_sinceInsert.isValid() && m_changing == 0;
    const qint64 rest = gather ? qMax(Q_INT64_C(0), InsertInterval - m_sinceInsert.elapsed()) : 0;
    m_turnTimer.start(int(rest), Qt::PreciseTimer, this);
}

void QueryModelCore::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_turnTimer.timerId()) {
        m_turnTimer.stop();
        turn();
    } else if (event->timerId() == m_holdTimer.timerId()) {
        m_holdTimer.stop();
        readAhead();
    } else if (event->timerId() == m_progressTimer.timerId()) {
        m_progressTimer.stop();
        m_progress.reported();
        tell(&QueryModel::progressChanged);
    }
}

void QueryModelCore::turn()
{
    // In a nested event loop inside of a change that is being announced: wait until that is over.
    if (m_changing > 0) {
        m_turnTimer.start(InsertInterval, this);
        return;
    }
    if (m_clearing) {
        clear();
        return;
    }
    if (m_startError.isError()) {
        finish(Status::Failed, std::exchange(m_startError, Error()));
        return;
    }
    const QPointer<QueryModelCore> self(this);
    const quint64 run = m_run;
    if (m_status == Status::Loading && m_adopted && m_shown < m_rows.size()) {
        reveal();
        if (!self || m_run != run || m_status != Status::Loading)
            return;
    }
    if (m_cursor && takeRows() && m_cursor)
        settle();
}

// Reads the rest while the view waits, so that the connection is free.
void QueryModelCore::readAhead()
{
    if (m_status != Status::Waiting || !m_cursor)
        return;
    m_buffering = true;
    m_cursor->setWindow(GatheredRows, GatheredBytes);
    schedule();
}

void QueryModelCore::setEditable(bool on)
{
    if (!on) {
        m_editor.reset();
        return;
    }
    m_editor = std::make_unique<QueryEditor>(m_model, this);
    m_editor->adopt(false);
}

void QueryModelCore::useChannel(ModelChannel &channel)
{
    if (pool) {
        channel.setPool(pool);
        return;
    }
    if (channel.pool() || channel.connection() != connection)
        channel.setConnection(connection);
    readAhead();
}

// Shows rows that were put by while the view waited.
void QueryModelCore::reveal()
{
    const QPointer<QueryModelCore> self(this);
    const quint64 run = m_run;
    if (const qsizetype count = qMin(wantedRows(), m_rows.size() - m_shown); count > 0) {
        const ModelChange change(this, &m_changing);
        m_model->beginInsertRows({}, int(m_shown), int(m_shown + count) - 1);
        m_shown += count;
        m_demand -= count;
        m_model->endInsertRows();
        if (!change.alive() || m_run != run)
            return;
    }
    if (m_shown < m_rows.size() || m_cursor) {
        if (policy == FetchPolicy::All)
            schedule();
        else if (m_shown < m_rows.size()) {
            m_buffering = bool(m_cursor);
            schedule();
            setState(Status::Waiting, Error());
        }
        return;
    }
    const Error ending = m_ending;
    finish(ending.isError() ? Status::Failed : Status::Ready, ending);
}

qsizetype QueryModelCore::wantedRows() const noexcept
{
    if (policy == FetchPolicy::All)
        return m_step;
    const qsizetype most = batchSize;
    return m_draining || m_buffering ? most : qMin(m_demand, most);
}

// Views do much for each insertion and little for each row, or, with a proxy that sorts, the other way round.
void QueryModelCore::adaptStep(qint64 nanoseconds)
{
    if (nanoseconds < TurnBudget / 4)
        m_step = qMin(m_step * 4, qMax(GatheredRows, qsizetype(batchSize)));
    else if (nanoseconds > TurnBudget)
        m_step = qMax(m_step / 4, qsizetype(batchSize));
}

// Takes rows until there are none, none are wanted, or time is up. False if this run is over.
bool QueryModelCore::takeRows()
{
    const QPointer<QueryModelCore> self(this);
    const quint64 run = m_run;
    QElapsedTimer time;
    time.start();
    while (m_cursor->availableRows() > 0) {
        const qsizetype wanted = wantedRows();
        if (wanted <= 0)
            break;
        // The first rows of a run replace those of the one before.
        const qsizetype room = m_adopted ? m_rows.room() : m_rows.maximumRows();
        if (!m_draining && room == 0) {
            finish(Status::Failed,
                   Error(Error::Kind::Limit,
                         QStringLiteral(
                             "The query has more rows than an item model can hold (%L1): add a LIMIT, or "
                             "read it with a Cursor.")
                             .arg(m_rows.size()),
                         Error::Outcome::Executed, Error::Phase::Result)
                       .withStatement(query.text()));
            return false;
        }
        const RowBatch batch = m_cursor->takeBatch(m_draining ? wanted : qMin(wanted, room));
        if (batch.isEmpty())
            break;
        if (!m_draining && m_buffering && m_status == Status::Waiting) {
            m_rows.append(batch);
        } else if (!m_draining && m_shown < m_rows.size()) {
            m_rows.append(batch); // behind those that are still to be shown
        } else if (!m_draining) {
            m_demand -= batch.size();
            insert(batch, qMin(wanted, room));
            if (!self || m_run != run)
                return false;
            m_sinceInsert.start();
        }
        if (!checkRoom())
            return false;
        if (time.nsecsElapsed() >= TurnBudget) {
            // The rest follows when the loop has done what else it has to do.
            m_turnTimer.start(1, Qt::PreciseTimer, this);
            break;
        }
    }
    return true;
}

// Rows beyond the memory limit go to a file, unless that cannot be written.
bool QueryModelCore::checkRoom()
{
    const Error error = m_rows.error();
    if (!error.isError())
        return true;
    finish(Status::Failed, error.withStatement(query.text()));
    return false;
}

// Shows \a batch, and what else has come up to \a most rows.
void QueryModelCore::insert(const RowBatch &batch, qsizetype most)
{
    if (!m_adopted) {
        adoptColumns(m_cursor->columns(), batch);
        return;
    }
    if (m_shown < m_earlier.size()) {
        const qsizetype replaced = qMin(batch.size(), m_earlier.size() - m_shown);
        const QPointer<QueryModelCore> self(this);
        const quint64 run = m_run;
        replace(batch.mid(0, replaced));
        if (self && m_run == run && replaced < batch.size())
            insert(batch.mid(replaced, batch.size() - replaced), 0);
        return;
    }
    QList<RowBatch> batches{batch};
    qsizetype count = batch.size();
    while (count < most && m_cursor->availableRows() > 0) {
        batches.append(m_cursor->takeBatch(most - count));
        count += batches.last().size();
    }
    m_demand -= count - batch.size();
    const ModelChange change(this, &m_changing);
    QElapsedTimer time;
    time.start();
    const int first = int(m_shown);
    m_model->beginInsertRows({}, first, first + int(count) - 1);
    for (const RowBatch &rows : batches)
        m_rows.append(rows);
    m_shown = m_rows.size();
    m_progress.setRows(m_rows.size());
    m_model->endInsertRows();
    if (!change.alive())
        return;
    adaptStep(time.nsecsElapsed());
    noteProgress();
}

// Puts rows in the place of those of the run before, and tells of those that are not the same.
void QueryModelCore::replace(const RowBatch &batch)
{
    const qsizetype start = m_shown;
    qsizetype first = -1;
    qsizetype last = -1;
    qsizetype index = start;
    for (const Row &row : batch) {
        if (!sameRow(row, m_earlier.row(index)) || (m_editor && m_editor->covers(row))) {
            first = first < 0 ? index : first;
            last = index;
        }
        ++index;
    }
    const ModelChange change(this, &m_changing);
    m_rows.append(batch);
    m_shown = m_rows.size();
    m_progress.setRows(m_rows.size());
    if (m_shown >= m_earlier.size()) {
        m_earlier.clear();
        if (m_editor)
            m_editor->forgetWritten();
    }
    if (first >= 0)
        Q_EMIT m_model->dataChanged(m_model->index(int(first), 0),
                                    m_model->index(int(last), int(m_columns.size()) - 1));
    if (change.alive())
        noteProgress();
}

// The new rows are fewer than those before.
void QueryModelCore::dropEarlier()
{
    if (m_earlier.size() <= m_shown) {
        m_earlier.clear();
        return;
    }
    const ModelChange change(this, &m_changing);
    m_model->beginRemoveRows({}, int(m_shown), int(m_earlier.size()) - 1);
    m_earlier.clear();
    if (m_editor)
        m_editor->forgetWritten();
    m_model->endRemoveRows();
}

// Replaces what an earlier run has left by the columns and the first rows of this one.
void QueryModelCore::adoptColumns(const QList<Column> &columns, const RowBatch &rows)
{
    QStringList names;
    names.reserve(columns.size());
    for (const Column &column : columns)
        names.append(column.name());

    const ModelChange change(this, &m_changing);
    const quint64 run = m_run;
    if (m_keepRows && areAlike(columns, m_columns) && !columns.isEmpty() && m_earlier.size() == 0) {
        // Rows put by and never shown are of no use any more.
        m_rows.truncate(m_shown);
        const qint64 limit = m_rows.memoryLimit();
        const qsizetype maximum = m_rows.maximumRows();
        m_earlier = std::move(m_rows);
        m_rows = RowStore(maximum);
        m_rows.setMemoryLimit(limit);
        m_shown = 0;
        m_adopted = true;
        m_adoptedLoad = m_loads;
        if (std::exchange(m_adoptedCode, m_ranCode) != m_ranCode && m_editor)
            m_editor->adopt(false);
        if (!rows.isEmpty())
            insert(rows, 0);
        return;
    }
    m_model->beginResetModel();
    if (!change.alive())
        return;
    QList<QByteArray> roles = columnRoleNames(names);
    if (roles != m_roleNames)
        m_headers.clear();
    if (m_run == run) // a slot may just have started another, whose columns these are not
        m_adopted = true;
    const bool same = areAlike(columns, m_columns) && m_adoptedCode == m_ranCode;
    m_columns = columns;
    m_adoptedLoad = m_loads;
    m_adoptedCode = columns.isEmpty() ? QByteArray() : m_ranCode;
    m_roleNames = std::move(roles);
    m_earlier.clear();
    m_rows.clear();
    m_rows.append(rows);
    m_shown = m_rows.size();
    if (m_editor)
        m_editor->adopt(same);
    m_progress.setRows(m_rows.size());
    m_model->endResetModel();
    if (change.alive())
        noteProgress();
}

// The rows that had arrived were dealt with: has the result ended, and what follows?
void QueryModelCore::settle()
{
    const QPointer<QueryModelCore> self(this);
    const quint64 run = m_run;
    while (m_cursor->availableRows() == 0 && m_cursor->hasNextResult()) {
        // The first result with columns is shown; what follows is read to its end and dropped.
        if (!m_adopted && !m_cursor->columns().isEmpty())
            adoptColumns(m_cursor->columns(), {});
        if (!self || m_run != run)
            return;
        m_draining = m_adopted;
        m_cursor->nextResult();
        schedule();
    }
    if (m_cursor->isFinished() && m_cursor->availableRows() == 0) {
        const Error error = m_cursor->error();
        if (!error.isError() && !m_adopted)
            adoptColumns(m_cursor->columns(), {});
        if (!self || m_run != run)
            return;
        if (m_shown < m_rows.size()) {
            // The connection is free; the view has not asked for all rows yet.
            m_ending = error;
            m_cursor->disconnect(this);
            m_cursor.reset();
            if (m_status == Status::Loading)
                schedule();
            return;
        }
        finish(error.isError() ? Status::Failed : Status::Ready, error);
        return;
    }
    if (m_adopted && !m_draining && m_status == Status::Loading && wantedRows() <= 0) {
        if (policy == FetchPolicy::FirstPage) {
            finish(Status::Ready, Error(), true);
            return;
        }
        const bool needed = connection && m_editor && m_editor->isBusy();
        if (needed || holdTime >= 0)
            m_holdTimer.start(needed ? 0 : holdTime, this);
        setState(Status::Waiting, Error());
    }
}

void QueryModelCore::finish(Status status, const Error &error, bool cutOff)
{
    stop();
    m_cutOff = cutOff;
    const QPointer<QueryModelCore> self(this);
    const quint64 run = m_run;
    dropEarlier();
    if (!self || m_run != run)
        return;
    setState(status, status == Status::Failed ? error : Error());
    if (!self)
        return;
    m_progress.reported();
    tell(&QueryModel::progressChanged);
    if (self)
        tell(&QueryModel::loadFinished, error);
}

void QueryModelCore::setState(Status status, const Error &error)
{
    const bool newError = !(m_error == error);
    const bool newStatus = m_status != status;
    m_error = error;
    m_status = status;
    const QPointer<QueryModelCore> self(this);
    if (newError)
        tell(&QueryModel::errorChanged);
    if (self && newStatus)
        tell(&QueryModel::statusChanged);
}

void QueryModelCore::noteProgress()
{
    const qint64 wait = m_progress.untilReport();
    if (wait > 0) {
        if (!m_progressTimer.isActive())
            m_progressTimer.start(int(wait), Qt::PreciseTimer, this);
        return;
    }
    m_progressTimer.stop();
    m_progress.reported();
    tell(&QueryModel::progressChanged);
}

} // namespace QAsyncMySql::Internal
