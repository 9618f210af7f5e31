// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/simpleexchange.h"

#include "protocol/packetwriter.h"
#include "protocol/sessionstate.h"

#include <QtCore/QtEndian>

#include <utility>

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

namespace {

enum Command : quint8
{
    Quit = 0x01,
    InitDb = 0x02,
    Query = 0x03,
    Statistics = 0x09,
    Ping = 0x0E,
    ResetStatement = 0x1A,
    SetOption = 0x1B,
    ResetConnection = 0x1F
};

} // namespace

SimpleExchange::SimpleExchange(quint8 command, QByteArray argument)
    : m_argument(std::move(argument))
    , m_command(command)
{
}

SimpleExchange *SimpleExchange::ping()
{
    return new SimpleExchange(Command::Ping, {});
}

SimpleExchange *SimpleExchange::initDb(const QByteArray &schema)
{
    return new SimpleExchange(Command::InitDb, schema);
}

SimpleExchange *SimpleExchange::resetConnection()
{
    return new SimpleExchange(Command::ResetConnection, {});
}

SimpleExchange *SimpleExchange::resetStatement(quint32 statementId)
{
    char id[sizeof statementId];
    qToLittleEndian(statementId, id);
    return new SimpleExchange(Command::ResetStatement, QByteArray(id, sizeof id));
}

// MySQL source documentation, "COM_SET_OPTION": 0 is MYSQL_OPTION_MULTI_STATEMENTS_ON, 1 is ..._OFF.
SimpleExchange *SimpleExchange::setMultiStatements(bool on)
{
    return new SimpleExchange(Command::SetOption, QByteArray(on ? "\x00\x00" : "\x01\x00", 2));
}

SimpleExchange *SimpleExchange::statement(const QByteArray &sql)
{
    return new SimpleExchange(Command::Query, sql);
}

void SimpleExchange::start(PacketWriter &out, SessionState &state)
{
    out.begin();
    out.u8(m_command);
    if (m_command == Command::Query && state.has(Capability::QueryAttributes))
        out.u16(0x0100); // no attributes, in one set
    out.bytes(m_argument);
    out.end();
}

Step SimpleExchange::feed(QByteArrayView packet, PacketWriter &out, SessionState &state)
{
    Q_UNUSED(out)
    if (isErr(packet))
        return takeError(packet, state);
    if (packet.isEmpty())
        return malformed(u"The server answered a command with an empty packet."_s);
    const auto header = quint8(packet.front());
    if (header != 0x00 && header != 0xFE) {
        return failWith(Fault::Kind::Unexpected,
                        u"The server answered a command that has no result with a packet of kind 0x"
                            % QString::number(header, 16) % u'.');
    }
    // Old servers answer COM_SET_OPTION with an EOF packet.
    if (header == 0xFE ? !parseEof(packet, state, m_ok) && !parseOk(packet, state, m_ok)
                       : !parseOk(packet, state, m_ok)) {
        return malformed(u"The server answered a command with a malformed OK packet."_s);
    }
    if (m_command == Command::InitDb)
        state.setSchema(m_argument); // where the server does not track the schema
    if (m_command == Command::SetOption) {
        const bool on = m_argument.front() == '\0';
        state.capabilities = on ? state.capabilities | Capability::MultiStatements
                                : state.capabilities & ~Capability::MultiStatements;
    }
    return Step::Done;
}

void StatisticsExchange::start(PacketWriter &out, SessionState &state)
{
    Q_UNUSED(state)
    out.begin();
    out.u8(Command::Statistics);
    out.end();
}

// MySQL source documentation, "COM_STATISTICS": the packet is the text, without a header.
Step StatisticsExchange::feed(QByteArrayView packet, PacketWriter &out, SessionState &state)
{
    Q_UNUSED(out)
    if (packet.isEmpty())
        return malformed(u"The server answered a command with an empty packet."_s);
    if (!isErr(packet)) {
        m_text = packet.toByteArray();
        return Step::Done;
    }
    return takeError(packet, state);
}

void QuitExchange::start(PacketWriter &out, SessionState &state)
{
    Q_UNUSED(state)
    out.begin();
    out.u8(Command::Quit);
    out.end();
}

} // namespace QAsyncMySql::Protocol
