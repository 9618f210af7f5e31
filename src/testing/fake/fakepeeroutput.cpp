// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of FakePeer that says what the script wants said.

#include "testing/fake/fakepeer.h"

#include <QtCore/QFile>
#include <QtNetwork/QLocalSocket>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslKey>
#include <QtNetwork/QSslSocket>

namespace QAsyncMySql::Internal {

namespace {

constexpr qint64 Ahead = 256 << 10; // bytes that an endless flow may wait to be sent

// The placeholders of a statement: question marks outside of quotes.
quint16 countParameters(const QByteArray &sql)
{
    quint16 count = 0;
    char quote = 0;
    for (const char c : sql) {
        if (quote)
            quote = c == quote ? '\0' : quote;
        else if (c == '\'' || c == '"' || c == '`')
            quote = c;
        else if (c == '?')
            ++count;
    }
    return count;
}

} // namespace

bool FakePeer::send(const QByteArray &payload)
{
    const QByteArray bytes = FakePacket::framed(payload, m_sequence);
    constexpr qsizetype MaxFrame = 0xFF'FF'FF;
    m_sequence = quint8(m_sequence + payload.size() / MaxFrame + 1);
    return m_device->write(bytes) == bytes.size();
}

void FakePeer::greet(FakeGreeting greeting)
{
    if (m_certificates)
        greeting.addCapabilities(FakeGreeting::Ssl);
    m_offered = greeting.capabilities();
    m_sequence = 1;
    m_device->write(FakePacket::framed(greeting.payload(), 0) + greeting.extraBytes());
}

void FakePeer::letIn(const FakeGreeting &greeting)
{
    constexpr char FastAuthSuccess = '\x03';
    if (greeting.plugin() == "caching_sha2_password")
        send(QByteArray("\x01") + FastAuthSuccess);
    send(FakePacket::ok());
}

void FakePeer::answer(const FakeStep &step)
{
    if (step.bytes.isEmpty()) {
        for (const QByteArray &payload : step.result.payloads(m_capabilities, m_binary))
            send(payload);
        return;
    }
    // What answerPrepared() says: the header, then the definitions of parameters and columns.
    m_lastId = quint32(quint8(step.bytes[1])) | quint32(quint8(step.bytes[2])) << 8
        | quint32(quint8(step.bytes[3])) << 16 | quint32(quint8(step.bytes[4])) << 24;
    m_prepared.insert(m_lastId, m_lastPrepared);
    send(step.bytes);
    const bool eof = !(m_capabilities & FakeGreeting::DeprecateEof);
    for (qint64 i = 0; i < step.number; ++i)
        send(FakePacket::column("?"));
    if (step.number > 0 && eof)
        send(FakePacket::eof());
    const qsizetype columns = step.result.columnCount();
    if (columns == 0)
        return;
    const QByteArrayList payloads = step.result.payloads(m_capabilities, false);
    for (qsizetype i = 1; i <= columns; ++i)
        send(payloads[i]);
    if (eof)
        send(FakePacket::eof());
}

void FakePeer::answerPreparing(const QByteArray &sql)
{
    FakeScript script;
    m_lastPrepared = sql;
    script.answerPrepared(m_lastId + 1, countParameters(sql));
    answer(FakeScriptData::steps(script).constFirst());
}

bool FakePeer::sendSlowly(const FakeStep &step)
{
    if (m_timer.isActive())
        return false;
    if (m_sent == step.bytes.size())
        return true;
    m_device->write(step.bytes.constData() + m_sent++, 1);
    m_waited = false;
    m_timer.start(int(step.number));
    return false;
}

void FakePeer::sendMore(const FakeStep &step)
{
    while (m_open && m_device->bytesToWrite() < Ahead) {
        const bool sent
            = step.kind == Kind::SendForever ? send(step.bytes) : m_device->write(step.bytes) >= 0;
        if (!sent)
            return;
    }
}

void FakePeer::startTls(TestCertificates::Server kind)
{
    auto *socket = qobject_cast<QSslSocket *>(m_device.get());
    QFile key(m_certificates ? m_certificates->serverKeyPath(kind) : QString());
    const QList<QSslCertificate> chain = m_certificates
        ? QSslCertificate::fromPath(m_certificates->serverCertificatePath(kind))
        : QList<QSslCertificate>();
    if (!socket || chain.isEmpty() || !key.open(QIODevice::ReadOnly)) {
        deviate(QStringLiteral("a wish for TLS, which needs TCP and FakeServer::setCertificates()"));
        return;
    }
    QSslConfiguration configuration = socket->sslConfiguration();
    configuration.setLocalCertificate(chain.constFirst());
    configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    socket->setSslConfiguration(configuration);
    m_tlsStarting = true;
    socket->startServerEncryption();
}

//! The regular end, after all that was written.
void FakePeer::hangUp()
{
    m_open = false;
    if (auto *socket = qobject_cast<QAbstractSocket *>(m_device.get()))
        socket->disconnectFromHost();
    else if (auto *local = qobject_cast<QLocalSocket *>(m_device.get()))
        local->disconnectFromServer();
    else
        m_device->close();
}

} // namespace QAsyncMySql::Internal
