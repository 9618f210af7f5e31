// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/sqlloader.h"

namespace QAsyncMySql::Internal {

bool loadSql(const TestServerOptions &options, const ServerEndpoint &, const QDeadlineTimer &, QString *error)
{
    if (options.sqlFiles().isEmpty() && options.sqlStatements().isEmpty())
        return true;
    *error = QStringLiteral("Loading SQL at the start is not possible yet.");
    return false;
}

} // namespace QAsyncMySql::Internal
