// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/rowfilter.h>
#include <QAsyncMySql/sqlstatement.h>

namespace QAsyncMySql::Internal {

/*!
    \a query with its rows filtered and sorted by the server: the statement as it is, within one that does so.

    \a sortColumn counts from 0; -1 leaves the order alone. Values of the filter are put in as literals, so
   that \a query keeps the placeholders it has. An Error of kind Usage where it is not a single query.
*/
Result<SqlStatement> wrappedQuery(const SqlStatement &query, const RowFilter &filter, int sortColumn,
                                  Qt::SortOrder order);

} // namespace QAsyncMySql::Internal
