// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "celldelegate.h"

#include "theme.h"

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
    // Only what may be too long is measured.
    if (text.size() * option.fontMetrics.averageCharWidth() * 3 / 2 > rect.width())
        text = option.fontMetrics.elidedText(text.left(200), Qt::ElideRight, rect.width());
    if (null) {
        QFont font = option.font;
        font.setItalic(true);
        painter->setFont(font);
    } else {
        painter->setFont(option.font);
    }
    painter->setPen(color);
    const int alignment = index.data(Qt::TextAlignmentRole).toInt();
    painter->drawText(rect, alignment | Qt::TextSingleLine | Qt::TextDontClip, text);
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
