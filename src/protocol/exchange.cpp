// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/exchange.h"

namespace QAsyncMySql::Protocol {

Exchange::~Exchange() = default;

Step Exchange::feedRows(Frames &frames)
{
    Q_UNUSED(frames)
    return Step::More;
}

Step Exchange::resume(PacketWriter &out, SessionState &state)
{
    Q_UNUSED(out)
    Q_UNUSED(state)
    return Step::More;
}

} // namespace QAsyncMySql::Protocol
