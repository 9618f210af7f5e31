// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/framing.h"

#include <algorithm>
#include <cstring>

namespace QAsyncMySql::Protocol {

QByteArray FrameDecoder::takePending()
{
    const QByteArray bytes = peek().toByteArray();
    m_input.consume(pending());
    return bytes;
}

void FrameDecoder::trim()
{
    if (pending() > 0 || m_joining)
        return;
    m_joined = {};
    m_mustTidy = false;
    m_input.trim();
}

FrameDecoder::Status FrameDecoder::nextSlow(Packet &packet, quint64 maxPacket)
{
    if (m_fault)
        return Status::Fault;
    if (m_mustTidy) {
        m_joined = {};
        m_mustTidy = false;
        return next(packet, maxPacket);
    }
    if (m_joining)
        return join(packet, maxPacket);
    if (pending() < FrameHeaderSize)
        return Status::NeedInput;

    const auto *header = reinterpret_cast<const uchar *>(m_input.data());
    const auto size = qsizetype(header[0] | header[1] << 8 | header[2] << 16);
    if (quint64(size) > maxPacket) {
        return failWith(Fault::Kind::Limit,
                        u"The server announced a packet of " % QString::number(size)
                            % u" bytes; the limit is " % QString::number(maxPacket) % u'.');
    }
    if (size < MaxFramePayload)
        return Status::NeedInput;

    m_joining = true;
    m_lastFrame = false;
    m_frameLeft = size;
    m_joinedFirst = header[3];
    m_joinedNext = quint8(header[3] + 1);
    m_input.consume(FrameHeaderSize);
    return join(packet, maxPacket);
}

// The frames of a large packet are moved over as they come, so that they are not held twice.
FrameDecoder::Status FrameDecoder::join(Packet &packet, quint64 maxPacket)
{
    for (;;) {
        const qsizetype count = std::min(m_frameLeft, pending());
        m_joined.append(m_input.peek().first(count));
        m_input.consume(count);
        m_frameLeft -= count;
        if (m_frameLeft > 0)
            return Status::NeedInput;
        if (m_lastFrame) {
            packet.payload = m_joined.view();
            packet.firstSequence = m_joinedFirst;
            packet.nextSequence = m_joinedNext;
            m_joining = false;
            m_mustTidy = true;
            return Status::Packet;
        }
        if (pending() < FrameHeaderSize)
            return Status::NeedInput;

        const auto *header = reinterpret_cast<const uchar *>(m_input.data());
        const auto size = qsizetype(header[0] | header[1] << 8 | header[2] << 16);
        if (header[3] != m_joinedNext) {
            return failWith(Fault::Kind::Sequence,
                            u"A continuation frame has sequence number " % QString::number(header[3])
                                % u" instead of " % QString::number(m_joinedNext) % u'.');
        }
        if (quint64(m_joined.size()) + quint64(size) > maxPacket) {
            return failWith(Fault::Kind::Limit,
                            u"The server sends a packet of more than " % QString::number(maxPacket)
                                % u" bytes, which is the limit.");
        }
        m_lastFrame = size < MaxFramePayload;
        m_frameLeft = size;
        m_joinedNext = quint8(m_joinedNext + 1);
        m_input.consume(FrameHeaderSize);
    }
}

// A large frame is received where it is to lie. What comes behind its end is put where it belongs.
char *FrameDecoder::joinedSpace(qsizetype atLeast)
{
    m_readingJoined = pending() == 0;
    if (!m_readingJoined)
        return m_input.space(atLeast);
    m_joined.makeRoom(size_t(atLeast));
    return m_joined.end();
}

void FrameDecoder::joinedWritten(qsizetype count)
{
    m_readingJoined = false;
    const qsizetype own = std::min(count, m_frameLeft);
    const qsizetype rest = count - own;
    m_joined.setSize(m_joined.size() + size_t(own));
    m_frameLeft -= own;
    if (rest == 0)
        return;
    std::memcpy(m_input.space(rest), m_joined.end(), size_t(rest));
    m_input.written(rest);
}

FrameDecoder::Status FrameDecoder::failWith(Fault::Kind kind, const QString &text)
{
    m_fault = Fault{kind, text};
    m_joining = true; // leads every later call past the fast path
    return Status::Fault;
}

} // namespace QAsyncMySql::Protocol
