// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/sessionsetup.h"

#include <QAsyncMySql/connectoptions.h>

namespace QAsyncMySql::Internal {

namespace {

// Quote doubling alone is safe only without backslashes; ConnectOptions::validate() refuses those here.
QByteArray quoted(const QString &text)
{
    return '\'' + text.toUtf8().replace('\'', "''") + '\'';
}

} // namespace

QByteArray sessionSetup(const ConnectOptions &options)
{
    // SET NAMES takes further assignments behind it (MySQL manual, "SET Syntax for Variable Assignment").
    QByteArray sql = "SET NAMES " + options.charset().toLatin1();
    if (!options.collation().isEmpty())
        sql += " COLLATE " + options.collation().toLatin1();
    if (!options.timeZone().isNull())
        sql += ", time_zone = " + quoted(options.timeZone());
    if (!options.sqlMode().isNull())
        sql += ", sql_mode = " + quoted(options.sqlMode());
    return sql;
}

} // namespace QAsyncMySql::Internal
