// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QString>

namespace QAsyncMySql {

class ColumnData;

namespace Internal {

//! True for those of MariaDB's extended types ("uuid", "inet6" …) whose values come as text.
bool isTextExtension(QByteArrayView extendedType) noexcept;
//! The type of a column as one would write it in SQL, without its length.
QString sqlTypeName(const ColumnData &column, bool binary);

} // namespace Internal

} // namespace QAsyncMySql
