// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of TableModel that edits.

#include <QAsyncMySql/tablemodel.h>

#include "models/relationtexts.h"
#include "models/tableeditor.h"
#include "models/tablemodelcore.h"

namespace QAsyncMySql {

bool TableModel::isEditable() const
{
    const bool named = !m_core->tableSchema().isView || !m_core->keyOverride.isEmpty();
    return status() == Status::Ready && !isStreaming() && !m_core->key().isEmpty() && named;
}

TableModel::EditStrategy TableModel::editStrategy() const
{
    return m_editor->strategy;
}

void TableModel::setEditStrategy(EditStrategy strategy)
{
    if (std::exchange(m_editor->strategy, strategy) == strategy)
        return;
    Q_EMIT editingChanged();
}

TableModel::Locking TableModel::locking() const
{
    return m_editor->locking;
}

void TableModel::setLocking(Locking locking)
{
    m_editor->locking = locking;
}

void TableModel::setVersionColumn(const QString &column)
{
    m_editor->versionColumn = column;
    m_editor->locking = Locking::VersionColumn;
}

bool TableModel::isDirty() const
{
    return m_editor->isDirty();
}

bool TableModel::isSubmitting() const
{
    return m_editor->isSubmitting();
}

bool TableModel::canUndo() const
{
    return m_editor->canUndo();
}

bool TableModel::canRedo() const
{
    return m_editor->canRedo();
}

QUndoStack *TableModel::undoStack() const
{
    return m_editor->undoStack();
}

QString TableModel::refusal(int column, const QVariant &value) const
{
    const QList<Internal::TableColumn> &columns = m_core->tableSchema().columns;
    return column >= 0 && column < columns.size() ? columns.at(column).refusal(value) : QString();
}

RowConflict TableModel::conflict(int row) const
{
    return m_editor->conflict(row);
}

void TableModel::resolve(int row, Resolution resolution)
{
    m_editor->resolve(row, resolution);
}

void TableModel::revertRow(int row)
{
    m_editor->revertRow(row);
}

bool TableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !index.isValid() || !isEditable() || index.row() >= rowCount()
        || index.column() >= columnCount())
        return false;
    return m_editor->setData(index, value);
}

bool TableModel::setKeys(const QModelIndex &index, const QVariantList &keys)
{
    if (!index.isValid() || !isEditable() || index.row() >= rowCount() || index.column() >= columnCount())
        return false;
    QList<std::pair<int, QVariant>> cells{{index.column(), keys.value(0)}};
    const QStringList further
        = m_relations->relation(m_core->columns().at(index.column()).name()).furtherColumns;
    if (!keys.value(0).isNull()) {
        if (keys.size() != further.size() + 1)
            return false;
        for (qsizetype i = 0; i < further.size(); ++i) {
            const int column = m_core->tableSchema().indexOf(further.at(i));
            if (column < 0)
                return false;
            cells.append({column, keys.at(i + 1)});
        }
    }
    return m_editor->setCells(index, cells);
}

Qt::ItemFlags TableModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid() || !isEditable() || index.column() >= m_core->tableSchema().columns.size())
        return flags;
    const Internal::TableColumn &column = m_core->tableSchema().columns.at(index.column());
    const bool here = index.row() >= m_core->rowCount() || m_core->isLoaded(index.row());
    if (here && !column.generated && !column.isSpatial())
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool TableModel::insertRows(int row, int count, const QModelIndex &parent)
{
    if (parent.isValid() || row != rowCount() || count < 1 || !isEditable())
        return false;
    return m_editor->insertRows(count);
}

bool TableModel::removeRows(int row, int count, const QModelIndex &parent)
{
    if (parent.isValid() || row < 0 || count < 1 || row + count > rowCount() || !isEditable())
        return false;
    return m_editor->removeRows(row, count);
}

bool TableModel::submit()
{
    m_editor->submitRows(false);
    return true;
}

void TableModel::revert()
{
    if (m_editor->strategy == EditStrategy::OnRowChange)
        m_editor->revertAll();
}

void TableModel::submitAll()
{
    m_editor->submitRows(true);
}

void TableModel::revertAll()
{
    m_editor->revertAll();
}

void TableModel::undo()
{
    m_editor->undo();
}

void TableModel::redo()
{
    m_editor->redo();
}

} // namespace QAsyncMySql
