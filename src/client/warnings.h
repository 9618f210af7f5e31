// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/resultset.h>

namespace QAsyncMySql::Internal {

inline constexpr char ShowWarnings[] = "SHOW WARNINGS";

//! What the server answered to ShowWarnings, in the text protocol.
QList<Warning> warningsFrom(const ResultSet &rows);

} // namespace QAsyncMySql::Internal
