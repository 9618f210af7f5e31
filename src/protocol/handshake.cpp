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
    | Capability::DeprecateEof;
constexpr quint32 MariaDbWanted
    = MariaDbCapability::ExtendedMetadata | MariaDbCapability::StatementBulkOperations;

constexpr qsizetype MaxAttributes = 0xFF'FF; // bytes; the server takes no more
constexpr int MaxSwitches = 1; // per factor
constexpr int MaxSwitchesMariaDb = 8; // it tries the methods of an account one after the other

// Methods that give the password away or prove nothing: never used, whoever asks.
bool isRefusedMethod(QByteArrayView name)
{
    return name == QByteArrayView("mysql_clear_password") || name == QByteArrayView("dialog")
        || name == QByteArrayView("mysql_old_password");
}

// A name that a server sent, fit to be put in a message.
QString shown(QByteArrayView name)
{
    QString text = QString::fromUtf8(name.first(qMin<qsizetype>(name.size(), 64)));
    for (QChar &c : text) {
        if (!c.isPrint())
            c = u'?';
    }
    return text;
}

} // namespace

HandshakeExchange::HandshakeExchange(HandshakeOptions options)
    : m_options(std::move(options))
{
}

HandshakeExchange::~HandshakeExchange() = default;

void HandshakeExchange::start(PacketWriter &out, SessionState &state)
{
    Q_UNUSED(out)
    Q_UNUSED(state)
}

void HandshakeExchange::tlsEstablished(bool identityVerified)
{
    m_tls = true;
    m_identityVerified = identityVerified;
}

QByteArray HandshakeExchange::authMethod() const
{
    return m_method ? m_method->name().toByteArray() : QByteArray();
}

Channel HandshakeExchange::channel() const
{
    Channel channel;
    channel.tls = m_tls;
    channel.confidential = m_tls || m_options.localTransport;
    channel.identityVerified = m_identityVerified || m_options.localTransport;
    channel.publicKeyRetrieval = m_options.publicKeyRetrieval;
    channel.serverPublicKey = m_options.serverPublicKey;
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
        return feedAuthentication(packet, out, state);
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
    if (m_stage != Stage::Tls)
        return Step::More;
    if (!m_tls)
        return failWith(Fault::Kind::Security,
                        u"The login was to go on without the TLS that it asked for."_s);
    state.encrypted = true;
    return respond(out, state);
}

bool HandshakeExchange::isAllowed(const QByteArray &name) const
{
    return m_options.allowedMethods.isEmpty() || m_options.allowedMethods.contains(name);
}

Step HandshakeExchange::selectMethod(const QByteArray &name)
{
    if (isRefusedMethod(name)) {
        return failWith(Fault::Kind::Security,
                        u"The server asked for the authentication method " % shown(name)
                            % u", which gives the password away; it was refused.");
    }
    if (!isAllowed(name)) {
        return failWith(Fault::Kind::Security,
                        u"The server asked for the authentication method " % shown(name)
                            % u", which the options do not allow.");
    }
    m_method = AuthMethod::create(name);
    if (!m_method) {
        return failWith(Fault::Kind::Security,
                        u"The server asked for the authentication method " % shown(name)
                            % u", which is not supported.");
    }
    return Step::More;
}

/* The greeting names the server's default method, which need not be that of the account. If it is
   none of ours, we name one of ours and prove nothing yet: the server then switches to what it wants. */
Step HandshakeExchange::initialAnswer(QByteArray &answer)
{
    const QByteArray name = m_greeting.authMethod.isEmpty() ? "mysql_native_password" : m_greeting.authMethod;
    if (isRefusedMethod(name))
        return selectMethod(name);
    if (isAllowed(name))
        m_method = AuthMethod::create(name);
    if (m_method) {
        answer = m_method->start(m_greeting.challenge, m_options.password, channel());
        if (const Fault &fault = m_method->fault())
            return failWith(fault.kind, fault.text);
        return Step::More;
    }

    QByteArrayList candidates = m_options.allowedMethods;
    if (candidates.isEmpty())
        candidates = {m_greeting.isMariaDb ? "mysql_native_password" : "caching_sha2_password"};
    for (const QByteArray &candidate : std::as_const(candidates)) {
        if (!isRefusedMethod(candidate))
            m_method = AuthMethod::create(candidate);
        if (m_method)
            return Step::More;
    }
    return failWith(Fault::Kind::Security, u"None of the allowed authentication methods is supported."_s);
}

// MySQL source documentation, "Protocol::HandshakeResponse41".
Step HandshakeExchange::respond(PacketWriter &out, SessionState &state)
{
    QByteArray answer;
    if (const Step step = initialAnswer(answer); step != Step::More)
        return step;
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
        out.nulString(m_method->name());
    if (state.has(Capability::ConnectAttributes))
        out.lenencString(m_attributes);
    if (state.has(Capability::ZstdCompression)) // for what the server compresses
        out.u8(quint8(m_options.compressionLevel == 0 ? 3 : qBound(1, m_options.compressionLevel, 22)));
    out.end();
    OPENSSL_cleanse(answer.data(), size_t(answer.size()));
    m_stage = Stage::Authentication;
    return Step::More;
}

Step HandshakeExchange::feedAuthentication(QByteArrayView packet, PacketWriter &out, SessionState &state)
{
    enum Kind : quint8
    {
        Ok = 0x00,
        MoreData = 0x01,
        NextFactor = 0x02,
        Switch = 0xFE
    };

    switch (quint8(packet.front())) {
    case Kind::Ok:
        return finish(packet, state);
    case Kind::MoreData:
        return moreData(packet, out);
    case Kind::Switch:
        return switchMethod(packet, out);
    case Kind::NextFactor:
        return failWith(Fault::Kind::Unsupported,
                        u"The account needs a further authentication factor, which is not supported."_s);
    default:
        return failWith(Fault::Kind::Unexpected, u"The server sent a packet that has no place in a login."_s);
    }
}

Step HandshakeExchange::finish(QByteArrayView packet, SessionState &state)
{
    if (!parseOk(packet, state, m_ok))
        return malformed(u"The OK packet that ends the login is malformed."_s);
    if (state.has(Capability::ConnectWithDb) && state.schema.isEmpty())
        state.setSchema(m_options.database); // unless the server told it itself
    state.authenticated = true;
    m_stage = Stage::Done;
    return Step::Done;
}

// MySQL source documentation, "Protocol::AuthSwitchRequest".
Step HandshakeExchange::switchMethod(QByteArrayView packet, PacketWriter &out)
{
    if (packet.size() == 1)
        return selectMethod("mysql_old_password"); // what the bare byte means
    if (++m_switches > (m_greeting.isMariaDb ? MaxSwitchesMariaDb : MaxSwitches)) {
        return failWith(m_greeting.isMariaDb ? Fault::Kind::Limit : Fault::Kind::Unexpected,
                        u"The server changed the authentication method too often."_s);
    }
    PacketReader reader(packet);
    reader.skip(1);
    const QByteArray name = reader.nulString().toByteArray();
    QByteArrayView challenge = reader.rest();
    if (reader.failed() || name.isEmpty())
        return malformed(u"The server's request to change the authentication method is malformed."_s);
    if (challenge.size() == 21 && challenge.back() == '\0')
        challenge.chop(1);
    if (const Step step = selectMethod(name); step != Step::More)
        return step;
    return say(m_method->start(challenge, m_options.password, channel()), out);
}

Step HandshakeExchange::moreData(QByteArrayView packet, PacketWriter &out)
{
    return say(m_method->more(packet.sliced(1), m_options.password, channel()), out);
}

Step HandshakeExchange::say(QByteArray &&answer, PacketWriter &out)
{
    if (const Fault &fault = m_method->fault())
        return failWith(fault.kind, fault.text);
    if (answer.isNull())
        return Step::More;
    out.packet(answer);
    OPENSSL_cleanse(answer.data(), size_t(answer.size())); // it may be the password
    return Step::More;
}

} // namespace QAsyncMySql::Protocol
