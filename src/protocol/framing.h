// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/fault.h"
#include "protocol/inputbuffer.h"
#include "values/bytebuffer.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

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
    Finds packets in a stream of bytes. Its memory grows with what arrives, not with what a header
    announces, and shrinks again after a large packet.
*/
class FrameDecoder
{
public:
    enum class Status : quint8
    {
        NeedInput,
        Packet,
        Fault
    };

    char *space(qsizetype atLeast) { return m_frameLeft > 0 ? joinedSpace(atLeast) : m_input.space(atLeast); }
    void written(qsizetype count)
    {
        if (m_readingJoined)
            joinedWritten(count);
        else
            m_input.written(count);
    }
    qsizetype pending() const noexcept { return m_input.pending(); }
    //! True if a packet has begun and is not complete: the end of the stream would cut it.
    bool isInsidePacket() const noexcept { return m_joining || pending() > 0; }
    //! What holds the packet that next() gave, if that is several frames joined; it may be moved away.
    Internal::ByteBuffer *joined() noexcept { return m_mustTidy ? &m_joined : nullptr; }
    //! The bytes received and not yet used.
    QByteArrayView peek() const noexcept { return m_input.peek(); }
    //! Takes \a count bytes of them away: whole packets, of one frame each, that were used by other means.
    void skip(qsizetype count) noexcept { m_input.consume(count); }
    //! True if the next byte of peek() begins a packet, and so may be looked at without next().
    bool isBetweenPackets() const noexcept { return !m_joining && !m_mustTidy; }
    //! Takes those bytes away.
    QByteArray takePending();

    //! Takes the next packet off the buffer. A packet of more than \a maxPacket bytes is a Fault as soon as
    //! its header says so.
    Status next(Packet &packet, quint64 maxPacket)
    {
        // The usual case, kept short: a whole frame stands in the buffer and is a packet by itself.
        if (pending() < FrameHeaderSize || m_joining || m_mustTidy) [[unlikely]]
            return nextSlow(packet, maxPacket);
        const auto *header = reinterpret_cast<const uchar *>(m_input.data());
        const auto size = qsizetype(header[0] | header[1] << 8 | header[2] << 16);
        if (pending() - FrameHeaderSize < size || size == MaxFramePayload || quint64(size) > maxPacket)
            return nextSlow(packet, maxPacket);
        packet.payload = QByteArrayView(m_input.data() + FrameHeaderSize, size);
        packet.firstSequence = header[3];
        packet.nextSequence = quint8(header[3] + 1);
        m_input.consume(FrameHeaderSize + size);
        return Status::Packet;
    }
    const Fault &fault() const noexcept { return m_fault; }

    //! Gives back what a large packet took; called when nothing is under way.
    void trim();

private:
    Status nextSlow(Packet &packet, quint64 maxPacket);
    Status join(Packet &packet, quint64 maxPacket);
    char *joinedSpace(qsizetype atLeast);
    void joinedWritten(qsizetype count);
    Status failWith(Fault::Kind kind, const QString &text);

    InputBuffer m_input;
    Internal::ByteBuffer m_joined; // the payload of a packet of several frames
    qsizetype m_frameLeft = 0; // bytes of the frame under way still to be joined
    quint8 m_joinedFirst = 0;
    quint8 m_joinedNext = 0;
    bool m_joining = false;
    bool m_lastFrame = false; // the frame under way is the last of its packet
    bool m_readingJoined = false; // space() was given in m_joined
    bool m_mustTidy = false; // m_joined was handed out: free it when the decoder is touched again
    Fault m_fault;
};

} // namespace QAsyncMySql::Protocol
