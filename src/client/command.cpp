// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/command.h"

namespace QAsyncMySql::Internal {

Error toError(const Protocol::ErrPacket &packet, Error::Outcome outcome, Error::Phase phase)
{
    return Error::fromServer(packet.code, packet.sqlState, QString::fromUtf8(packet.message), outcome, phase);
}

Error toError(const Protocol::Fault &fault, Error::Outcome outcome, Error::Phase phase)
{
    using Kind = Protocol::Fault::Kind;
    Error::Kind kind = Error::Kind::Protocol;
    switch (fault.kind) {
    case Kind::Limit:
        kind = Error::Kind::Limit;
        break;
    case Kind::Security:
        kind = Error::Kind::Security;
        break;
    case Kind::Refused:
        kind = Error::Kind::Usage;
        break;
    case Kind::None:
    case Kind::Malformed:
    case Kind::Sequence:
    case Kind::Unexpected:
    case Kind::Unsupported:
        break;
    }
    return Error(kind, fault.text, outcome, phase).withConnectionLost();
}

} // namespace QAsyncMySql::Internal
