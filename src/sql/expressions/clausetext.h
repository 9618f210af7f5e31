// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/sqlfragment.h>

#include <algorithm>
#include <array>

namespace QAsyncMySql::Sql::Internal {

/*!
    The text of a statement, with the places where its clauses end.

    Clauses are mostly added in the order in which they stand, so that each is an append and the whole is
    ready at any time; what comes later is put into its place.
*/
class ClauseText
{
public:
    static constexpr std::size_t MaximumClauses = 10;

    explicit ClauseText(qsizetype usualSize);

    const Fragment &whole() const noexcept { return m_text; }
    bool isEmpty(std::size_t clause) const noexcept { return begin(clause).code == end(clause).code; }
    //! From the beginning of the clause \a first to the end of \a last.
    Fragment mid(std::size_t first, std::size_t last) const;
    //! Has \a write append to the end of a clause.
    template <class Write> void add(std::size_t clause, const Write &write)
    {
        if (clause >= m_last) [[likely]] {
            beginLast(clause);
            write(m_text);
            return;
        }
        const Place before = end(clause);
        const Fragment behind = mid(clause + 1, MaximumClauses - 1);
        cut(before);
        write(m_text);
        moveEnds(clause, before, wholeEnd());
        m_text.append(behind);
    }
    //! Empties a clause.
    void clear(std::size_t clause);

private:
    struct Place
    {
        qsizetype code = 0;
        qsizetype values = 0;
    };
    Place wholeEnd() const noexcept { return {m_text.code().size(), m_text.parameters().size()}; }
    Place end(std::size_t clause) const noexcept { return clause >= m_last ? wholeEnd() : m_ends[clause]; }
    Place begin(std::size_t clause) const noexcept { return clause > 0 ? end(clause - 1) : Place(); }
    void beginLast(std::size_t clause)
    {
        std::fill(m_ends.data() + m_last, m_ends.data() + clause, wholeEnd());
        m_last = clause;
    }
    //! A clause that ended at \a before now ends at \a after.
    void moveEnds(std::size_t clause, Place before, Place after);
    void cut(Place end);

    Fragment m_text;
    std::array<Place, MaximumClauses>
        m_ends; // of the clauses before m_last; the others end where the text does
    std::size_t m_last = 0;
};

} // namespace QAsyncMySql::Sql::Internal
