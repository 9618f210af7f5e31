// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/session.h"

#include "protocol/packetwriter.h"
#include "protocol/protocolguess.h"

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
    return m_decoder.space(atLeast);
}

void Session::inputWritten(qsizetype count)
{
    m_decoder.written(count);
    if (count > 0 && !m_queue.empty())
        m_answerStarted = true;
}

qsizetype Session::pendingInput() const noexcept
{
    return m_decoder.pending();
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
        const quint64 limit = m_state.authenticated ? m_state.limits.packet : m_state.limits.handshakePacket;
        const FrameDecoder::Status status = m_decoder.next(packet, limit);
        if (status != FrameDecoder::Status::Packet) [[unlikely]]
            return status == FrameDecoder::Status::Fault ? failDecoder() : Progress::NeedInput;
        if (m_queue.empty()) [[unlikely]]
            return handleIdlePacket(packet);
        if (packet.firstSequence != m_expectedSequence && !isErrOutOfTurn(packet)) [[unlikely]]
            return refuse(packet);

        m_anyPacket = true;
        PacketWriter out(m_output, packet.nextSequence);
        const Step step = m_queue.front().exchange->feed(packet.payload, out, m_state);
        m_expectedSequence = out.nextSequence();
        if (step != Step::More) [[unlikely]]
            return settle(step);
        left -= packet.payload.size() + FrameHeaderSize;
        if (left <= 0) [[unlikely]]
            return m_decoder.pending() > 0 ? Progress::Budget : Progress::NeedInput;
    }
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
    m_answerStarted = !m_queue.empty() && m_decoder.pending() > 0;
    if (m_queue.empty())
        m_decoder.trim();
    else
        m_expectedSequence = m_queue.front().firstSequence;
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
    if (!m_fault && m_queue.empty() && m_state.authenticated && m_decoder.pending() > 0) {
        Packet packet;
        switch (m_decoder.next(packet, m_state.limits.packet)) {
        case FrameDecoder::Status::Packet:
            handleIdlePacket(packet);
            break;
        case FrameDecoder::Status::Fault:
            failDecoder();
            break;
        case FrameDecoder::Status::NeedInput:
            fail(Fault{Fault::Kind::Unexpected,
                       u"The server sent bytes although no command was waiting for an answer."_s});
            break;
        }
    }

    quint8 firstSequence = 0;
    if (!m_fault) {
        PacketWriter out(m_output, 0);
        exchange->start(out, m_state);
        firstSequence = out.nextSequence();
    }
    if (!exchange->hasAnswer())
        return;
    m_queue.push_back(Entry{exchange, firstSequence});
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
    PacketWriter out(m_output, m_expectedSequence);
    m_waiting = m_queue.front().exchange->resume(out, m_state);
    m_expectedSequence = out.nextSequence();
    if (m_waiting == Step::Fault)
        settle(m_waiting);
}

QByteArray Session::takeOutput()
{
    return std::exchange(m_output, QByteArray());
}

} // namespace QAsyncMySql::Protocol
