// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/tableeditor.h"

#include "models/batchrows.h"
#include "models/tablemodelcore.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace QAsyncMySql::Internal {

TableEditor::TableEditor(TableModel *model, TableModelCore *core)
    : m_model(model)
    , m_core(core)
    , m_history([this](const Step &step, bool undone) { return apply(step, undone); },
                [this] { tellEditing(); })
{
}

RowWriter TableEditor::writer() const
{
    RowWriter writer(m_core->tableSchema(), m_core->order().selectList(), m_core->key(), m_core->columns());
    writer.locking = locking;
    writer.versionColumn = m_core->tableSchema().indexOf(versionColumn);
    return writer;
}

bool TableEditor::isDirty() const
{
    return std::any_of(m_edits.begin(), m_edits.end(),
                       [](const auto &edit) { return !edit.second.isClean(); });
}

const RowEdit *TableEditor::newRow(int index) const
{
    return index >= 0 && index < m_newRows.size() ? &m_edits.at(m_newRows.at(index)) : nullptr;
}

const RowEdit *TableEditor::editAt(int row, const Row &known) const
{
    if (row >= m_core->rowCount())
        return newRow(row - m_core->rowCount());
    if (m_byKey.isEmpty() || !known.isValid())
        return nullptr;
    const auto found = m_byKey.constFind(writer().keyOf(known));
    return found == m_byKey.constEnd() ? nullptr : &m_edits.at(*found);
}

RowEdit *TableEditor::byId(quint64 id)
{
    const auto found = m_edits.find(id);
    return found == m_edits.end() ? nullptr : &found->second;
}

// The edit of the row, made if there is none; null for a row that is not here.
RowEdit *TableEditor::find(int row, bool make)
{
    if (row >= m_core->rowCount()) {
        const int index = row - m_core->rowCount();
        return index < m_newRows.size() ? byId(m_newRows.at(index)) : nullptr;
    }
    const Row known = m_core->row(row);
    if (!known.isValid())
        return nullptr;
    const QByteArray key = writer().keyOf(known);
    const auto found = m_byKey.constFind(key);
    if (found != m_byKey.constEnd()) {
        RowEdit *edit = byId(*found);
        edit->position = row;
        return edit;
    }
    if (!make)
        return nullptr;
    RowEdit edit;
    edit.id = ++m_lastId;
    edit.key = key;
    edit.position = row;
    edit.base = known;
    m_byKey.insert(key, edit.id);
    return &(m_edits[edit.id] = edit);
}

// Where the row is now; -1 if it is not among those that are here.
int TableEditor::rowOf(RowEdit &edit)
{
    if (edit.isNew) {
        const auto index = m_newRows.indexOf(edit.id);
        return index < 0 ? -1 : m_core->rowCount() + int(index);
    }
    const RowWriter rows = writer();
    const auto isHere = [this, &edit, &rows](qint64 position) {
        const Row &row = m_core->pages().row(position);
        return row.isValid() && rows.keyOf(row) == edit.key;
    };
    if (edit.position >= 0 && edit.position < m_core->rowCount() && isHere(edit.position))
        return int(edit.position);
    for (const qint64 page : m_core->pages().numbers()) {
        for (qint64 position = page * TablePages::PageRows; position < (page + 1) * TablePages::PageRows;
             ++position) {
            if (position < m_core->rowCount() && isHere(position)) {
                edit.position = position;
                return int(position);
            }
        }
    }
    return -1;
}

bool TableEditor::tellRow(RowEdit &edit)
{
    const int row = rowOf(edit);
    if (row < 0)
        return true;
    const QPointer<TableEditor> self(this);
    Q_EMIT m_model->dataChanged(m_model->index(row, 0), m_model->index(row, m_model->columnCount() - 1));
    return !self.isNull();
}

void TableEditor::tellEditing()
{
    Q_EMIT m_model->editingChanged();
}

bool TableEditor::setData(const QModelIndex &index, const QVariant &value)
{
    return setCells(index, {{index.column(), value}});
}

bool TableEditor::setCells(const QModelIndex &index, const QList<std::pair<int, QVariant>> &cells)
{
    for (const auto &[column, value] : cells) {
        const QString refusal = m_core->tableSchema().columns.at(column).refusal(value);
        if (!refusal.isEmpty()) {
            Q_EMIT m_model->editRefused(index.siblingAtColumn(column), refusal);
            return false;
        }
    }
    RowEdit *edit = find(index.row(), true);
    if (!edit || edit->removed)
        return false;
    const quint64 id = edit->id;
    Step step;
    step.newRow = edit->isNew ? id : 0;
    step.key = edit->key;
    step.row = edit->base;
    step.position = index.row();
    for (const auto &[column, value] : cells) {
        Step::Cell cell;
        cell.column = column;
        const QVariant base = edit->base.isValid() ? edit->base.value(column) : QVariant();
        cell.before = edit->values.value(column, base);
        cell.after = editedValue(value, m_core->columns().at(column));
        if (cell.before != value || cell.before.isNull() != value.isNull())
            step.cells.append(cell);
    }
    if (step.cells.isEmpty())
        return true;
    for (const Step::Cell &cell : std::as_const(step.cells))
        edit->set(cell.column, cell.after);
    const QPointer<TableEditor> self(this);
    m_history.record(step, stepText(step));
    edit = self ? byId(id) : nullptr;
    if (!edit || !tellRow(*edit))
        return true;
    // The edit of the row before is written when this one begins.
    const quint64 previous = std::exchange(m_currentRow, id);
    // A new row is written when it is left: before, values that must be there may be missing.
    if (strategy != Strategy::OnManualSubmit && previous != 0 && previous != id)
        startBatch({previous}, false);
    if (self && strategy == Strategy::OnFieldChange && byId(id) && !byId(id)->isUnwritten())
        startBatch({id}, false);
    if (self)
        tellEditing();
    return true;
}

bool TableEditor::insertRows(int count)
{
    const int first = m_model->rowCount();
    const QPointer<TableEditor> self(this);
    m_model->beginInsertRows({}, first, first + count - 1);
    for (int i = 0; i < count; ++i) {
        RowEdit edit;
        edit.id = ++m_lastId;
        edit.isNew = true;
        m_newRows.append(edit.id);
        m_edits[edit.id] = edit;
    }
    const quint64 last = m_lastId;
    m_model->endInsertRows();
    for (quint64 id = last - quint64(count) + 1; self && id <= last; ++id) {
        Step step;
        step.kind = Step::Kind::Insert;
        step.newRow = id;
        m_history.record(step, stepText(step));
    }
    if (self)
        tellEditing();
    return true;
}

// A row that was not written goes; nobody else knows of it.
void TableEditor::removeNewRow(quint64 id)
{
    const auto index = m_newRows.indexOf(id);
    if (index < 0)
        return;
    const int row = m_core->rowCount() + int(index);
    m_model->beginRemoveRows({}, row, row);
    m_newRows.removeAt(index);
    m_byKey.remove(m_edits[id].key);
    m_edits.erase(id);
    m_model->endRemoveRows();
}

bool TableEditor::removeRows(int row, int count)
{
    // Found first: rows that go move those behind them.
    std::vector<quint64> ids;
    for (int i = row; i < row + count; ++i) {
        RowEdit *edit = find(i, true);
        if (!edit)
            return false;
        ids.push_back(edit->id);
    }
    const QPointer<TableEditor> self(this);
    std::vector<quint64> removed;
    for (const quint64 id : ids) {
        RowEdit *edit = byId(id);
        if (!edit)
            continue;
        if (edit->isNew && !edit->base.isValid()) {
            removeNewRow(id);
            if (!self)
                return true;
            m_history.forget();
            if (!self)
                return true;
            continue;
        }
        Step step;
        step.kind = Step::Kind::Remove;
        step.key = edit->key;
        step.newRow = edit->isNew ? id : 0;
        step.row = edit->base;
        step.position = rowOf(*edit);
        edit->removed = true;
        edit->state = CellState::Dirty;
        removed.push_back(id);
        m_history.record(step, stepText(step));
        edit = self ? byId(id) : nullptr;
        if (!self || (edit && !tellRow(*edit)))
            return true;
    }
    if (strategy != Strategy::OnManualSubmit && !removed.empty())
        startBatch(removed, false);
    if (self)
        tellEditing();
    return true;
}

void TableEditor::submitRows(bool evenManual)
{
    if (strategy == Strategy::OnManualSubmit && !evenManual)
        return;
    std::vector<quint64> ids;
    for (const auto &[id, edit] : m_edits) {
        // A new row that nothing was put into is not written by itself.
        if (edit.isWaiting() && (evenManual || !edit.isNew || !edit.values.isEmpty() || edit.removed))
            ids.push_back(id);
    }
    m_currentRow = 0;
    // Those that are removed first: another may take their key.
    std::stable_partition(ids.begin(), ids.end(), [this](quint64 id) { return m_edits[id].removed; });
    if (ids.empty() && evenManual && m_batch.empty()) {
        Q_EMIT m_model->submitted(Error());
        return;
    }
    startBatch(ids, strategy == Strategy::OnManualSubmit);
}

void TableEditor::drop(quint64 id)
{
    const auto edit = m_edits.find(id);
    if (edit == m_edits.end())
        return;
    m_byKey.remove(edit->second.key);
    m_edits.erase(edit);
}

void TableEditor::revertRow(int row)
{
    RowEdit *edit = find(row, false);
    if (!edit || edit->state == CellState::Pending)
        return;
    const QPointer<TableEditor> self(this);
    if (edit->isNew && !edit->base.isValid()) {
        removeNewRow(edit->id);
        if (!self)
            return;
    } else {
        edit->values.clear();
        edit->removed = false;
        edit->state = CellState::Clean;
        edit->error = Error();
        edit->theirs = Row();
        const quint64 id = edit->id;
        if (!tellRow(*edit))
            return;
        if (byId(id) && !byId(id)->isNew)
            drop(id);
    }
    m_history.forget();
    if (self)
        tellEditing();
}

void TableEditor::revertAll()
{
    const QPointer<TableEditor> self(this);
    std::vector<quint64> ids;
    for (const auto &[id, edit] : m_edits)
        ids.push_back(id);
    for (const quint64 id : ids) {
        RowEdit *edit = byId(id);
        const int row = edit ? rowOf(*edit) : -1;
        if (row >= 0)
            revertRow(row);
        else if (edit && edit->state != CellState::Pending && !edit->isNew)
            drop(id);
        if (!self)
            return;
    }
    m_history.forget();
    if (self)
        tellEditing();
}

RowConflict TableEditor::conflict(int row) const
{
    const RowEdit *edit
        = editAt(row, row < m_core->rowCount() && m_core->isLoaded(row) ? m_core->pages().row(row) : Row());
    if (!edit || edit->state != CellState::Conflict)
        return RowConflict();
    return RowConflict(edit->base, edit->values, edit->theirs);
}

void TableEditor::resolve(int row, TableModel::Resolution resolution)
{
    RowEdit *edit = find(row, false);
    if (!edit || edit->state != CellState::Conflict)
        return;
    const quint64 id = edit->id;
    const Row theirs = edit->theirs;
    const QPointer<TableEditor> self(this);
    if (resolution == TableModel::Resolution::TakeTheirs) {
        edit->values.clear();
        edit->removed = false;
        edit->state = CellState::Clean;
        if (theirs.isValid())
            finish(id, batchOf(theirs), false);
        else
            finish(id, RowBatch(), true); // it is gone, as if this had removed it
        if (self)
            tellEditing();
        return;
    }
    edit->state = CellState::Dirty;
    edit->error = Error();
    edit->theirs = Row();
    if (theirs.isValid()) {
        edit->base = theirs; // what must still be there when it is written
    } else if (!edit->removed) {
        // A row that is gone is made anew, with the values it had.
        for (int column = 0; column < int(m_core->columns().size()); ++column) {
            if (!edit->values.contains(column) && !m_core->tableSchema().columns.at(column).generated)
                edit->values.insert(column, edit->base.value(column));
        }
        edit->isNew = false;
        edit->remake = true;
    }
    if (!tellRow(*edit))
        return;
    if (strategy != Strategy::OnManualSubmit)
        startBatch({id}, false);
    if (self)
        tellEditing();
}

// Does a step, or takes it back. False if there is nothing left to do it to.
bool TableEditor::apply(const Step &step, bool undone)
{
    RowEdit *edit = nullptr;
    if (step.newRow != 0) {
        edit = byId(step.newRow);
    } else if (const auto found = m_byKey.constFind(step.key); found != m_byKey.constEnd()) {
        edit = byId(*found);
    } else if (step.row.isValid() && !step.key.isEmpty()) {
        RowEdit made;
        made.id = ++m_lastId;
        made.key = step.key;
        made.position = step.position;
        made.base = step.row;
        m_byKey.insert(made.key, made.id);
        edit = &(m_edits[made.id] = made);
    }
    if (step.kind == Step::Kind::Insert) {
        if (undone && edit && !edit->base.isValid() && edit->state != CellState::Pending)
            removeNewRow(step.newRow);
        return true;
    }
    if (!edit)
        return false;
    const quint64 id = edit->id;
    if (step.kind == Step::Kind::Remove) {
        if (edit->state == CellState::Pending)
            return false;
        edit->removed = !undone;
        edit->state = CellState::Dirty;
    } else {
        for (const Step::Cell &cell : step.cells)
            edit->set(cell.column, undone ? cell.before : cell.after);
    }
    const bool clean = edit->isClean() && !edit->isNew && edit->sent.isEmpty();
    if (!tellRow(*edit))
        return false;
    if (strategy == Strategy::OnFieldChange && byId(id) && !byId(id)->isUnwritten())
        startBatch({id}, false);
    else if (clean)
        drop(id);
    return true;
}

// What a menu says of it.
QString TableEditor::stepText(const Step &step) const
{
    const auto text = [](const char *what, int count = -1) {
        return QCoreApplication::translate("QAsyncMySql::TableModel", what, nullptr, count);
    };
    switch (step.kind) {
    case Step::Kind::Insert:
        return text("Insert row");
    case Step::Kind::Remove:
        return text("Delete row");
    case Step::Kind::Cells:
        break;
    }
    return step.cells.size() == 1
        ? text("Edit %1").arg(m_core->columns().at(step.cells.first().column).name())
        : text("Edit %n columns", int(step.cells.size()));
}

void TableEditor::removeWrittenRows()
{
    const QPointer<TableEditor> self(this);
    const QList<quint64> rows = m_newRows;
    for (const quint64 id : rows) {
        const RowEdit *edit = byId(id);
        if (edit && edit->base.isValid() && edit->isClean())
            removeNewRow(id);
        if (!self)
            return;
    }
}

void TableEditor::forgetWrittenRows()
{
    for (qsizetype i = m_newRows.size(); i-- > 0;) {
        const quint64 id = m_newRows.at(i);
        RowEdit &edit = m_edits[id];
        if (!edit.base.isValid())
            continue;
        m_newRows.removeAt(i);
        if (edit.isClean()) {
            m_byKey.remove(edit.key);
            m_edits.erase(id);
        } else {
            edit.isNew = false; // edited since, and found by its key from now on
        }
    }
}

void TableEditor::forgetAll()
{
    m_channel.cancel();
    m_core->setPaused(false);
    m_batch.clear();
    m_done.clear();
    m_edits.clear();
    m_byKey.clear();
    m_newRows.clear();
    m_currentRow = 0;
    m_history.forget();
}

} // namespace QAsyncMySql::Internal
