// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/column.h>

#include <QtCore/QByteArray>
#include <QtCore/QHash>

#include <vector>

namespace QAsyncMySql::Internal {
class CharacterSet;
}

namespace QAsyncMySql::Protocol {

/*!
    The columns that a server has described last, by the bytes of their definitions: a statement that is run
   again has the same, and so has most of the next one's. Of one session only, and of one character set of its
   results: the columns hang on both.
*/
class ColumnCache
{
public:
    //! What follows is about results in \a set (null: UTF-8). Only when that is another than it was are the
    //! columns forgotten: a session that is reset changes it, and changes it back, between two results.
    void useFor(const Internal::CharacterSet *set)
    {
        if (set == m_set)
            return;
        clear();
        m_set = set;
    }
    //! The column with this definition, or null.
    const Column *find(QByteArrayView definition) const noexcept
    {
        if (m_slots.empty())
            return nullptr;
        const Slot &slot = m_slots[slotOf(definition)];
        return slot.definition == definition ? &slot.column : nullptr;
    }
    void insert(QByteArrayView definition, const Column &column)
    {
        if (definition.size() > LongestKept)
            return;
        if (m_slots.empty())
            m_slots.resize(SlotCount);
        m_slots[slotOf(definition)] = {definition.toByteArray(), column};
    }

    void clear() { m_slots.clear(); }

private:
    struct Slot
    {
        QByteArray definition;
        Column column;
    };
    static constexpr size_t SlotCount = 64;
    static constexpr qsizetype LongestKept = 512;

    static size_t slotOf(QByteArrayView definition) noexcept
    {
        return qHashBits(definition.data(), size_t(definition.size())) % SlotCount;
    }

    std::vector<Slot> m_slots; // none before the first column
    const Internal::CharacterSet *m_set = nullptr;
};

} // namespace QAsyncMySql::Protocol
