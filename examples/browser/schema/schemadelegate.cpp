// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "schema/schemadelegate.h"

#include "look/theme.h"

#include <QAsyncMySql/schemamodel.h>

#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

using QAsyncMySql::SchemaModel;

namespace {

QIcon iconOf(const QModelIndex &index)
{
    switch (SchemaModel::Kind(index.data(SchemaModel::KindRole).toInt())) {
    case SchemaModel::Kind::Schema:
        return Theme::icon(Theme::Symbol::Schema);
    case SchemaModel::Kind::Table:
        return Theme::icon(Theme::Symbol::Table);
    case SchemaModel::Kind::View:
        return Theme::icon(Theme::Symbol::View);
    case SchemaModel::Kind::Column:
        return Theme::icon(index.data(SchemaModel::PrimaryRole).toBool() ? Theme::Symbol::Key
                                                                         : Theme::Symbol::Column);
    case SchemaModel::Kind::Index:
        return Theme::icon(Theme::Symbol::Index);
    case SchemaModel::Kind::ForeignKey:
        return Theme::icon(Theme::Symbol::Key);
    }
    return QIcon();
}

} // namespace

void SchemaDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->icon = iconOf(index);
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = QSize(16, 16);
}

void SchemaDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const QString description = index.data(SchemaModel::DescriptionRole).toString();
    if (description.isEmpty())
        return;
    QStyleOptionViewItem filled(option);
    initStyleOption(&filled, index);
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    QRect rect = style->subElementRect(QStyle::SE_ItemViewItemText, &filled, option.widget);
    rect.setLeft(rect.left() + option.fontMetrics.horizontalAdvance(filled.text) + 14);
    if (rect.width() < 20)
        return;
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->setPen(selected ? option.palette.color(QPalette::HighlightedText)
                             : Theme::quiet(option.palette));
    painter->drawText(rect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                      option.fontMetrics.elidedText(description, Qt::ElideRight, rect.width()));
}
