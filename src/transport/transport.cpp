// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transport/transport.h"

namespace QAsyncMySql::Transport {

Stream::~Stream() = default;

void Stream::startTls(const TlsParameters &)
{
    if (Observer *o = observer())
        o->transportFailed(
            {Failure::Kind::Tls, QStringLiteral("This kind of connection cannot be encrypted with TLS.")});
}

} // namespace QAsyncMySql::Transport
