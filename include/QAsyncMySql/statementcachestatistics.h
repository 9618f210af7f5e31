// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QtGlobal>

namespace QAsyncMySql {

/*!
    How the statements of a session were prepared: Connection::statementCacheStatistics().

    \since 1.0
*/
class StatementCacheStatistics
{
public:
    StatementCacheStatistics() noexcept { }

    qsizetype size = 0; //!< statements prepared now
    qsizetype capacity = 0; //!< ConnectOptions::statementCacheSize()
    quint64 hits = 0; //!< execute() found its statement prepared
    quint64 misses = 0; //!< it had to be prepared
    quint64 evictions = 0; //!< statements closed to make room
};

} // namespace QAsyncMySql
