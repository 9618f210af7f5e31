// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/compressedframes.h"

#include "protocol/framing.h"

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

namespace {

constexpr qsizetype BlockSize = 1 << 20; // bytes put into one frame: the server can begin with it early
constexpr qsizetype PieceSize = 64 << 10; // bytes made at a time
constexpr int MaxEmptyFrames = 16; // in a row; no server sends one

void putU24(char *at, qsizetype value)
{
    at[0] = char(value & 0xFF);
    at[1] = char(value >> 8 & 0xFF);
    at[2] = char(value >> 16 & 0xFF);
}

qsizetype u24(const uchar *at)
{
    return at[0] | at[1] << 8 | at[2] << 16;
}

} // namespace

CompressedWriter::CompressedWriter(Compression algorithm, int level, qsizetype minimum)
    : m_deflater(Deflater::create(algorithm, level))
    , m_minimum(minimum)
{
}

quint8 CompressedWriter::write(QByteArrayView packets, QByteArray &out, quint8 sequence)
{
    while (!packets.isEmpty()) {
        const QByteArrayView block = packets.first(std::min(packets.size(), BlockSize));
        packets = packets.sliced(block.size());
        const qsizetype at = out.size();
        out.resize(at + CompressedHeaderSize + block.size());
        char *payload = out.data() + at + CompressedHeaderSize;
        qsizetype size = 0;
        // What would not become smaller does not fit.
        if (block.size() >= m_minimum && block.size() > 1)
            size = m_deflater->compress(block, payload, block.size() - 1);
        const bool stored = size == 0;
        if (stored) {
            std::memcpy(payload, block.data(), size_t(block.size()));
            size = block.size();
        }
        char *header = out.data() + at;
        putU24(header, size);
        header[3] = char(sequence++);
        putU24(header + 4, stored ? 0 : block.size());
        out.resize(at + CompressedHeaderSize + size);
    }
    return sequence;
}

CompressedReader::CompressedReader(Compression algorithm)
    : m_inflater(Inflater::create(algorithm))
{
}

CompressedReader::Status CompressedReader::read(FrameDecoder &decoder)
{
    if (m_fault)
        return Status::Fault;
    while (!m_inFrame) {
        if (pending() < CompressedHeaderSize)
            return Status::NeedInput;
        if (beginFrame() == Status::Fault)
            return Status::Fault;
    }
    return m_declared > 0 ? inflate(decoder) : copy(decoder);
}

CompressedReader::Status CompressedReader::beginFrame()
{
    const auto *header = reinterpret_cast<const uchar *>(m_input.data());
    m_payloadLeft = u24(header);
    m_last = header[3];
    m_declared = u24(header + 4);
    m_input.consume(CompressedHeaderSize);
    m_outOfSequence = m_last != m_expected;
    m_expected = quint8(m_last + 1);
    if (m_payloadLeft == 0) {
        if (m_declared > 0)
            return failWith(Fault::Kind::Malformed, u"The server sent a compressed frame without content."_s);
        if (++m_emptyFrames > MaxEmptyFrames)
            return failWith(Fault::Kind::Limit, u"The server keeps sending empty compressed frames."_s);
        return Status::NeedInput;
    }
    m_emptyFrames = 0;
    m_produced = 0;
    m_inFrame = true;
    m_inflater->reset();
    return Status::Produced;
}

CompressedReader::Status CompressedReader::copy(FrameDecoder &decoder)
{
    const qsizetype count = std::min({m_payloadLeft, pending(), PieceSize});
    if (count == 0)
        return Status::NeedInput;
    std::memcpy(decoder.space(count), m_input.data(), size_t(count));
    decoder.written(count);
    m_input.consume(count);
    m_payloadLeft -= count;
    m_inFrame = m_payloadLeft > 0;
    return Status::Produced;
}

CompressedReader::Status CompressedReader::inflate(FrameDecoder &decoder)
{
    for (;;) {
        const QByteArrayView in = m_input.peek().first(std::min(m_payloadLeft, pending()));
        const qsizetype room = std::min(m_declared - m_produced, PieceSize);
        char beyond = 0; // one byte more than the frame may hold
        const Inflater::Step step
            = room > 0 ? m_inflater->step(in, decoder.space(room), room) : m_inflater->step(in, &beyond, 1);
        m_input.consume(step.used);
        m_payloadLeft -= step.used;
        if (step.state == Inflater::State::Corrupt)
            return failWith(Fault::Kind::Malformed, u"The server sent a corrupt compressed frame."_s);
        if (step.state == Inflater::State::TooLarge) {
            return failWith(Fault::Kind::Limit,
                            u"A compressed frame of the server needs more memory than is allowed."_s);
        }
        if (room == 0 && step.produced > 0) {
            return failWith(Fault::Kind::Limit,
                            u"A compressed frame of the server holds more than the "
                                % QString::number(m_declared) % u" bytes that it announced.");
        }
        if (room > 0) {
            decoder.written(step.produced);
            m_produced += step.produced;
        }
        const bool ended = step.state == Inflater::State::Ended;
        if (ended ? m_payloadLeft > 0 || m_produced < m_declared
                  : m_payloadLeft == 0 && step.produced < room) {
            return failWith(Fault::Kind::Malformed,
                            u"A compressed frame of the server does not hold what it announced: "
                                % QString::number(m_produced) % u" bytes instead of "
                                % QString::number(m_declared) % u'.');
        }
        if (ended) {
            m_inFrame = false;
            return Status::Produced;
        }
        if (step.produced > 0)
            return Status::Produced;
        if (step.used == 0) { // nothing can be done with what is there
            if (!in.isEmpty() || m_payloadLeft == 0)
                return failWith(Fault::Kind::Malformed, u"The server sent a corrupt compressed frame."_s);
            return Status::NeedInput;
        }
    }
}

CompressedReader::Status CompressedReader::failWith(Fault::Kind kind, const QString &text)
{
    m_fault = Fault{kind, text};
    return Status::Fault;
}

} // namespace QAsyncMySql::Protocol
