// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/eventport.h"
#include "protocol/packets.h"
#include "protocol/session.h"

#include <QAsyncMySql/connectoptions.h>
#include <QAsyncMySql/error.h>

#include <chrono>
#include <memory>

namespace QAsyncMySql::Protocol {
class Authentication;
}

namespace QAsyncMySql::Internal {

class StatementCache;

//! What a command works with while it is under way.
struct CommandContext
{
    Protocol::Session &session;
    StatementCache &statements;
    const ConnectOptions &options;
    //! Where commands that wait for a device post their wish to go on (EventPort::postWork()).
    const std::shared_ptr<EventPort> &port;
};

/*!
    One entry of a connection's queue: says its part to the session, gathers the answer, and is
    delivered to the program when it has ended. It ends exactly once, by done() or by fail().
*/
class Command : public Delivery
{
public:
    enum class Next : quint8
    {
        More,
        Done
    };
    enum class Stop : quint8
    {
        None,
        Cancelled,
        TimedOut
    };

    //! Begins the first exchange. An error ends the command unsent.
    virtual Error begin(CommandContext &context) = 0;
    //! The exchange under way has its answer: begins another (More), or has ended (Done).
    virtual Next exchangeDone(CommandContext &context) = 0;
    //! Ends with \a error.
    virtual void fail(const Error &error) = 0;
    //! The server's answer is complete, but the command was to be stopped: ends as \a error says, whose
    //! outcome it sets.
    virtual void stopped(const Error &error) = 0;
    //! How it has ended.
    virtual Error failure() const = 0;
    virtual bool isAbandoned() const { return false; }
    //! Some of the answer has been read, and other work is to be done now.
    virtual void sliceEnded() { }
    //! True while the command has more to say and has it at hand: sendMore() is called when the transport
    //! has taken most of what was written.
    virtual bool hasMore() const { return false; }
    //! Puts the next part of what the command has to say (some 64 KiB) into the session's output.
    virtual void sendMore(CommandContext &context) { Q_UNUSED(context) }
    //! The server asked for something (Session::Progress::WantsAnswer).
    virtual void asked(CommandContext &context) { Q_UNUSED(context) }
    /*! What has become of it if the connection is lost now, with all that belongs to the session: without the
        whole answer nothing is known of a statement that was handed to the transport. */
    virtual Error::Outcome outcomeIfLost() const { return Error::Outcome::Unknown; }
    //! The answer has come, and is not to be replaced by an error; what is under way only tidies up.
    virtual bool isAnswered() const { return false; }
    //! From now on the rest of the answer is of no interest.
    virtual void stopRequested() { }
    //! The authentication that the command is in, or null.
    virtual Protocol::Authentication *authentication() { return nullptr; }
    //! The last command before the connection closes.
    virtual bool isFarewell() const { return false; }
    virtual QString sql() const { return {}; }
    //! sql() may be several statements.
    virtual bool hasSeveralStatements() const { return false; }

    Stop stop() const noexcept { return m_stop; }
    void setStop(Stop stop)
    {
        m_stop = stop;
        stopRequested();
    }
    std::chrono::milliseconds timeout() const noexcept { return m_timeout; }
    void setTimeout(std::chrono::milliseconds timeout) noexcept { m_timeout = timeout; }
    quint64 serial() const noexcept { return m_serial; }
    void setSerial(quint64 serial) noexcept { m_serial = serial; }

private:
    quint64 m_serial = 0; // numbers the commands of a connection
    std::chrono::milliseconds m_timeout{0};
    Stop m_stop = Stop::None;
};

//! The server's ERR as an Error.
Error toError(const Protocol::ErrPacket &packet, Error::Outcome outcome, Error::Phase phase);
//! The core's reason for giving up as an Error.
Error toError(const Protocol::Fault &fault, Error::Outcome outcome, Error::Phase phase);

} // namespace QAsyncMySql::Internal
