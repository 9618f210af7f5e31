// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "steadyrows.h"

#include <limits>

namespace {
// A view may look at rows that are not there yet only where it can see them: within this many from the first.
constexpr int RowsInSight = 1000;
} // namespace

SteadyRows::SteadyRows(QObject *parent)
    : QAbstractProxyModel(parent)
{
}

void SteadyRows::setSourceModel(QAbstractItemModel *model)
{
    beginResetModel();
    if (sourceModel())
        sourceModel()->disconnect(this);
    QAbstractProxyModel::setSourceModel(model);
    if (model) {
        connect(model, &QAbstractItemModel::modelAboutToBeReset, this, &SteadyRows::beginResetModel);
        connect(model, &QAbstractItemModel::modelReset, this, &SteadyRows::endResetModel);
        connect(model, &QAbstractItemModel::layoutChanged, this, &SteadyRows::reset);
        connect(model, &QAbstractItemModel::columnsInserted, this, &SteadyRows::reset);
        connect(model, &QAbstractItemModel::columnsRemoved, this, &SteadyRows::reset);
        connect(model, &QAbstractItemModel::rowsMoved, this, &SteadyRows::reset);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &SteadyRows::reset);
        connect(model, &QAbstractItemModel::rowsInserted, this, &SteadyRows::fillIn);
        connect(model, &QAbstractItemModel::headerDataChanged, this, &SteadyRows::headerDataChanged);
        connect(model, &QAbstractItemModel::dataChanged, this,
                [this](const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) {
                    Q_EMIT dataChanged(mapFromSource(first), mapFromSource(last), roles);
                });
    }
    endResetModel();
}

QModelIndex SteadyRows::mapToSource(const QModelIndex &index) const
{
    if (!index.isValid() || !sourceModel())
        return {};
    return sourceModel()->index(index.row(), index.column()); // not valid for a row that is not there
}

QModelIndex SteadyRows::mapFromSource(const QModelIndex &index) const
{
    return index.isValid() ? createIndex(index.row(), index.column()) : QModelIndex();
}

QModelIndex SteadyRows::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex SteadyRows::parent(const QModelIndex &) const
{
    return {};
}

// A TableView numbers its cells with an int.
int SteadyRows::rowCount(const QModelIndex &parent) const
{
    const int columns = columnCount(parent);
    return columns > 0 ? std::numeric_limits<int>::max() / columns : 0;
}

int SteadyRows::columnCount(const QModelIndex &parent) const
{
    return sourceModel() && !parent.isValid() ? sourceModel()->columnCount() : 0;
}

QVariant SteadyRows::data(const QModelIndex &index, int role) const
{
    if (const QModelIndex source = mapToSource(index); source.isValid())
        return source.data(role);
    return role == Qt::DisplayRole ? QVariant(QString()) : QVariant();
}

// As the base has it, a table without rows would have no headers.
QVariant SteadyRows::headerData(int section, Qt::Orientation orientation, int role) const
{
    return sourceModel() ? sourceModel()->headerData(section, orientation, role) : QVariant();
}

void SteadyRows::reset()
{
    beginResetModel();
    endResetModel();
}

void SteadyRows::fillIn(const QModelIndex &parent, int first, int last)
{
    if (parent.isValid() || first >= RowsInSight)
        return;
    Q_EMIT dataChanged(index(first, 0), index(qMin(last, RowsInSight), columnCount() - 1));
}
