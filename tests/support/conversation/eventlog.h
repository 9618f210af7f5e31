// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/queryexchange.h"

#include <QtCore/QByteArrayList>

namespace QAsyncMySql::Protocol {
class PrepareExchange;
class HandshakeExchange;
struct SessionState;
} // namespace QAsyncMySql::Protocol

//! Writes down what the protocol core reports, one line per event.
class EventLog final : public QAsyncMySql::Protocol::ResultSink
{
public:
    void columns(QList<QAsyncMySql::Column> &&columns, bool binary) override;
    bool row(QByteArrayView payload) override;
    void end(const QAsyncMySql::Protocol::OkPacket &ok, bool hasColumns) override;
    void error(const QAsyncMySql::Protocol::ErrPacket &error) override;

    void ok(const QAsyncMySql::Protocol::OkPacket &ok);
    void handshake(const QAsyncMySql::Protocol::HandshakeExchange &exchange,
                   const QAsyncMySql::Protocol::SessionState &state);
    void prepared(const QAsyncMySql::Protocol::PrepareExchange &exchange);
    void fault(const QAsyncMySql::Protocol::Fault &fault);
    void note(const QByteArray &line) { m_lines.append(line); }

    const QByteArrayList &lines() const noexcept { return m_lines; }
    QByteArrayList take();

private:
    QByteArrayList m_lines;
};
