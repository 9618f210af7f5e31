// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/cell.h>

#include <QByteArray>

namespace Cli {

//! What the output formats tell apart.
enum class CellClass
{
    Text, //!< characters: strings, times, JSON, DECIMAL
    Bytes, //!< bytes without meaning as text
    Integer,
    Unsigned, //!< also BIT and YEAR
    Float,
};

CellClass cellClass(const QAsyncMySql::Column &column);

/*!
    The value as UTF-8 text, in the way the server prints it; bytes as they are. For a cell of the text
   protocol this is a view into the row; \a storage keeps what had to be made.
*/
QByteArrayView cellText(const QAsyncMySql::Cell &cell, CellClass kind, QByteArray &storage);

//! Appends the value as JSON: numbers that a double holds exactly, {"base64": "..."} for bytes, otherwise
//! strings.
void appendJsonCell(QByteArray &out, const QAsyncMySql::Cell &cell, CellClass kind);

//! "0x48656c6c6f"
QByteArray hexText(QByteArrayView bytes);

} // namespace Cli
