// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtWidgets/QTableView>

namespace QAsyncMySql {
class RowWindowModel;
}

//! A table of values in one line each: rows of one height with their numbers on the left. Ctrl+C copies the
//! selected cells as lines of text with tabs.
class GridView : public QTableView
{
    Q_OBJECT

public:
    explicit GridView(QWidget *parent = nullptr);
    using QTableView::edit;

    //! Shows a table of any length, by the part of it that is looked at (see RowWindowModel).
    void setLongModel(QAbstractItemModel *model);
    //! The whole of what is shown; the functions below have its indexes. model() may be a part of it.
    QAbstractItemModel *wholeModel() const;
    QModelIndex currentCell() const;
    void setCurrentCell(const QModelIndex &cell);
    QItemSelection selectedCells() const;

    //! Makes the columns as wide as their first rows need, within reason.
    void fitColumns();
    //! The selected cells, as Ctrl+C copies them; null for none, or for more than a clipboard is good for.
    QString selectedText() const;

Q_SIGNALS:
    //! Of model().
    void currentCellChanged(const QModelIndex &index);
    //! The user wanted to edit a cell, of wholeModel(), that cannot be edited.
    void editRefused(const QModelIndex &index);

protected:
    bool edit(const QModelIndex &index, EditTrigger trigger, QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QAsyncMySql::RowWindowModel *m_window = nullptr;
};
