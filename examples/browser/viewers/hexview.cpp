// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "viewers/hexview.h"

#include <QtGui/QFontDatabase>
#include <QtGui/QPainter>
#include <QtWidgets/QScrollBar>

namespace {
constexpr qsizetype BytesInLine = 16;
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
    const qsizetype first = number * BytesInLine;
    const QByteArrayView bytes
        = QByteArrayView(m_bytes).sliced(first).first(qMin(BytesInLine, m_bytes.size() - first));
    QString digits;
    QString characters;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<uchar>(bytes.at(i));
        digits += QStringLiteral("%1 ").arg(byte, 2, 16, QLatin1Char('0'));
        if (i == BytesInLine / 2 - 1)
            digits += QLatin1Char(' ');
        characters += byte >= 0x20 && byte < 0x7f ? QLatin1Char(char(byte)) : QLatin1Char('.');
    }
    return QStringLiteral("%1  %2 %3")
        .arg(first, 8, 16, QLatin1Char('0'))
        .arg(digits, -int(3 * BytesInLine + 1))
        .arg(characters);
}

void HexView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::Text));
    const int height = fontMetrics().height();
    const qsizetype lines = (m_bytes.size() + BytesInLine - 1) / BytesInLine;
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
    const auto lines = int((m_bytes.size() + BytesInLine - 1) / BytesInLine);
    const int inSight = qMax(1, (viewport()->height() - 2 * Margin) / fontMetrics().height());
    verticalScrollBar()->setRange(0, qMax(0, lines - inSight));
    verticalScrollBar()->setPageStep(inSight);
    const int width
        = fontMetrics().averageCharWidth() * int(10 + 3 * BytesInLine + 2 + BytesInLine) + 2 * Margin;
    horizontalScrollBar()->setRange(0, qMax(0, width - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
}
