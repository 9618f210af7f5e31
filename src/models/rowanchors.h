// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/roworder.h"

#include <vector>

namespace QAsyncMySql::Internal {

/*!
    Known places of a table: behind so many rows comes the place with these values. They are sampled in the
   background, so that each position can be reached by skipping few rows.
*/
class RowAnchors
{
public:
    struct Anchor
    {
        qint64 position = 0; // rows up to the place, its own included
        RowOrder::Place place; // of the row at position - 1; empty at position 0
    };

    void clear() { m_anchors.clear(); }
    //! \a position is beyond all others.
    void append(qint64 position, const RowOrder::Place &place) { m_anchors.push_back({position, place}); }
    //! The last anchor at or before \a position; the beginning of the table if there is none.
    Anchor before(qint64 position) const;
    //! All positions up to this one can be found.
    qint64 frontier() const noexcept { return m_anchors.empty() ? 0 : m_anchors.back().position; }
    RowOrder::Place frontierPlace() const
    {
        return m_anchors.empty() ? RowOrder::Place() : m_anchors.back().place;
    }
    //! The position up to which \a other has the same anchors; the largest there is if it has the same.
    qint64 sameUpTo(const RowAnchors &other) const;
    qsizetype size() const noexcept { return qsizetype(m_anchors.size()); }
    //! \a count rows were removed at \a position (negative: were put in).
    void rowsRemoved(qint64 position, qint64 count);

private:
    std::vector<Anchor> m_anchors;
};

} // namespace QAsyncMySql::Internal
