// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "transfer/recordreader.h"

#include <QAsyncMySql/column.h>
#include <QAsyncMySql/parameter.h>

namespace QAsyncMySql::Internal {

/*!
    The value of a field of a file for \a column of a table. Where it cannot be one, \a fault says why; what
   only the server knows (lengths, dates, members of ENUM) is left to it.
*/
Parameter fieldValue(const Field &field, const Column &column, QString &fault);

} // namespace QAsyncMySql::Internal
