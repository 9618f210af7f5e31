// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

/*! \file
    The macros that every header of the library needs: QASYNCMYSQL_EXPORT, and the version that a program is
   compiled against. See version.h for the version that it runs with.
*/

#include <QAsyncMySql/qasyncmysql_core_export.h>
#include <QAsyncMySql/qasyncmysql_version.h>

/*! A version as a number that the preprocessor can compare, as QT_VERSION_CHECK does for Qt. \since 1.0 */
#define QASYNCMYSQL_VERSION_CHECK(major, minor, patch) (((major) << 16) | ((minor) << 8) | (patch))

/*! The version of the headers. \since 1.0 */
#define QASYNCMYSQL_VERSION                                                                                  \
    QASYNCMYSQL_VERSION_CHECK(QASYNCMYSQL_VERSION_MAJOR, QASYNCMYSQL_VERSION_MINOR, QASYNCMYSQL_VERSION_PATCH)
