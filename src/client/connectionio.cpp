// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of ConnectionCore that moves bytes between the transport and the session.

#include "client/connectioncore.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QScopedValueRollback>

namespace QAsyncMySql::Internal {

namespace {

constexpr qsizetype AdvanceSize = 64 * 1024; // bytes parsed between two looks at the clock
constexpr qint64 WriteAhead = 256 * 1024; // bytes of a long command that may wait in the socket

} // namespace

void ConnectionCore::transportReadable()
{
    if (m_pace.waits())
        m_port->postWork(ReadPace::Pause);
    else
        pump();
}

/*
    Reads and parses until nothing is left, the time is up, or the window of a cursor is full. What
    is not read stays in the kernel, and the server waits: that is the back-pressure.
*/
void ConnectionCore::pump()
{
    if (m_pumping || !m_stream || !m_transportOpen || m_tlsPending)
        return;
    const QScopedValueRollback guard(m_pumping, true);
    const qint64 budget = std::chrono::nanoseconds(m_options.sliceBudget()).count();
    QElapsedTimer clock;
    clock.start();

    Pumped result = m_readPaused ? Pumped::Stop : Pumped::Drained;
    while (result == Pumped::Drained) {
        do {
            result = advance();
            if (result == Pumped::Yield && clock.nsecsElapsed() < budget)
                continue;
            break;
        } while (true);
        if (result != Pumped::Drained || !m_stream || m_tlsPending)
            break;
        const qsizetype wanted = m_pace.size();
        const qint64 count = m_stream->read(m_session->inputSpace(wanted), wanted);
        if (count <= 0)
            break;
        m_session->inputWritten(qsizetype(count));
        m_pace.took(count);
        if (clock.nsecsElapsed() >= budget) {
            result = Pumped::Yield;
        } else if (count < wanted && m_stream->bufferedBytes() == 0) {
            // All that was there; asking again would cost a system call to hear "nothing".
            while ((result = advance()) == Pumped::Yield && clock.nsecsElapsed() < budget) { }
            break;
        }
    }
    if (result == Pumped::Yield)
        m_port->postWork();
    if (m_current)
        m_current->sliceEnded();
}

ConnectionCore::Pumped ConnectionCore::advance()
{
    while (true) {
        using Progress = Protocol::Session::Progress;
        const Progress progress = m_session->advance(AdvanceSize);
        if (m_session->hasOutput())
            flushOutput();
        tellChanges();
        switch (progress) {
        case Progress::NeedInput:
            return Pumped::Drained;
        case Progress::Budget:
            return Pumped::Yield;
        case Progress::ExchangeDone:
            m_pace.answered();
            if (m_handshake)
                handshakeDone();
            else
                currentExchangeDone();
            if (!m_stream)
                return Pumped::Stop;
            break;
        case Progress::WantsTls:
            startTls();
            return Pumped::Stop;
        case Progress::Paused:
            m_readPaused = true;
            return Pumped::Stop;
        case Progress::WantsAnswer: {
            if (authentication()) {
                answerWanted();
                return Pumped::Stop;
            }
            if (!m_current)
                return Pumped::Stop;
            CommandContext context = this->context();
            m_current->asked(context);
            m_session->resumeExchange();
            m_port->postWork(); // sendMore()
            break;
        }
        case Progress::Failed:
            sessionFailed();
            return Pumped::Stop;
        }
    }
}

bool ConnectionCore::isAlive()
{
    if (m_state != State::Ready || !m_stream || m_session->pendingInput() > 0)
        return false;
    const qsizetype wanted = m_pace.size();
    const qint64 count = m_stream->read(m_session->inputSpace(wanted), wanted);
    if (count <= 0)
        return count == 0;
    m_session->inputWritten(qsizetype(count));
    advance(); // a last word of the server then says why
    return false;
}

void ConnectionCore::resumeReading()
{
    if (m_current && m_stream && m_current->hasMore())
        m_port->postWork();
    if (!m_readPaused || !m_stream)
        return;
    m_readPaused = false;
    m_session->unpause();
    // From the event loop: we may be called by the program.
    m_port->postWork();
}

void ConnectionCore::onWork()
{
    pump();
    sendMore();
}

void ConnectionCore::transportWritten()
{
    sendMore();
}

/*
    Commands that send much say it in parts, each when most of the one before has gone out: neither we
    nor the socket ever hold more than WriteAhead bytes of it, and the event loop is held no longer than
    for a slice.
*/
void ConnectionCore::sendMore()
{
    if (!m_current || !m_current->hasMore() || m_killer)
        return;
    const qint64 budget = std::chrono::nanoseconds(m_options.sliceBudget()).count();
    QElapsedTimer clock;
    clock.start();
    while (m_current && m_stream && m_transportOpen && m_current->hasMore()) {
        if (m_stream->bytesToWrite() >= WriteAhead) {
            m_stream->watchWrites();
            return;
        }
        if (clock.nsecsElapsed() >= budget) {
            m_port->postWork();
            return;
        }
        CommandContext context = this->context();
        m_current->sendMore(context);
        flushOutput();
    }
}

void ConnectionCore::flushOutput()
{
    if (m_session->hasOutput() && m_stream)
        m_stream->write(m_session->takeOutput());
}

void ConnectionCore::transportFailed(const Transport::Failure &failure)
{
    // The last words of the server (an ERR before it hangs up) say more than the loss.
    m_readPaused = false;
    m_session->unpause();
    if (m_transportOpen)
        pump();
    if (!m_stream)
        return;
    const bool readable = m_transportOpen && !m_tlsPending;
    if (readable && (m_current || !m_session->isIdle() || m_session->pendingInput() > 0)) {
        // A large rest is worked through in slices before the end is told.
        while (m_stream && advance() == Pumped::Yield) { }
        if (!m_stream)
            return;
    }
    Error::Kind kind = Error::Kind::Connection;
    if (failure.kind == Transport::Failure::Kind::Tls)
        kind = Error::Kind::Security;
    const bool opening = m_state == State::Connecting;
    const bool farewell = m_state == State::Closing && !m_current && m_queue.empty();
    lose(Error(kind, failure.text, opening ? Error::Outcome::NotSent : Error::Outcome::Unknown,
               opening ? openingPhase() : Error::Phase::Result)
             .withConnectionLost(),
         farewell);
}

void ConnectionCore::sessionFailed()
{
    const bool opening = m_state == State::Connecting;
    if (const Protocol::ErrPacket *last = m_session->unsolicitedError()) {
        lose(toError(*last, Error::Outcome::NotExecuted, opening ? openingPhase() : Error::Phase::Command)
                 .withConnectionLost());
        return;
    }
    lose(toError(m_session->fault(), opening ? Error::Outcome::NotSent : Error::Outcome::Unknown,
                 opening ? openingPhase() : Error::Phase::Result));
}

} // namespace QAsyncMySql::Internal
