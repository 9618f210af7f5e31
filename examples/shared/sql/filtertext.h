// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/column.h>
#include <QAsyncMySql/rowfilter.h>

/*!
    What a user writes into the filter line of a column, as a filter.

    \c{= x}, \c{<> x}, \c{< x}, \c{<= x}, \c{> x}, \c{>= x}, \c{a .. b}, \c{~ pattern} (with % and _),
    \c{NULL} and \c{!NULL}; anything else is what texts contain, and what numbers and times are equal to.
*/
namespace FilterText {

//! The filter; an empty one for an empty \a text; an Error with a sentence for the user if it makes no sense.
QAsyncMySql::Result<QAsyncMySql::RowFilter> parse(const QAsyncMySql::Column &column, const QString &text);

} // namespace FilterText
