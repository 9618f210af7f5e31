// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "testing/serverprovider.h"

namespace QAsyncMySql::Internal {

//! Runs the SQL files and statements of \a options on a server that is ready. Blocks.
bool loadSql(const TestServerOptions &options, const ServerEndpoint &endpoint, const QDeadlineTimer &deadline,
             QString *error);

} // namespace QAsyncMySql::Internal
