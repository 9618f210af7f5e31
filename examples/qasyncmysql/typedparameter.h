// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/parameters.h>
#include <QAsyncMySql/result.h>

#include <QStringList>

namespace Cli {

/*!
    The values of the command line for the statement. Without \a typed each is text. With it each is JSON, in
   the form in which the JSON formats print values: null, numbers, true and false, strings, {"base64": "..."}
   for bytes; other objects, and arrays, are bound as their JSON text.
*/
QAsyncMySql::Result<QAsyncMySql::Parameters> makeParameters(const QStringList &arguments, bool typed);

} // namespace Cli
