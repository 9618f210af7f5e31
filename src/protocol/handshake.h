// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/auth/authentication.h"
#include "protocol/exchange.h"
#include "protocol/greeting.h"
#include "protocol/packets.h"

#include <QAsyncMySql/compression.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayList>
#include <QtCore/QList>

#include <utility>

namespace QAsyncMySql::Protocol {

//! Everything the connection phase needs to know; text as UTF-8, checked for NUL by the handshake.
struct HandshakeOptions
{
    QByteArray user;
    AuthOptions auth;
    QByteArray database;
    QList<std::pair<QByteArray, QByteArray>> attributes; // connection attributes
    quint32 extraCapabilities
        = 0; // FOUND_ROWS, MULTI_STATEMENTS, LOCAL_FILES, COMPRESS ...: asked where the server offers them
    quint32 maskedCapabilities = 0; // never asked for
    quint32 maskedMariaDbCapabilities = 0;
    quint32 extraMariaDbCapabilities = 0;
    //! In the order of preference; empty: uncompressed.
    QList<Compression> compression;
    int compressionLevel = 0; // 0: the algorithm's usual one
    qsizetype compressionMinimum = 50; // bytes
    quint8 collation = 45; // utf8mb4_general_ci: known to every server
    quint32 maxPacket = 0x4000'0000; // told to the server
    bool useTls = false; // send SSLRequest where the server offers TLS
    bool requireTls = false; // ... and fail, with no byte sent, where it does not
    bool localTransport = false; // local socket or named pipe: counts as secure
    bool publicKeyRetrieval = false; // ask the server for its RSA key over an open line
    QByteArray serverPublicKey; // PEM; used instead of asking
    bool clearPasswords = false; // methods that are nothing but the password, over a line that may carry it
};

/*!
    The connection phase: greeting, TLS request, handshake response, authentication with any number
    of switches, to the final OK or ERR.

    On Step::Tls the owner must check that no byte is pending, encrypt the transport, call
    tlsEstablished() and then Session::resumeExchange().
*/
class HandshakeExchange final : public Exchange
{
public:
    enum class Stage : quint8
    {
        Greeting,
        Tls,
        Authentication,
        Done
    };

    explicit HandshakeExchange(HandshakeOptions options);
    ~HandshakeExchange() override;

    void start(PacketWriter &out, SessionState &state) override; // says nothing: the server speaks first
    Step feed(QByteArrayView packet, PacketWriter &out, SessionState &state) override;
    Step resume(PacketWriter &out, SessionState &state) override;

    /*! TLS is up; \a identityVerified tells if the certificate proves whom we talk to (or it is the loopback
        host). If not, and \a fingerprint (SHA-256) of the certificate is given, the server is to prove by the
        password that the certificate is its own, or the login fails. */
    void tlsEstablished(bool identityVerified, const QByteArray &fingerprint = {});

    Stage stage() const noexcept { return m_stage; }
    const Greeting &greeting() const noexcept { return m_greeting; }
    bool failed() const noexcept { return m_failed; } //!< the server said no; error() is its ERR
    const ErrPacket &error() const noexcept { return m_error; }
    //! True if the ERR came before TLS although TLS is required: anybody may have sent it.
    bool errorUnverified() const noexcept { return m_errorUnverified; }
    const OkPacket &ok() const noexcept { return m_auth.ok(); }
    QByteArray authMethod() const { return m_auth.method(); } //!< the plugin last used
    //! What the login waits for, after Step::Answer, and how it is told.
    Authentication &authentication() noexcept { return m_auth; }

private:
    Step feedGreeting(QByteArrayView packet, PacketWriter &out, SessionState &state);
    Step feedAuthentication(QByteArrayView packet, PacketWriter &out, SessionState &state);
    Step feedError(QByteArrayView packet, SessionState &state);
    Step settle(Step step, SessionState &state);
    Step respond(PacketWriter &out, SessionState &state);
    Step checkOptions();
    void negotiate(SessionState &state) const;
    Step chooseCompression(SessionState &state);
    void writePrefix(PacketWriter &out, const SessionState &state) const;
    Channel channel() const;

    HandshakeOptions m_options;
    Greeting m_greeting;
    QByteArray m_attributes; // as they go over the wire
    QByteArray m_fingerprint;
    Authentication m_auth;
    ErrPacket m_error;
    quint32 m_packets = 0;
    Stage m_stage = Stage::Greeting;
    bool m_tls = false;
    bool m_identityVerified = false;
    bool m_failed = false;
    bool m_errorUnverified = false;
};

} // namespace QAsyncMySql::Protocol
