// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "types/hexlines.h"

#include "values/hexline.h"

void HexLines::setBytes(const QByteArray &bytes)
{
    if (m_bytes == bytes)
        return;
    beginResetModel();
    m_bytes = bytes;
    endResetModel();
}

int HexLines::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(HexLine::count(m_bytes));
}

QVariant HexLines::data(const QModelIndex &index, int role) const
{
    return index.isValid() && role == Qt::DisplayRole ? HexLine::text(m_bytes, index.row()) : QVariant();
}
