// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/checkedexchange.h"

#include <QtCore/QByteArray>

namespace QAsyncMySql::Protocol {

//! A command whose answer is one OK (or EOF) or one ERR: COM_PING, COM_INIT_DB, COM_RESET_CONNECTION,
//! COM_STMT_RESET, COM_SET_OPTION.
class SimpleExchange final : public CheckedExchange
{
public:
    static SimpleExchange *ping();
    static SimpleExchange *initDb(const QByteArray &schema);
    static SimpleExchange *resetConnection();
    //! COM_STMT_RESET: closes the statement's cursor, and forgets its long data.
    static SimpleExchange *resetStatement(quint32 statementId);
    //! COM_SET_OPTION: allows several statements in one text, or forbids them. SessionState::capabilities
    //! tells afterwards what is in force.
    static SimpleExchange *setMultiStatements(bool on);
    //! COM_QUERY of a statement that gives no rows.
    static SimpleExchange *statement(const QByteArray &sql);

    void start(PacketWriter &out, SessionState &state) override;
    Step feed(QByteArrayView packet, PacketWriter &out, SessionState &state) override;

    const OkPacket &ok() const noexcept { return m_ok; }

private:
    SimpleExchange(quint8 command, QByteArray argument);

    QByteArray m_argument;
    OkPacket m_ok;
    quint8 m_command = 0;
};

//! COM_STATISTICS: one line of text about the server, in the server's own words.
class StatisticsExchange final : public CheckedExchange
{
public:
    void start(PacketWriter &out, SessionState &state) override;
    Step feed(QByteArrayView packet, PacketWriter &out, SessionState &state) override;

    const QByteArray &text() const noexcept { return m_text; }

private:
    QByteArray m_text;
};

//! COM_QUIT: no answer.
class QuitExchange final : public UnansweredExchange
{
public:
    void start(PacketWriter &out, SessionState &state) override;
};

} // namespace QAsyncMySql::Protocol
