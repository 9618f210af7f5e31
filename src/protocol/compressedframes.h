// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/codec.h"
#include "protocol/fault.h"
#include "protocol/inputbuffer.h"

namespace QAsyncMySql::Protocol {

class FrameDecoder;

inline constexpr qsizetype CompressedHeaderSize = 7;

//! Puts packets into compressed frames (MySQL source documentation, "Compressed Packet").
class CompressedWriter
{
public:
    //! What is shorter than \a minimum bytes is sent as it is, in a frame nevertheless.
    CompressedWriter(Compression algorithm, int level, qsizetype minimum);

    //! Appends \a packets to \a out, in frames numbered from \a sequence on; returns the number of the next.
    quint8 write(QByteArrayView packets, QByteArray &out, quint8 sequence);

private:
    std::unique_ptr<Deflater> m_deflater;
    qsizetype m_minimum;
};

/*!
    Takes packets out of compressed frames, a piece at a time: a frame need not be there as a whole, and
    what it holds is made only when it is asked for. No frame gives more than its header says.
*/
class CompressedReader
{
public:
    enum class Status : quint8
    {
        NeedInput,
        Produced, // some bytes went into the decoder
        Fault,
    };

    explicit CompressedReader(Compression algorithm);

    char *space(qsizetype atLeast) { return m_input.space(atLeast); }
    void written(qsizetype count) { m_input.written(count); }
    qsizetype pending() const noexcept { return m_input.pending(); }
    //! True if read() has something to give without more input.
    bool hasMore() const noexcept { return pending() > 0 || (m_inFrame && m_payloadLeft == 0); }
    //! True if a frame has begun and is not complete.
    bool isInsideFrame() const noexcept { return m_inFrame || pending() > 0; }
    //! True if nothing is left to be had of what was received: at most the checksum of a frame that has
    //! given all its packets is still to come.
    bool isUsedUp() const noexcept
    {
        return pending() == 0 && (!m_inFrame || (m_declared > 0 && m_produced == m_declared));
    }
    void trim() { m_input.trim(); }

    //! Moves the next piece into \a decoder.
    Status read(FrameDecoder &decoder);
    const Fault &fault() const noexcept { return m_fault; }

    //! The number that the next frame must have.
    quint8 expectedSequence() const noexcept { return m_expected; }
    void setExpectedSequence(quint8 sequence) noexcept { m_expected = sequence; }
    //! True if the frame that was read last had another one. What it holds may be the reason.
    bool isOutOfSequence() const noexcept { return m_outOfSequence; }
    quint8 lastSequence() const noexcept { return m_last; }

private:
    Status beginFrame();
    Status copy(FrameDecoder &decoder);
    Status inflate(FrameDecoder &decoder);
    Status failWith(Fault::Kind kind, const QString &text);

    InputBuffer m_input;
    std::unique_ptr<Inflater> m_inflater;
    Fault m_fault;
    qsizetype m_payloadLeft = 0; // bytes of the frame still to be used
    qsizetype m_declared = 0; // bytes that it says it holds; 0 if stored
    qsizetype m_produced = 0; // bytes of it made so far
    int m_emptyFrames = 0; // in a row
    quint8 m_expected = 0;
    quint8 m_last = 0;
    bool m_inFrame = false;
    bool m_outOfSequence = false;
};

} // namespace QAsyncMySql::Protocol
