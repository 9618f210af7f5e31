// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/characterset.h"

namespace QAsyncMySql::Internal {

//! Reads \a bytes in the character set that the system's iconv() calls \a systemName.
CharacterSet::Outcome decodeByIconv(const char *systemName, QByteArrayView bytes, QString &text);

} // namespace QAsyncMySql::Internal
