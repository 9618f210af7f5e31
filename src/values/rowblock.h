// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/bytebuffer.h"

#include <QAsyncMySql/cell.h>
#include <QAsyncMySql/resultset.h>

#include <QtCore/QSharedData>

#include <atomic>
#include <mutex>
#include <vector>

namespace QAsyncMySql {

namespace Internal {

/*!
    The room of blocks whose rows are not needed any more, for blocks to come: rows that stream need no fresh
    memory then, which the system would have to clear. Keeps a few only, from open() to close(). Thread-safe.
*/
class QASYNCMYSQL_EXPORT SpareRoom
{
public:
    void open() noexcept { m_open.store(true, std::memory_order_relaxed); }
    void close();
    //! Takes both if there is use for them.
    void put(ByteBuffer &bytes, std::vector<quint32> &ends);
    //! Gives both if some of at least \a capacity bytes are there.
    void take(size_t capacity, ByteBuffer &bytes, std::vector<quint32> &ends);

private:
    struct Room
    {
        ByteBuffer bytes;
        std::vector<quint32> ends;
    };
    std::mutex m_mutex;
    std::vector<Room> m_rooms;
    std::atomic<bool> m_open = false;
};

//! The columns of a result, shared by all its blocks.
class QASYNCMYSQL_EXPORT RowColumns : public QSharedData
{
public:
    RowColumns(QList<Column> rowColumns, RowFormat rowFormat);

    const QList<Column> columns;
    const RowFormat format;
    const std::vector<CellForm> forms; // of each column
    SpareRoom spares;
};
using RowColumnsPointer = QExplicitlySharedDataPointer<RowColumns>;

/*!
    Rows packed one after the other, each exactly the payload of its row packet (which was checked
    against the number of columns before it was appended), and where each ends. Immutable once it is
    shared.
*/
class RowBlock : public QSharedData
{
public:
    explicit RowBlock(RowColumnsPointer rowColumns)
        : columns(std::move(rowColumns))
    {
    }
    ~RowBlock() { columns->spares.put(bytes, ends); }

    void append(QByteArrayView row)
    {
        bytes.append(row);
        ends.push_back(quint32(bytes.size()));
    }
    qsizetype rowCount() const noexcept { return qsizetype(ends.size()); }
    QByteArrayView row(qsizetype index) const noexcept
    {
        const quint32 from = index > 0 ? ends[size_t(index) - 1] : 0;
        return QByteArrayView(bytes.data() + from, qsizetype(ends[size_t(index)] - from));
    }
    qsizetype byteSize() const noexcept
    {
        return qsizetype(bytes.capacity() + ends.capacity() * sizeof(quint32));
    }
    static Row makeRow(RowBlock *block, qsizetype index) { return Row(block, index); }

    RowColumnsPointer columns;
    ByteBuffer bytes;
    std::vector<quint32> ends; // row i lies in [ends[i - 1], ends[i])
};
using RowBlockPointer = QExplicitlySharedDataPointer<RowBlock>;

} // namespace Internal

//! What a RowBatch holds: rows \c first to \c{first + count - 1} of its blocks taken as one run.
class RowBatchData : public QSharedData
{
public:
    Internal::RowColumnsPointer columns;
    std::vector<Internal::RowBlockPointer> blocks;
    std::vector<qsizetype> blockStart; // index of the first row of blocks[i] within the run of blocks
    qsizetype first = 0; // rows of blocks[0] that are not part of the batch
    qsizetype count = 0;
};

//! What a ResultSet holds.
class ResultSetData : public QSharedData
{
public:
    RowBatch rows;
    quint64 affectedRows = 0;
    quint64 lastInsertId = 0;
    quint16 warningCount = 0;
    quint16 status = 0;
    QByteArray info; // UTF-8
    QList<Warning> warnings;
    ResultSet next;
    bool hasNext = false;
};

} // namespace QAsyncMySql
