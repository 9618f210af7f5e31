// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "testing/serverinstallation.h"

namespace QAsyncMySql::Internal {

//! The SQL that a new data folder is initialised with: MariaDB's system tables, the database and the
//! accounts.
QByteArray initializationSql(const ServerInstallation &installation, const QString &password,
                             const QString &rootPassword, QString *error);
//! True if the server reads the SQL from its standard input (MariaDB), false if from a named file (MySQL).
bool initializationReadsInput(const ServerInstallation &installation);
//! The arguments, those of the loader included, that make the server initialise \a dataDirectory and end.
QStringList initializationArguments(const ServerInstallation &installation, const QString &dataDirectory,
                                    const QString &sqlFile);
//! The arguments that both initialising and running need.
QStringList commonArguments(const ServerInstallation &installation, const QString &dataDirectory);
//! The lines of a server's log that tell why it failed: those with errors, or the last ones.
QString importantLines(const QString &log);

} // namespace QAsyncMySql::Internal
