// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/blockcache.h"

#include "models/batchrows.h"

namespace QAsyncMySql::Internal {

void BlockCache::setMemoryLimit(qint64 bytes)
{
    m_limit = bytes;
    makeRoom();
}

void BlockCache::insert(qint64 number, const RowBatch &rows)
{
    Block &block = m_blocks[number];
    release(block);
    block.place = SpillFile::Place();
    hold(number, block, rows);
    makeRoom();
}

RowBatch BlockCache::find(qint64 number)
{
    const auto found = m_blocks.find(number);
    if (found == m_blocks.end())
        return RowBatch();
    Block &block = found->second;
    if (block.resident) {
        m_uses.splice(m_uses.begin(), m_uses, block.use);
        return block.rows;
    }
    const RowBatch rows = m_spill.read(block.place, block.rows);
    if (!rows.isEmpty()) {
        hold(number, block, rows);
        makeRoom();
    }
    return rows;
}

void BlockCache::remove(qint64 number)
{
    const auto found = m_blocks.find(number);
    if (found == m_blocks.end())
        return;
    release(found->second);
    m_blocks.erase(found);
}

void BlockCache::clear()
{
    // Swapped, so that the memory is given back.
    std::unordered_map<qint64, Block>().swap(m_blocks);
    m_uses.clear();
    m_spill.clear();
    m_memory = 0;
}

QList<qint64> BlockCache::numbers() const
{
    QList<qint64> numbers;
    numbers.reserve(qsizetype(m_blocks.size()));
    for (const auto &block : m_blocks)
        numbers.append(block.first);
    return numbers;
}

void BlockCache::hold(qint64 number, Block &block, const RowBatch &rows)
{
    block.rows = rows;
    block.bytes = rows.byteSize();
    block.resident = true;
    m_uses.push_front(number);
    block.use = m_uses.begin();
    m_memory += block.bytes;
}

void BlockCache::release(Block &block)
{
    if (!block.resident)
        return;
    m_uses.erase(block.use);
    m_memory -= block.bytes;
    block.resident = false;
    block.bytes = 0;
    block.rows = shapeOf(block.rows);
}

void BlockCache::makeRoom()
{
    while (m_limit > 0 && m_memory > m_limit && m_uses.size() > 1) {
        const qint64 number = m_uses.back();
        if (m_eviction == Eviction::Drop) {
            remove(number);
            continue;
        }
        Block &block = m_blocks[number];
        // What was read again need not be written again.
        if (!block.place.isValid())
            block.place = m_spill.write(block.rows);
        if (!block.place.isValid())
            return; // better too much memory than rows that are lost
        release(block);
    }
}

} // namespace QAsyncMySql::Internal
