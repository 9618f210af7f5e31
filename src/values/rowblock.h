// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/bytebuffer.h"

#include <QAsyncMySql/cell.h>
#include <QAsyncMySql/resultset.h>

#include <QtCore/QSharedData>

#include <vector>

namespace QAsyncMySql {

namespace Internal {

//! The columns of a result, shared by all its blocks.
class RowColumns : public QSharedData
{
public:
    QList<Column> columns;
    RowFormat format = RowFormat::Text;
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
