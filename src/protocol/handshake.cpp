// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/handshake.h"

#include "protocol/capabilities.h"
#include "protocol/packetreader.h"
#include "protocol/packetwriter.h"
#include "protocol/sessionstate.h"

#include <openssl/crypto.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

namespace {

constexpr quint32 AlwaysWanted = Capability::LongPassword | Capability::LongFlag | Capability::Protocol41
    | Capability::Transactions | Capability::SecureConnection | Capability::MultiResults
    | Capability::PsMultiResults | Capability::PluginAuth | Capability::ConnectAttributes
    | Capability::PluginAuthLenencData | Capability::CanHandleExpiredPasswords | Capability::SessionTrack
    | Capability::DeprecateEof | Capability::MultiFactorAuth;
constexpr quint32 MariaDbWanted
    = MariaDbCapability::ExtendedMetadata | MariaDbCapability::StatementBulkOperations;

constexpr int FirstGoodAttributes = 80'026; // the version of MySQL, as versionNumber has it

constexpr qsizetype MaxAttributes = 0xFF'FF; // bytes; the server takes no more

} // namespace

HandshakeExchange::HandshakeExchange(HandshakeOptions options)
    : m_options(std::move(options))
    , m_auth(std::move(m_options.auth))
{
}

HandshakeExchange::~HandshakeExchange() = default;

void HandshakeExchange::start(PacketWriter &out, SessionState &state)
{
    Q_UNUSED(out)
    Q_UNUSED(state)
}

void HandshakeExchange::tlsEstablished(bool identityVerified, const QByteArray &fingerprint)
{
    m_tls = true;
    m_identityVerified = identityVerified;
    m_fingerprint = identityVerified ? QByteArray() : fingerprint;
}

Channel HandshakeExchange::channel() const
{
    Channel channel;
    channel.tls = m_tls;
    channel.confidential = m_tls || m_options.localTransport;
    channel.identityVerified = m_identityVerified || m_options.localTransport;
    channel.publicKeyRetrieval = m_options.publicKeyRetrieval;
    channel.serverPublicKey = m_options.serverPublicKey;
    channel.clearPasswords = m_options.clearPasswords;
    channel.fingerprint = m_fingerprint;
    return channel;
}

Step HandshakeExchange::feed(QByteArrayView packet, PacketWriter &out, SessionState &state)
{
    if (packet.isEmpty())
        return malformed(u"The server sent an empty packet during the login."_s);
    if (++m_packets > state.limits.authPackets) {
        return failWith(Fault::Kind::Limit,
                        u"The login took more than " % QString::number(state.limits.authPackets)
                            % u" packets of the server.");
    }
    if (isErr(packet))
        return feedError(packet, state);
    switch (m_stage) {
    case Stage::Greeting:
        return feedGreeting(packet, out, state);
    case Stage::Authentication:
        return settle(m_auth.feed(packet, out, state), state);
    case Stage::Tls:
    case Stage::Done:
        break;
    }
    return failWith(Fault::Kind::Unexpected, u"The server sent a packet when it was not its turn."_s);
}

Step HandshakeExchange::feedError(QByteArrayView packet, SessionState &state)
{
    if (!parseErr(packet, state, m_error))
        return malformed(u"The server sent an incomplete error packet."_s);
    m_failed = true;
    m_errorUnverified = m_options.requireTls && !m_tls;
    return Step::Done;
}

Step HandshakeExchange::feedGreeting(QByteArrayView packet, PacketWriter &out, SessionState &state)
{
    if (const Fault fault = parseGreeting(packet, m_greeting))
        return failWith(fault.kind, fault.text);
    if (const Step step = checkOptions(); step != Step::More)
        return step;
    const bool offersTls = m_greeting.capabilities & Capability::Ssl;
    if (m_options.requireTls && !offersTls) {
        return failWith(
            Fault::Kind::Security,
            u"TLS is required, but the server does not offer it (or somebody on the way hides it). "
            u"Nothing was sent."_s);
    }
    state.serverVersion = m_greeting.serverVersion;
    state.versionNumber = m_greeting.versionNumber;
    state.isMariaDb = m_greeting.isMariaDb;
    state.connectionId = m_greeting.connectionId;
    state.status = m_greeting.status;
    negotiate(state);
    if (const Step step = chooseCompression(state); step != Step::More)
        return step;
    if (!(state.capabilities & Capability::Ssl))
        return respond(out, state);

    out.begin();
    writePrefix(out, state);
    out.end();
    m_stage = Stage::Tls;
    return Step::Tls;
}

// Everything that could make the response ambiguous, checked before the first byte is sent.
Step HandshakeExchange::checkOptions()
{
    if (m_options.user.contains('\0') || m_options.database.contains('\0'))
        return failWith(Fault::Kind::Refused,
                        u"The user name or the database name contains a NUL character."_s);
    m_attributes.clear();
    PacketWriter writer(m_attributes, 0);
    for (const auto &[key, value] : std::as_const(m_options.attributes)) {
        if (key.contains('\0') || value.contains('\0'))
            return failWith(Fault::Kind::Refused, u"A connection attribute contains a NUL character."_s);
        writer.lenencString(key);
        writer.lenencString(value);
    }
    if (m_attributes.size() > MaxAttributes)
        return failWith(Fault::Kind::Refused, u"The connection attributes take more than 65,535 bytes."_s);
    return Step::More;
}

// Asks for nothing that the server does not offer.
void HandshakeExchange::negotiate(SessionState &state) const
{
    quint32 wanted = AlwaysWanted | m_options.extraCapabilities;
    if (!m_options.database.isEmpty())
        wanted |= Capability::ConnectWithDb;
    // MySQL 8.0.23 to 8.0.25 offer them, and then misread prepared statements.
    if (m_greeting.isMariaDb || m_greeting.versionNumber < FirstGoodAttributes)
        wanted &= ~Capability::QueryAttributes;
    wanted &= ~m_options.maskedCapabilities;
    // These lay down how our own response is written, and are nobody's choice.
    wanted |= Capability::Protocol41 | Capability::SecureConnection | Capability::PluginAuth;
    wanted &= ~(Capability::Ssl | Capability::Compress | Capability::ZstdCompression);
    if (m_options.useTls || m_options.requireTls)
        wanted |= Capability::Ssl;
    state.capabilities = wanted & m_greeting.capabilities;
    state.mariadbCapabilities = (MariaDbWanted | m_options.extraMariaDbCapabilities)
        & ~m_options.maskedMariaDbCapabilities & m_greeting.mariadbCapabilities;
}

// The first of the wanted algorithms that the server offers. It is in force when the login is over.
Step HandshakeExchange::chooseCompression(SessionState &state)
{
    const quint32 offered = m_greeting.capabilities & ~m_options.maskedCapabilities;
    state.compressionLevel = m_options.compressionLevel;
    state.compressionMinimum = m_options.compressionMinimum;
    state.compression = Compression::Uncompressed;
    for (const Compression algorithm : std::as_const(m_options.compression)) {
        if (algorithm == Compression::Uncompressed)
            return Step::More;
        const quint32 flag
            = algorithm == Compression::Zlib ? Capability::Compress : Capability::ZstdCompression;
        if (offered & flag) {
            state.compression = algorithm;
            state.capabilities |= flag;
            return Step::More;
        }
    }
    if (m_options.compression.isEmpty())
        return Step::More;
    return failWith(Fault::Kind::Refused,
                    u"The server offers none of the compression algorithms that the options allow. Add "
                    u"UNCOMPRESSED to them to go on without."_s);
}

// What SSLRequest and the response have in common.
void HandshakeExchange::writePrefix(PacketWriter &out, const SessionState &state) const
{
    out.u32(state.capabilities);
    out.u32(m_options.maxPacket);
    out.u8(m_options.collation);
    out.zeros(19);
    out.u32(state.mariadbCapabilities);
}

Step HandshakeExchange::resume(PacketWriter &out, SessionState &state)
{
    if (m_stage == Stage::Authentication)
        return settle(m_auth.resume(out, state), state);
    if (m_stage != Stage::Tls)
        return Step::More;
    if (!m_tls)
        return failWith(Fault::Kind::Security,
                        u"The login was to go on without the TLS that it asked for."_s);
    state.encrypted = true;
    return respond(out, state);
}

// MySQL source documentation, "Protocol::HandshakeResponse41".
Step HandshakeExchange::respond(PacketWriter &out, SessionState &state)
{
    QByteArray answer;
    const QByteArray method
        = m_greeting.authMethod.isEmpty() ? "mysql_native_password" : m_greeting.authMethod;
    m_auth.setServer(m_greeting.isMariaDb);
    m_auth.setChannel(channel());
    if (const Step step = m_auth.begin(method, m_greeting.challenge, answer); step != Step::More)
        return settle(step, state);
    const bool lenencAnswer = state.has(Capability::PluginAuthLenencData);
    if (!lenencAnswer && answer.size() > 0xFF)
        return failWith(Fault::Kind::Refused, u"The password is too long for this server."_s);

    out.begin();
    writePrefix(out, state);
    out.nulString(m_options.user);
    if (lenencAnswer) {
        out.lenencString(answer);
    } else {
        out.u8(quint8(answer.size()));
        out.bytes(answer);
    }
    if (state.has(Capability::ConnectWithDb))
        out.nulString(m_options.database);
    if (state.has(Capability::PluginAuth))
        out.nulString(m_auth.method());
    if (state.has(Capability::ConnectAttributes))
        out.lenencString(m_attributes);
    if (state.has(Capability::ZstdCompression)) // for what the server compresses
        out.u8(quint8(m_options.compressionLevel == 0 ? 3 : qBound(1, m_options.compressionLevel, 22)));
    out.end();
    OPENSSL_cleanse(answer.data(), size_t(answer.size()));
    m_stage = Stage::Authentication;
    return Step::More;
}

// What the authentication wants, as the handshake's own.
Step HandshakeExchange::settle(Step step, SessionState &state)
{
    if (step == Step::Fault)
        return failWith(m_auth.fault().kind, m_auth.fault().text);
    if (step == Step::Done) {
        if (state.has(Capability::ConnectWithDb) && state.schema.isEmpty())
            state.setSchema(m_options.database); // unless the server told it itself
        state.authenticated = true;
        m_stage = Stage::Done;
    }
    return step;
}

} // namespace QAsyncMySql::Protocol
