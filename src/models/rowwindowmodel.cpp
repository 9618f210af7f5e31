// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/rowwindowmodel.h>

#include "models/rowwindow.h"

#include <algorithm>

namespace QAsyncMySql {

RowWindowModel::RowWindowModel(QObject *parent)
    : QAbstractProxyModel(parent)
    , m_window(std::make_unique<Internal::RowWindow>(this))
{
}

RowWindowModel::~RowWindowModel() = default;

void RowWindowModel::setSourceModel(QAbstractItemModel *model)
{
    if (model == sourceModel())
        return;
    beginResetModel();
    // Before the base, which tells of headers as soon as the first row is there, or the last one gone.
    m_window->connectTo(model);
    QAbstractProxyModel::setSourceModel(model);
    m_window->connectToEnd(model);
    m_window->fill(0);
    endResetModel();
    Q_EMIT firstChanged();
    Q_EMIT sourceRowsChanged();
}

int RowWindowModel::first() const
{
    return m_window->first();
}

void RowWindowModel::setFirst(int sourceRow)
{
    m_window->moveTo(sourceRow);
}

int RowWindowModel::size() const
{
    return m_window->size();
}

void RowWindowModel::setSize(int rows)
{
    const int size = std::max(rows, LeastSize);
    if (size == m_window->size())
        return;
    beginResetModel();
    m_window->setSize(size);
    m_window->fill(m_window->first());
    endResetModel();
    Q_EMIT sizeChanged();
    Q_EMIT firstChanged();
}

int RowWindowModel::sourceRows() const
{
    return m_window->sourceRows();
}

int RowWindowModel::sourceRow(int row) const
{
    return row >= 0 && row < m_window->count() ? m_window->first() + row : -1;
}

int RowWindowModel::windowRow(int sourceRow) const
{
    return sourceRow >= m_window->first() && sourceRow < m_window->end() ? sourceRow - m_window->first() : -1;
}

int RowWindowModel::bringIn(int sourceRow)
{
    if (sourceRow < 0 || sourceRow >= sourceRows())
        return -1;
    const bool near = (sourceRow < first() + m_window->margin() && first() > 0)
        || (sourceRow >= m_window->end() - m_window->margin() && m_window->end() < sourceRows());
    if (near)
        m_window->moveTo(qint64(sourceRow) - m_window->count() / 2);
    return windowRow(sourceRow);
}

void RowWindowModel::follow(int firstRow, int lastRow)
{
    m_window->follow(firstRow, lastRow);
}

QModelIndex RowWindowModel::mapToSource(const QModelIndex &index) const
{
    return index.isValid() && sourceModel()
        ? sourceModel()->index(m_window->first() + index.row(), index.column())
        : QModelIndex();
}

QModelIndex RowWindowModel::mapFromSource(const QModelIndex &index) const
{
    const int row = index.isValid() ? windowRow(index.row()) : -1;
    return row >= 0 ? createIndex(row, index.column()) : QModelIndex();
}

QModelIndex RowWindowModel::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex RowWindowModel::parent(const QModelIndex &) const
{
    return QModelIndex();
}

int RowWindowModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_window->count();
}

int RowWindowModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() || !sourceModel() ? 0 : sourceModel()->columnCount();
}

// The base asks the source, which may be in the middle of a change.
bool RowWindowModel::hasChildren(const QModelIndex &parent) const
{
    return rowCount(parent) > 0 && columnCount(parent) > 0;
}

// The base asks for a row of the window, and there may be none.
QVariant RowWindowModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const int sourceSection = orientation == Qt::Vertical ? sourceRow(section) : section;
    return sourceModel() && sourceSection >= 0 ? sourceModel()->headerData(sourceSection, orientation, role)
                                               : QVariant();
}

bool RowWindowModel::insertRows(int row, int count, const QModelIndex &parent)
{
    return sourceModel() && !parent.isValid() && row >= 0 && row <= rowCount()
        && sourceModel()->insertRows(first() + row, count);
}

bool RowWindowModel::removeRows(int row, int count, const QModelIndex &parent)
{
    return sourceModel() && !parent.isValid() && row >= 0 && count > 0 && count <= rowCount() - row
        && sourceModel()->removeRows(first() + row, count);
}

bool RowWindowModel::canFetchMore(const QModelIndex &parent) const
{
    return sourceModel() && !parent.isValid() && m_window->end() >= sourceRows()
        && sourceModel()->canFetchMore({});
}

} // namespace QAsyncMySql
