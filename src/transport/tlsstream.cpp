// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transport/tlsstream.h"

#include <QtCore/QMetaObject>
#include <QtCore/QStringList>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslSocket>

#include <utility>

namespace QAsyncMySql::Transport {

namespace {

// Decrypted bytes that may wait in the socket: without a bound, a server could fill our memory while nobody
// reads.
constexpr qint64 ReadBuffer = 1 << 20;

std::unique_ptr<QAbstractSocket> makeSocket(QSslSocket *&alias)
{
    auto socket = std::make_unique<QSslSocket>();
    alias = socket.get();
    return socket;
}

QString subject(const QSslCertificate &certificate)
{
    return certificate.subjectInfo(QSslCertificate::CommonName).join(u'/');
}

} // namespace

TlsStream::TlsStream(Observer &observer, const TcpTarget &target)
    : SocketStream(observer, makeSocket(m_ssl), target, QIODevice::ReadWrite)
{
    m_ssl->setReadBufferSize(ReadBuffer);
    QObject::connect(m_ssl, &QSslSocket::sslErrors, m_ssl,
                     [this](const QList<QSslError> &errors) { judge(errors); });
    QObject::connect(m_ssl, &QSslSocket::encrypted, m_ssl, [this] {
        m_handshaking = false;
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

void TlsStream::startTls(const QSslConfiguration &configuration, PeerCheck check, const QString &peerName)
{
    m_check = check;
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
    QSslConfiguration effective = configuration;
    effective.setPeerVerifyMode(check == PeerCheck::None ? QSslSocket::VerifyNone : QSslSocket::VerifyPeer);
    m_ssl->setSslConfiguration(effective);
    m_ssl->setPeerVerifyName(peerName);
    m_handshaking = true;
    m_ssl->startClientEncryption();
}

void TlsStream::judge(const QList<QSslError> &errors)
{
    QList<QSslError> ignored;
    m_rejected.clear();
    for (const QSslError &error : errors) {
        const bool ignore = m_check == PeerCheck::None
            || (m_check == PeerCheck::Authority && error.error() == QSslError::HostNameMismatch);
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
    for (const QSslError &rejected : m_rejected) {
        const QString name = subject(rejected.certificate());
        reasons.append(name.isEmpty()
                           ? rejected.errorString()
                           : QStringLiteral("%1 (certificate \"%2\")").arg(rejected.errorString(), name));
    }
    return {Failure::Kind::Tls,
            QStringLiteral(
                "The identity of the server %1 could not be proven: %2 "
                "Name its certificate authority with ssl-ca (setSslCaFile()), connect by the name that the "
                "certificate is for, or choose a weaker ssl-mode.")
                .arg(target().host, reasons.join(u' '))};
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
