// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/fake/fakepeer.h"

#include "testing/fake/resetconnection.h"

#include <QtCore/QScopedValueRollback>
#include <QtNetwork/QLocalSocket>
#include <QtNetwork/QSslSocket>

#include <utility>

namespace QAsyncMySql::Internal {

FakePeer::FakePeer(std::unique_ptr<QIODevice> device, const FakeScript &script)
    : m_device(std::move(device))
    , m_script(FakeScriptData::steps(script))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_waited = true;
        run();
    });
    connect(m_device.get(), &QIODevice::readyRead, this, &FakePeer::readable);
    connect(m_device.get(), &QIODevice::bytesWritten, this, &FakePeer::run);
    if (auto *socket = qobject_cast<QAbstractSocket *>(m_device.get()))
        connect(socket, &QAbstractSocket::disconnected, this, &FakePeer::closed);
    else if (auto *local = qobject_cast<QLocalSocket *>(m_device.get()))
        connect(local, &QLocalSocket::disconnected, this, &FakePeer::closed);
    else
        connect(m_device.get(), &QIODevice::readChannelFinished, this, &FakePeer::closed);
    if (auto *tls = qobject_cast<QSslSocket *>(m_device.get())) {
        connect(tls, &QSslSocket::encrypted, this, [this] {
            m_tlsStarting = false;
            run();
        });
    }
}

FakePeer::~FakePeer()
{
    m_device->disconnect(this);
}

void FakePeer::setCertificates(const TestCertificates &certificates, TestCertificates::Server kind)
{
    m_certificates = certificates;
    m_certificate = kind;
}

void FakePeer::start()
{
    run();
}

QString FakePeer::waitsFor() const
{
    return isDone() ? QString()
                    : QStringLiteral("step %1, %2").arg(m_step + 1).arg(m_script[m_step].describe());
}

void FakePeer::run()
{
    if (m_running)
        return;
    const QScopedValueRollback guard(m_running, true);
    while (!isDone() && m_open) {
        const FakeStep step = m_script[m_step];
        if (m_tlsStarting || !perform(step))
            return;
        finishStep();
    }
    if (isDone())
        afterTheEnd();
}

//! Returns false while the step is not over.
bool FakePeer::perform(const FakeStep &step)
{
    if (step.wantsPacket())
        return expect(step);
    switch (step.kind) {
    case Kind::ExpectClosed:
        m_received += m_device->readAll();
        return m_gone;
    case Kind::Greet:
        greet(step.greeting);
        return true;
    case Kind::LetIn:
        letIn(step.greeting);
        return true;
    case Kind::Answer:
        answer(step);
        return true;
    case Kind::Send:
        if (step.number >= 0)
            m_sequence = quint8(step.number);
        send(step.bytes);
        return true;
    case Kind::SendBytes:
        m_device->write(step.bytes);
        return true;
    case Kind::SendSlowly:
        return sendSlowly(step);
    case Kind::SendForever:
    case Kind::SendBytesForever:
        sendMore(step);
        return false;
    case Kind::StartTls:
        if (std::exchange(m_waited, false))
            return true;
        m_waited = true; // for when it has succeeded
        startTls(TestCertificates::Server(step.number));
        return false;
    case Kind::Wait:
        if (std::exchange(m_waited, false))
            return true;
        if (!m_timer.isActive())
            m_timer.start(int(step.number));
        return false;
    case Kind::Stall:
        m_stalled = true;
        return false;
    case Kind::Disconnect:
        m_received += m_device->readAll(); // unread bytes would make a reset of it
        hangUp();
        return true;
    case Kind::Reset:
        m_open = false;
        resetConnection(*m_device);
        return true;
    default:
        break;
    }
    Q_UNREACHABLE();
    return true;
}

void FakePeer::finishStep()
{
    const int step = m_step++;
    m_sent = 0;
    Q_EMIT stepDone(step);
    if (isDone())
        Q_EMIT ended();
}

void FakePeer::deviate(const QString &came)
{
    const QString expected = isDone() ? QStringLiteral("Nothing more was expected, but %1").arg(came)
                                      : QStringLiteral("At %1: instead came %2").arg(waitsFor(), came);
    send(FakePacket::error(1105, "FakeServer: " + expected.toUtf8()));
    hangUp();
    Q_EMIT deviated(expected);
}

// The other side has hung up; what it sent before may still be read.
void FakePeer::closed()
{
    if (m_gone)
        return;
    m_gone = true;
    run();
    const bool unfinished = !isDone() && m_open;
    m_open = false;
    m_timer.stop();
    if (!unfinished) {
        Q_EMIT ended();
        return;
    }
    switch (m_script[m_step].kind) {
    case Kind::Stall:
    case Kind::SendForever:
    case Kind::SendBytesForever:
        // There is no other end of these.
        m_step = int(m_script.size());
        Q_EMIT ended();
        break;
    default:
        Q_EMIT deviated(QStringLiteral("At %1: instead the client hung up").arg(waitsFor()));
    }
}

} // namespace QAsyncMySql::Internal
