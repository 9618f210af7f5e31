// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/fault.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <vector>

namespace QAsyncMySql::Protocol {

//! The most that one frame can hold; a frame of this size is followed by another of the same packet.
inline constexpr qsizetype MaxFramePayload = 0xFF'FF'FF;
inline constexpr qsizetype FrameHeaderSize = 4;

//! A logical packet: frames of 16 MiB - 1 joined. The payload is valid until the decoder is touched again.
struct Packet
{
    QByteArrayView payload;
    quint8 firstSequence = 0; // sequence number of its first frame
    quint8 nextSequence = 0; // the one after its last frame
};

/*!
    Finds packets in a stream of bytes. Keeps a buffer that grows with what arrives, not with what a
    header announces, and shrinks again after a large packet.
*/
class FrameDecoder
{
public:
    enum class Status : quint8 { NeedInput, Packet, Fault };

    char *space(qsizetype atLeast);
    void written(qsizetype count);
    qsizetype pending() const noexcept;

    //! Takes the next packet off the buffer. A packet of more than \a maxPacket bytes is a Fault as soon as its header says so.
    Status next(Packet &packet, quint64 maxPacket);
    const Fault &fault() const noexcept { return m_fault; }

private:
    void compact();

    std::vector<char> m_buffer;
    size_t m_begin = 0; // first byte not used
    size_t m_end = 0; // behind the last byte received
    QByteArray m_joined; // the payload of a packet of several frames
    quint8 m_joinedFirst = 0;
    quint8 m_joinedNext = 0;
    bool m_joining = false;
    Fault m_fault;
};

} // namespace QAsyncMySql::Protocol
