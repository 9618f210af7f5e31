// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/cell.h>

namespace QAsyncMySql::Internal {

//! The bytes of \a cell, which is sent as text, in UTF-8; as they are if its character set cannot be read
//! here.
QByteArray utf8Text(const Cell &cell);

} // namespace QAsyncMySql::Internal
