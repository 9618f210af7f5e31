// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/rowcollector.h"

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

constexpr qsizetype FirstBlock = 512; // bytes
constexpr qsizetype LargestBlock = 256 * 1024;
constexpr qsizetype Growth = 4;

} // namespace

void RowCollector::begin(QList<Column> &&columns, RowFormat format)
{
    m_columns = new RowColumns(std::move(columns), format);
    m_blocks.clear();
    m_open = nullptr;
    m_nextCapacity = FirstBlock;
    m_rows = 0;
    m_bytes = 0;
}

void RowCollector::openBlock(qsizetype rowSize)
{
    const RowBlock *previous = m_open;
    RowBlockPointer block(new RowBlock(m_columns));
    const auto capacity = size_t(std::max(m_nextCapacity, rowSize));
    m_columns->spares.take(capacity, block->bytes, block->ends);
    block->bytes.reserve(capacity);
    // As many rows as the last block's would make, so that the ends need no second allocation.
    if (previous && !previous->bytes.empty()) {
        const size_t estimate = previous->ends.size() * block->bytes.capacity() / previous->bytes.size();
        block->ends.reserve(estimate + estimate / 16 + 1);
    }
    m_nextCapacity = std::min(m_nextCapacity * Growth, LargestBlock);
    m_open = block.data();
    m_blocks.push_back(std::move(block));
}

void RowCollector::adopt(ByteBuffer &&row)
{
    RowBlockPointer block(new RowBlock(m_columns));
    block->bytes = std::move(row);
    block->bytes.shrink_to_fit();
    block->ends.push_back(quint32(block->bytes.size()));
    ++m_rows;
    m_bytes += qsizetype(block->bytes.size() + sizeof(quint32));
    m_blocks.push_back(std::move(block));
    m_open = nullptr;
}

std::vector<RowBlockPointer> RowCollector::takeBlocks()
{
    if (m_open) {
        const size_t used = m_open->bytes.size();
        // A block that was not filled may be kept for long, by a model: its room goes back.
        if (used < m_open->bytes.capacity() / 8 * 7) {
            m_open->bytes.shrink_to_fit();
            m_open->ends.shrink_to_fit();
        }
        // What is taken next will be about as much: then there is nothing to give back.
        m_nextCapacity = std::clamp(qsizetype(used + used / 8), FirstBlock, LargestBlock);
    }
    m_open = nullptr;
    m_rows = 0;
    m_bytes = 0;
    return std::exchange(m_blocks, {});
}

} // namespace QAsyncMySql::Internal
