// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "types/celldetails.h"

#include <QtCore/QTimerEvent>

CellDetails::CellDetails(QObject *parent)
    : QObject(parent)
    , m_content(CellContent::of(QModelIndex()))
{
}

void CellDetails::setModel(QAbstractItemModel *model)
{
    if (m_model == model)
        return;
    if (m_model)
        m_model->disconnect(this);
    m_model = model;
    if (model) {
        connect(model, &QAbstractItemModel::modelReset, this, &CellDetails::readSoon);
        connect(model, &QAbstractItemModel::rowsRemoved, this, &CellDetails::readSoon);
        connect(model, &QAbstractItemModel::dataChanged, this,
                [this](const QModelIndex &first, const QModelIndex &last) {
                    if (m_row >= first.row() && m_row <= last.row())
                        readSoon();
                });
    }
    moved();
}

void CellDetails::setRow(int row)
{
    if (std::exchange(m_row, row) != row)
        moved();
}

void CellDetails::setColumn(int column)
{
    if (std::exchange(m_column, column) != column)
        moved();
}

void CellDetails::setActive(bool active)
{
    if (std::exchange(m_active, active) != active)
        moved();
}

void CellDetails::moved()
{
    readSoon();
    Q_EMIT placeChanged();
}

void CellDetails::readSoon()
{
    if (m_active)
        m_timer.start(0, this);
}

void CellDetails::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    m_timer.stop();
    read();
}

void CellDetails::read()
{
    m_content = CellContent::of(m_model && m_row >= 0 && m_column >= 0 ? m_model->index(m_row, m_column)
                                                                       : QModelIndex());
    m_lines.setBytes(m_content.bytes);
    Q_EMIT changed();
}
