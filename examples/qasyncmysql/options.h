// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "formatter.h"

#include <QAsyncMySql/connection.h>
#include <QAsyncMySql/result.h>

#include <QStringList>

#include <chrono>
#include <optional>

namespace Cli {

//! The command line, read.
class Options
{
public:
    enum class Action
    {
        Run,
        ShowHelp,
        ShowVersion
    };

    //! \a arguments without the program's name. An Error of kind Usage says what is wrong and what to write
    //! instead.
    static QAsyncMySql::Result<Options> parse(const QStringList &arguments);

    Action action = Action::Run;
    QString url;
    QString sql; //!< if there is no file
    QString file; //!< "-" for standard input; empty if the statement is on the command line
    QStringList parameters;
    bool typedParameters = false;
    std::optional<Format> format; //!< not given: what fits standard output
    bool header = true;
    bool stream = false;
    std::optional<int> window; //!< rows
    std::optional<QAsyncMySql::StatementProtocol> protocol; //!< not given: what fits the statement
    QString importFile; //!< "-" for standard input; empty: nothing is imported
    QString importTable; //!< "table" or "schema.table"
    bool skipErrors = false;
    QString loadLocal; //!< "-" for standard input
    int fetchSize = 0; //!< rows; 0: the server sends all
    bool warnings = false;
    QList<std::pair<QString, QString>> attributes; //!< of the statements: names and values
    std::optional<std::chrono::milliseconds> timeout;
    std::optional<std::chrono::milliseconds> connectTimeout;
    QString defaultsFile;
    QStringList defaultsGroups; //!< none: those that the library reads
    QString loginPath; //!< of MySQL's login path file
    QList<std::pair<QString, QString>> connectOptions; //!< as in a URL; they win over it
    bool progress = false;
    bool force = false;
    bool askPassword = false;

    bool isScript() const { return !file.isEmpty(); }
};

//! The text of --help.
QByteArray helpText();

} // namespace Cli
