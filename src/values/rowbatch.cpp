// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/rowbatch.h>

#include "values/rowbatchbuilder.h"

#include <algorithm>

namespace QAsyncMySql {

RowBatch::RowBatch() = default;
RowBatch::RowBatch(RowBatchData *data)
    : d(data)
{
}
RowBatch::RowBatch(const RowBatch &other) noexcept = default;
RowBatch::RowBatch(RowBatch &&other) noexcept = default;
RowBatch &RowBatch::operator=(const RowBatch &other) noexcept = default;
RowBatch &RowBatch::operator=(RowBatch &&other) noexcept = default;
RowBatch::~RowBatch() = default;

const QList<Column> &RowBatch::columns() const noexcept
{
    static const QList<Column> none;
    return d && d->columns ? d->columns->columns : none;
}

qsizetype RowBatch::size() const noexcept
{
    return d ? d->count : 0;
}

qsizetype RowBatch::byteSize() const noexcept
{
    if (!d)
        return 0;
    // Of a block that is shared with other batches, the part that these rows are of it.
    qsizetype size = 0;
    for (size_t i = 0; i < d->blocks.size(); ++i) {
        const Internal::RowBlock &block = *d->blocks[i];
        const qsizetype from = std::max(d->first, d->blockStart[i]);
        const qsizetype to = std::min(d->first + d->count, d->blockStart[i] + block.rowCount());
        if (to > from)
            size += qsizetype(double(block.byteSize()) * double(to - from) / double(block.rowCount()));
    }
    return size;
}

Row RowBatch::at(qsizetype index) const
{
    if (index < 0 || index >= size())
        return Row();
    const qsizetype inRun = d->first + index;
    const auto after = std::upper_bound(d->blockStart.begin(), d->blockStart.end(), inRun);
    const auto block = size_t(after - d->blockStart.begin()) - 1;
    return Internal::RowBlock::makeRow(d->blocks[block].data(), inRun - d->blockStart[block]);
}

RowBatch RowBatch::mid(qsizetype from, qsizetype count) const
{
    from = qBound(qsizetype(0), from, size());
    count = qBound(qsizetype(0), count, size() - from);
    if (!d || count == size())
        return *this;
    return Internal::makeBatch(d->columns, d->blocks, d->first + from, count);
}

RowBatch::const_iterator::const_iterator(const RowBatch *batch, qsizetype index)
    : m_batch(batch)
    , m_index(index)
{
    if (!m_batch || m_index >= m_batch->size())
        return;
    m_inBlock = m_batch->d->first + m_index;
    load();
}

// Finds the block that holds row m_inBlock, counted from the beginning of block m_block.
void RowBatch::const_iterator::load()
{
    const auto &blocks = m_batch->d->blocks;
    for (; m_block < blocks.size(); ++m_block) {
        m_blockRows = blocks[m_block]->rowCount();
        if (m_inBlock < m_blockRows) {
            m_row = Internal::RowBlock::makeRow(blocks[m_block].data(), m_inBlock);
            return;
        }
        m_inBlock -= m_blockRows;
    }
}

void RowBatch::const_iterator::nextBlock()
{
    if (!m_batch || m_index >= m_batch->size()) {
        m_row = Row();
        return;
    }
    ++m_block;
    m_inBlock = 0;
    load();
}

namespace Internal {

RowBatch makeBatch(const RowColumnsPointer &columns, std::vector<RowBlockPointer> blocks, qsizetype first,
                   qsizetype count)
{
    auto *data = new RowBatchData;
    data->columns = columns;
    RowBatch batch(data);
    first = qMax(first, qsizetype(0));
    qsizetype rows = 0; // in the blocks that were kept
    for (RowBlockPointer &block : blocks) {
        if (rows >= first + count)
            break;
        const qsizetype inBlock = block->rowCount();
        if (rows == 0 && first >= inBlock) {
            first -= inBlock;
            continue;
        }
        data->blockStart.push_back(rows);
        data->blocks.push_back(std::move(block));
        rows += inBlock;
    }
    data->first = first;
    data->count = qBound(qsizetype(0), count, qMax(rows - first, qsizetype(0)));
    return batch;
}

RowBatch joinBatches(const RowBatch &a, const RowBatch &b)
{
    if (a.isEmpty() || b.isEmpty())
        return a.isEmpty() && (!b.isEmpty() || a.columns().isEmpty()) ? b : a;
    const RowBatchData *left = a.constData();
    const RowBatchData *right = b.constData();
    const qsizetype leftRows = left->blockStart.back() + left->blocks.back()->rowCount();
    // A run of blocks has no holes: rows are joined without copying only where both ends meet.
    const bool sameBlock = left->blocks.back() == right->blocks.front();
    const bool meets = sameBlock ? left->first + left->count == left->blockStart.back() + right->first
                                 : left->first + left->count == leftRows && right->first == 0;
    std::vector<RowBlockPointer> blocks = left->blocks;
    if (meets) {
        blocks.insert(blocks.end(), right->blocks.begin() + (sameBlock ? 1 : 0), right->blocks.end());
        return makeBatch(left->columns, std::move(blocks), left->first, left->count + right->count);
    }
    // Otherwise the rows at the seam are copied: those of the last block of a and of the first block of b.
    const auto copyRows = [](const RowBatchData *data, size_t index) {
        const RowBlockPointer &block = data->blocks[index];
        const qsizetype start = data->blockStart[index];
        const qsizetype from = qMax(qsizetype(0), data->first - start);
        const qsizetype to = qMin(block->rowCount(), data->first + data->count - start);
        RowBlockPointer copy(new RowBlock(block->columns));
        for (qsizetype i = from; i < to; ++i)
            copy->append(block->row(i));
        return copy;
    };
    qsizetype first = left->first;
    if (blocks.size() == 1)
        first = 0;
    blocks.back() = copyRows(left, left->blocks.size() - 1);
    blocks.push_back(copyRows(right, 0));
    blocks.insert(blocks.end(), right->blocks.begin() + 1, right->blocks.end());
    return makeBatch(left->columns, std::move(blocks), first, left->count + right->count);
}

} // namespace Internal

} // namespace QAsyncMySql
