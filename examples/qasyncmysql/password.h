// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/result.h>
#include <QAsyncMySql/secret.h>

namespace Cli {

//! The password that the environment has: QASYNCMYSQL_PASSWORD, else MYSQL_PWD; empty if neither is set.
QAsyncMySql::Secret passwordFromEnvironment();

//! Asks on the terminal (not on standard input), without echo. An Error of kind Usage if there is no
//! terminal.
QAsyncMySql::Result<QAsyncMySql::Secret> askPassword(const QString &question);

//! Overwrites the password in each URL among the arguments, so that `ps` no longer shows it.
void hidePasswords(int argc, char **argv);

} // namespace Cli
