// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/expressions/clausetext.h"

namespace QAsyncMySql::Sql::Internal {

ClauseText::ClauseText(qsizetype usualSize)
{
    m_text.reserve(usualSize);
}

Fragment ClauseText::mid(std::size_t first, std::size_t last) const
{
    const Place from = begin(first);
    const Place to = end(last);
    return Fragment(m_text.code().mid(from.code, to.code - from.code),
                    m_text.parameters().mid(from.values, to.values - from.values), Precedence::Primary);
}

void ClauseText::clear(std::size_t clause)
{
    if (isEmpty(clause))
        return;
    const Place start = begin(clause);
    const Place before = end(clause);
    const Fragment behind = mid(clause + 1, MaximumClauses - 1);
    cut(start);
    m_text.append(behind);
    moveEnds(clause, before, start);
}

void ClauseText::moveEnds(std::size_t clause, Place before, Place after)
{
    for (std::size_t i = clause; i < m_last; ++i) {
        m_ends[i].code += after.code - before.code;
        m_ends[i].values += after.values - before.values;
    }
}

void ClauseText::cut(Place end)
{
    m_text
        = Fragment(m_text.code().first(end.code), m_text.parameters().first(end.values), Precedence::Primary);
}

} // namespace QAsyncMySql::Sql::Internal
