// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QVersionNumber>

namespace QAsyncMySql {

/*! The version of the library that the program runs with, which may be newer than that of the headers it was
    compiled against (QASYNCMYSQL_VERSION). May be called from any thread.

    \since 1.0
*/
QASYNCMYSQL_EXPORT QVersionNumber version();

} // namespace QAsyncMySql
