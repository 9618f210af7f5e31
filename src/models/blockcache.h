// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/spillfile.h"

#include <list>
#include <unordered_map>

namespace QAsyncMySql::Internal {

/*!
    The store behind the models: blocks of packed rows by number, of which as many are held in memory as a
   limit allows, the least recently used going first.

    Where the rows can be asked for again (Eviction::Drop), a block that goes is gone. Where they cannot
   (Eviction::Spill), it is put aside in a temporary file and comes back when it is asked for. A block in use,
   the newest, always stays.
*/
class BlockCache
{
public:
    enum class Eviction : quint8
    {
        Drop,
        Spill
    };

    explicit BlockCache(Eviction eviction, qint64 memoryLimit = 0) noexcept
        : m_limit(memoryLimit)
        , m_eviction(eviction)
    {
    }

    //! Bytes of rows held in memory; 0 for no limit.
    qint64 memoryLimit() const noexcept { return m_limit; }
    void setMemoryLimit(qint64 bytes);
    qint64 memoryBytes() const noexcept { return m_memory; }
    qint64 spilledBytes() const noexcept { return m_spill.size(); }
    //! Why rows could not be put aside, or not be read again; then they stay in memory, or come empty.
    Error error() const { return m_spill.error(); }

    //! Puts \a rows in the place of what block \a number holds.
    void insert(qint64 number, const RowBatch &rows);
    bool contains(qint64 number) const noexcept { return m_blocks.contains(number); }
    //! The rows of block \a number, which is used by this; empty if there is none.
    RowBatch find(qint64 number);
    void remove(qint64 number);
    void clear();
    size_t size() const noexcept { return m_blocks.size(); }
    //! The numbers of all blocks, in no order.
    QList<qint64> numbers() const;

private:
    struct Block
    {
        RowBatch rows; // of a block that was put aside: none, with the columns
        qint64 bytes = 0; // in memory
        bool resident = false;
        SpillFile::Place place;
        std::list<qint64>::iterator use; // valid for those in memory
    };
    void hold(qint64 number, Block &block, const RowBatch &rows);
    void release(Block &block);
    void makeRoom();

    std::unordered_map<qint64, Block> m_blocks;
    std::list<qint64> m_uses; // the last used first
    SpillFile m_spill;
    qint64 m_memory = 0;
    qint64 m_limit;
    Eviction m_eviction;
};

} // namespace QAsyncMySql::Internal
