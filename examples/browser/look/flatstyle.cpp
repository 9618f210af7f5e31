// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "look/flatstyle.h"

#include "look/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyleFactory>
#include <QtWidgets/QStyleOption>

namespace {
constexpr int Thickness = 12; // px, of a scroll bar
constexpr int ShortestHandle = 28;
constexpr int HeaderMargin = 6; // px, as the cells below have
} // namespace

FlatStyle::FlatStyle()
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
}

int FlatStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent:
        return Thickness;
    case PM_ScrollBarSliderMin:
        return ShortestHandle;
    case PM_HeaderMargin:
        return HeaderMargin;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QRect FlatStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || !bar)
        return QProxyStyle::subControlRect(control, option, part, widget);

    const bool horizontal = bar->orientation == Qt::Horizontal;
    const int length = horizontal ? bar->rect.width() : bar->rect.height();
    const qint64 range = qint64(bar->maximum) - bar->minimum;
    int handle = length;
    if (range > 0)
        handle = qBound(qMin(ShortestHandle, length), int(length * bar->pageStep / (range + bar->pageStep)),
                        length);
    const int start = sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition,
                                              length - handle, bar->upsideDown);
    const auto along = [&](int from, int size) {
        const QRect rect
            = horizontal ? QRect(from, 0, size, bar->rect.height()) : QRect(0, from, bar->rect.width(), size);
        return visualRect(bar->direction, bar->rect, rect.translated(bar->rect.topLeft()));
    };
    switch (part) {
    case SC_ScrollBarGroove:
        return bar->rect;
    case SC_ScrollBarSlider:
        return along(start, handle);
    case SC_ScrollBarSubPage:
        return along(0, start);
    case SC_ScrollBarAddPage:
        return along(start + handle, length - start - handle);
    default: // no arrows
        return QRect();
    }
}

void FlatStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    if (element != PE_IndicatorTabClose) {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        return;
    }
    const bool hovered = option->state.testFlag(State_MouseOver);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (hovered) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(option->palette.color(QPalette::Mid));
        painter->drawRoundedRect(QRectF(option->rect), 3, 3);
    }
    painter->setPen(
        QPen(option->palette.color(hovered ? QPalette::WindowText : QPalette::PlaceholderText), 1.4));
    const QPointF middle = QRectF(option->rect).center();
    painter->drawLine(middle - QPointF(3, 3), middle + QPointF(3, 3));
    painter->drawLine(middle - QPointF(3, -3), middle + QPointF(3, -3));
    painter->restore();
}

void FlatStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                   QPainter *painter, const QWidget *widget) const
{
    if (control != CC_ScrollBar) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    painter->fillRect(option->rect, option->palette.color(QPalette::Window));
    const QRect handle = subControlRect(control, option, SC_ScrollBarSlider, widget).adjusted(3, 3, -3, -3);
    const bool held = option->activeSubControls.testFlag(SC_ScrollBarSlider);
    const bool enabled = option->state.testFlag(State_Enabled);
    const bool dark = Theme::isDark(option->palette);
    const QPalette::ColorRole ink = held ? (dark ? QPalette::PlaceholderText : QPalette::Shadow)
                                         : (dark ? QPalette::Light : QPalette::Dark);
    if (enabled)
        painter->fillRect(handle, option->palette.color(ink));
}
