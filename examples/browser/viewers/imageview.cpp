// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "viewers/imageview.h"

#include "look/theme.h"

#include <QtGui/QPainter>

ImageView::ImageView(QWidget *parent)
    : QWidget(parent)
{
    setMinimumHeight(80);
}

void ImageView::setImage(const QImage &image)
{
    m_image = image;
    update();
}

void ImageView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    painter.setPen(Theme::quiet(palette()));
    if (m_image.isNull()) {
        painter.drawText(rect(), Qt::AlignCenter, tr("Not an image"));
        return;
    }
    const QRect room = rect().adjusted(8, 8, -8, -8 - fontMetrics().height());
    const QSize size = m_image.size().boundedTo(m_image.size().scaled(room.size(), Qt::KeepAspectRatio));
    QRect place(QPoint(), size);
    place.moveCenter(room.center());
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(place, m_image);
    painter.drawText(rect().adjusted(0, 0, 0, -4), Qt::AlignHCenter | Qt::AlignBottom,
                     tr("%1 × %2 pixels").arg(m_image.width()).arg(m_image.height()));
}
