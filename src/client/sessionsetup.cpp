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

QByteArray setNames(const QString &charset, const QString &collation)
{
    QByteArray sql = "SET NAMES " + charset.toLatin1();
    if (!collation.isEmpty())
        sql += " COLLATE " + collation.toLatin1();
    // What we say is UTF-8, whatever the answers are to come in: no other character set is safe to write in.
    if (charset.compare(u"utf8mb4", Qt::CaseInsensitive) != 0)
        sql += ", character_set_client = utf8mb4";
    return sql;
}

QByteArray sessionSetup(const ConnectOptions &options)
{
    // SET NAMES takes further assignments behind it (MySQL manual, "SET Syntax for Variable Assignment").
    QByteArray sql = setNames(options.charset(), options.collation());
    if (!options.trackedVariables().isEmpty()) {
        // What the library itself goes by, and servers track by default, must stay among them.
        QStringList names = options.trackedVariables();
        for (const char16_t *needed : {u"character_set_client", u"character_set_results", u"autocommit"}) {
            if (!names.contains(QStringView(needed).toString(), Qt::CaseInsensitive))
                names.append(QStringView(needed).toString());
        }
        sql += ", session_track_system_variables = " + quoted(names.join(u','));
    }
    if (options.transactionTracking())
        sql += ", session_track_transaction_info = 'CHARACTERISTICS'";
    if (!options.timeZone().isNull())
        sql += ", time_zone = " + quoted(options.timeZone());
    if (!options.sqlMode().isNull())
        sql += ", sql_mode = " + quoted(options.sqlMode());
    return sql;
}

} // namespace QAsyncMySql::Internal
