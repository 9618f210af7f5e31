// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/rowanchors.h"

#include <algorithm>

namespace QAsyncMySql::Internal {

RowAnchors::Anchor RowAnchors::before(qint64 position) const
{
    const auto after
        = std::upper_bound(m_anchors.begin(), m_anchors.end(), position,
                           [](qint64 value, const Anchor &anchor) { return value < anchor.position; });
    return after == m_anchors.begin() ? Anchor() : *(after - 1);
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
