// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "transport/socketstream.h"

#include <QtNetwork/QSslError>

QT_BEGIN_NAMESPACE
class QSslSocket;
QT_END_NAMESPACE

namespace QAsyncMySql::Transport {

/*!
    TCP that can be encrypted. Starts in the clear, for the greeting, until startTls().

    QSslSocket says readyRead() for every 4 KiB; the observer is told once per turn of the event loop.
*/
class TlsStream final : public SocketStream
{
public:
    TlsStream(Observer &observer, const TcpTarget &target);
    ~TlsStream() override;

    qint64 bufferedBytes() const override;
    void write(const QByteArray &data) override;
    qint64 bytesToWrite() const override;
    void watchWrites() override;
    void startTls(const TlsParameters &parameters) override;
    bool isPeerTrusted() const override { return m_trusted; }
    QSslConfiguration tlsConfiguration() const override;

protected:
    void onReadable() override;
    Failure failure(QAbstractSocket::SocketError error) const override;

private:
    void tellTicket();
    void judge(const QList<QSslError> &errors);

    QSslSocket *m_ssl;
    QList<QSslError> m_rejected;
    PeerCheck m_check = PeerCheck::Identity;
    bool m_acceptUntrusted = false;
    bool m_trusted = true;
    bool m_handshaking = false;
    bool m_announced = false;
    bool m_cipherWatched = false;
};

} // namespace QAsyncMySql::Transport
