// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/packetreader.h"

namespace QAsyncMySql::Protocol {

quint32 PacketReader::u24() noexcept
{
    const quint32 low = u16();
    return low | quint32(u8()) << 16;
}

// The forms behind the markers 0xFC, 0xFD and 0xFE (MySQL source documentation,
// "Protocol::LengthEncodedInteger").
quint64 PacketReader::longLenenc() noexcept
{
    switch (u8()) {
    case 0xFC:
        return u16();
    case 0xFD:
        return u24();
    case 0xFE:
        return u64();
    default:
        fail();
        return 0;
    }
}

QByteArrayView PacketReader::lenencStringOrNull() noexcept
{
    if (m_pos != m_end && *m_pos == 0xFB) {
        ++m_pos;
        return {};
    }
    return lenencString();
}

QByteArrayView PacketReader::nulString() noexcept
{
    const auto view = QByteArrayView(reinterpret_cast<const char *>(m_pos), qsizetype(m_end - m_pos));
    const qsizetype nul = view.indexOf('\0');
    if (nul < 0) {
        fail();
        return {};
    }
    m_pos += nul + 1;
    return view.first(nul);
}

QByteArrayView PacketReader::nulStringOrRest() noexcept
{
    const auto view = QByteArrayView(reinterpret_cast<const char *>(m_pos), qsizetype(m_end - m_pos));
    return view.contains('\0') ? nulString() : rest();
}

} // namespace QAsyncMySql::Protocol
