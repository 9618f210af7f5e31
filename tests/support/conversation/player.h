// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/session.h"
#include "support/conversation/conversation.h"
#include "support/conversation/eventlog.h"

#include <deque>
#include <memory>

/*!
    Runs a Session by the words of a conversation: begins the exchanges that its `do` lines name, and writes
    down what they report.

    What may be done: `handshake`, `query SQL`, `prepare SQL`, `execute ID PARAMETERS HEX`, `close ID`,
   `ping`, `init-db NAME`, `reset`, `quit`.
*/
class Player
{
public:
    //! \a options: a conversation whose options say how to log in.
    explicit Player(const Conversation &options);
    ~Player();

    //! Begins an exchange; false if \a what is not known.
    bool begin(const QByteArray &what);
    void feed(QByteArrayView bytes);
    //! Works through what was fed, at most \a budget bytes at a time. Stops early when TLS is wanted.
    void run(qsizetype budget = 1 << 16);

    QByteArray takeOutput() { return m_session.takeOutput(); }
    bool wantsTls() const noexcept { return m_wantsTls; }
    bool isIdle() const noexcept { return m_session.isIdle(); }
    bool failed() const noexcept { return bool(m_session.fault()); }
    EventLog &log() noexcept { return m_log; }
    QAsyncMySql::Protocol::Session &session() noexcept { return m_session; }

private:
    struct Running;

    void tlsEstablished();
    void finished();

    QAsyncMySql::Protocol::Session m_session;
    EventLog m_log;
    std::deque<std::unique_ptr<Running>> m_running;
    const Conversation &m_options;
    bool m_wantsTls = false;
};
