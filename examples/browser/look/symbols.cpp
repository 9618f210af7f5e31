// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The icons of the program.

#include "look/theme.h"

#include <QtGui/QGuiApplication>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

using Theme::Symbol;

namespace {

void drawArrow(QPainter &painter, bool forwards)
{
    if (forwards) {
        painter.translate(16, 0);
        painter.scale(-1, 1);
    }
    painter.drawArc(QRectF(3, 5, 10, 8), -60 * 16, 200 * 16);
    painter.drawLine(QPointF(3.2, 7), QPointF(3.2, 3.4));
    painter.drawLine(QPointF(3.2, 7), QPointF(6.8, 7));
}

void drawDrum(QPainter &painter)
{
    painter.drawEllipse(QRectF(2.5, 1.8, 11, 4));
    painter.drawLine(QPointF(2.5, 3.8), QPointF(2.5, 12.2));
    painter.drawLine(QPointF(13.5, 3.8), QPointF(13.5, 12.2));
    painter.drawArc(QRectF(2.5, 10.2, 11, 4), 180 * 16, 180 * 16);
    painter.drawArc(QRectF(2.5, 6, 11, 4), 180 * 16, 180 * 16);
}

void drawTable(QPainter &painter)
{
    painter.drawRoundedRect(QRectF(2.2, 2.8, 11.6, 10.4), 1.2, 1.2);
    painter.drawLine(QPointF(2.2, 6.2), QPointF(13.8, 6.2));
    painter.drawLine(QPointF(2.2, 9.7), QPointF(13.8, 9.7));
    painter.drawLine(QPointF(6.4, 6.2), QPointF(6.4, 13.2));
}

void drawPlay(QPainter &painter, const QColor &color)
{
    QPainterPath triangle;
    triangle.moveTo(4.5, 2.8);
    triangle.lineTo(13, 8);
    triangle.lineTo(4.5, 13.2);
    triangle.closeSubpath();
    painter.fillPath(triangle, color);
}

void drawSymbol(QPainter &painter, Symbol symbol, const QPalette &palette, QIcon::Mode mode)
{
    const bool selected = mode == QIcon::Selected;
    const auto group = mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Active;
    const QColor ink = palette.color(group, selected ? QPalette::HighlightedText : QPalette::ButtonText);
    const auto colored = [&](const QColor &color) { return mode == QIcon::Disabled ? ink : color; };
    const auto pen = [](const QColor &color, qreal width = 1.4, Qt::PenStyle style = Qt::SolidLine) {
        return QPen(color, width, style, Qt::RoundCap, Qt::RoundJoin);
    };
    painter.setPen(pen(ink));
    switch (symbol) {
    case Symbol::Run:
        drawPlay(painter, colored(Theme::good(palette)));
        break;
    case Symbol::Stop:
        painter.setPen(Qt::NoPen);
        painter.setBrush(colored(Theme::bad(palette)));
        painter.drawRoundedRect(QRectF(3.5, 3.5, 9, 9), 1.5, 1.5);
        break;
    case Symbol::Schema:
        painter.setPen(pen(selected ? ink : palette.color(QPalette::Link)));
        drawDrum(painter);
        break;
    case Symbol::Table:
        drawTable(painter);
        break;
    case Symbol::View:
        painter.setPen(pen(selected ? ink : Theme::quiet(palette), 1.3, Qt::DashLine));
        drawTable(painter);
        break;
    case Symbol::Column:
        painter.setPen(Qt::NoPen);
        painter.setBrush(selected ? ink : Theme::quiet(palette));
        painter.drawEllipse(QRectF(5.8, 5.8, 4.4, 4.4));
        break;
    case Symbol::Key:
        painter.setPen(pen(QColor(0xc9962b), 1.6));
        painter.drawEllipse(QRectF(2.4, 5.2, 5.4, 5.4));
        painter.drawLine(QPointF(7.8, 7.9), QPointF(13.6, 7.9));
        painter.drawLine(QPointF(11.6, 7.9), QPointF(11.6, 10.6));
        break;
    case Symbol::Index:
        painter.setPen(pen(selected ? ink : Theme::quiet(palette)));
        for (const qreal y : {4.5, 8.0, 11.5})
            painter.drawLine(QPointF(4, y), QPointF(y == 8.0 ? 9 : 12, y));
        break;
    case Symbol::Refresh:
        painter.drawArc(QRectF(3, 3, 10, 10), 40 * 16, 290 * 16);
        painter.drawLine(QPointF(12.2, 2.2), QPointF(12.0, 5.2));
        painter.drawLine(QPointF(12.0, 5.2), QPointF(9.0, 4.9));
        break;
    case Symbol::Add:
    case Symbol::Remove:
        painter.setPen(pen(colored(symbol == Symbol::Add ? Theme::good(palette) : Theme::bad(palette)), 2));
        painter.drawLine(QPointF(3.5, 8), QPointF(12.5, 8));
        if (symbol == Symbol::Add)
            painter.drawLine(QPointF(8, 3.5), QPointF(8, 12.5));
        break;
    case Symbol::Undo:
    case Symbol::Redo:
        drawArrow(painter, symbol == Symbol::Redo);
        break;
    case Symbol::Write:
        painter.setPen(pen(colored(Theme::good(palette)), 2));
        painter.drawLine(QPointF(3, 8.5), QPointF(6.5, 12));
        painter.drawLine(QPointF(6.5, 12), QPointF(13, 4.5));
        break;
    case Symbol::Lock:
        painter.setPen(pen(selected ? ink : Theme::quiet(palette)));
        painter.drawArc(QRectF(5.2, 3, 5.6, 7), 0, 180 * 16);
        painter.setBrush(painter.pen().color());
        painter.drawRoundedRect(QRectF(4, 7, 8, 5.5), 1, 1);
        break;
    }
}

class SymbolEngine : public QIconEngine
{
public:
    explicit SymbolEngine(Symbol symbol)
        : m_symbol(symbol)
    {
    }

    QIconEngine *clone() const override { return new SymbolEngine(*this); }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(rect.topLeft());
        painter->scale(rect.width() / 16.0, rect.height() / 16.0);
        drawSymbol(*painter, m_symbol, QGuiApplication::palette(), mode);
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }

private:
    const Symbol m_symbol;
};

} // namespace

QIcon Theme::icon(Symbol symbol)
{
    return QIcon(new SymbolEngine(symbol));
}
