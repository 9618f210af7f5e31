// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/celldata.h"

#include "models/celltext.h"
#include "models/scriptvalue.h"

namespace QAsyncMySql::Internal {

namespace {

int alignmentOf(const Column &column)
{
    return int((column.isNumeric() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

} // namespace

QVariant cellData(const Row &row, int column, int role)
{
    const Column &definition = row.columns().at(column);
    switch (role) {
    case Qt::DisplayRole:
        return displayText(row.cell(column));
    case Qt::EditRole:
        return row.value(column);
    case Qt::ToolTipRole: {
        const QString text = toolTipText(row.cell(column));
        return text.isEmpty() ? QVariant() : QVariant(text);
    }
    case Qt::TextAlignmentRole:
        return alignmentOf(definition);
    case QueryModel::RawRole:
        return row.raw(column).toByteArray();
    case QueryModel::IsNullRole:
        return row.isNull(column);
    case QueryModel::TypeNameRole:
        return definition.typeName();
    case QueryModel::ColumnNameRole:
        return definition.name();
    default:
        break;
    }
    if (const int named = role - QueryModel::FirstColumnRole; named >= 0 && named < row.columnCount())
        return scriptValue(row, named);
    return QVariant();
}

bool isFinerThanQt(const Column &column)
{
    const ColumnType type = column.type();
    const bool time
        = type == ColumnType::DateTime || type == ColumnType::Timestamp || type == ColumnType::Time;
    return time && column.decimals() > 3 && column.decimals() <= 6;
}

QVariant columnHeader(const Column &column, int role)
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
    case QueryModel::ColumnNameRole:
        return column.name();
    case Qt::ToolTipRole:
        return QVariant(column.name().toHtmlEscaped() + QLatin1String("<br>") + column.typeName()
                        + (column.isNullable() ? QString() : QStringLiteral(" NOT NULL")));
    case Qt::TextAlignmentRole:
        return alignmentOf(column);
    case QueryModel::TypeNameRole:
        return column.typeName();
    default:
        return QVariant();
    }
}

void addEditingRoleNames(QHash<int, QByteArray> &names)
{
    names.insert(TableModel::CellStateRole, QByteArrayLiteral("cellState"));
    names.insert(TableModel::RowStateRole, QByteArrayLiteral("rowState"));
    names.insert(TableModel::ErrorRole, QByteArrayLiteral("errorText"));
    names.insert(TableModel::BaseValueRole, QByteArrayLiteral("baseValue"));
    names.insert(TableModel::ChoicesRole, QByteArrayLiteral("choices"));
}

QHash<int, QByteArray> modelRoleNames(QHash<int, QByteArray> names, const QList<QByteArray> &columnRoles)
{
    names.insert(Qt::TextAlignmentRole, QByteArrayLiteral("textAlignment"));
    names.insert(QueryModel::RawRole, QByteArrayLiteral("raw"));
    names.insert(QueryModel::IsNullRole, QByteArrayLiteral("isNull"));
    names.insert(QueryModel::TypeNameRole, QByteArrayLiteral("typeName"));
    names.insert(QueryModel::ColumnNameRole, QByteArrayLiteral("columnName"));
    for (qsizetype i = 0; i < columnRoles.size(); ++i)
        names.insert(QueryModel::FirstColumnRole + int(i), columnRoles.at(i));
    return names;
}

} // namespace QAsyncMySql::Internal
