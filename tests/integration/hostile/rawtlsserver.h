// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/FakeGreeting>
#include <QAsyncMySql/FakePacket>

#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <functional>

#include <openssl/ssl.h>

/*!
    A server whose hand is on each TLS record, which QSslSocket's is not: OpenSSL between two buffers in
   memory. It greets, begins TLS when it is asked to, and tells of each packet that has come over it.
*/
class RawTlsServer : public QObject
{
public:
    RawTlsServer(const QString &certificatePath, const QString &keyPath)
        : m_context(SSL_CTX_new(TLS_server_method()))
    {
        m_good = SSL_CTX_use_certificate_chain_file(m_context, certificatePath.toLocal8Bit().constData()) == 1
            && SSL_CTX_use_PrivateKey_file(m_context, keyPath.toLocal8Bit().constData(), SSL_FILETYPE_PEM)
                == 1;
        connect(&m_listener, &QTcpServer::newConnection, this, [this] { accept(); });
    }
    ~RawTlsServer() override
    {
        SSL_free(m_ssl);
        SSL_CTX_free(m_context);
    }
    RawTlsServer(const RawTlsServer &) = delete;
    RawTlsServer &operator=(const RawTlsServer &) = delete;

    bool listen() { return m_good && m_listener.listen(QHostAddress::LocalHost); }
    quint16 port() const { return m_listener.serverPort(); }
    SSL_CTX *context() const { return m_context; }
    SSL *ssl() const { return m_ssl; }
    //! Called with the number of each packet that comes over TLS, from 0: the login's response is the first.
    std::function<void(int)> onPacket;

    //! Sends a packet over TLS, after whatever was asked of ssl() to send.
    void send(const QByteArray &payload, quint8 sequence)
    {
        const QByteArray bytes = QAsyncMySql::FakePacket::framed(payload, sequence);
        SSL_write(m_ssl, bytes.constData(), int(bytes.size()));
        flush();
    }
    //! Sends \a bytes as they are, past TLS.
    void sendPlain(const QByteArray &bytes)
    {
        flush();
        m_socket->write(bytes);
    }
    void hangUp() { m_socket->disconnectFromHost(); }
    void flush()
    {
        char buffer[16'384];
        for (int count = 0; (count = BIO_read(m_out, buffer, sizeof buffer)) > 0;)
            m_socket->write(buffer, count);
    }

private:
    static constexpr qsizetype TlsRequestSize = 4 + 32;

    void accept()
    {
        m_socket = m_listener.nextPendingConnection();
        connect(m_socket, &QTcpSocket::readyRead, this, [this] { read(); });
        using QAsyncMySql::FakeGreeting;
        m_socket->write(
            QAsyncMySql::FakePacket::framed(FakeGreeting().addCapabilities(FakeGreeting::Ssl).payload(), 0));
    }

    void read()
    {
        if (!m_ssl) {
            if (m_socket->bytesAvailable() < TlsRequestSize)
                return;
            m_socket->read(TlsRequestSize);
            m_ssl = SSL_new(m_context);
            m_in = BIO_new(BIO_s_mem());
            m_out = BIO_new(BIO_s_mem());
            SSL_set_bio(m_ssl, m_in, m_out); // which owns them now
        }
        const QByteArray bytes = m_socket->readAll();
        BIO_write(m_in, bytes.constData(), int(bytes.size()));
        if (!SSL_is_init_finished(m_ssl))
            SSL_accept(m_ssl);
        char buffer[16'384];
        for (int count = 0; (count = SSL_read(m_ssl, buffer, sizeof buffer)) > 0;)
            m_received.append(buffer, count);
        flush();
        for (;;) {
            if (m_received.size() < 4)
                return;
            const qsizetype size = 4 + uchar(m_received[0]) + (uchar(m_received[1]) << 8);
            if (m_received.size() < size)
                return;
            m_received.remove(0, size);
            onPacket(m_packets++);
        }
    }

    QTcpServer m_listener;
    QTcpSocket *m_socket = nullptr; // the listener's child
    SSL_CTX *m_context;
    SSL *m_ssl = nullptr;
    BIO *m_in = nullptr;
    BIO *m_out = nullptr;
    QByteArray m_received;
    int m_packets = 0;
    bool m_good = false;
};
