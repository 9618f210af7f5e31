// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QLoggingCategory>

namespace QAsyncMySql::Internal {

//! "qasyncmysql.values": values that could not be had as what was asked for, and names of columns that are
//! not there.
Q_DECLARE_LOGGING_CATEGORY(lcValues)

} // namespace QAsyncMySql::Internal
