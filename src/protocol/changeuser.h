// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/auth/authentication.h"
#include "protocol/checkedexchange.h"

namespace QAsyncMySql::Protocol {

/*!
    COM_CHANGE_USER: another user, by a login inside of the connection.

    The first packet proves nothing: the server then asks by a switch, with a new challenge.
*/
class ChangeUserExchange final : public CheckedExchange
{
public:
    ChangeUserExchange(QByteArray user, QByteArray database,
                       const QList<std::pair<QByteArray, QByteArray>> &attributes, AuthOptions auth,
                       const Channel &channel);

    void start(PacketWriter &out, SessionState &state) override;
    Step feed(QByteArrayView packet, PacketWriter &out, SessionState &state) override;
    Step resume(PacketWriter &out, SessionState &state) override;

    Authentication &authentication() noexcept { return m_auth; }

private:
    Step settle(Step step, SessionState &state);

    QByteArray m_user;
    QByteArray m_database;
    QByteArray m_attributes; // as they go over the wire
    Authentication m_auth;
    quint32 m_packets = 0;
};

} // namespace QAsyncMySql::Protocol
