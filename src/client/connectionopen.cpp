// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of ConnectionCore that connects and logs in: one deadline from the name lookup to the last initial
// statement.

#include "client/authenticator.h"
#include "client/bufferedcommand.h"
#include "client/connectioncore.h"
#include "client/handshakeoptions.h"
#include "client/loginerrors.h"
#include "client/sessionsetup.h"
#include "client/tlsoptions.h"
#include "client/tlspins.h"
#include "client/tlssessions.h"
#include "transport/devicestream.h"
#include "transport/localstream.h"
#include "transport/tcpstream.h"
#include "transport/tlsstream.h"

#include <QtNetwork/QSslCertificate>

#include <algorithm>

namespace QAsyncMySql::Internal {

void ConnectionCore::beginOpening(QIODevice *device)
{
    m_session = std::make_unique<Protocol::Session>(sessionLimits(m_options));
    m_session->state().conversions = m_options.valueConversions();
    m_statements = StatementCache(m_options.statementCacheSize(), m_statements.borrower());
    m_peerAddress = {};
    armAttempt();
    m_stream = makeStream(device);
    Protocol::HandshakeOptions handshake = handshakeOptions(m_authenticator->options());
    handshake.localTransport = m_stream->isLocal();
    if (handshake.localTransport || device)
        handshake.useTls = handshake.requireTls = false;
    m_handshake = std::make_unique<Protocol::HandshakeExchange>(std::move(handshake));
    m_session->begin(m_handshake.get());
    m_stream->open();
}

std::unique_ptr<Transport::Stream> ConnectionCore::makeStream(QIODevice *device)
{
    if (device)
        return std::make_unique<Transport::DeviceStream>(*this, device);
    if (!m_options.socketPath().isEmpty())
        return std::make_unique<Transport::LocalStream>(*this, m_options.socketPath());
    Transport::TcpTarget target;
    target.host = m_connectAddress.isNull() ? m_options.host() : m_connectAddress.toString();
    target.port = m_options.port();
    target.proxy = m_options.proxy();
    target.localAddress = m_options.localAddress();
    target.keepAlive = m_options.keepAlive();
    if (m_options.effectiveSslMode() == SslMode::Disabled)
        return std::make_unique<Transport::TcpStream>(*this, target);
    return std::make_unique<Transport::TlsStream>(*this, target);
}

void ConnectionCore::transportOpened()
{
    m_transportOpen = true;
    m_peerAddress = m_stream->peerAddress();
}

void ConnectionCore::startTls()
{
    // Bytes that came before encryption could have been put there by anybody, and would be taken for the
    // server's (CVE-2021-23222 is this hole in another client).
    const Error injected(
        Error::Kind::Security,
        QStringLiteral(
            "The server, or somebody in between, sent unencrypted data ahead of the TLS handshake."),
        Error::Outcome::NotSent, Error::Phase::Tls);
    if (m_session->pendingInput() > 0 || m_stream->bufferedBytes() > 0) {
        lose(injected);
        return;
    }
    const Result<QSslConfiguration> configuration = tlsConfigurationFor(m_options);
    if (!configuration) {
        lose(configuration.error());
        return;
    }
    m_tlsPending = true;
    Transport::TlsParameters parameters;
    parameters.configuration = *configuration;
    if (m_options.tlsResumption()) {
        const TlsSessions sessions(m_options, *configuration);
        parameters.configuration.setSslOption(QSsl::SslOptionDisableSessionPersistence, false);
        parameters.configuration.setSessionTicket(sessions.ticket());
        // A session that goes on verifies no certificate. One that was begun on the server's promise to prove
        // itself by the password would be taken for verified.
        m_stream->onSessionTicket = [sessions, stream = m_stream.get()](const QByteArray &ticket) {
            if (stream->isPeerTrusted())
                sessions.store(ticket);
        };
    }
    parameters.check = peerCheck(m_options);
    parameters.peerName = m_options.host();
    // Only MariaDB can prove itself by the password.
    parameters.acceptUntrusted = m_options.verifiesByPassword() && m_handshake->greeting().isMariaDb;
    m_stream->startTls(parameters);
}

void ConnectionCore::transportEncrypted()
{
    m_tlsPending = false;
    if (m_stream->bufferedBytes() > 0) {
        lose(Error(Error::Kind::Security,
                   QStringLiteral("Data was waiting when TLS came up; it cannot be trusted."),
                   Error::Outcome::NotSent, Error::Phase::Tls));
        return;
    }
    QByteArray fingerprint;
    if (!certificateAccepted(fingerprint))
        return;
    m_session->state().encrypted = true;
    m_handshake->tlsEstablished(fingerprint.isEmpty() && identityProven(), fingerprint);
    m_session->resumeExchange();
    flushOutput();
    pump();
}

/*! Whether the login may go on with this certificate; if not, the connection is lost. The \a fingerprint is
   set if the server has yet to prove that it is its own. */
bool ConnectionCore::certificateAccepted(QByteArray &fingerprint)
{
    const QSslCertificate certificate = m_stream->tlsConfiguration().peerCertificate();
    const QStringList pins = m_options.sslPins();
    if (!pins.isEmpty()) {
        const bool known = std::any_of(pins.begin(), pins.end(),
                                       [&](const QString &pin) { return TlsPin(pin).matches(certificate); });
        if (!known) {
            lose(Error(Error::Kind::Security, TlsPin::describeMismatch(certificate, m_options.host()),
                       Error::Outcome::NotSent, Error::Phase::Tls));
            return false;
        }
    }
    if (!m_stream->isPeerTrusted())
        fingerprint = certificate.digest(QCryptographicHash::Sha256);
    return true;
}

//! Whether we know whom we talk to, so that a password may be told to them.
bool ConnectionCore::identityProven() const
{
    if (m_peerAddress.isLoopback())
        return true;
    if (!m_options.sslPins().isEmpty())
        return true;
    switch (m_options.effectiveSslMode()) {
    case SslMode::VerifyIdentity:
        return true;
    case SslMode::VerifyCa:
        // Any public authority vouches for anybody; one that the program named vouches for this server.
        return !m_options.sslCaFile().isEmpty() || !m_options.sslCaDirectory().isEmpty()
            || m_options.sslConfiguration() != QSslConfiguration::defaultConfiguration();
    default:
        return false;
    }
}

void ConnectionCore::handshakeDone()
{
    const std::unique_ptr<Protocol::HandshakeExchange> handshake = std::move(m_handshake);
    if (handshake->failed()) {
        if (handshake->errorUnverified()) {
            lose(Error(
                Error::Kind::Security,
                QStringLiteral(
                    "Before TLS could begin, this came in place of the server's greeting, from whomever: %1")
                    .arg(QString::fromUtf8(handshake->error().message)),
                Error::Outcome::NotSent, Error::Phase::Greeting));
            return;
        }
        const bool greeting = handshake->stage() == Protocol::HandshakeExchange::Stage::Greeting;
        lose(explainLogin(toError(handshake->error(), Error::Outcome::NotExecuted,
                                  greeting ? Error::Phase::Greeting : Error::Phase::Authentication))
                 .withConnectionLost());
        return;
    }
    m_authenticator.reset();
    m_session->state().authenticated = true;
    beginSetup();
}

void ConnectionCore::beginSetup()
{
    const auto add = [this](const QString &sql) {
        m_setup.push_back(std::make_unique<BufferedCommand>(
            StatementRequest(StatementProtocol::Text, SqlStatement(sql)), m_options.maxBufferedResult(),
            std::make_unique<InternalCompletion<ResultSet>>([](const Result<ResultSet> &) {})));
    };
    add(QString::fromUtf8(sessionSetup(m_options)));
    const QStringList commands = m_options.initCommands();
    for (const QString &command : commands)
        add(command);
    startNext();
}

void ConnectionCore::opened()
{
    m_port->clearDeadline();
    setState(m_farewellQueued ? State::Closing : State::Ready);
    if (m_openCompletion)
        m_port->call(
            [completion = std::shared_ptr(std::move(m_openCompletion))] { completion->complete({}); });
    startNext();
}

Error::Phase ConnectionCore::openingPhase() const
{
    if (!m_transportOpen)
        return Error::Phase::Connecting;
    if (!m_handshake)
        return Error::Phase::Initialization;
    switch (m_handshake->stage()) {
    case Protocol::HandshakeExchange::Stage::Greeting:
        return Error::Phase::Greeting;
    case Protocol::HandshakeExchange::Stage::Tls:
        return Error::Phase::Tls;
    default:
        return Error::Phase::Authentication;
    }
}

Error ConnectionCore::deadlineError() const
{
    const QString where = m_options.socketPath().isEmpty()
        ? QStringLiteral("%1:%2").arg(m_options.host()).arg(m_options.port())
        : m_options.socketPath();
    QString what;
    switch (openingPhase()) {
    case Error::Phase::Connecting:
        what = QStringLiteral("No connection to %1 could be made");
        break;
    case Error::Phase::Greeting:
        what = QStringLiteral("%1 accepts connections but sends no greeting (is it a MySQL server?)");
        break;
    case Error::Phase::Tls:
        what = QStringLiteral("The TLS handshake with %1 did not end");
        break;
    case Error::Phase::Authentication:
        what = QStringLiteral("Logging in at %1 did not end");
        break;
    default:
        what = QStringLiteral("The initial statements at %1 did not end");
        break;
    }
    return Error(Error::Kind::Timeout,
                 what.arg(where)
                     + (m_endpoints.size() > 1
                            ? QStringLiteral(" within %1 ms, its share of the connect timeout.")
                            : QStringLiteral(" within the connect timeout of %1 ms."))
                           .arg(m_attemptTimeout.count()),
                 Error::Outcome::NotSent, openingPhase())
        .withConnectionLost();
}

} // namespace QAsyncMySql::Internal
