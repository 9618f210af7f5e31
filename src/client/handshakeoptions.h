// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/handshake.h"
#include "protocol/sessionstate.h"

#include <QAsyncMySql/connectoptions.h>

namespace QAsyncMySql::Internal {

//! What the connection phase is to know of \a options.
Protocol::HandshakeOptions handshakeOptions(const ConnectOptions &options);
//! With what and how \a options log in, also in a change of user.
Protocol::AuthOptions authOptions(const ConnectOptions &options);
Protocol::Limits sessionLimits(const ConnectOptions &options);

} // namespace QAsyncMySql::Internal
