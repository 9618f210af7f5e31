// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/rowwindow.h"

#include <algorithm>
#include <utility>

namespace QAsyncMySql::Internal {

void RowWindow::fill(int first)
{
    const QAbstractItemModel *source = m_model->sourceModel();
    m_sourceRows = source ? source->rowCount() : 0;
    m_count = std::min(m_size, m_sourceRows);
    m_first = std::clamp(first, 0, m_sourceRows - m_count);
    m_changing = false;
}

void RowWindow::connectTo(QAbstractItemModel *source)
{
    for (const QMetaObject::Connection &connection : std::as_const(m_connections))
        QObject::disconnect(connection);
    m_connections.clear();
    if (!source)
        return;
    const auto add = [this, source](auto signal, auto slot) {
        m_connections.append(QObject::connect(source, signal, m_model, slot));
    };
    using Model = QAbstractItemModel;
    add(&Model::rowsAboutToBeInserted,
        [this](const QModelIndex &parent, int first, int last) { beginInsert(parent, first, last); });
    add(&Model::rowsInserted,
        [this](const QModelIndex &parent, int first, int last) { endInsert(parent, first, last); });
    add(&Model::rowsAboutToBeRemoved,
        [this](const QModelIndex &parent, int first, int last) { beginRemove(parent, first, last); });
    add(&Model::rowsRemoved,
        [this](const QModelIndex &parent, int first, int last) { endRemove(parent, first, last); });
    add(&Model::rowsAboutToBeMoved, [this] { beginLayout(); });
    add(&Model::rowsMoved, [this] { endLayout(); });
    add(&Model::layoutAboutToBeChanged, [this] { beginLayout(); });
    add(&Model::layoutChanged, [this] { endLayout(); });
    add(&Model::modelAboutToBeReset, [this] { m_model->beginResetModel(); });
    add(&Model::modelReset, [this] { endReset(); });
    add(&Model::dataChanged,
        [this](const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &roles) {
            const qint64 top = std::max(topLeft.row() - m_first, 0);
            const qint64 bottom = std::min(bottomRight.row() - m_first, m_count - 1);
            if (top <= bottom && !topLeft.parent().isValid())
                Q_EMIT m_model->dataChanged(m_model->index(int(top), topLeft.column()),
                                            m_model->index(int(bottom), bottomRight.column()), roles);
        });
    add(&Model::headerDataChanged, [this](Qt::Orientation orientation, int first, int last) {
        if (orientation == Qt::Vertical) {
            first = std::max(first - m_first, 0);
            last = std::min(last - m_first, m_count - 1);
        }
        if (first <= last)
            Q_EMIT m_model->headerDataChanged(orientation, first, last);
    });
    connectColumns(source);
}

void RowWindow::connectColumns(QAbstractItemModel *source)
{
    using Model = QAbstractItemModel;
    const auto add = [this, source](auto signal, auto slot) {
        m_connections.append(QObject::connect(source, signal, m_model, slot));
    };
    add(&Model::columnsAboutToBeInserted, [this](const QModelIndex &parent, int first, int last) {
        if (!parent.isValid())
            m_model->beginInsertColumns({}, first, last);
    });
    add(&Model::columnsInserted, [this](const QModelIndex &parent) {
        if (!parent.isValid())
            m_model->endInsertColumns();
    });
    add(&Model::columnsAboutToBeRemoved, [this](const QModelIndex &parent, int first, int last) {
        if (!parent.isValid())
            m_model->beginRemoveColumns({}, first, last);
    });
    add(&Model::columnsRemoved, [this](const QModelIndex &parent) {
        if (!parent.isValid())
            m_model->endRemoveColumns();
    });
    add(&Model::columnsAboutToBeMoved, [this] { beginLayout(); });
    add(&Model::columnsMoved, [this] { endLayout(); });
}

void RowWindow::connectToEnd(QAbstractItemModel *source)
{
    if (!source)
        return;
    m_connections.append(QObject::connect(source, &QObject::destroyed, m_model, [this] {
        m_model->beginResetModel();
        endReset(); // the base has none any more
    }));
}

void RowWindow::endReset()
{
    fill(m_first);
    m_model->endResetModel();
    Q_EMIT m_model->firstChanged();
    Q_EMIT m_model->sourceRowsChanged();
}

void RowWindow::beginInsert(const QModelIndex &parent, int first, int last)
{
    if (parent.isValid())
        return;
    const int count = last - first + 1;
    const qint64 at = qint64(first) - m_first;
    m_changing = true;
    m_before = 0;
    m_inside = 0;
    if (at < 0 || (at == 0 && m_first > 0)) {
        m_before = count; // what is in the window stays in it
    } else if (at <= m_count && at < m_size) {
        m_inside = int(std::min<qint64>(count, m_size - at));
        // They push others out, at the end.
        const int out = std::max(0, m_count + m_inside - m_size);
        if (out > 0) {
            m_model->beginRemoveRows({}, m_count - out, m_count - 1);
            m_count -= out;
            m_model->endRemoveRows();
        }
        m_model->beginInsertRows({}, int(at), int(at) + m_inside - 1);
    }
}

void RowWindow::endInsert(const QModelIndex &parent, int first, int last)
{
    if (parent.isValid())
        return;
    m_changing = false;
    m_sourceRows += last - first + 1;
    m_first += m_before;
    if (m_inside > 0) {
        m_count += m_inside;
        m_model->endInsertRows();
    }
    if (m_before > 0) {
        Q_EMIT m_model->headerDataChanged(Qt::Vertical, 0, m_count - 1);
        Q_EMIT m_model->firstChanged();
    }
    Q_EMIT m_model->sourceRowsChanged();
}

void RowWindow::beginRemove(const QModelIndex &parent, int first, int last)
{
    if (parent.isValid())
        return;
    m_changing = true;
    m_before = std::max(0, std::min(last + 1, m_first) - first);
    const qint64 top = std::max(first, m_first);
    const qint64 bottom = std::min<qint64>(last, end() - 1);
    m_inside = int(std::max<qint64>(0, bottom - top + 1));
    if (m_inside > 0)
        m_model->beginRemoveRows({}, int(top) - m_first, int(bottom) - m_first);
}

void RowWindow::endRemove(const QModelIndex &parent, int first, int last)
{
    if (parent.isValid())
        return;
    m_changing = false;
    m_sourceRows -= last - first + 1;
    m_first -= m_before;
    if (m_inside > 0) {
        m_count -= m_inside;
        m_model->endRemoveRows();
    }
    const bool before = m_before > 0;
    refill();
    if (before) {
        if (m_count > 0)
            Q_EMIT m_model->headerDataChanged(Qt::Vertical, 0, m_count - 1);
        Q_EMIT m_model->firstChanged();
    }
    Q_EMIT m_model->sourceRowsChanged();
}

// Rows went: others come in, from behind and then from before.
void RowWindow::refill()
{
    const int behind = int(std::min<qint64>(m_size - m_count, m_sourceRows - end()));
    if (behind > 0) {
        m_model->beginInsertRows({}, m_count, m_count + behind - 1);
        m_count += behind;
        m_model->endInsertRows();
    }
    const int before = std::min(m_size - m_count, m_first);
    if (before > 0) {
        Q_EMIT m_model->aboutToMove();
        m_model->beginInsertRows({}, 0, before - 1);
        m_first -= before;
        m_count += before;
        m_model->endInsertRows();
        Q_EMIT m_model->moved(-before);
        Q_EMIT m_model->firstChanged();
    }
}

void RowWindow::beginLayout()
{
    m_changing = true;
    Q_EMIT m_model->layoutAboutToBeChanged();
    m_proxyIndexes = m_model->persistentIndexList();
    m_sourceIndexes.clear();
    m_sourceIndexes.reserve(m_proxyIndexes.size());
    for (const QModelIndex &index : std::as_const(m_proxyIndexes))
        m_sourceIndexes.append(m_model->mapToSource(index));
}

void RowWindow::endLayout()
{
    fill(m_first);
    QModelIndexList now;
    now.reserve(m_sourceIndexes.size());
    for (const QPersistentModelIndex &index : std::as_const(m_sourceIndexes))
        now.append(m_model->mapFromSource(index));
    m_model->changePersistentIndexList(m_proxyIndexes, now);
    m_proxyIndexes.clear();
    m_sourceIndexes.clear();
    Q_EMIT m_model->layoutChanged();
}

void RowWindow::moveTo(qint64 first)
{
    const int to = int(std::clamp<qint64>(first, 0, m_sourceRows - m_count));
    const int by = to - m_first;
    if (by == 0 || m_changing)
        return;
    Q_EMIT m_model->aboutToMove();
    Q_EMIT m_model->layoutAboutToBeChanged();
    const QModelIndexList before = m_model->persistentIndexList();
    QModelIndexList now;
    now.reserve(before.size());
    for (const QModelIndex &index : before) {
        const qint64 row = qint64(index.row()) - by;
        now.append(row >= 0 && row < m_count ? m_model->createIndex(int(row), index.column())
                                             : QModelIndex());
    }
    m_first = to;
    m_model->changePersistentIndexList(before, now);
    Q_EMIT m_model->layoutChanged();
    Q_EMIT m_model->moved(by);
    Q_EMIT m_model->firstChanged();
}

void RowWindow::follow(int firstRow, int lastRow)
{
    const bool near
        = (firstRow < margin() && m_first > 0) || (lastRow >= m_count - margin() && end() < m_sourceRows);
    m_seenFirst = qint64(m_first) + firstRow;
    m_seenLast = qint64(m_first) + lastRow;
    if (!near || std::exchange(m_following, true))
        return;
    QMetaObject::invokeMethod(
        m_model, [this] { followNow(); }, Qt::QueuedConnection);
}

void RowWindow::followNow()
{
    m_following = false;
    const qint64 middle = (m_seenFirst + m_seenLast) / 2;
    // The view may have come back meanwhile.
    if ((m_seenFirst < m_first + margin() && m_first > 0)
        || (m_seenLast >= end() - margin() && end() < m_sourceRows))
        moveTo(middle - m_count / 2);
}

} // namespace QAsyncMySql::Internal
