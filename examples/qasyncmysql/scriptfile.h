// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/result.h>

#include <QList>

namespace Cli {

//! A statement to run and where it stands, for messages.
class StatementToRun
{
public:
    // Written out: GCC 12 destroys aggregates in co_await expressions twice.
    explicit StatementToRun(const QString &text, const QString &where = QString())
        : sql(text)
        , place(where)
    {
    }

    QString sql;
    QString place; //!< "orders.sql:12", or empty for the statement of the command line
};

//! The statements of the script \a file, or of standard input if that is "-".
QAsyncMySql::Result<QList<StatementToRun>> readScript(const QString &file);

} // namespace Cli
