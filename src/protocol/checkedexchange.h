// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/exchange.h"
#include "protocol/packets.h"

namespace QAsyncMySql::Protocol {

//! An exchange of which only one thing is asked: whether it ended with an ERR.
class CheckedExchange : public Exchange
{
public:
    bool failed() const noexcept { return m_failed; }
    const ErrPacket &error() const noexcept { return m_error; }

protected:
    Step takeError(QByteArrayView packet, const SessionState &state);
    void failWithError(const ErrPacket &error)
    {
        m_failed = true;
        m_error = error;
    }

private:
    ErrPacket m_error;
    bool m_failed = false;
};

//! A command that is not answered: done as soon as it is started.
class UnansweredExchange : public Exchange
{
public:
    bool hasAnswer() const noexcept final { return false; }
    Step feed(QByteArrayView packet, PacketWriter &out, SessionState &state) final;
};

} // namespace QAsyncMySql::Protocol
