// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/rowanchors.h"

#include <algorithm>
#include <limits>

namespace QAsyncMySql::Internal {

RowAnchors::Anchor RowAnchors::before(qint64 position) const
{
    const auto after
        = std::upper_bound(m_anchors.begin(), m_anchors.end(), position,
                           [](qint64 value, const Anchor &anchor) { return value < anchor.position; });
    return after == m_anchors.begin() ? Anchor() : *(after - 1);
}

qint64 RowAnchors::sameUpTo(const RowAnchors &other) const
{
    const auto [mine, theirs] = std::mismatch(
        m_anchors.begin(), m_anchors.end(), other.m_anchors.begin(), other.m_anchors.end(),
        [](const Anchor &a, const Anchor &b) { return a.position == b.position && a.place == b.place; });
    if (mine == m_anchors.end() && theirs == other.m_anchors.end())
        return std::numeric_limits<qint64>::max();
    return mine == m_anchors.begin() ? 0 : (mine - 1)->position;
}

void RowAnchors::rowsRemoved(qint64 position, qint64 count)
{
    // An anchor whose own row is gone is still right: its values need not be those of a row.
    for (Anchor &anchor : m_anchors) {
        if (anchor.position > position)
            anchor.position = qMax(position, anchor.position - count);
    }
}

} // namespace QAsyncMySql::Internal
