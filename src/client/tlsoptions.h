// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "transport/transport.h"

#include <QAsyncMySql/connectoptions.h>

namespace QAsyncMySql::Internal {

//! The TLS configuration that \a options ask for, with the files they name read. An Error names the file.
Result<QSslConfiguration> tlsConfigurationFor(const ConnectOptions &options);
Transport::PeerCheck peerCheck(const ConnectOptions &options);

} // namespace QAsyncMySql::Internal
