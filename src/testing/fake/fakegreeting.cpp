// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/fakegreeting.h>

#include <QAsyncMySql/fakepacket.h>

namespace QAsyncMySql {

namespace {

// What MySQL 8.0 offers, without TLS, compression, several factors, and LOCAL INFILE.
constexpr quint32 DefaultCapabilities = 0x0000'0001 // LONG_PASSWORD
    | 0x0000'0002 // FOUND_ROWS
    | 0x0000'0004 // LONG_FLAG
    | 0x0000'0008 // CONNECT_WITH_DB
    | 0x0000'0200 // PROTOCOL_41
    | 0x0000'2000 // TRANSACTIONS
    | 0x0000'8000 // SECURE_CONNECTION
    | 0x0001'0000 // MULTI_STATEMENTS
    | 0x0002'0000 // MULTI_RESULTS
    | 0x0004'0000 // PS_MULTI_RESULTS
    | 0x0008'0000 // PLUGIN_AUTH
    | 0x0010'0000 // CONNECT_ATTRS
    | 0x0020'0000 // PLUGIN_AUTH_LENENC_CLIENT_DATA
    | 0x0040'0000 // CAN_HANDLE_EXPIRED_PASSWORDS
    | FakeGreeting::SessionTrack | FakeGreeting::DeprecateEof;

constexpr quint32 LongPassword = 1;
constexpr qsizetype FirstPart = 8;

} // namespace

FakeGreeting::FakeGreeting()
    : m_version("8.0.99-fake")
    , m_plugin("caching_sha2_password")
    , m_challenge("abcdefghijklmnopqrst")
    , m_capabilities(DefaultCapabilities)
{
}

FakeGreeting &FakeGreeting::setVersion(const QByteArray &version)
{
    m_version = version;
    return *this;
}

FakeGreeting &FakeGreeting::setCapabilities(quint32 capabilities)
{
    m_capabilities = capabilities;
    return *this;
}

// MariaDB says by the missing LONG_PASSWORD bit that its own capabilities count.
FakeGreeting &FakeGreeting::setMariaDbCapabilities(quint32 capabilities)
{
    m_mariaDbCapabilities = capabilities;
    m_capabilities = capabilities ? m_capabilities & ~LongPassword : m_capabilities | LongPassword;
    return *this;
}

FakeGreeting &FakeGreeting::setPlugin(const QByteArray &plugin)
{
    m_plugin = plugin;
    return *this;
}

FakeGreeting &FakeGreeting::setChallenge(const QByteArray &challenge)
{
    m_challenge = challenge;
    return *this;
}

FakeGreeting &FakeGreeting::setConnectionId(quint32 id)
{
    m_connectionId = id;
    return *this;
}

FakeGreeting &FakeGreeting::setCollation(quint8 collation)
{
    m_collation = collation;
    return *this;
}

FakeGreeting &FakeGreeting::setExtraBytes(const QByteArray &bytes)
{
    m_extraBytes = bytes;
    return *this;
}

// MySQL source documentation, "Protocol::HandshakeV10".
QByteArray FakeGreeting::payload() const
{
    constexpr quint32 PluginAuth = 0x0008'0000;
    const QByteArray nul(1, '\0');
    QByteArray result = '\x0A' + m_version + nul + FakePacket::fixed(m_connectionId, 4)
        + m_challenge.first(qMin(FirstPart, m_challenge.size())) + nul
        + FakePacket::fixed(m_capabilities & 0xFFFF, 2) + FakePacket::fixed(m_collation, 1)
        + FakePacket::fixed(2, 2) + FakePacket::fixed(m_capabilities >> 16, 2)
        + FakePacket::fixed(m_capabilities & PluginAuth ? quint64(m_challenge.size() + 1) : 0, 1)
        + QByteArray(6, '\0') + FakePacket::fixed(m_mariaDbCapabilities, 4)
        + m_challenge.sliced(qMin(FirstPart, m_challenge.size())) + nul;
    if (m_capabilities & PluginAuth)
        result += m_plugin + nul;
    return result;
}

} // namespace QAsyncMySql
