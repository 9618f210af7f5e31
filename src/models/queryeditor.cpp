// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/queryeditor.h"

#include "models/batchrows.h"
#include "models/celldata.h"
#include "models/querymodelcore.h"
#include "models/scriptvalue.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimerEvent>

#include <algorithm>
#include <utility>

namespace QAsyncMySql::Internal {

namespace {

// One turn of the event loop looks for rows of the result for no longer than this.
constexpr qint64 TurnBudget = 4'000'000; // ns

} // namespace

QueryEditor::QueryEditor(QueryModel *model, QueryModelCore *core)
    : m_model(model)
    , m_core(core)
{
}

RowWriter QueryEditor::writerOf(const Origin &origin) const
{
    return RowWriter(origin.schema, origin.schema.quotedColumns().join(QLatin1String(", ")), origin.keyNames,
                     origin.columns);
}

// The key of the table's row that this row of the result has; empty where it has none, in an outer join.
QByteArray QueryEditor::keyIn(const Row &row, const Origin &origin) const
{
    QList<int> columns;
    columns.reserve(origin.key.size());
    for (const int column : origin.key) {
        columns.append(origin.places.at(column));
        if (row.isNull(columns.last()))
            return QByteArray();
    }
    return keyBytes(row, columns);
}

// The key that the row has on the server, as far as it is known.
QByteArray QueryEditor::currentKey(const Entry &entry) const
{
    return keyBytes(entry.edit.base, m_origins[size_t(entry.origin)].key);
}

// The table's row that this row of the result has.
Row QueryEditor::rowIn(const Row &row, const Origin &origin) const
{
    return batchOf(origin.columns, [&row, &origin](int column) { return row.raw(origin.places.at(column)); })
        .at(0);
}

QueryEditor::Entry *QueryEditor::byId(quint64 id)
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : &found->second;
}

const QueryEditor::Entry *QueryEditor::find(int row, int column) const
{
    const int origin = m_originOf.value(column, -1);
    if (origin < 0 || !m_origins[size_t(origin)].ready)
        return nullptr;
    const QByteArray key = keyIn(m_core->row(row), m_origins[size_t(origin)]);
    const auto found = m_byKey.constFind(std::pair(origin, key));
    return found == m_byKey.constEnd() ? nullptr : &m_entries.at(*found);
}

QueryEditor::Entry *QueryEditor::find(int row, int column, bool make)
{
    if (const Entry *const known = find(row, column)) {
        Entry *const entry = byId(known->edit.id);
        // What was written before the row was read is in it.
        if (entry->load < m_core->loadOf(row) && entry->edit.isClean() && entry->edit.sent.isEmpty()) {
            entry->edit.base = rowIn(m_core->row(row), m_origins[size_t(entry->origin)]);
            entry->load = 0;
        }
        return entry;
    }
    const int origin = m_originOf.value(column, -1);
    if (!make || origin < 0)
        return nullptr;
    Entry entry;
    entry.origin = origin;
    entry.edit.key = keyIn(m_core->row(row), m_origins[size_t(origin)]);
    entry.edit.base = rowIn(m_core->row(row), m_origins[size_t(origin)]);
    put(entry);
    return byId(m_lastId);
}

void QueryEditor::put(Entry entry)
{
    entry.edit.id = ++m_lastId;
    m_byKey.insert(std::pair(entry.origin, entry.edit.key), entry.edit.id);
    m_entries[entry.edit.id] = std::move(entry);
}

void QueryEditor::drop(quint64 id)
{
    const Entry *const entry = byId(id);
    if (!entry)
        return;
    m_byKey.remove(std::pair(entry->origin, entry->edit.key));
    m_entries.erase(id);
}

void QueryEditor::forgetWritten()
{
    std::vector<quint64> ids;
    for (const auto &[id, entry] : m_entries) {
        if (entry.load < m_core->adoptedLoad())
            ids.push_back(id);
    }
    for (const quint64 id : ids) {
        Entry entry = *byId(id);
        drop(id);
        if (entry.edit.isClean() && entry.edit.sent.isEmpty())
            continue;
        // The rows have the key by now that was written.
        entry.edit.key = currentKey(entry);
        m_byKey.insert(std::pair(entry.origin, entry.edit.key), id);
        m_entries[id] = std::move(entry);
    }
}

bool QueryEditor::covers(const Row &row) const
{
    for (size_t i = 0; i < m_origins.size() && !m_entries.empty(); ++i) {
        if (m_origins[i].ready && m_byKey.contains(std::pair(int(i), keyIn(row, m_origins[i]))))
            return true;
    }
    return false;
}

// Of a cell over which nothing lies: what only models that can be edited have.
QVariant QueryEditor::plainData(int row, int column, int role) const
{
    switch (role) {
    case TableModel::CellStateRole:
        return int(CellState::Clean);
    case TableModel::RowStateRole:
        return int(TableModel::RowState::Clean);
    case TableModel::BaseValueRole:
        return m_core->row(row).value(column);
    case Qt::EditRole:
        if (isFinerThanQt(m_core->columns().at(column)) && !m_core->row(row).isNull(column))
            return cellData(m_core->row(row), column, Qt::DisplayRole);
        return QVariant();
    default:
        return QVariant();
    }
}

QVariant QueryEditor::data(int row, int column, int role) const
{
    const int named = role - QueryModel::FirstColumnRole;
    if (named >= 0)
        column = named;
    const int place = m_placeOf.value(column, -1);
    if (place >= 0 && role == TableModel::ChoicesRole)
        return m_origins[size_t(m_originOf.at(column))].schema.columns.at(place).choices;
    const Entry *const entry = place < 0 || m_entries.empty() ? nullptr : find(row, column);
    if (!entry)
        return plainData(row, column, role);
    const bool written = entry->load > 0 && entry->load >= m_core->loadOf(row);
    if (named >= 0) {
        if (entry->edit.values.contains(place)) {
            return editedData(entry->edit, m_origins[size_t(entry->origin)].columns, place,
                              QueryModel::FirstColumnRole + place);
        }
        return written ? scriptValue(entry->edit.base, place) : QVariant();
    }
    const QVariant edited = editedData(entry->edit, m_origins[size_t(entry->origin)].columns, place, role);
    if (edited.isValid())
        return edited;
    if (!written)
        return plainData(row, column, role);
    // A QDateTime would lose microseconds when it is written back.
    if (role == Qt::EditRole && isFinerThanQt(m_core->columns().at(column))
        && !entry->edit.base.isNull(place))
        role = Qt::DisplayRole;
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
    case Qt::ToolTipRole:
    case QueryModel::RawRole:
    case QueryModel::IsNullRole:
        return cellData(entry->edit.base, place, role);
    default:
        return QVariant();
    }
}

bool QueryEditor::setData(const QModelIndex &index, const QVariant &value)
{
    const int column = index.column();
    QString reason = refusal(index.row(), column);
    const int place = m_placeOf.value(column, -1);
    if (reason.isEmpty()) {
        const Origin &origin = m_origins[size_t(m_originOf.at(column))];
        reason = origin.schema.columns.at(place).refusal(value);
    }
    if (!reason.isEmpty()) {
        Q_EMIT m_model->editRefused(index, reason);
        return false;
    }
    Entry *const entry = find(index.row(), column, true);
    const QVariant shown = entry->edit.values.value(place, entry->edit.base.value(place));
    if (shown == value && shown.isNull() == value.isNull())
        return true;
    const quint64 id = entry->edit.id;
    entry->edit.set(place, editedValue(value, entry->edit.base.cell(place).column()));
    entry->cell = index;
    const bool clean = entry->edit.isClean() && entry->edit.sent.isEmpty();
    if (clean)
        entry->edit.state = CellState::Clean;
    if (!tell(*entry))
        return true;
    if (!clean)
        enqueue(id);
    else if (byId(id) && byId(id)->load == 0)
        drop(id);
    return true;
}

RowConflict QueryEditor::conflict(const QModelIndex &index) const
{
    const Entry *const entry = find(index.row(), index.column());
    if (!entry || entry->edit.state != CellState::Conflict)
        return RowConflict();
    // In the columns of the result.
    const Row whole = m_core->row(index.row());
    QHash<int, QVariant> mine;
    for (int column = 0; column < m_originOf.size(); ++column) {
        if (m_originOf.at(column) == entry->origin && entry->edit.values.contains(m_placeOf.at(column)))
            mine.insert(column, entry->edit.values.value(m_placeOf.at(column)));
    }
    const auto with = [&](const Row &own) {
        return batchOf(whole.columns(),
                       [&](int column) {
                           return m_originOf.at(column) == entry->origin ? own.raw(m_placeOf.at(column))
                                                                         : whole.raw(column);
                       })
            .at(0);
    };
    return RowConflict(with(entry->edit.base), mine,
                       entry->edit.theirs.isValid() ? with(entry->edit.theirs) : Row());
}

bool QueryEditor::keepMine(const QModelIndex &index)
{
    Entry *const entry = find(index.row(), index.column(), false);
    if (!entry || entry->edit.isClean())
        return false;
    RowEdit &edit = entry->edit;
    if (edit.state == CellState::Conflict) {
        if (!edit.theirs.isValid())
            return false; // there is nothing left to write to
        edit.base = std::exchange(edit.theirs, Row());
        entry->load = m_core->loads();
    } else if (edit.state != CellState::Failed) {
        return false;
    }
    edit.state = CellState::Dirty;
    edit.error = Error();
    const quint64 id = edit.id;
    if (tell(*entry))
        enqueue(id);
    return true;
}

void QueryEditor::takeTheirs(const QModelIndex &index)
{
    Entry *const entry = find(index.row(), index.column(), false);
    if (!entry || entry->edit.state == CellState::Pending)
        return;
    RowEdit &edit = entry->edit;
    if (edit.theirs.isValid()) {
        edit.base = std::exchange(edit.theirs, Row());
        entry->load = m_core->loads();
    }
    edit.values.clear();
    edit.error = Error();
    edit.state = CellState::Clean;
    const quint64 id = edit.id;
    if (tell(*entry) && byId(id) && byId(id)->load == 0)
        drop(id);
}

void QueryEditor::enqueue(quint64 id)
{
    if (std::find(m_queue.begin(), m_queue.end(), id) == m_queue.end())
        m_queue.push_back(id);
    if (!m_running)
        next();
}

void QueryEditor::next()
{
    while (!m_queue.empty()) {
        const quint64 id = m_queue.front();
        m_queue.pop_front();
        Entry *const entry = byId(id);
        if (!entry || entry->edit.isClean() || entry->edit.state == CellState::Conflict)
            continue;
        const RowWriter writer = writerOf(m_origins[size_t(entry->origin)]);
        const Result<SqlFragment> statement = writer.write(entry->edit);
        m_running = true;
        const Row before = entry->edit.base;
        if (!statement) {
            RowOutcome outcome;
            outcome.error = statement.error();
            return ended(id, before, outcome);
        }
        entry->edit.state = CellState::Pending;
        entry->edit.error = Error();
        entry->edit.sent = entry->edit.values;
        const RowEdit asSent = entry->edit;
        if (!tell(*entry))
            return;
        m_core->useChannel(m_channel);
        writeRow(m_channel, writer, asSent, *statement,
                 [this, id, before](const RowOutcome &outcome) { ended(id, before, outcome); });
        return;
    }
    const QPointer<QueryEditor> self(this);
    Q_EMIT m_model->submitted(std::exchange(m_firstError, Error()));
}

void QueryEditor::ended(quint64 id, const Row &before, const RowOutcome &outcome)
{
    m_running = false;
    Entry *const entry = byId(id);
    if (!entry)
        return next(); // of another query
    RowEdit &edit = entry->edit;
    if (outcome.error.isError()) {
        if (!m_firstError.isError())
            m_firstError = outcome.error;
        outcome.failIn(edit);
        if (tellFailure(*entry, outcome))
            next();
        return;
    }
    edit.written(outcome.fresh.isEmpty() ? Row() : outcome.fresh.at(0));
    if (!outcome.fresh.isEmpty())
        entry->load = m_core->loads();
    if (!edit.isClean())
        m_queue.push_back(id); // edited meanwhile
    const bool known = entry->load > 0;
    m_running = true;
    if (!tell(*entry))
        return;
    if (!known && byId(id) && byId(id)->edit.isClean())
        drop(id);
    spread(id, before, 0);
}

// The same row of the table, where the query names it by other names.
void QueryEditor::spread(quint64 id, const Row &before, int origin)
{
    const Entry *const entry = byId(id);
    if (entry && entry->load > 0) {
        const int from = entry->origin;
        const Origin &own = m_origins[size_t(from)];
        for (; origin < int(m_origins.size()); ++origin) {
            const Origin &other = m_origins[size_t(origin)];
            if (origin == from || !other.ready || !other.reason.isEmpty()
                || other.schema.quotedName() != own.schema.quotedName())
                continue;
            // By the key of this one, the columns of the other.
            const RowWriter reader(own.schema, other.schema.quotedColumns().join(QLatin1String(", ")),
                                   own.keyNames, own.columns);
            const SqlFragment query = reader.readBack(entry->edit, false, 0);
            m_channel.run(
                query.text, query.values,
                [this, id, before, from, origin, generation = m_generation](const Result<ResultSet> &result) {
                    const QPointer<QueryEditor> self(this);
                    if (generation == m_generation && result && !result->isEmpty())
                        spreadTo(from, origin, before, result->at(0));
                    if (self)
                        spread(id, before, origin + 1);
                });
            return;
        }
    }
    m_running = false;
    next();
}

void QueryEditor::spreadTo(int from, int origin, const Row &before, const Row &fresh)
{
    const Origin &own = m_origins[size_t(from)];
    const Origin &other = m_origins[size_t(origin)];
    // The key that it had: the written one is in no row of the result.
    const Row old = batchOf(other.columns, [&](int column) {
                        const int same = own.schema.indexOf(other.schema.columns.at(column).name);
                        return same >= 0 ? before.raw(same) : fresh.raw(column);
                    }).at(0);
    const QByteArray oldKey = keyBytes(old, other.key);
    quint64 id = 0;
    for (const auto &[known, entry] : m_entries) {
        if (entry.origin == origin && currentKey(entry) == oldKey)
            id = known;
    }
    if (id == 0) {
        if (m_byKey.contains(std::pair(origin, oldKey)))
            return; // another row has had this key
        Entry entry;
        entry.origin = origin;
        entry.edit.key = oldKey;
        entry.edit.state = CellState::Clean;
        put(entry);
        id = m_lastId;
    }
    Entry *const entry = byId(id);
    entry->edit.base = fresh;
    entry->load = m_core->loads();
    tell(*entry);
}

bool QueryEditor::tellFailure(const Entry &entry, const RowOutcome &outcome)
{
    const QPointer<QueryEditor> self(this);
    const QModelIndex cell = entry.cell;
    if (!tell(entry))
        return false;
    if (outcome.conflict)
        Q_EMIT m_model->conflictFound(cell);
    else
        Q_EMIT m_model->writeFailed(cell, outcome.error);
    return !self.isNull();
}

// Tells of all rows of the result that show the entry. False if this has gone meanwhile.
bool QueryEditor::tell(const Entry &entry)
{
    const int row = entry.cell.isValid() ? entry.cell.row() : -1;
    const bool known = row >= 0 && row < m_core->rowCount()
        && keyIn(m_core->row(row), m_origins[size_t(entry.origin)]) == entry.edit.key;
    if (!known || m_sources.isJoin()) {
        const auto same = [&entry](const Search &search) {
            return search.origin == entry.origin && search.key == entry.edit.key;
        };
        std::erase_if(m_searches, same);
        m_searches.push_back({entry.origin, entry.edit.key, 0});
        if (!m_searchTimer.isActive())
            m_searchTimer.start(0, this);
    }
    const QPointer<QueryEditor> self(this);
    if (known)
        Q_EMIT m_model->dataChanged(m_model->index(row, 0), m_model->index(row, m_model->columnCount() - 1));
    return !self.isNull();
}

void QueryEditor::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_searchTimer.timerId())
        return;
    m_searchTimer.stop();
    search();
}

void QueryEditor::search()
{
    QElapsedTimer time;
    time.start();
    const QPointer<QueryEditor> self(this);
    while (!m_searches.empty()) {
        Search wanted = m_searches.front();
        m_searches.pop_front();
        const quint64 generation = m_generation;
        const Origin origin = m_origins[size_t(wanted.origin)];
        int first = -1;
        int steps = 0;
        // One row beyond the last ends the range that is found.
        for (; wanted.next <= m_core->rowCount(); ++wanted.next) {
            const bool same
                = wanted.next < m_core->rowCount() && keyIn(m_core->row(wanted.next), origin) == wanted.key;
            if (same && first < 0)
                first = wanted.next;
            if (same || first < 0) {
                if ((++steps & 0xff) == 0 && first < 0 && time.nsecsElapsed() > TurnBudget)
                    break;
                continue;
            }
            Q_EMIT m_model->dataChanged(m_model->index(first, 0),
                                        m_model->index(wanted.next - 1, m_model->columnCount() - 1));
            if (!self || generation != m_generation)
                return;
            first = -1;
        }
        if (wanted.next <= m_core->rowCount()) {
            m_searches.push_front(wanted);
            m_searchTimer.start(1, Qt::PreciseTimer, this);
            return;
        }
    }
}

} // namespace QAsyncMySql::Internal
