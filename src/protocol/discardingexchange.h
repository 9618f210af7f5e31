// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/checkedexchange.h"
#include "protocol/queryexchange.h"

namespace QAsyncMySql::Protocol {

//! COM_QUERY of any statement (or several) whose results nobody wants: only whether it went well.
class DiscardingExchange final : public CheckedExchange, private ResultSink
{
public:
    explicit DiscardingExchange(const QByteArray &sql);

    void start(PacketWriter &out, SessionState &state) override { m_query.start(out, state); }
    Step feed(QByteArrayView packet, PacketWriter &out, SessionState &state) override;
    Step resume(PacketWriter &out, SessionState &state) override;

private:
    void columns(QList<Column> &&, bool) override { }
    bool row(QByteArrayView) override { return true; }
    void end(const OkPacket &, bool) override { }
    void error(const ErrPacket &error) override;
    Step passOn(Step step);

    QueryExchange m_query;
};

} // namespace QAsyncMySql::Protocol
