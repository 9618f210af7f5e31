// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/packetwriter.h"

#include <QtCore/QtEndian>

#include <algorithm>
#include <bit>
#include <cstring>

namespace QAsyncMySql::Protocol {

namespace {

template <class T> void appendInteger(QByteArray &out, T value)
{
    char buffer[sizeof(T)];
    qToLittleEndian(value, buffer);
    out.append(buffer, qsizetype(sizeof(T)));
}

void writeHeader(char *to, qsizetype size, quint8 sequence) noexcept
{
    to[0] = char(size & 0xFF);
    to[1] = char(size >> 8 & 0xFF);
    to[2] = char(size >> 16 & 0xFF);
    to[3] = char(sequence);
}

} // namespace

void PacketWriter::begin()
{
    m_header = m_out.size();
    zeros(FrameHeaderSize);
}

void PacketWriter::end()
{
    m_wrote = true;
    const qsizetype size = m_out.size() - m_header - FrameHeaderSize;
    const qsizetype fullFrames = size / MaxFramePayload;
    if (fullFrames > 0) {
        // Make the gaps for the further headers, from behind. A last frame, even an empty one, always follows
        // full ones.
        m_out.resize(m_out.size() + fullFrames * FrameHeaderSize);
        char *payload = m_out.data() + m_header + FrameHeaderSize;
        for (qsizetype frame = fullFrames; frame > 0; --frame) {
            const qsizetype from = frame * MaxFramePayload;
            const qsizetype count = std::min(MaxFramePayload, size - from);
            std::memmove(payload + from + frame * FrameHeaderSize, payload + from, size_t(count));
        }
    }
    char *header = m_out.data() + m_header;
    for (qsizetype frame = 0; frame <= fullFrames; ++frame) {
        writeHeader(header, frame < fullFrames ? MaxFramePayload : size % MaxFramePayload, m_sequence++);
        header += FrameHeaderSize + MaxFramePayload;
    }
}

void PacketWriter::packet(QByteArrayView payload)
{
    reserve(payload.size() + FrameHeaderSize * (payload.size() / MaxFramePayload + 1));
    m_wrote = true;
    for (;;) {
        const QByteArrayView part = payload.first(std::min(MaxFramePayload, payload.size()));
        char header[FrameHeaderSize];
        writeHeader(header, part.size(), m_sequence++);
        m_out.append(header, FrameHeaderSize);
        m_out.append(part);
        payload = payload.sliced(part.size());
        if (part.size() < MaxFramePayload)
            return;
    }
}

void PacketWriter::u8(quint8 value)
{
    m_out.append(char(value));
}

void PacketWriter::u16(quint16 value)
{
    appendInteger(m_out, value);
}

void PacketWriter::u24(quint32 value)
{
    Q_ASSERT(value <= 0xFF'FF'FF);
    char buffer[4];
    qToLittleEndian(value, buffer);
    m_out.append(buffer, 3);
}

void PacketWriter::u32(quint32 value)
{
    appendInteger(m_out, value);
}

void PacketWriter::u64(quint64 value)
{
    appendInteger(m_out, value);
}

void PacketWriter::f32(float value)
{
    u32(std::bit_cast<quint32>(value));
}

void PacketWriter::f64(double value)
{
    u64(std::bit_cast<quint64>(value));
}

void PacketWriter::lenenc(quint64 value)
{
    if (value < 0xFB) {
        u8(quint8(value));
    } else if (value <= 0xFF'FF) {
        u8(0xFC);
        u16(quint16(value));
    } else if (value <= 0xFF'FF'FF) {
        u8(0xFD);
        u24(quint32(value));
    } else {
        u8(0xFE);
        u64(value);
    }
}

void PacketWriter::bytes(QByteArrayView value)
{
    m_out.append(value);
}

void PacketWriter::zeros(qsizetype count)
{
    m_out.append(count, '\0');
}

void PacketWriter::nulString(QByteArrayView value)
{
    Q_ASSERT(!value.contains('\0'));
    m_out.append(value);
    m_out.append('\0');
}

void PacketWriter::lenencString(QByteArrayView value)
{
    lenenc(quint64(value.size()));
    m_out.append(value);
}

void PacketWriter::reserve(qsizetype size)
{
    const qsizetype wanted = m_out.size() + size;
    if (wanted > m_out.capacity())
        m_out.reserve(std::max(wanted, m_out.capacity() * 2));
}

} // namespace QAsyncMySql::Protocol
