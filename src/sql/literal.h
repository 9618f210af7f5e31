// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/parameter.h>

namespace QAsyncMySql::Internal {

/*!
    Appends \a parameter as a literal that every sql_mode reads alike, on a connection whose character
    set is utf8mb4:

    - texts in single quotes, quotes doubled; texts with a backslash, NUL or control-Z as hexadecimal
      digits with their character set, since what a backslash means hangs on NO_BACKSLASH_ESCAPES;
    - bytes as hexadecimal digits, never in quotes;
    - floating-point numbers with an exponent, or the server would take them for DECIMAL.

    The parameter must be valid (see checkParameters()).
*/
void appendLiteral(QByteArray &to, const Parameter &parameter);

//! At least as many bytes as the literal takes.
qsizetype literalRoom(const Parameter &parameter) noexcept;
//! The literal, written to \a to, where there is room for it; returns where it ends.
char *writeLiteral(char *to, const Parameter &parameter);

} // namespace QAsyncMySql::Internal
