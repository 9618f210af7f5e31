// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "types/celldetails.h"

#include <QtQml/qqmlregistration.h>
#include <QtQuick/QQuickPaintedItem>

//! The image that a cell has, made smaller where it does not fit.
class CellPicture : public QQuickPaintedItem
{
    Q_OBJECT
    Q_PROPERTY(CellDetails *details READ details WRITE setDetails NOTIFY imageChanged FINAL)
    Q_PROPERTY(bool empty READ isEmpty NOTIFY imageChanged FINAL)
    Q_PROPERTY(QSize size READ imageSize NOTIFY imageChanged FINAL)
    QML_ELEMENT

public:
    using QQuickPaintedItem::QQuickPaintedItem;

    //! The cell whose image is shown.
    CellDetails *details() const { return m_details; }
    void setDetails(CellDetails *details);
    bool isEmpty() const { return m_image.isNull(); }
    QSize imageSize() const { return m_image.size(); }
    void paint(QPainter *painter) override;

Q_SIGNALS:
    void imageChanged();

private:
    void follow();

    QPointer<CellDetails> m_details;
    QImage m_image;
};
