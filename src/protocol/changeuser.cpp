// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/changeuser.h"

#include "protocol/packetwriter.h"
#include "protocol/sessionstate.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

namespace {

constexpr quint8 Command = 0x11;
constexpr quint16 Collation = 45; // utf8mb4_general_ci: known to every server

} // namespace

ChangeUserExchange::ChangeUserExchange(QByteArray user, QByteArray database,
                                       const QList<std::pair<QByteArray, QByteArray>> &attributes,
                                       AuthOptions auth, const Channel &channel)
    : m_user(std::move(user))
    , m_database(std::move(database))
    , m_auth(std::move(auth))
{
    m_auth.setChannel(channel);
    PacketWriter writer(m_attributes, 0);
    for (const auto &[key, value] : attributes) {
        writer.lenencString(key);
        writer.lenencString(value);
    }
}

// MySQL source documentation, "COM_CHANGE_USER".
void ChangeUserExchange::start(PacketWriter &out, SessionState &state)
{
    m_auth.setServer(state.isMariaDb);
    QByteArray proof;
    m_auth.begin({}, {}, proof);
    out.begin();
    out.u8(Command);
    out.nulString(m_user);
    out.u8(quint8(proof.size()));
    out.nulString(m_database);
    out.u16(Collation);
    if (state.has(Capability::PluginAuth))
        out.nulString(m_auth.method());
    if (state.has(Capability::ConnectAttributes))
        out.lenencString(m_attributes);
    out.end();
}

Step ChangeUserExchange::feed(QByteArrayView packet, PacketWriter &out, SessionState &state)
{
    if (++m_packets > state.limits.authPackets) {
        return failWith(Fault::Kind::Limit,
                        u"The change of user took more than " % QString::number(state.limits.authPackets)
                            % u" packets of the server.");
    }
    if (isErr(packet))
        return takeError(packet, state);
    return settle(m_auth.feed(packet, out, state), state);
}

Step ChangeUserExchange::resume(PacketWriter &out, SessionState &state)
{
    return settle(m_auth.resume(out, state), state);
}

Step ChangeUserExchange::settle(Step step, SessionState &state)
{
    if (step == Step::Fault)
        return failWith(m_auth.fault().kind, m_auth.fault().text);
    if (step == Step::Done) {
        // What we asked for, where the server does not track it.
        state.setSchema(m_database);
        state.resultCharset = nullptr;
        state.columns.clear();
        state.charsetTouched = false;
    }
    return step;
}

} // namespace QAsyncMySql::Protocol
