// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "protocol/fetchexchange.h"
#include "protocol/session.h"

#include <QtCore/QByteArray>

#include <memory>
#include <vector>

namespace QAsyncMySql::Test {

/*!
    One conversation with a server that may say anything. The bytes of the server and the questions of the
   client come from the fuzzer; what the protocol core makes of them is written down, so that two ways to feed
   the same bytes can be compared.
*/
class Conversation final : public Protocol::ResultSink
{
public:
    // Kinds beside those that are told by their number modulo 6.
    static constexpr quint8 Fetch = 0xF0;
    static constexpr quint8 ExecuteForCursor = 0xF1;
    static constexpr quint8 ChangeUser = 0xF2;
    static constexpr quint8 LocalFile = 0xF3;
    static constexpr quint8 Statistics = 0xF4;
    static constexpr quint8 BulkExecute = 0xF5;
    //! Whether a kind begins with the server's greeting, so that the server speaks first.
    static constexpr bool isLogin(quint8 kind)
    {
        return kind % 6 == 0 && (kind < Fetch || kind > BulkExecute);
    }

    //! The questions, and the character of the server, by number.
    explicit Conversation(quint8 kind, quint8 character);
    ~Conversation() override;

    //! Gives \a bytes as the server's, \a chunk at a time (0: all at once), each worked through in steps of
    //! \a budget bytes.
    void feed(QByteArrayView bytes, qsizetype chunk, qsizetype budget);
    const QByteArray &events() const { return m_events; }
    const Protocol::Session &session() const { return m_session; }
    //! False where the order of events may depend on how the bytes are cut (nothing may come with the TLS
    //! request).
    bool isComparable() const { return !m_tls; }

    void columns(QList<Column> &&columns, bool binary) override;
    bool row(QByteArrayView payload) override;
    void end(const Protocol::OkPacket &ok, bool hasColumns) override;
    void error(const Protocol::ErrPacket &error) override;

private:
    void advance(qsizetype budget);
    void begin(std::unique_ptr<Protocol::Exchange> exchange);
    void beginSpecial(quint8 kind, quint8 character);
    bool answer();
    void note(const char *what);
    void note(const char *what, QByteArrayView bytes);
    void note(const char *what, quint64 number);

    Protocol::Session m_session;
    Protocol::ServerCursor m_cursor;
    std::vector<std::unique_ptr<Protocol::Exchange>> m_exchanges;
    QByteArray m_events;
    quint64 m_rows = 0;
    quint8 m_pauseEvery = 0;
    bool m_tls = false;
    bool m_dead = false;
};

} // namespace QAsyncMySql::Test
