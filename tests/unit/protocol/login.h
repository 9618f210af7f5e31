// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/auth/digest.h"
#include "protocol/handshake.h"
#include "protocol/packetreader.h"
#include "unit/protocol/wire.h"

#include <utility>

//! What the tests of logins share.
namespace Wire {

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;
using Progress = Session::Progress;

// A server played by hand against a handshake: packets get their sequence numbers by turns.
class Login
{
public:
    explicit Login(const HandshakeOptions &options)
        : handshake(options)
    {
        session.begin(&handshake);
    }

    Progress server(const QByteArray &payload)
    {
        const QByteArray bytes = frames(payload, sequence++);
        feed(session, bytes);
        const Progress progress = session.advance(1 << 20);
        collect();
        return progress;
    }
    Progress tls(bool identityVerified, const QByteArray &fingerprint = {})
    {
        handshake.tlsEstablished(identityVerified, fingerprint);
        session.resumeExchange();
        collect();
        return session.advance(1 << 20);
    }
    // Answers what the login waits for.
    Progress answer(QByteArray bytes)
    {
        handshake.authentication().answer(std::move(bytes));
        session.resumeExchange();
        collect();
        return session.advance(1 << 20);
    }
    // The packets said since the last call.
    QByteArrayList said()
    {
        QByteArrayList packets;
        QByteArray bytes = std::exchange(m_said, {});
        while (bytes.size() >= 4) {
            const qsizetype size = quint8(bytes[0]) | quint8(bytes[1]) << 8 | quint8(bytes[2]) << 16;
            packets.append(bytes.mid(4, size));
            bytes = bytes.mid(4 + size);
        }
        return packets;
    }

    Session session;
    HandshakeExchange handshake;
    QByteArray everything; // all bytes ever said
    int sequence = 0;

private:
    void collect()
    {
        const QByteArray output = session.takeOutput();
        for (qsizetype at = 0; at + 4 <= output.size();
             at += 4 + (quint8(output[at]) | quint8(output[at + 1]) << 8))
            sequence = quint8(output[at + 3]) + 1;
        m_said += output;
        everything += output;
    }

    QByteArray m_said;
};

struct Response
{
    quint32 capabilities = 0;
    quint32 maxPacket = 0;
    quint8 collation = 0;
    quint32 extended = 0;
    QByteArray user;
    QByteArray answer;
    QByteArray database;
    QByteArray method;
    QByteArray attributes;
    bool good = false;
};

inline Response parseResponse(const QByteArray &packet)
{
    Response response;
    PacketReader reader(packet);
    response.capabilities = reader.u32();
    response.maxPacket = reader.u32();
    response.collation = reader.u8();
    reader.skip(19);
    response.extended = reader.u32();
    response.user = reader.nulString().toByteArray();
    response.answer = reader.lenencString().toByteArray();
    if (response.capabilities & Capability::ConnectWithDb)
        response.database = reader.nulString().toByteArray();
    response.method = reader.nulString().toByteArray();
    response.attributes = reader.lenencString().toByteArray();
    response.good = reader.finished();
    return response;
}

inline HandshakeOptions options(const char *password = "the password")
{
    HandshakeOptions result;
    result.user = "user";
    result.auth.passwords = {Secret::fromUtf8(password)};
    return result;
}

inline const QByteArray Challenge = "abcdefghijklmnopqrst";

inline QByteArray nativeAnswer(const QByteArray &password, const QByteArray &challenge)
{
    const QByteArray once = sha1({password});
    return xored(once, sha1({challenge, sha1({once})}));
}

inline QByteArray sha2Answer(const QByteArray &password, const QByteArray &challenge)
{
    const QByteArray once = sha256({password});
    return xored(once, sha256({sha256({once}), challenge}));
}

//! An OK packet with the text \a info.
inline QByteArray okWith(const QByteArray &info)
{
    return QByteArray(ok() + counted(info));
}

inline QByteArray switchTo(const QByteArray &method, const QByteArray &challenge)
{
    return QByteArray(hex("fe") + method + '\0' + challenge + '\0');
}

} // namespace Wire
