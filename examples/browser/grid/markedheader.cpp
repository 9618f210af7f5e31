// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "grid/markedheader.h"

#include "look/theme.h"

#include <QtGui/QHelpEvent>
#include <QtWidgets/QStyle>
#include <QtWidgets/QStyleOptionHeader>
#include <QtWidgets/QToolTip>

MarkedHeader::MarkedHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(true);
}

void MarkedHeader::setLocks(const QHash<int, QString> &reasons)
{
    m_reasons = reasons;
    viewport()->update();
}

void MarkedHeader::initStyleOptionForIndex(QStyleOptionHeader *option, int column) const
{
    QHeaderView::initStyleOptionForIndex(option, column);
    if (isLocked(column))
        option->icon = Theme::icon(Theme::Symbol::Lock);
}

// With room for a lock in each, which comes after the rows.
QSize MarkedHeader::sectionSizeFromContents(int column) const
{
    QSize size = QHeaderView::sectionSizeFromContents(column);
    size.rwidth() += style()->pixelMetric(QStyle::PM_SmallIconSize, nullptr, this) + 4;
    return size;
}

bool MarkedHeader::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString reason = m_reasons.value(logicalIndexAt(help->pos()));
        if (!reason.isEmpty()) {
            QToolTip::showText(help->globalPos(), tr("Read-only: %1").arg(reason).toHtmlEscaped(), this);
            return true;
        }
    }
    return QHeaderView::viewportEvent(event);
}
