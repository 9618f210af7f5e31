// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/discardingexchange.h"

namespace QAsyncMySql::Protocol {

DiscardingExchange::DiscardingExchange(const QByteArray &sql)
    : m_query(sql, *this)
{
}

Step DiscardingExchange::feed(QByteArrayView packet, PacketWriter &out, SessionState &state)
{
    return passOn(m_query.feed(packet, out, state));
}

Step DiscardingExchange::resume(PacketWriter &out, SessionState &state)
{
    return passOn(m_query.resume(out, state));
}

void DiscardingExchange::error(const ErrPacket &error)
{
    failWithError(error);
}

Step DiscardingExchange::passOn(Step step)
{
    return step == Step::Fault ? failWith(m_query.fault().kind, m_query.fault().text) : step;
}

} // namespace QAsyncMySql::Protocol
