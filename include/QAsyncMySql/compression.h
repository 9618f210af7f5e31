// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QtGlobal>

namespace QAsyncMySql {

/*!
    How the bytes between client and server are compressed (MySQL manual, "Connection Compression Control").

    MySQL offers all three, MariaDB servers zlib only.

    \since 1.0
*/
enum class Compression : quint8
{
    Uncompressed, //!< not at all
    Zlib, //!< deflate, levels 1 to 9
    Zstd, //!< Zstandard, levels 1 to 22: faster than zlib, and smaller
};

} // namespace QAsyncMySql
