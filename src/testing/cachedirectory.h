// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QString>

namespace QAsyncMySql::Internal {

/*!
    Where unpacked servers and prepared data folders are kept between runs: $QASYNCMYSQL_CACHE, or qasyncmysql
   in $XDG_CACHE_HOME or ~/.cache. Empty if there is no home. It need not exist. The script fetch-server knows
   the same rule; QStandardPaths does not fit, as its test mode moves it.
*/
QString cacheDirectory();

} // namespace QAsyncMySql::Internal
