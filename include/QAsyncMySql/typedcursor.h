// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/cursor.h>
#include <QAsyncMySql/sqlrows.h>

namespace QAsyncMySql::Sql {

/*!
    The rows of a typed select as they come: a Cursor, whose rows know their columns.

    \code
    const auto cursor = connection.stream(select(users.id, users.name).from(users));
    for (;;) {
        const auto batch = co_await cursor->nextBatch();
        if (!batch || batch->isEmpty())
            break;
        for (const auto &row : cursor->rows(*batch))
            use(row[users.name]);
    }
    \endcode

    \since 1.0
*/
template <class... Fields> class TypedCursor
{
public:
    explicit TypedCursor(std::unique_ptr<Cursor> cursor) noexcept
        : m_cursor(std::move(cursor))
    {
    }

    //! See Cursor::nextBatch(); rows() has the types of what it gives.
    Reply<RowBatch> nextBatch(int maxRows = 1000) { return m_cursor->nextBatch(maxRows); }
    TypedBatch<Fields...> rows(const RowBatch &batch) const { return TypedBatch<Fields...>(batch); }
    //! See Cursor::takeBatch().
    TypedBatch<Fields...> takeBatch() { return TypedBatch<Fields...>(m_cursor->takeBatch()); }
    //! For its window, its signals, and to cancel it.
    Cursor &cursor() const noexcept { return *m_cursor; }

private:
    std::unique_ptr<Cursor> m_cursor;
};

} // namespace QAsyncMySql::Sql
