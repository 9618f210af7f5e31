// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of FakePeer that reads what the client sends, and compares it with the script.

#include "testing/fake/fakecommand.h"
#include "testing/fake/fakepeer.h"

#include <QtCore/QtEndian>

namespace QAsyncMySql::Internal {

namespace {

constexpr qsizetype HeaderSize = 4;
constexpr qsizetype MaxFrame = 0xFF'FF'FF;
constexpr qsizetype TlsRequestSize = 32; // bytes of the payload
constexpr QByteArrayView SessionSetup = "\x03SET NAMES "; // how the first query of a session begins
constexpr qsizetype LoginUserOffset = 32; // where the user name stands in the response to the greeting

quint32 capabilitiesOf(const QByteArray &payload)
{
    return payload.size() < 4 ? 0 : qFromLittleEndian<quint32>(payload.constData());
}

bool isTlsRequest(const QByteArray &payload)
{
    return payload.size() == TlsRequestSize && capabilitiesOf(payload) & FakeGreeting::Ssl;
}

bool sameText(const QString &expected, const QByteArray &came)
{
    return expected.isEmpty() || expected == QString::fromUtf8(came).trimmed();
}

} // namespace

void FakePeer::readable()
{
    // A stalled server does not read, so that its client meets a full window.
    if (!m_stalled && !m_tlsStarting)
        run();
}

//! Reads until \a size bytes of input are there. Never more: what follows a wish for TLS is not for us.
bool FakePeer::readUpTo(qsizetype size)
{
    while (m_input.size() < size) {
        const QByteArray more = m_device->read(size - m_input.size());
        if (more.isEmpty())
            return false;
        m_input += more;
        m_received += more;
    }
    return true;
}

bool FakePeer::takePacket(ClientPacket &packet)
{
    qsizetype begin = 0;
    QByteArray payload;
    for (;;) {
        if (!readUpTo(begin + HeaderSize))
            return false;
        const auto *header = reinterpret_cast<const uchar *>(m_input.constData() + begin);
        const auto size = qsizetype(header[0] | header[1] << 8 | header[2] << 16);
        packet.sequence = header[3];
        if (!readUpTo(begin + HeaderSize + size))
            return false;
        payload += m_input.sliced(begin + HeaderSize, size);
        begin += HeaderSize + size;
        if (size < MaxFrame)
            break;
    }
    m_input.remove(0, begin);
    packet.payload = payload;
    m_sequence = quint8(packet.sequence + 1);
    return true;
}

bool FakePeer::expect(const FakeStep &step)
{
    ClientPacket packet;
    while (m_open && takePacket(packet)) {
        if (keepInOrder(step, packet.payload))
            continue;
        if (judge(step, packet))
            return true;
        if (m_tlsStarting)
            return false;
    }
    return false;
}

//! True if \a step asks for \a payload by name.
bool FakePeer::asksFor(const FakeStep &step, const QByteArray &payload) const
{
    if (isDone())
        return false;
    const quint8 command = quint8(payload.front());
    switch (step.kind) {
    case Kind::ExpectPacket:
    case Kind::ExpectSetup:
        return true;
    case Kind::ExpectStatement:
        return command == FakeCommand::Query && !step.text.isEmpty()
            && sameText(step.text, payload.sliced(1));
    case Kind::ExpectCommand:
        return command == step.number
            && (command != FakeCommand::Query
                || (!step.text.isEmpty() && sameText(step.text, payload.sliced(1))));
    default:
        return false;
    }
}

/*! What keeps a connection in order and is not what \a step waits for: closing a statement, a ping, a reset,
    and the statements by which connections and pools set a session up. They come when they come. */
bool FakePeer::keepInOrder(const FakeStep &step, const QByteArray &payload)
{
    if (payload.isEmpty() || step.kind == Kind::ExpectLogin || step.kind == Kind::ExpectTlsRequest
        || asksFor(step, payload)) {
        return false;
    }
    switch (quint8(payload.front())) {
    case FakeCommand::CloseStatement:
        return true; // it has no answer
    case FakeCommand::Ping:
    case FakeCommand::ResetConnection:
        send(FakePacket::ok());
        return true;
    case FakeCommand::Query:
        break;
    default:
        return false;
    }
    if (payload.startsWith(SessionSetup) || payload.startsWith("\x03SET ROLE ")) {
        send(FakePacket::ok());
        return true;
    }
    if (payload != "\x03SELECT CURRENT_ROLE()")
        return false;
    const FakeResult role = FakeResult({QStringLiteral("CURRENT_ROLE()")}).addRow(QStringLiteral("NONE"));
    for (const QByteArray &answer : role.payloads(m_capabilities, false))
        send(answer);
    return true;
}

//! Returns true if \a packet ends the step.
bool FakePeer::judge(const FakeStep &step, const ClientPacket &packet)
{
    switch (step.kind) {
    case Kind::ExpectLogin:
        return judgeLogin(step, packet.payload);
    case Kind::ExpectTlsRequest:
        if (!isTlsRequest(packet.payload))
            deviate(QStringLiteral("a packet that does not ask for TLS"));
        return m_open;
    case Kind::ExpectSetup:
        if (!packet.payload.startsWith(SessionSetup)) {
            deviate(describeCommand(packet.payload));
            return false;
        }
        send(FakePacket::ok());
        return true;
    case Kind::ExpectStatement:
        return judgeStatement(step, packet.payload);
    case Kind::ExpectCommand:
        return judgeCommand(step, packet.payload);
    default:
        return true;
    }
}

// MySQL source documentation, "Protocol::HandshakeResponse41".
bool FakePeer::judgeLogin(const FakeStep &step, const QByteArray &payload)
{
    if (isTlsRequest(payload)) {
        if (m_certificates)
            startTls(m_certificate);
        else
            deviate(QStringLiteral("a wish for TLS, for which this server has no certificates"));
        return false;
    }
    const QByteArray user
        = payload.mid(LoginUserOffset, payload.indexOf('\0', LoginUserOffset) - LoginUserOffset);
    if (payload.size() < LoginUserOffset) {
        deviate(QStringLiteral("a packet of %1 bytes, which is no login").arg(payload.size()));
    } else if (!step.text.isEmpty() && step.text != QString::fromUtf8(user)) {
        deviate(QStringLiteral("the login of the user \"%1\"").arg(QString::fromUtf8(user)));
    }
    m_capabilities = m_offered & capabilitiesOf(payload);
    return m_open;
}

bool FakePeer::judgeStatement(const FakeStep &step, const QByteArray &payload)
{
    const quint8 command = payload.isEmpty() ? 0 : quint8(payload.front());
    const QByteArray argument = payload.mid(1);
    if (command == FakeCommand::Query && sameText(step.text, argument)) {
        m_binary = false;
        return true;
    }
    if (command == FakeCommand::Prepare && sameText(step.text, argument)) {
        answerPreparing(argument);
        return false; // the execution is to come
    }
    if (command == FakeCommand::SendLongData)
        return false; // belongs to the execution
    if (command == FakeCommand::Execute) {
        const QByteArray sql = m_prepared.value(capabilitiesOf(argument)); // the first four bytes: its number
        if (sameText(step.text, sql)) {
            m_binary = true;
            return true;
        }
        deviate(QStringLiteral("the execution of \"%1\"").arg(QString::fromUtf8(sql)));
        return false;
    }
    deviate(describeCommand(payload));
    return false;
}

bool FakePeer::judgeCommand(const FakeStep &step, const QByteArray &payload)
{
    const quint8 command = payload.isEmpty() ? 0 : quint8(payload.front());
    if (payload.isEmpty() || command != step.number || !sameText(step.text, payload.mid(1))) {
        deviate(describeCommand(payload));
        return false;
    }
    m_binary = command == FakeCommand::Execute || command == FakeCommand::Fetch;
    if (command == FakeCommand::Prepare)
        m_lastPrepared = payload.mid(1);
    return true;
}

// The script is through: the client may close statements, and say goodbye.
void FakePeer::afterTheEnd()
{
    ClientPacket packet;
    while (m_open && takePacket(packet)) {
        if (!packet.payload.isEmpty() && quint8(packet.payload.front()) == FakeCommand::Quit)
            hangUp();
        else if (!keepInOrder(FakeStep{Kind::ExpectPacket, {}, {}, 0, {}, {}}, packet.payload))
            deviate(describeCommand(packet.payload));
    }
}

} // namespace QAsyncMySql::Internal
