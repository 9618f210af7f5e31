// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "testing/serverprovider.h"

namespace QAsyncMySql::Internal {

//! Runs the SQL files and statements of \a options on a server that is ready, in an event loop of its own.
bool loadSql(const TestServerOptions &options, const ServerEndpoint &endpoint,
             const TestCertificates &certificates, const QDeadlineTimer &deadline, QString *error);

} // namespace QAsyncMySql::Internal
