// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/greeting.h"

#include "protocol/capabilities.h"
#include "protocol/packetreader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

namespace {

constexpr quint8 ProtocolVersion = 10;
constexpr quint8 XProtocolNotice = 0x0B;
constexpr quint64 FirstChallengePart = 8;
constexpr qsizetype ChallengeSize = 20;

// "10.11.6-MariaDB" is 101106; every part is cut to two digits' worth.
int parseVersion(QByteArrayView text) noexcept
{
    int parts[3] = {0, 0, 0};
    int part = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            parts[part] = std::min(parts[part] * 10 + (c - '0'), 99);
        else if (c != '.' || ++part == 3)
            break;
    }
    return parts[0] * 10'000 + parts[1] * 100 + parts[2];
}

// MariaDB puts "5.5.5-" before its real version, for replicas that read one digit only.
QByteArrayView withoutPrefix(QByteArrayView version) noexcept
{
    constexpr QByteArrayView prefix = "5.5.5-";
    if (!version.startsWith(prefix) || version.size() == prefix.size())
        return version;
    const char next = version[prefix.size()];
    return next >= '0' && next <= '9' ? version.sliced(prefix.size()) : version;
}

Fault wrongVersion(QByteArrayView payload)
{
    const auto version = quint8(payload.front());
    QString text;
    if (version == XProtocolNotice && payload.size() < 16) {
        text = u"The server speaks the X protocol on this port (usually 33060); connect to its classic port "
               u"(usually 3306)."_s;
    } else {
        text = u"The server speaks protocol version " % QString::number(version)
            % u"; only version 10 (MySQL 4.1 and newer, MariaDB) is supported.";
    }
    return Fault{Fault::Kind::Unsupported, text};
}

// Twelve bytes or more, as the length byte says, usually with a NUL behind them; the length byte may be 0.
QByteArray secondChallengePart(PacketReader &reader, quint8 announced)
{
    quint64 size = announced > FirstChallengePart + 13 ? announced - FirstChallengePart : 13;
    if (reader.remaining() == 12)
        size = 12; // old servers leave the NUL out
    return reader.bytes(size).toByteArray();
}

} // namespace

// MySQL source documentation, "Protocol::HandshakeV10"; for MariaDB its page "Connecting".
Fault parseGreeting(QByteArrayView payload, Greeting &greeting)
{
    if (payload.isEmpty())
        return Fault{Fault::Kind::Malformed, u"The server's greeting is empty."_s};
    PacketReader reader(payload);
    if (reader.u8() != ProtocolVersion)
        return wrongVersion(payload);

    Greeting result;
    const QByteArrayView version = reader.nulString();
    result.connectionId = reader.u32();
    result.challenge = reader.bytes(FirstChallengePart).toByteArray();
    reader.skip(1);
    result.capabilities = reader.u16();
    const bool isOld = !reader.failed() && reader.atEnd();
    result.collation = reader.u8();
    result.status = reader.u16();
    result.capabilities |= quint32(reader.u16()) << 16;
    const quint8 challengeSize = reader.u8();
    reader.skip(6);
    const quint32 extended = reader.u32();
    if (reader.failed() && !isOld)
        return Fault{Fault::Kind::Malformed, u"The server's greeting is incomplete."_s};
    if (isOld || !(result.capabilities & Capability::Protocol41)
        || !(result.capabilities & (Capability::SecureConnection | Capability::PluginAuth))) {
        return Fault{Fault::Kind::Unsupported,
                     u"The server knows the login of MySQL before 4.1 only, which is not supported."_s};
    }
    // MySQL keeps these bytes zero and its LongPassword bit set; MariaDB says by that bit that they count.
    if (!(result.capabilities & Capability::LongPassword))
        result.mariadbCapabilities = extended;

    if (result.capabilities & Capability::PluginAuth && challengeSize != 0 && challengeSize < ChallengeSize) {
        return Fault{Fault::Kind::Malformed,
                     u"The server's greeting announces a challenge of " % QString::number(challengeSize)
                         % u" bytes; at least 20 are needed."};
    }
    result.challenge += secondChallengePart(reader, challengeSize);
    if (result.challenge.size() > ChallengeSize && result.challenge.endsWith('\0'))
        result.challenge.chop(1);
    if (result.capabilities & Capability::PluginAuth)
        result.authMethod = reader.nulStringOrRest().toByteArray(); // some old servers leave its NUL out
    if (reader.failed() || result.challenge.size() < ChallengeSize)
        return Fault{Fault::Kind::Malformed, u"The server's greeting is incomplete."_s};

    const QByteArrayView plain = withoutPrefix(version);
    result.serverVersion = plain.toByteArray();
    result.versionNumber = parseVersion(plain);
    result.isMariaDb = plain.size() != version.size() || result.serverVersion.toLower().contains("mariadb")
        || result.mariadbCapabilities != 0;
    greeting = std::move(result);
    return {};
}

} // namespace QAsyncMySql::Protocol
