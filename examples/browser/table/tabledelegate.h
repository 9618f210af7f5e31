// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "grid/celldelegate.h"

#include <QAsyncMySql/relationdelegate.h>

/*!
    Paints the cells of a TableModel, or of a QueryModel that can be edited, on the ground of how they stand
    (edited, being written, refused, in conflict; of a new or a removed row), and edits them: a list for what
    refers to another table or has choices, a line for all else.
*/
class TableDelegate : public QAsyncMySql::RelationDelegate
{
    Q_OBJECT

public:
    using RelationDelegate::RelationDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    CellDelegate m_cells;
};
