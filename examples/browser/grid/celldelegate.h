// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "grid/textcache.h"

#include <QtWidgets/QStyledItemDelegate>

/*!
    Paints the cells of a result: one line of text, NULL told from an empty text.

    It paints by itself, since the general way (layouts, icons, several lines) takes three times as long, and
   painting is what an event loop spends its time on while rows stream in.
*/
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    mutable TextCache m_texts;
    mutable TextCache m_nulls; // in italics
};
