// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/version.h>

QVersionNumber QAsyncMySql::version()
{
    return QVersionNumber(QASYNCMYSQL_VERSION_MAJOR, QASYNCMYSQL_VERSION_MINOR, QASYNCMYSQL_VERSION_PATCH);
}
