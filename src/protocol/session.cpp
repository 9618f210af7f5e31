// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/session.h"

#include "protocol/packetwriter.h"
#include "protocol/protocolguess.h"

#include <algorithm>
#include <cstring>
#include <utility>

using namespace Qt::StringLiterals;

namespace QAsyncMySql::Protocol {

Session::Session(const Limits &limits)
{
    m_state.limits = limits;
}

Session::~Session() = default;

char *Session::inputSpace(qsizetype atLeast)
{
    return m_packing ? m_packing->reader.space(atLeast) : m_decoder.space(atLeast);
}

void Session::inputWritten(qsizetype count)
{
    if (m_packing)
        m_packing->reader.written(count);
    else
        m_decoder.written(count);
    if (count > 0 && !m_queue.empty())
        m_answerStarted = true;
}

qsizetype Session::pendingInput() const noexcept
{
    if (!m_packing)
        return m_decoder.pending();
    const qsizetype packed = m_packing->reader.pending();
    return m_decoder.pending() + (packed == 0 && m_packing->reader.hasMore() ? 1 : packed);
}

// Compressed frames are opened only when the packets of the last one are used up.
FrameDecoder::Status Session::nextPacket(Packet &packet)
{
    const quint64 limit = m_state.authenticated ? m_state.limits.packet : m_state.limits.handshakePacket;
    for (;;) {
        const FrameDecoder::Status status = m_decoder.next(packet, limit);
        if (status != FrameDecoder::Status::NeedInput || !m_packing) [[likely]]
            return status;
        switch (m_packing->reader.read(m_decoder)) {
        case CompressedReader::Status::Produced:
            break;
        case CompressedReader::Status::NeedInput:
            return FrameDecoder::Status::NeedInput;
        case CompressedReader::Status::Fault:
            return FrameDecoder::Status::Fault;
        }
    }
}

// With the first byte after the login both sides speak in compressed frames.
void Session::startPacking()
{
    m_packing.reset(new Packing{
        CompressedWriter(m_state.compression, m_state.compressionLevel, m_state.compressionMinimum),
        CompressedReader(m_state.compression),
        {}});
    const QByteArray early = m_decoder.takePending(); // came with the last packet of the login
    if (early.isEmpty())
        return;
    std::memcpy(m_packing->reader.space(early.size()), early.constData(), size_t(early.size()));
    m_packing->reader.written(early.size());
}

// Each turn of ours begins a frame, numbered like the packets of an uncompressed connection.
void Session::packOutput(quint8 frame)
{
    if (!m_packing)
        return;
    QByteArray &plain = m_packing->plain;
    if (plain.isEmpty())
        return;
    m_packing->reader.setExpectedSequence(m_packing->writer.write(plain, m_output, frame));
    plain.clear();
}

Session::Progress Session::advance(qsizetype maxBytes)
{
    if (m_fault)
        return Progress::Failed;
    if (m_paused)
        return Progress::Paused;
    if (m_waiting != Step::More) // a step of resumeExchange(), or one that waits for it
        return settle(m_waiting);

    qsizetype left = maxBytes;
    for (;;) {
        Packet packet;
        const FrameDecoder::Status status = nextPacket(packet);
        if (status != FrameDecoder::Status::Packet) [[unlikely]]
            return status == FrameDecoder::Status::Fault ? failDecoder() : Progress::NeedInput;
        if (m_queue.empty()) [[unlikely]]
            return handleIdlePacket(packet);
        if (!isInSequence(packet) && !isErrOutOfTurn(packet)) [[unlikely]]
            return refuse(packet);

        m_anyPacket = true;
        if (isProgress(packet.payload) && (m_state.mariadbCapabilities & MariaDbCapability::Progress))
            [[unlikely]] {
            m_expectedSequence = packet.nextSequence;
            if (!parseProgress(packet.payload, m_state))
                return fail(Fault{Fault::Kind::Malformed, u"The server sent a malformed progress report."_s});
            continue;
        }
        PacketWriter out(packetOutput(), packet.nextSequence);
        const qsizetype size = packet.payload.size();
        m_state.joinedPacket = m_decoder.joined();
        const Step step = m_queue.front().exchange->feed(packet.payload, out, m_state);
        m_expectedSequence = out.nextSequence();
        if (out.wroteAnything() && m_packing) [[unlikely]]
            packOutput(m_packing->reader.expectedSequence());
        if (step != Step::More) [[unlikely]]
            return settle(step);
        left -= size + FrameHeaderSize;
        while (left > 0 && m_decoder.pending() > FrameHeaderSize) {
            const qsizetype before = left;
            const Step rows = feedRows(left);
            if (rows != Step::More) [[unlikely]]
                return settle(rows);
            if (left == before)
                break;
        }
        if (left <= 0) [[unlikely]]
            return pendingInput() > 0 ? Progress::Budget : Progress::NeedInput;
    }
}

// Behind a packet that was good come, most often, more rows.
Step Session::feedRows(qsizetype &budget)
{
    if (!m_decoder.isBetweenPackets())
        return Step::More;
    const auto size
        = qsizetype(std::min({quint64(m_decoder.pending()), quint64(budget), m_state.limits.packet}));
    Frames frames{m_decoder.peek().first(size), m_expectedSequence, !m_packing};
    const Step step = m_queue.front().exchange->feedRows(frames);
    const qsizetype used = size - frames.bytes.size();
    m_decoder.skip(used);
    m_expectedSequence = frames.sequence;
    budget -= used;
    return step;
}

Session::Progress Session::settle(Step step)
{
    m_waiting = Step::More;
    switch (step) {
    case Step::More:
        return Progress::NeedInput;
    case Step::Done:
        popFront();
        return Progress::ExchangeDone;
    case Step::Pause:
        m_paused = true;
        return Progress::Paused;
    case Step::Answer:
        m_waiting = step;
        return Progress::WantsAnswer;
    case Step::Tls:
        m_waiting = step;
        return Progress::WantsTls;
    case Step::Fault:
        break;
    }
    return fail(m_queue.front().exchange->fault());
}

void Session::popFront()
{
    m_queue.pop_front();
    if (!m_packing && m_state.authenticated && m_state.compression != Compression::Uncompressed)
        startPacking();
    m_answerStarted = !m_queue.empty() && pendingInput() > 0;
    if (m_queue.empty()) {
        m_decoder.trim();
        if (m_packing)
            m_packing->reader.trim();
        return;
    }
    m_expectedSequence = m_queue.front().firstSequence;
    if (m_packing)
        m_packing->reader.setExpectedSequence(m_queue.front().firstFrame);
}

// Before the login is over, errors come with any number: of connection limits, of blocked hosts, of a proxy's
// making.
bool Session::isErrOutOfTurn(const Packet &packet) const noexcept
{
    return !m_state.authenticated && isErr(packet.payload);
}

// A packet with a wrong sequence number. An error is read nevertheless: it says why the connection ends.
Session::Progress Session::refuse(const Packet &packet)
{
    if (isErr(packet.payload))
        return handleIdlePacket(packet);
    if (m_packing) {
        return fail(Fault{Fault::Kind::Sequence,
                          u"The server sent a compressed frame with sequence number "
                              % QString::number(m_packing->reader.lastSequence()) % u" at the wrong time."});
    }
    return fail(Fault{Fault::Kind::Sequence,
                      u"The server sent a packet with sequence number "
                          % QString::number(packet.firstSequence) % u" instead of "
                          % QString::number(m_expectedSequence) % u'.'});
}

// A packet that answers nothing.
Session::Progress Session::handleIdlePacket(const Packet &packet)
{
    if (!isErr(packet.payload)) {
        return fail(Fault{Fault::Kind::Unexpected,
                          u"The server sent a packet although no command was waiting for one."_s});
    }
    ErrPacket err;
    if (!parseErr(packet.payload, m_state, err))
        return fail(Fault{Fault::Kind::Malformed, u"The server sent an incomplete error packet."_s});
    m_unsolicited = err;
    return fail(Fault{Fault::Kind::Unexpected,
                      u"The server ended the connection: error " % QString::number(err.code) % u" ("
                          % QString::fromLatin1(err.sqlState) % u"), " % QString::fromUtf8(err.message)});
}

Session::Progress Session::failDecoder()
{
    if (m_packing && m_packing->reader.fault())
        return fail(m_packing->reader.fault());
    Fault fault = m_decoder.fault();
    if (!m_anyPacket) { // the first bytes of another protocol look like the header of a huge frame
        const QString guess = guessProtocol(m_decoder.peek());
        if (!guess.isEmpty())
            fault = Fault{Fault::Kind::Unsupported, guess};
    }
    return fail(fault);
}

Session::Progress Session::fail(const Fault &fault)
{
    m_fault = fault;
    return Progress::Failed;
}

void Session::begin(Exchange *exchange)
{
    if (!m_fault && m_queue.empty() && m_state.authenticated && pendingInput() > 0) {
        Packet packet;
        switch (nextPacket(packet)) {
        case FrameDecoder::Status::Packet:
            handleIdlePacket(packet);
            break;
        case FrameDecoder::Status::Fault:
            failDecoder();
            break;
        case FrameDecoder::Status::NeedInput:
            if (m_packing && m_decoder.pending() == 0 && m_packing->reader.isUsedUp())
                break; // the rest of the frame that held the last answer
            fail(Fault{Fault::Kind::Unexpected,
                       u"The server sent bytes although no command was waiting for an answer."_s});
            break;
        }
    }

    quint8 firstSequence = 0;
    quint8 firstFrame = 0;
    if (!m_fault) {
        const quint8 expectedFrame = m_packing ? m_packing->reader.expectedSequence() : quint8(0);
        PacketWriter out(packetOutput(), 0);
        exchange->start(out, m_state);
        firstSequence = out.nextSequence();
        if (m_packing) {
            packOutput(0);
            firstFrame = m_packing->reader.expectedSequence();
            if (!m_queue.empty()) // whose answer is still being read
                m_packing->reader.setExpectedSequence(expectedFrame);
        }
    }
    if (!exchange->hasAnswer())
        return;
    m_queue.push_back(Entry{exchange, firstSequence, firstFrame});
    if (m_queue.size() == 1) {
        m_expectedSequence = firstSequence;
        m_answerStarted = false;
    }
}

void Session::resumeExchange()
{
    if (m_waiting == Step::Answer || m_waiting == Step::Tls)
        continueExchange();
}

void Session::continueExchange()
{
    if (m_fault || m_queue.empty())
        return;
    PacketWriter out(packetOutput(), m_expectedSequence);
    m_waiting = m_queue.front().exchange->resume(out, m_state);
    m_expectedSequence = out.nextSequence();
    if (m_packing)
        packOutput(m_packing->reader.expectedSequence());
    if (m_waiting == Step::Fault)
        settle(m_waiting);
}

QByteArray Session::takeOutput()
{
    return std::exchange(m_output, QByteArray());
}

} // namespace QAsyncMySql::Protocol
