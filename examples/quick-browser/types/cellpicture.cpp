// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "types/cellpicture.h"

#include <QtGui/QPainter>

void CellPicture::setDetails(CellDetails *details)
{
    if (m_details == details)
        return;
    if (m_details)
        m_details->disconnect(this);
    m_details = details;
    if (details)
        connect(details, &CellDetails::changed, this, &CellPicture::follow);
    follow();
}

void CellPicture::follow()
{
    m_image = m_details ? m_details->image() : QImage();
    update();
    Q_EMIT imageChanged();
}

void CellPicture::paint(QPainter *painter)
{
    if (m_image.isNull())
        return;
    const QSizeF room(width(), height());
    QSizeF shown = m_image.size();
    if (shown.width() > room.width() || shown.height() > room.height())
        shown.scale(room, Qt::KeepAspectRatio);
    QRectF place(QPointF(), shown);
    place.moveCenter(QPointF(room.width() / 2, room.height() / 2));
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    painter->drawImage(place, m_image);
}
