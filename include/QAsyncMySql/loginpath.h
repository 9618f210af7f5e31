// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/connectoptions.h>

/*! \file
    The login paths of MySQL's programs: host, user and password under a name, kept in a file that only its
    owner may read and that is not readable as it is (MySQL manual, "mysql_config_editor"). It is obscured and
    not encrypted: the key stands in the file itself.
*/

namespace QAsyncMySql {

/*! Where MySQL's programs look for the file: \c{$MYSQL_TEST_LOGIN_FILE}, else \c{~/.mylogin.cnf}
   (\c{%APPDATA%\\MySQL\\.mylogin.cnf} on Windows). \since 1.0 */
QASYNCMYSQL_EXPORT QString loginPathFile();

/*! The names of the login paths in \a file, in its order. Errors as those of readLoginPath(). \since 1.0 */
QASYNCMYSQL_EXPORT Result<QStringList> loginPaths(const QString &file = loginPathFile());

/*!
    Puts onto \a options what \a file has under \c client, as for all of MySQL's programs, and under \a name,
   which wins. Setters called afterwards win over both. Blocks for reading.

    An Error of kind Usage, with \a options as they were, where the file is missing, may be read or written by
   other users, is damaged, or has no such login path: it names the file, and the login paths that there are,
   and no password.

    \since 1.0
*/
QASYNCMYSQL_EXPORT Result<void> readLoginPath(ConnectOptions &options,
                                              const QString &name = QStringLiteral("client"),
                                              const QString &file = loginPathFile());

} // namespace QAsyncMySql
