// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QString>

namespace QAsyncMySql::Internal {

/*!
    \a sql for people to see, in logs and panels, on one line: without what is quoted in it (names of people,
    passwords), without comments, and cut after \a limit characters. Where the end of a quoted text depends on
    the server's sql_mode, the rest is left out.
*/
QString sqlExcerpt(const QString &sql, qsizetype limit);

} // namespace QAsyncMySql::Internal
