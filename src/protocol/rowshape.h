// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/packetreader.h"

#include <QAsyncMySql/column.h>

#include <QtCore/QList>

#include <vector>

namespace QAsyncMySql::Protocol {

//! What the rows of a result must look like, so that whoever decodes their cells may trust them.
class RowShape
{
public:
    void setText(qsizetype columns);
    void setBinary(const QList<Column> &columns);

    //! True if \a row has exactly the cells of the columns, and no byte more.
    bool fits(QByteArrayView row) const noexcept
    {
        if (m_binary)
            return fitsBinary(row);
        const auto *at = reinterpret_cast<const uchar *>(row.data());
        const auto *const end = at + row.size();
        for (qsizetype left = m_columns; left > 0; --left) {
            if (at == end)
                return false;
            const quint8 length = *at;
            if (length >= 0xFB) [[unlikely]]
                return fitsLongText(QByteArrayView(at, end - at), left);
            if (length >= end - at)
                return false;
            at += length + 1;
        }
        return at == end;
    }

private:
    //! How the length of a cell is found in the binary protocol; the fixed ones are their own length.
    enum Form : quint8
    {
        None = 0,
        One = 1,
        Two = 2,
        Four = 4,
        Eight = 8,
        DateTime,
        Time,
        Counted
    };

    static Form formOf(ColumnType type) noexcept;
    bool fitsBinary(QByteArrayView row) const noexcept;
    static bool fitsLongText(QByteArrayView rest, qsizetype cells) noexcept;

    std::vector<Form> m_forms; // binary rows only
    qsizetype m_columns = 0;
    bool m_binary = false;
};

} // namespace QAsyncMySql::Protocol
