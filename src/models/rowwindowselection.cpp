// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/rowwindowselection.h>

#include <algorithm>

namespace QAsyncMySql {

namespace {

// The part of \a range between two rows; empty if there is none.
QItemSelection partOf(const QItemSelectionRange &range, int firstRow, int lastRow)
{
    const int top = std::max(range.top(), firstRow);
    const int bottom = std::min(range.bottom(), lastRow);
    if (top > bottom)
        return QItemSelection();
    const QAbstractItemModel *model = range.model();
    return QItemSelection(model->index(top, range.left()), model->index(bottom, range.right()));
}

} // namespace

RowWindowSelection::RowWindowSelection(RowWindowModel *model, QObject *parent)
    : QItemSelectionModel(model, parent)
    , m_kept(nullptr)
{
    connect(this, &QItemSelectionModel::modelChanged, this, &RowWindowSelection::attach);
    attach();
}

RowWindowSelection::~RowWindowSelection() = default;

void RowWindowSelection::attach()
{
    if (m_window)
        m_window->disconnect(this);
    m_window = qobject_cast<RowWindowModel *>(model());
    const auto takeSource = [this] {
        m_current = QPersistentModelIndex();
        m_kept.setModel(m_window ? m_window->sourceModel() : nullptr);
    };
    takeSource();
    if (!m_window)
        return;
    connect(m_window, &RowWindowModel::sourceModelChanged, this, takeSource);
    connect(m_window, &RowWindowModel::aboutToMove, this, &RowWindowSelection::keep);
    connect(m_window, &RowWindowModel::moved, this, &RowWindowSelection::restore);
}

QItemSelection RowWindowSelection::sourceSelection() const
{
    QItemSelection all;
    if (!m_window || m_window->rowCount() == 0)
        return all;
    const int first = m_window->first();
    const int last = first + m_window->rowCount() - 1;
    for (const QItemSelectionRange &range : m_kept.selection()) {
        if (first > 0)
            all += partOf(range, 0, first - 1);
        if (last < m_window->sourceRows() - 1)
            all += partOf(range, last + 1, m_window->sourceRows() - 1);
    }
    for (const QItemSelectionRange &range : selection())
        all.append(QItemSelectionRange(m_window->mapToSource(range.topLeft()),
                                       m_window->mapToSource(range.bottomRight())));
    return all;
}

QModelIndex RowWindowSelection::sourceCurrent() const
{
    return m_window && currentIndex().isValid() ? m_window->mapToSource(currentIndex())
                                                : QModelIndex(m_current);
}

void RowWindowSelection::select(const QItemSelection &selection, SelectionFlags command)
{
    if (!m_moving && command.testFlag(Clear) && m_kept.model())
        m_kept.clearSelection();
    QItemSelectionModel::select(selection, command);
}

void RowWindowSelection::setCurrentIndex(const QModelIndex &index, SelectionFlags command)
{
    m_current = QPersistentModelIndex();
    QItemSelectionModel::setCurrentIndex(index, command);
}

void RowWindowSelection::clear()
{
    if (m_kept.model())
        m_kept.clear();
    m_current = QPersistentModelIndex();
    QItemSelectionModel::clear();
}

void RowWindowSelection::reset()
{
    m_kept.reset();
    m_current = QPersistentModelIndex();
    QItemSelectionModel::reset();
}

void RowWindowSelection::clearCurrentIndex()
{
    m_current = QPersistentModelIndex();
    QItemSelectionModel::clearCurrentIndex();
}

void RowWindowSelection::keep()
{
    if (!m_kept.model())
        return;
    const QItemSelection all = sourceSelection();
    if (!all.isEmpty() || m_kept.hasSelection())
        m_kept.select(all, ClearAndSelect);
    if (currentIndex().isValid())
        m_current = m_window->mapToSource(currentIndex());
    m_moving = true;
    // Nobody would be told of a current index that leaves the window.
    QItemSelectionModel::clearCurrentIndex();
    // Selected anew behind the move: as indexes that persist they would be one for each row.
    if (hasSelection())
        select(QItemSelection(), Clear);
}

void RowWindowSelection::restore()
{
    const int first = m_window->first();
    const int last = first + m_window->rowCount() - 1;
    QItemSelection here;
    for (const QItemSelectionRange &range : m_kept.selection()) {
        for (const QItemSelectionRange &part : partOf(range, first, last))
            here.append(QItemSelectionRange(m_window->mapFromSource(part.topLeft()),
                                            m_window->mapFromSource(part.bottomRight())));
    }
    if (!here.isEmpty())
        select(here, Select);
    m_moving = false;
    const QModelIndex current = m_window->mapFromSource(m_current);
    if (!current.isValid())
        return;
    m_current = QPersistentModelIndex();
    if (!currentIndex().isValid())
        QItemSelectionModel::setCurrentIndex(current, NoUpdate);
}

} // namespace QAsyncMySql
