// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/qasyncmysql_models_export.h>

#include <QtCore/QAbstractProxyModel>

#include <memory>

namespace QAsyncMySql {

namespace Internal {
class RowWindow;
} // namespace Internal

/*!
    Shows a view a part of a table that is too long for it: size() rows, beginning with row first(), which
   move along as the view is scrolled.

    A QTableView counts the heights of all rows in an int and keeps 8 bytes for each: with 30 pixels a row it
   ends at 71 million rows. The scene of a QML TableView has places of 24 bits: beyond some 16 million pixels
   its rows are not where they should be. Behind this proxy the last of 2,147,483,647 rows is reached, and
   memory does not grow with them. Where the source has no more than size() rows, all are shown and nothing
   moves.

    Rows of the window are those of the source, with all their roles, flags and editing. The view says which
    rows it shows (follow()); when these come near an end of the window, it moves, from the event loop, and
    moved() says how far the view must scroll so that nothing is seen of it. RowWindowScrollBar does that for
   a QTableView.

    Persistent indexes of rows that leave the window become invalid. RowWindowSelection keeps a selection.

    \since 1.0
*/
class QASYNCMYSQL_MODELS_EXPORT RowWindowModel : public QAbstractProxyModel
{
    Q_OBJECT
    Q_PROPERTY(int first READ first WRITE setFirst NOTIFY firstChanged FINAL)
    Q_PROPERTY(int size READ size WRITE setSize NOTIFY sizeChanged FINAL)
    Q_PROPERTY(int sourceRows READ sourceRows NOTIFY sourceRowsChanged FINAL)

public:
    static constexpr int DefaultSize = 100'000; //!< rows
    static constexpr int LeastSize = 1'000; //!< rows

    explicit RowWindowModel(QObject *parent = nullptr);
    ~RowWindowModel() override;

    //! A table: a model without children.
    void setSourceModel(QAbstractItemModel *model) override;

    //! The row of the source that is row 0 here. To set it moves the window, no further than there are rows.
    int first() const;
    void setFirst(int sourceRow);
    //! The most rows that are shown; 100,000 by default, 1,000 at least. To set it resets the model.
    int size() const;
    void setSize(int rows);
    //! How many rows the source has.
    int sourceRows() const;
    //! The row of the source that is \a row here, or -1.
    Q_INVOKABLE int sourceRow(int row) const;
    //! Where row \a sourceRow of the source is here; -1 if it is outside of the window.
    Q_INVOKABLE int windowRow(int sourceRow) const;

    /*! Moves the window, if need be, so that row \a sourceRow of the source is in it with room on both sides;
        says where it is then, or -1 if there is no such row. At once, so not to be called while the view
        works with indexes. */
    Q_INVOKABLE int bringIn(int sourceRow);
    /*! The view shows the rows from \a firstRow to \a lastRow: if these are near an end of the window, and
        there is more, it moves from the event loop so that they are in its middle. */
    Q_INVOKABLE void follow(int firstRow, int lastRow);

    QModelIndex mapToSource(const QModelIndex &index) const override;
    QModelIndex mapFromSource(const QModelIndex &index) const override;
    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    using QObject::parent;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    //! At the place of the source that row \a row is.
    bool insertRows(int row, int count, const QModelIndex &parent = {}) override;
    bool removeRows(int row, int count, const QModelIndex &parent = {}) override;
    //! Only where the window reaches the end of the source.
    bool canFetchMore(const QModelIndex &parent) const override;

Q_SIGNALS:
    void firstChanged();
    void sizeChanged();
    void sourceRowsChanged();
    //! The window is going to move; rows are still where they were.
    void aboutToMove();
    //! What was row r is row r - \a rows now, or is outside of the window; the view must scroll by as much.
    void moved(int rows);

private:
    friend class Internal::RowWindow;
    std::unique_ptr<Internal::RowWindow> m_window;
};

} // namespace QAsyncMySql
