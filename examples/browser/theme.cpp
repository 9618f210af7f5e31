// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "theme.h"

#include "flatstyle.h"

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtWidgets/QApplication>

namespace {

QPalette lightPalette()
{
    QPalette p;
    p.setColor(QPalette::Window, QColor(0xf3f4f6));
    p.setColor(QPalette::WindowText, QColor(0x1f2430));
    p.setColor(QPalette::Base, QColor(0xffffff));
    p.setColor(QPalette::AlternateBase, QColor(0xf7f9fc));
    p.setColor(QPalette::Text, QColor(0x1f2430));
    p.setColor(QPalette::Button, QColor(0xf3f4f6));
    p.setColor(QPalette::ButtonText, QColor(0x1f2430));
    p.setColor(QPalette::ToolTipBase, QColor(0xffffff));
    p.setColor(QPalette::ToolTipText, QColor(0x1f2430));
    p.setColor(QPalette::PlaceholderText, QColor(0x9aa1ad));
    p.setColor(QPalette::Highlight, QColor(0x2f6fde));
    p.setColor(QPalette::HighlightedText, Qt::white);
    p.setColor(QPalette::Link, QColor(0x2f6fde));
    p.setColor(QPalette::Light, Qt::white);
    p.setColor(QPalette::Midlight, QColor(0xe7e9ee));
    p.setColor(QPalette::Mid, QColor(0xc9cdd6));
    p.setColor(QPalette::Dark, QColor(0xa6acb8));
    p.setColor(QPalette::Shadow, QColor(0x8a909c));
    return p;
}

QPalette darkPalette()
{
    QPalette p;
    p.setColor(QPalette::Window, QColor(0x21252b));
    p.setColor(QPalette::WindowText, QColor(0xd7dae0));
    p.setColor(QPalette::Base, QColor(0x181b20));
    p.setColor(QPalette::AlternateBase, QColor(0x1d2126));
    p.setColor(QPalette::Text, QColor(0xd7dae0));
    p.setColor(QPalette::Button, QColor(0x2b3038));
    p.setColor(QPalette::ButtonText, QColor(0xd7dae0));
    p.setColor(QPalette::ToolTipBase, QColor(0x2b3038));
    p.setColor(QPalette::ToolTipText, QColor(0xd7dae0));
    p.setColor(QPalette::PlaceholderText, QColor(0x737a87));
    p.setColor(QPalette::Highlight, QColor(0x3d6fd1));
    p.setColor(QPalette::HighlightedText, Qt::white);
    p.setColor(QPalette::Link, QColor(0x7aa6ff));
    p.setColor(QPalette::Light, QColor(0x3a404a));
    p.setColor(QPalette::Midlight, QColor(0x333942));
    p.setColor(QPalette::Mid, QColor(0x15181c));
    p.setColor(QPalette::Dark, QColor(0x121418));
    p.setColor(QPalette::Shadow, QColor(0x0c0e10));
    return p;
}

void dimDisabled(QPalette &palette)
{
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, palette.color(QPalette::PlaceholderText));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, palette.color(QPalette::Mid));
}

void paintSymbol(QPainter &painter, Theme::Symbol symbol, const QPalette &palette, bool selected)
{
    const QColor ink = palette.color(selected ? QPalette::HighlightedText : QPalette::ButtonText);
    const QColor accent = palette.color(selected ? QPalette::HighlightedText : QPalette::Link);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(ink, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    switch (symbol) {
    case Theme::Symbol::Run: {
        QPainterPath triangle;
        triangle.moveTo(4.5, 2.8);
        triangle.lineTo(13, 8);
        triangle.lineTo(4.5, 13.2);
        triangle.closeSubpath();
        painter.setPen(Qt::NoPen);
        painter.fillPath(triangle, Theme::good(palette));
        break;
    }
    case Theme::Symbol::Stop:
        painter.setPen(Qt::NoPen);
        painter.setBrush(Theme::bad(palette));
        painter.drawRoundedRect(QRectF(3.5, 3.5, 9, 9), 1.5, 1.5);
        break;
    case Theme::Symbol::Schema: {
        painter.setPen(QPen(accent, 1.4));
        QPainterPath drum;
        drum.addEllipse(QRectF(2.5, 1.8, 11, 4));
        painter.drawPath(drum);
        painter.drawLine(QPointF(2.5, 3.8), QPointF(2.5, 12.2));
        painter.drawLine(QPointF(13.5, 3.8), QPointF(13.5, 12.2));
        painter.drawArc(QRectF(2.5, 10.2, 11, 4), 180 * 16, 180 * 16);
        painter.drawArc(QRectF(2.5, 6, 11, 4), 180 * 16, 180 * 16);
        break;
    }
    case Theme::Symbol::Table:
    case Theme::Symbol::View:
        if (symbol == Theme::Symbol::View)
            painter.setPen(QPen(selected ? ink : Theme::quiet(palette), 1.3, Qt::DashLine));
        painter.drawRoundedRect(QRectF(2.2, 2.8, 11.6, 10.4), 1.2, 1.2);
        painter.drawLine(QPointF(2.2, 6.2), QPointF(13.8, 6.2));
        painter.drawLine(QPointF(2.2, 9.7), QPointF(13.8, 9.7));
        painter.drawLine(QPointF(6.4, 6.2), QPointF(6.4, 13.2));
        break;
    case Theme::Symbol::Column:
        painter.setPen(Qt::NoPen);
        painter.setBrush(selected ? ink : Theme::quiet(palette));
        painter.drawEllipse(QRectF(5.8, 5.8, 4.4, 4.4));
        break;
    case Theme::Symbol::Key:
        painter.setPen(QPen(QColor(0xc9962b), 1.6, Qt::SolidLine, Qt::RoundCap));
        painter.drawEllipse(QRectF(2.4, 5.2, 5.4, 5.4));
        painter.drawLine(QPointF(7.8, 7.9), QPointF(13.6, 7.9));
        painter.drawLine(QPointF(11.6, 7.9), QPointF(11.6, 10.6));
        break;
    case Theme::Symbol::Refresh:
        painter.drawArc(QRectF(3, 3, 10, 10), 40 * 16, 290 * 16);
        painter.drawLine(QPointF(12.2, 2.2), QPointF(12.0, 5.2));
        painter.drawLine(QPointF(12.0, 5.2), QPointF(9.0, 4.9));
        break;
    }
}

} // namespace

void Theme::apply(QApplication &application, const QString &mode)
{
    const bool dark
        = mode == QLatin1String("dark") || (mode == QLatin1String("system") && isDark(application.palette()));
    application.setStyle(new FlatStyle); // which then belongs to the application
    QPalette palette = dark ? darkPalette() : lightPalette();
    dimDisabled(palette);
    application.setPalette(palette);
}

bool Theme::isDark(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
}

QColor Theme::good(const QPalette &palette)
{
    return isDark(palette) ? QColor(0x57c27d) : QColor(0x1c8f4d);
}

QColor Theme::bad(const QPalette &palette)
{
    return isDark(palette) ? QColor(0xf0717b) : QColor(0xc9303e);
}

QColor Theme::badBackground(const QPalette &palette)
{
    return isDark(palette) ? QColor(0x40242a) : QColor(0xfdecee);
}

QColor Theme::quiet(const QPalette &palette)
{
    return isDark(palette) ? QColor(0x949ba8) : QColor(0x697180);
}

QIcon Theme::icon(Symbol symbol, const QPalette &palette)
{
    QIcon icon;
    for (const int scale : {1, 2, 3}) {
        for (const bool selected : {false, true}) {
            QPixmap pixmap(16 * scale, 16 * scale);
            pixmap.fill(Qt::transparent);
            QPainter painter(&pixmap);
            painter.scale(scale, scale);
            paintSymbol(painter, symbol, palette, selected);
            painter.end();
            pixmap.setDevicePixelRatio(scale);
            icon.addPixmap(pixmap, selected ? QIcon::Selected : QIcon::Normal);
        }
    }
    return icon;
}
