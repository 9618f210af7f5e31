// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "protocol/fault.h"

#include <QtCore/QByteArrayView>

namespace QAsyncMySql::Protocol {

struct SessionState;
class PacketWriter;

//! What an exchange wants after it was given a packet.
enum class Step : quint8
{
    More, // the next packet
    Done, // nothing: the answer is complete
    Pause, // nothing for now: its sink is full (the packet just given has been used)
    Answer, // its owner to call Session::resumeExchange() when there is something to say
    Tls, // encryption, then Session::resumeExchange()
    Fault, // an end: fault() says why
};

//! Packets as they were received, the last of which may be cut.
struct Frames
{
    QByteArrayView bytes;
    quint8 sequence = 0; // the number that the first should have
    bool numbered = true; // false if the numbers mean nothing, as within compressed frames
};

/*!
    One question and its answer: the handshake, or one command. A state machine that is fed whole
    packets and writes whole packets.
*/
class Exchange
{
public:
    virtual ~Exchange();
    Exchange(const Exchange &) = delete;
    Exchange &operator=(const Exchange &) = delete;

    //! Writes the opening packet. Returns false if the other side speaks first or there will be no answer and
    //! nothing was written.
    virtual void start(PacketWriter &out, SessionState &state) = 0;
    //! False for commands without an answer (COM_STMT_CLOSE, COM_QUIT): done as soon as they are started.
    virtual bool hasAnswer() const noexcept { return true; }
    //! Uses one packet. \a out takes what is to be said in return, with the next sequence number.
    virtual Step feed(QByteArrayView packet, PacketWriter &out, SessionState &state) = 0;
    /*! Uses packets at the beginning of \a frames as long as they are plain rows, whole and in sequence, and
        takes them off it: what feed() would do with each, in fewer steps. By default, none. */
    virtual Step feedRows(Frames &frames);
    //! Goes on after Step::Answer or Step::Tls. By default there is nothing to say.
    virtual Step resume(PacketWriter &out, SessionState &state);

    const Fault &fault() const noexcept { return m_fault; }

protected:
    Exchange() = default;
    Step failWith(Fault::Kind kind, const QString &text)
    {
        m_fault = Fault{kind, text};
        return Step::Fault;
    }
    Step malformed(const QString &text) { return failWith(Fault::Kind::Malformed, text); }

private:
    Fault m_fault;
};

} // namespace QAsyncMySql::Protocol
