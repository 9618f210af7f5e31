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
        PacketReader reader(row);
        reader.skipTextCells(m_columns);
        return reader.finished();
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

    std::vector<Form> m_forms; // binary rows only
    qsizetype m_columns = 0;
    bool m_binary = false;
};

} // namespace QAsyncMySql::Protocol
