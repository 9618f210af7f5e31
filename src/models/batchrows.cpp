// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/batchrows.h"

#include <algorithm>

namespace QAsyncMySql::Internal {

void visitRows(const RowBatch &batch, const std::function<void(QByteArrayView)> &visit)
{
    const RowBatchData *data = batch.constData();
    if (!data)
        return;
    for (size_t i = 0; i < data->blocks.size(); ++i) {
        const RowBlock &block = *data->blocks[i];
        const qsizetype start = data->blockStart[i];
        const qsizetype from = qMax(qsizetype(0), data->first - start);
        const qsizetype to = qMin(block.rowCount(), data->first + data->count - start);
        for (qsizetype row = from; row < to; ++row)
            visit(block.row(row));
    }
}

static void append(PackedRows &packed, const RowBatch &batch)
{
    visitRows(batch, [&packed](QByteArrayView row) {
        packed.bytes.append(row);
        packed.ends.push_back(quint32(packed.bytes.size()));
    });
}

PackedRows packRows(const RowBatch &batch)
{
    PackedRows packed;
    packed.ends.reserve(size_t(batch.size()));
    packed.bytes.reserve(size_t(batch.byteSize()));
    append(packed, batch);
    return packed;
}

RowBatch unpackRows(PackedRows packed, const RowBatch &like)
{
    auto *data = new RowBatchData;
    RowBatch batch(data);
    if (like.constData())
        data->columns = like.constData()->columns;
    const auto count = qsizetype(packed.ends.size());
    if (count == 0)
        return batch;
    RowBlockPointer block(new RowBlock(data->columns));
    block->bytes = std::move(packed.bytes);
    block->ends = std::move(packed.ends);
    data->blocks.push_back(block);
    data->blockStart.push_back(0);
    data->count = count;
    return batch;
}

RowBatch batchOf(const Row &row)
{
    return batchOf(row.columns(), [&row](int column) { return row.raw(column); });
}

RowBatch batchOf(const QList<Column> &columns, const std::function<QByteArrayView(int)> &value)
{
    // As rows of the text protocol are written: each value behind its length, 0xFB for NULL.
    auto *data = new RowBatchData;
    RowBatch batch(data);
    data->columns = RowColumnsPointer(new RowColumns(columns, RowFormat::Text));
    QByteArray bytes;
    for (int column = 0; column < int(columns.size()); ++column) {
        const QByteArrayView cell = value(column);
        const auto size = quint64(cell.size());
        if (cell.isNull()) {
            bytes.append(char(0xfb));
            continue;
        }
        if (size < 0xfb) {
            bytes.append(char(size));
        } else {
            bytes.append(char(0xfe));
            for (int shift = 0; shift < 64; shift += 8)
                bytes.append(char((size >> shift) & 0xff));
        }
        bytes.append(cell.data(), cell.size());
    }
    RowBlockPointer block(new RowBlock(data->columns));
    block->append(bytes);
    data->blocks.push_back(block);
    data->blockStart.push_back(0);
    data->count = 1;
    return batch;
}

bool sameRow(const Row &a, const Row &b)
{
    if (a.columnCount() != b.columnCount())
        return false;
    for (int column = 0; column < a.columnCount(); ++column) {
        const QByteArrayView left = a.raw(column);
        const QByteArrayView right = b.raw(column);
        if (left.isNull() != right.isNull() || left != right)
            return false;
    }
    return true;
}

bool areAlike(const QList<Column> &these, const QList<Column> &those)
{
    // Not all bits that servers send have a name.
    static constexpr ColumnFlags lasting = ColumnFlag::Blob | ColumnFlag::Unsigned | ColumnFlag::ZeroFill
        | ColumnFlag::Binary | ColumnFlag::Enum | ColumnFlag::Set | ColumnFlag::Timestamp;
    return std::equal(these.begin(), these.end(), those.begin(), those.end(),
                      [](const Column &a, const Column &b) {
                          return a.name() == b.name() && a.type() == b.type() && a.charset() == b.charset()
                              && a.decimals() == b.decimals() && a.typeName() == b.typeName()
                              && (a.flags() & lasting) == (b.flags() & lasting)
                              && a.originalName() == b.originalName() && a.table() == b.table()
                              && a.originalTable() == b.originalTable() && a.schema() == b.schema();
                      });
}

RowBatch shapeOf(const RowBatch &batch)
{
    return unpackRows({}, batch);
}

RowBatch concatenate(const QList<RowBatch> &batches)
{
    PackedRows packed;
    for (const RowBatch &batch : batches)
        append(packed, batch);
    packed.bytes.shrink_to_fit();
    return unpackRows(std::move(packed), batches.isEmpty() ? RowBatch() : batches.first());
}

RowBatch reversed(const RowBatch &batch)
{
    const PackedRows packed = packRows(batch);
    PackedRows turned;
    turned.bytes.reserve(packed.bytes.size());
    turned.ends.reserve(packed.ends.size());
    for (size_t i = packed.ends.size(); i-- > 0;) {
        const quint32 from = i > 0 ? packed.ends[i - 1] : 0;
        turned.bytes.append(packed.bytes.view().sliced(from, packed.ends[i] - from));
        turned.ends.push_back(quint32(turned.bytes.size()));
    }
    return unpackRows(std::move(turned), batch);
}

} // namespace QAsyncMySql::Internal
