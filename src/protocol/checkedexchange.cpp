// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/checkedexchange.h"

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

Step CheckedExchange::takeError(QByteArrayView packet, const SessionState &state)
{
    ErrPacket error;
    const bool complete = parseErr(packet, state, error);
    failWithError(error);
    return complete ? Step::Done : malformed(u"The server sent an incomplete error packet."_s);
}

Step UnansweredExchange::feed(QByteArrayView packet, PacketWriter &out, SessionState &state)
{
    Q_UNUSED(packet)
    Q_UNUSED(out)
    Q_UNUSED(state)
    return Step::Done;
}

} // namespace QAsyncMySql::Protocol
