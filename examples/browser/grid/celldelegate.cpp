// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "grid/celldelegate.h"

#include "look/theme.h"

#include <QAsyncMySql/querymodel.h>

#include <QtGui/QPainter>

using QAsyncMySql::QueryModel;

namespace {
constexpr int Margin = 6; // px, left and right of the text
} // namespace

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const auto group = option.state.testFlag(QStyle::State_Active) ? QPalette::Active : QPalette::Inactive;
    if (selected)
        painter->fillRect(option.rect, option.palette.brush(group, QPalette::Highlight));
    QString text = index.data(Qt::DisplayRole).toString();
    QColor color = option.palette.color(group, selected ? QPalette::HighlightedText : QPalette::Text);
    const bool null = text.isEmpty() && index.data(QueryModel::IsNullRole).toBool();
    if (null) {
        text = QStringLiteral("NULL");
        color = selected ? color : Theme::quiet(option.palette);
    }
    if (text.isEmpty())
        return;

    const QRect rect = option.rect.adjusted(Margin, 0, -Margin, 0);
    QFont font = option.font;
    if (null)
        font.setItalic(true);
    painter->setPen(color);
    const auto alignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
    (null ? m_nulls : m_texts).draw(painter, rect, alignment, text, font);
}

void CellDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    // Only what the model has: the base class asks for eight roles of each cell, and painting is the most of
    // our work.
    option->index = index;
    option->features |= QStyleOptionViewItem::HasDisplay;
    option->displayAlignment = Qt::Alignment(index.data(Qt::TextAlignmentRole).toInt());
    option->text = index.data(Qt::DisplayRole).toString();
    if (option->text.isEmpty() && index.data(QueryModel::IsNullRole).toBool()) {
        option->text = QStringLiteral("NULL");
        option->font.setItalic(true);
        option->palette.setColor(QPalette::Text, Theme::quiet(option->palette));
    }
}
