// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "grid/rownumbers.h"

#include "look/theme.h"

#include <QtGui/QPainter>

namespace {
constexpr int LeftMargin = 8; // px
constexpr int RightMargin = 6;
} // namespace

RowNumbers::RowNumbers(QWidget *parent)
    : QHeaderView(Qt::Vertical, parent)
{
    setSectionsClickable(true);
    setHighlightSections(false);
    setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

QSize RowNumbers::sectionSizeFromContents(int section) const
{
    const QString text = model()->headerData(section, Qt::Vertical).toString();
    return QSize(fontMetrics().horizontalAdvance(text) + LeftMargin + RightMargin + 2,
                 fontMetrics().height());
}

void RowNumbers::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    painter->fillRect(rect, palette().brush(QPalette::Window));
    painter->fillRect(rect.right(), rect.top(), 1, rect.height(), palette().color(QPalette::Midlight));
    painter->setPen(Theme::quiet(palette()));
    const QString text = model()->headerData(section, Qt::Vertical).toString();
    m_texts.draw(painter, rect.adjusted(LeftMargin, 0, -RightMargin, 0), Qt::AlignRight, text, font());
}
