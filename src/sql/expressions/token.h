// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/dialect.h>
#include <QAsyncMySql/result.h>

#include <QtCore/QByteArray>

namespace QAsyncMySql::Sql::Internal {

//! Never part of UTF-8, so that it cannot be part of a statement's text.
inline constexpr char TokenMark = '\xff';

/*!
    What servers write differently, and what some of them lack. A token stands in the text of a fragment
   behind TokenMark.
*/
enum class Token : quint8
{
    InsertReturning = 1,
    DeleteReturning,
    ForShare,
    LockOf, //!< FOR UPDATE OF
    SkipLocked,
    InsertAlias, //!< the name of the new row, behind VALUES
    InsertedBegin, //!< before and behind a column of the new row
    InsertedEnd,
    JsonCastBegin,
    JsonCastEnd,
    DoubleCast,
    Intersect,
    Except,
    IntersectAll,
    ExceptAll,
    DropIndexIfExists,
    CreateIndexIfNotExists,
    Lateral,
    Last = Lateral,
};

/*!
    \a code as the server reads it: its tokens as text, or an Error of kind Usage that says what the server
   lacks and what to do without it.
*/
Result<QByteArray> resolveTokens(QByteArrayView code, Dialect dialect);

} // namespace QAsyncMySql::Sql::Internal
