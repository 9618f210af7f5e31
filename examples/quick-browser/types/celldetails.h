// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "types/hexlines.h"
#include "values/cellcontent.h"

#include <QtCore/QBasicTimer>
#include <QtCore/QPointer>
#include <QtQml/qqmlregistration.h>

//! The whole value of one cell of a model, in each form that it can be looked at; follows its changes.
class CellDetails : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QAbstractItemModel *model READ model WRITE setModel NOTIFY placeChanged FINAL)
    Q_PROPERTY(int row READ row WRITE setRow NOTIFY placeChanged FINAL)
    Q_PROPERTY(int column READ column WRITE setColumn NOTIFY placeChanged FINAL)
    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY placeChanged FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)
    Q_PROPERTY(QString json READ json NOTIFY changed FINAL)
    Q_PROPERTY(QAbstractItemModel *lines READ lines CONSTANT FINAL)
    Q_PROPERTY(int suited READ suited NOTIFY changed FINAL)
    QML_ELEMENT

public:
    explicit CellDetails(QObject *parent = nullptr);

    QAbstractItemModel *model() const { return m_model; }
    void setModel(QAbstractItemModel *model);
    int row() const { return m_row; }
    void setRow(int row);
    int column() const { return m_column; }
    void setColumn(int column);
    //! Nothing is read while nobody looks.
    bool isActive() const { return m_active; }
    void setActive(bool active);

    QString title() const { return m_content.title; }
    QString text() const { return m_content.text; }
    QString json() const { return m_content.json; }
    QImage image() const { return m_content.image; }
    QAbstractItemModel *lines() { return &m_lines; }
    //! The form to look at it first: 0 text, 1 JSON, 2 image, 3 bytes.
    int suited() const { return m_content.suited; }

Q_SIGNALS:
    void placeChanged();
    void changed();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void moved();
    void readSoon();
    void read();

    QPointer<QAbstractItemModel> m_model;
    int m_row = -1;
    int m_column = -1;
    bool m_active = false;
    QBasicTimer m_timer; // several properties set at once are one reading
    CellContent m_content;
    HexLines m_lines;
};
