// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

//! Bytes as hexadecimal digits and as characters, 16 in a line, with their place before them.
namespace HexLine {

qsizetype count(const QByteArray &bytes);
QString text(const QByteArray &bytes, qsizetype line);
//! How many characters each line has.
int length();

} // namespace HexLine
