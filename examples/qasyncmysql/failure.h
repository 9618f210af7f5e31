// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/error.h>
#include <QAsyncMySql/warning.h>

#include <QList>

namespace Cli {

//! What the program's exit code says; see doc/command-line.md.
enum ExitCode
{
    Success = 0,
    StatementFailed = 1,
    WrongUsage = 2,
    ConnectionFailed = 3,
    SecurityOrProtocol = 4,
    DeadlinePassed = 5,
    Interrupted = 130, //!< 128 + SIGINT
    BrokenPipe = 141, //!< 128 + SIGPIPE
    Terminated = 143, //!< 128 + SIGTERM
};

ExitCode exitCodeFor(const QAsyncMySql::Error &error);

//! The error as one line of JSON, without the line's end.
QByteArray errorLine(const QAsyncMySql::Error &error);

//! Writes errorLine() to standard error.
void reportError(const QAsyncMySql::Error &error);

//! Writes each as a line of JSON to standard error.
void reportWarnings(const QList<QAsyncMySql::Warning> &warnings);

//! An Error of kind Usage.
QAsyncMySql::Error usageError(const QString &message);

} // namespace Cli
