// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QString>

namespace Cli {

//! True for \c{CALL …}.
bool isCall(const QString &sql);

//! The procedure of \c{CALL name(?, ?)}, as Executor::call() takes it; empty for any other statement, and
//! for a call with other arguments.
QString calledProcedure(const QString &sql);

} // namespace Cli
