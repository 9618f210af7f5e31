// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transport/tlsstream.h"

#include "transport/certificatetext.h"

#include <QtCore/QMetaObject>
#include <QtCore/QStringList>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslSocket>

#include <utility>

namespace QAsyncMySql::Transport {

namespace {

// Decrypted bytes that may wait in the socket: without a bound, a server could fill our memory while nobody
// reads.
constexpr qint64 ReadBuffer = 1 << 17;

std::unique_ptr<QAbstractSocket> makeSocket(QSslSocket *&alias)
{
    auto socket = std::make_unique<QSslSocket>();
    alias = socket.get();
    return socket;
}

// The certificate is good, but nobody whom we know vouches for it, or for this name.
bool isAboutTrust(QSslError::SslError error)
{
    switch (error) {
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
    case QSslError::HostNameMismatch:
        return true;
    default:
        return false;
    }
}

// What to do about an error, by the option's name.
QString advice(QSslError::SslError error)
{
    switch (error) {
    case QSslError::HostNameMismatch:
        return QStringLiteral(
            "Connect by a name that the certificate is for, or set ssl-mode to VERIFY_CA if any server "
            "of that authority will do.");
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
        return QStringLiteral(
            "The server needs a certificate that is valid today; check this machine's clock.");
    case QSslError::CertificateRevoked:
        return QStringLiteral("Its authority has taken it back: the server needs a new one.");
    default:
        return QStringLiteral(
            "Name its certificate authority with ssl-ca (setSslCaFile()), or the certificate itself with "
            "ssl-pin (setSslPins()).");
    }
}

} // namespace

TlsStream::TlsStream(Observer &observer, const TcpTarget &target)
    : SocketStream(observer, makeSocket(m_ssl), target, QIODevice::ReadWrite)
{
    m_ssl->setReadBufferSize(ReadBuffer);
    QObject::connect(m_ssl, &QSslSocket::sslErrors, m_ssl,
                     [this](const QList<QSslError> &errors) { judge(errors); });
    // TLS 1.3: some time behind the handshake, and one after the other.
    QObject::connect(m_ssl, &QSslSocket::newSessionTicketReceived, m_ssl, [this] { tellTicket(); });
    QObject::connect(m_ssl, &QSslSocket::encrypted, m_ssl, [this] {
        m_handshaking = false;
        tellTicket(); // TLS 1.2
        if (Observer *o = this->observer())
            o->transportEncrypted();
    });
}

TlsStream::~TlsStream() = default;

qint64 TlsStream::bufferedBytes() const
{
    return m_ssl->bytesAvailable();
}

void TlsStream::write(const QByteArray &data)
{
    m_ssl->write(data);
    m_ssl->flush();
}

qint64 TlsStream::bytesToWrite() const
{
    return m_ssl->bytesToWrite() + m_ssl->encryptedBytesToWrite();
}

void TlsStream::watchWrites()
{
    SocketStream::watchWrites();
    if (std::exchange(m_cipherWatched, true))
        return;
    QObject::connect(
        m_ssl, &QSslSocket::encryptedBytesWritten, m_ssl, [this] { onWritten(); }, Qt::QueuedConnection);
}

void TlsStream::startTls(const TlsParameters &parameters)
{
    m_check = parameters.check;
    m_acceptUntrusted = parameters.acceptUntrusted;
    if (m_ssl->state() != QAbstractSocket::ConnectedState) { // the greeting was all that came
        fail(SocketStream::failure(QAbstractSocket::RemoteHostClosedError));
        return;
    }
    if (!QSslSocket::supportsSsl()) {
        fail({Failure::Kind::Tls,
              QStringLiteral(
                  "Qt has no TLS backend here. Deploy the plugins/tls folder of Qt with the program, and the "
                  "OpenSSL libraries that it was built for.")});
        return;
    }
    QSslConfiguration effective = parameters.configuration;
    effective.setPeerVerifyMode(m_check == PeerCheck::None ? QSslSocket::VerifyNone : QSslSocket::VerifyPeer);
    m_ssl->setSslConfiguration(effective);
    m_ssl->setPeerVerifyName(parameters.peerName);
    m_handshaking = true;
    m_ssl->startClientEncryption();
}

void TlsStream::tellTicket()
{
    const QByteArray ticket = m_ssl->sslConfiguration().sessionTicket();
    if (onSessionTicket && !ticket.isEmpty())
        onSessionTicket(ticket);
}

void TlsStream::judge(const QList<QSslError> &errors)
{
    QList<QSslError> ignored;
    m_rejected.clear();
    for (const QSslError &error : errors) {
        const bool ignore = m_check == PeerCheck::None
            || (m_check == PeerCheck::Authority && error.error() == QSslError::HostNameMismatch);
        if (!ignore && m_acceptUntrusted && isAboutTrust(error.error())) {
            m_trusted = false;
            ignored.append(error);
            continue;
        }
        (ignore ? ignored : m_rejected).append(error);
    }
    if (m_rejected.isEmpty())
        m_ssl->ignoreSslErrors(ignored);
}

Failure TlsStream::failure(QAbstractSocket::SocketError error) const
{
    if (!m_handshaking)
        return SocketStream::failure(error);
    if (m_rejected.isEmpty()) {
        return {
            Failure::Kind::Tls,
            QStringLiteral("The TLS handshake with %1 failed: %2.").arg(target().host, m_ssl->errorString())};
    }
    QStringList reasons;
    QStringList advices;
    for (const QSslError &rejected : m_rejected) {
        QString reason = rejected.errorString();
        if (reason.endsWith(u'.'))
            reason.chop(1);
        if (!rejected.certificate().isNull())
            reason += QStringLiteral(" (%1)").arg(Transport::describe(rejected.certificate()));
        reasons.append(reason);
        advices.append(advice(rejected.error()));
    }
    reasons.removeDuplicates();
    advices.removeDuplicates();
    return {Failure::Kind::Tls,
            QStringLiteral("The identity of the server %1 could not be proven: %2. %3")
                .arg(target().host, reasons.join(QStringLiteral("; ")), advices.join(u' '))};
}

QSslConfiguration TlsStream::tlsConfiguration() const
{
    return m_ssl->sslConfiguration();
}

void TlsStream::onReadable()
{
    if (m_announced)
        return;
    m_announced = true;
    QMetaObject::invokeMethod(
        m_ssl,
        [this] {
            m_announced = false;
            SocketStream::onReadable();
        },
        Qt::QueuedConnection);
}

} // namespace QAsyncMySql::Transport
