// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/handshake.h"
#include "protocol/packetwriter.h"
#include "protocol/session.h"

#include <QtCore/QByteArray>

#include <cstring>

//! What a server would send, made by hand: payloads, and frames around them.
namespace Wire {

using QAsyncMySql::Protocol::FrameHeaderSize;
using QAsyncMySql::Protocol::MaxFramePayload;
using QAsyncMySql::Protocol::PacketWriter;

inline QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

//! \a payload as one packet (any size), its first frame with \a sequence.
inline QByteArray frames(QByteArrayView payload, int sequence)
{
    QByteArray out;
    PacketWriter writer(out, quint8(sequence));
    writer.packet(payload);
    return out;
}

//! Packets one after the other, with ascending sequence numbers from \a sequence on.
inline QByteArray stream(const QByteArrayList &payloads, int sequence)
{
    QByteArray out;
    PacketWriter writer(out, quint8(sequence));
    for (const QByteArray &payload : payloads)
        writer.packet(payload);
    return out;
}

inline QByteArray lenenc(quint64 value)
{
    QByteArray out;
    PacketWriter(out, 0).lenenc(value);
    return out;
}

inline QByteArray counted(QByteArrayView text)
{
    return QByteArray(lenenc(quint64(text.size())) + text.toByteArray());
}

inline QByteArray u16(int value)
{
    QByteArray out;
    PacketWriter(out, 0).u16(quint16(value));
    return out;
}

inline QByteArray u32(quint32 value)
{
    QByteArray out;
    PacketWriter(out, 0).u32(value);
    return out;
}

//! An OK packet; with \a header 0xFE the one that ends rows under DEPRECATE_EOF.
inline QByteArray ok(int status = 2, int header = 0)
{
    return QByteArray(QByteArray(1, char(header)) + lenenc(0) + lenenc(0) + u16(status) + u16(0));
}

inline QByteArray eof(int status = 2)
{
    return QByteArray(QByteArray(1, char(0xFE)) + u16(0) + u16(status));
}

inline QByteArray err(int code, const QByteArray &message)
{
    return QByteArray(QByteArray(1, char(0xFF)) + u16(code) + "#HY000" + message);
}

inline QByteArray column(const QByteArray &name, int type = 253, int charset = 45)
{
    return QByteArray(counted("def") + counted("s") + counted("t") + counted("ot") + counted(name)
                      + counted("on") + hex("0c") + u16(charset) + u32(80) + QByteArray(1, char(type))
                      + u16(0) + hex("1f0000"));
}

//! A text row; a null QByteArray is NULL.
inline QByteArray row(const QByteArrayList &cells)
{
    QByteArray out;
    for (const QByteArray &cell : cells)
        out += cell.isNull() ? QByteArray(1, char(0xFB)) : counted(cell);
    return out;
}

//! The greeting of a server like MySQL 8; \a capabilities all that we know by default.
inline QByteArray greeting(quint32 capabilities = 0xFFFF'FFFF,
                           const QByteArray &method = "caching_sha2_password",
                           const QByteArray &version = "8.0.36", quint32 mariadbCapabilities = 0,
                           const QByteArray &challenge = "abcdefghijklmnopqrst")
{
    return QByteArray(hex("0a") + version + '\0' + u32(7) + challenge.first(8) + '\0'
                      + u16(int(capabilities & 0xFFFF)) + hex("ff") + u16(2) + u16(int(capabilities >> 16))
                      + hex("15") + QByteArray(6, '\0') + u32(mariadbCapabilities) + challenge.mid(8) + '\0'
                      + method + '\0');
}

inline void feed(QAsyncMySql::Protocol::Session &session, QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    std::memcpy(session.inputSpace(bytes.size()), bytes.data(), size_t(bytes.size()));
    session.inputWritten(bytes.size());
}

//! Makes \a session one that has logged in with \a capabilities.
inline void logIn(QAsyncMySql::Protocol::Session &session,
                  quint32 capabilities = QAsyncMySql::Protocol::Capability::DeprecateEof)
{
    session.state().authenticated = true;
    session.state().capabilities = capabilities;
}

} // namespace Wire
