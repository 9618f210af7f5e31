// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "schemareader.h"

/*!
    A C++ header with a type for each table, in the namespace \a nameSpace. The same schema gives the same
   text, whatever the server and the time.
*/
QByteArray writeHeader(const QList<SchemaTable> &tables, const QString &nameSpace);

//! The C++ type of a column's values.
QString cppType(const SchemaColumn &column);
