// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QByteArrayView>
#include <QtCore/QList>

namespace QAsyncMySql {

/*!
    The statements of an SQL \a script (UTF-8), one after the other, without what separates them: views
    into \a script.

    They end with \c{;} outside of quotes and comments, or with what a line \c{DELIMITER …} says, as in
    the servers' command-line clients; so files with procedures and dumps can be read. Pieces with
    nothing but comments are left out, but not comments that servers execute. A byte order mark at the
    beginning is skipped. Backslashes in quotes escape, as servers read them by default.

    \since 1.0
*/
QASYNCMYSQL_EXPORT QList<QByteArrayView> splitStatements(QByteArrayView script);

} // namespace QAsyncMySql
