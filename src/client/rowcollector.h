// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "values/rowblock.h"

#include <vector>

namespace QAsyncMySql::Internal {

/*!
    Packs rows into blocks as they come. Blocks grow from a small first one, so that one row costs
    one small allocation and a million rows waste little.
*/
class RowCollector
{
public:
    //! Starts a result with these columns; blocks gathered before must have been taken.
    void begin(QList<Column> &&columns, RowFormat format);
    //! From here on the room of blocks that are dropped is used again, until the end.
    void reuseRoom() { m_columns->spares.open(); }
    //! No more rows come.
    void end()
    {
        if (m_columns)
            m_columns->spares.close();
    }
    void append(QByteArrayView row)
    {
        if (!m_open || m_open->bytes.capacity() - m_open->bytes.size() < size_t(row.size()))
            openBlock(row.size());
        m_open->append(row);
        ++m_rows;
        m_bytes += row.size() + qsizetype(sizeof(quint32));
    }

    //! The row in \a row, which is taken over instead of copied: for large ones.
    void adopt(ByteBuffer &&row);

    const RowColumnsPointer &columns() const noexcept { return m_columns; }
    //! Rows and bytes in the blocks not taken yet.
    qsizetype rows() const noexcept { return m_rows; }
    qsizetype bytes() const noexcept { return m_bytes; }
    //! All blocks; the next row starts a new one.
    std::vector<RowBlockPointer> takeBlocks();

private:
    void openBlock(qsizetype rowSize);

    RowColumnsPointer m_columns;
    std::vector<RowBlockPointer> m_blocks;
    RowBlock *m_open = nullptr; // the last of m_blocks
    qsizetype m_nextCapacity = 0;
    qsizetype m_rows = 0;
    qsizetype m_bytes = 0;
};

} // namespace QAsyncMySql::Internal
