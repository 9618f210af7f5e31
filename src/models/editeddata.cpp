// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/celldata.h"
#include "models/rowedit.h"

namespace QAsyncMySql::Internal {

namespace {

TableModel::RowState rowState(const RowEdit &edit)
{
    if (edit.removed)
        return TableModel::RowState::Removed;
    if (edit.isNew && !edit.base.isValid())
        return TableModel::RowState::New;
    return edit.values.isEmpty() ? TableModel::RowState::Clean : TableModel::RowState::Changed;
}

} // namespace

QVariant editedData(const RowEdit &edit, const QList<Column> &columns, int column, int role)
{
    const bool edited = edit.values.contains(column);
    const QVariant value = edit.values.value(column);
    const bool null = !value.isValid() || (value.isNull() && value.typeId() != QMetaType::QString)
        || value.typeId() == QMetaType::Nullptr;
    const int named = role - TableModel::FirstColumnRole;
    if (named >= 0 && named < columns.size()) {
        if (edit.values.contains(named)) {
            const QVariant own = edit.values.value(named);
            return own.isNull() && own.typeId() != QMetaType::QString ? QVariant::fromValue(nullptr) : own;
        }
        return edit.isNew && edit.base.isValid() ? cellData(edit.base, column, role) : QVariant();
    }
    switch (role) {
    case TableModel::CellStateRole:
        return int(edited || edit.removed ? edit.state : TableModel::CellState::Clean);
    case TableModel::RowStateRole:
        return int(rowState(edit));
    case TableModel::ErrorRole:
        return edit.error.message();
    case Qt::DisplayRole:
        if (edited)
            return null ? QString() : valueText(value);
        break;
    case Qt::EditRole:
        if (edited)
            return value;
        break;
    case QueryModel::IsNullRole:
        if (edited)
            return null;
        break;
    case Qt::ToolTipRole:
        if (edit.error.isError())
            return edit.error.message().toHtmlEscaped();
        break;
    case TableModel::BaseValueRole:
        return edit.base.isValid() ? edit.base.value(column) : QVariant();
    default:
        break;
    }
    if (!edit.isNew)
        return QVariant(); // as for any row
    if (edit.base.isValid())
        return cellData(edit.base, column, role);
    if (role == Qt::TextAlignmentRole || role == QueryModel::TypeNameRole
        || role == QueryModel::ColumnNameRole)
        return columnHeader(columns.at(column), role);
    return role == QueryModel::IsNullRole ? QVariant(true) : QVariant();
}

} // namespace QAsyncMySql::Internal
