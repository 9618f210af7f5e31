// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "viewers/hexview.h"

#include "values/hexline.h"

#include <QtGui/QFontDatabase>
#include <QtGui/QPainter>
#include <QtWidgets/QScrollBar>

namespace {
constexpr int Margin = 8; // px
} // namespace

HexView::HexView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setFrameShape(NoFrame);
    viewport()->setBackgroundRole(QPalette::Base);
    setFocusPolicy(Qt::StrongFocus);
}

void HexView::setBytes(const QByteArray &bytes)
{
    m_bytes = bytes;
    verticalScrollBar()->setValue(0);
    updateScrollBars();
    viewport()->update();
}

QString HexView::line(qsizetype number) const
{
    return HexLine::text(m_bytes, number);
}

void HexView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::Text));
    const int height = fontMetrics().height();
    const qsizetype lines = HexLine::count(m_bytes);
    const int left = Margin - horizontalScrollBar()->value();
    int y = Margin;
    for (qsizetype i = verticalScrollBar()->value(); i < lines && y < viewport()->height(); ++i, y += height)
        painter.drawText(left, y + fontMetrics().ascent(), line(i));
}

void HexView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateScrollBars();
}

void HexView::updateScrollBars()
{
    const auto lines = int(HexLine::count(m_bytes));
    const int inSight = qMax(1, (viewport()->height() - 2 * Margin) / fontMetrics().height());
    verticalScrollBar()->setRange(0, qMax(0, lines - inSight));
    verticalScrollBar()->setPageStep(inSight);
    const int width = fontMetrics().averageCharWidth() * HexLine::length() + 2 * Margin;
    horizontalScrollBar()->setRange(0, qMax(0, width - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
}
