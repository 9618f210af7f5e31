// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/compressedframes.h"
#include "protocol/exchange.h"
#include "protocol/fault.h"
#include "protocol/framing.h"
#include "protocol/packets.h"
#include "protocol/sessionstate.h"

#include <QtCore/QByteArray>

#include <deque>
#include <memory>
#include <optional>

namespace QAsyncMySql::Protocol {

/*!
    One side of a conversation with a server, without sockets: bytes in, bytes and events out.

    The owner reads from its transport into inputSpace(), says how much with inputWritten(), calls
    advance() until it wants no more, and writes what takeOutput() gives. Exchanges (the handshake,
    then one per command) are run in the order in which they were begun; several may be begun before
    the first has its answer (pipelining). The session does not own them.
*/
class Session
{
public:
    enum class Progress : quint8
    {
        NeedInput, // all input is used up; more is needed, or nothing is under way
        Budget, // maxBytes were worked through; there is more input
        ExchangeDone, // the front exchange has its whole answer and was taken off the queue
        WantsTls, // the handshake wants the transport encrypted; see HandshakeExchange::tlsEstablished()
        WantsAnswer, // the front exchange waits for its owner (LOCAL INFILE data, a password provider)
        Paused, // the front exchange's sink asked to stop (a cursor's window is full)
        Failed, // fault() says why; the session is dead
    };

    explicit Session(const Limits &limits = {});
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    //! Room for at least \a atLeast bytes of input; valid until the next call. At most a few 100 KiB are
    //! asked.
    char *inputSpace(qsizetype atLeast);
    void inputWritten(qsizetype count);
    //! Bytes received and not yet worked through.
    qsizetype pendingInput() const noexcept;

    //! Works through the input until something of interest happens or about \a maxBytes are used.
    Progress advance(qsizetype maxBytes);

    /*! Queues \a exchange and puts its first bytes (if it speaks first) into the output. An exchange without
        an answer is not queued: it is over when this returns.

        Bytes that came while nothing was under way answer no question: then nothing is written, and
        advance() fails. */
    void begin(Exchange *exchange);
    //! Lets the front exchange, which returned Step::Answer or Step::Tls, go on speaking: appends to the
    //! output.
    void resumeExchange();
    //! Lets the front exchange say more of its own accord, as one that sends a file does part by part.
    void continueExchange();
    //! The exchange under way, or null.
    Exchange *current() const noexcept { return m_queue.empty() ? nullptr : m_queue.front().exchange; }
    bool isIdle() const noexcept { return m_queue.empty(); }
    qsizetype queuedExchanges() const noexcept { return qsizetype(m_queue.size()); }
    //! After Progress::Paused: goes on with the next advance().
    void unpause() noexcept { m_paused = false; }

    bool hasOutput() const noexcept { return !m_output.isEmpty(); }
    //! Everything to be sent now, to be written in one call.
    QByteArray takeOutput();

    SessionState &state() noexcept { return m_state; }
    const SessionState &state() const noexcept { return m_state; }
    const Fault &fault() const noexcept { return m_fault; }
    /*! After Progress::Failed: the ERR packet that no command had asked for (a server that shuts down or ends
       an idle session says so by one), or null. No command under way was executed if it came before its
       answer. */
    const ErrPacket *unsolicitedError() const noexcept { return m_unsolicited ? &*m_unsolicited : nullptr; }
    //! True if a packet has begun and is not complete, so that the end of the stream would cut it.
    bool isInsidePacket() const noexcept
    {
        return m_decoder.isInsidePacket() || (m_packing && m_packing->reader.isInsideFrame());
    }
    //! True if at least one byte of the answer to the front exchange has been received.
    bool answerStarted() const noexcept { return m_answerStarted; }

private:
    struct Entry
    {
        Exchange *exchange = nullptr;
        quint8 firstSequence = 0; // of its answer
        quint8 firstFrame = 0; // the number of the first compressed frame of its answer
    };
    //! What compression needs, once the login is over.
    struct Packing
    {
        CompressedWriter writer;
        CompressedReader reader;
        QByteArray plain; // packets that are to be compressed
    };

    Progress settle(Step step);
    Progress fail(const Fault &fault);
    Progress failDecoder();
    Progress refuse(const Packet &packet);
    Progress handleIdlePacket(const Packet &packet);
    bool isErrOutOfTurn(const Packet &packet) const noexcept;
    FrameDecoder::Status nextPacket(Packet &packet);
    Step feedRows(qsizetype &budget);
    bool isInSequence(const Packet &packet) const noexcept
    {
        if (m_packing) [[unlikely]]
            return !m_packing->reader.isOutOfSequence(); // servers number the packets inside as they like
        return packet.firstSequence == m_expectedSequence;
    }
    void startPacking();
    QByteArray &packetOutput() noexcept { return m_packing ? m_packing->plain : m_output; }
    void packOutput(quint8 frame);
    void popFront();

    SessionState m_state;
    FrameDecoder m_decoder;
    std::unique_ptr<Packing> m_packing;
    std::deque<Entry> m_queue;
    QByteArray m_output;
    Fault m_fault;
    std::optional<ErrPacket> m_unsolicited;
    Step m_waiting = Step::More; // what the front exchange last asked of its owner
    quint8 m_expectedSequence = 0;
    bool m_anyPacket = false; // one packet at least was good
    bool m_answerStarted = false;
    bool m_paused = false;
};

} // namespace QAsyncMySql::Protocol
