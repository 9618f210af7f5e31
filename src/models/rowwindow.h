// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/rowwindowmodel.h>

#include <QtCore/QList>

namespace QAsyncMySql::Internal {

/*!
    What a RowWindowModel shows of its source, and what becomes of it as the source changes.

    Between two signals of the source the window has as many rows as it may, and as there are.
*/
class RowWindow
{
public:
    explicit RowWindow(RowWindowModel *model)
        : m_model(model)
    {
    }

    int first() const noexcept { return m_first; }
    int count() const noexcept { return m_count; }
    int size() const noexcept { return m_size; }
    int sourceRows() const noexcept { return m_sourceRows; }
    //! One row beyond the last, in the source.
    qint64 end() const noexcept { return qint64(m_first) + m_count; }

    //! Without signals: within a reset.
    void setSize(int rows) { m_size = rows; }
    //! Without signals: within a reset. Shows what there is from row \a first on.
    void fill(int first);
    void connectTo(QAbstractItemModel *source);
    //! Of \a source, once the base of the model is connected, too.
    void connectToEnd(QAbstractItemModel *source);

    //! Moves the window to row \a first of the source, or as far as there are rows.
    void moveTo(qint64 first);
    void follow(int firstRow, int lastRow);
    //! How near rows that are seen may come to an end of the window.
    int margin() const noexcept { return m_size / 8; }

private:
    void beginInsert(const QModelIndex &parent, int first, int last);
    void endInsert(const QModelIndex &parent, int first, int last);
    void beginRemove(const QModelIndex &parent, int first, int last);
    void endRemove(const QModelIndex &parent, int first, int last);
    void beginLayout();
    void endLayout();
    void refill();
    void endReset();
    void connectColumns(QAbstractItemModel *source);
    void followNow();

    RowWindowModel *const m_model;
    QList<QMetaObject::Connection> m_connections;
    int m_first = 0;
    int m_count = 0;
    int m_size = RowWindowModel::DefaultSize;
    int m_sourceRows = 0;
    // What is about to come or go.
    int m_before = 0; // in front of the window
    int m_inside = 0;
    bool m_changing = false; // between two signals of a change
    QModelIndexList m_proxyIndexes;
    QList<QPersistentModelIndex> m_sourceIndexes;
    // Rows of the source that are seen.
    qint64 m_seenFirst = 0;
    qint64 m_seenLast = 0;
    bool m_following = false; // it is in the queue of events
};

} // namespace QAsyncMySql::Internal
