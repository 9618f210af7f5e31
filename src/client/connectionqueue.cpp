// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of ConnectionCore that runs commands, one after the other, and stops them.

#include "client/bufferedcommand.h"
#include "client/connectioncore.h"
#include "client/cursorcommand.h"
#include "client/killchannel.h"
#include "client/loginerrors.h"
#include "client/statementkiller.h"

namespace QAsyncMySql::Internal {

namespace {

constexpr int ExpiredPassword = 1820; // ER_MUST_CHANGE_PASSWORD: in this session, a new one must be set first

constexpr qint64 FirstKillPause = 100; // ms, until a statement that goes on is stopped once more

Error stopError(Command::Stop stop, std::chrono::milliseconds timeout)
{
    if (stop == Command::Stop::TimedOut) {
        return Error(Error::Kind::Timeout,
                     QStringLiteral("The statement passed its deadline of %1 ms.").arg(timeout.count()),
                     Error::Outcome::Unknown, Error::Phase::Command);
    }
    return Error(Error::Kind::Cancelled, QStringLiteral("The statement was cancelled."),
                 Error::Outcome::Unknown, Error::Phase::Command);
}

} // namespace

void ConnectionCore::enqueue(std::unique_ptr<Command> command)
{
    port();
    command->setSerial(++m_lastSerial);
    if (command->timeout().count() == 0)
        command->setTimeout(m_options.commandTimeout());
    if (m_state == State::Closed || m_farewellQueued) {
        command->fail(Error(Error::Kind::Usage,
                            m_lastError
                                ? QStringLiteral("The connection is closed: %1").arg(m_lastError.message())
                                : QStringLiteral("The connection is not open. Call open() first."),
                            Error::Outcome::NotSent, Error::Phase::Queue)
                          .withConnectionLost());
        deliver(std::move(command));
        return;
    }
    m_queue.push_back(std::move(command));
    if (m_state == State::Ready)
        startNext();
}

std::function<void()> ConnectionCore::canceller()
{
    return [weak = weak_from_this(), serial = m_lastSerial + 1] {
        if (const auto self = weak.lock())
            self->cancel(serial);
    };
}

void ConnectionCore::run(StatementRequest request, std::unique_ptr<Completion<ResultSet>> completion)
{
    completion->onCancel(canceller());
    enqueue(std::make_unique<BufferedCommand>(std::move(request), m_options.maxBufferedResult(),
                                              std::move(completion)));
}

void ConnectionCore::runCursor(std::shared_ptr<CursorCore> cursor, StatementRequest request)
{
    cursor->onRoom = [weak = weak_from_this()] {
        if (const auto self = weak.lock())
            self->resumeReading();
    };
    cursor->onCancel = canceller();
    if (const int rows = request.options.fetchSize(); rows > 0)
        cursor->setWindow(2 * qsizetype(rows) + 1, cursor->windowBytes); // one helping read ahead
    enqueue(std::make_unique<CursorCommand>(std::move(request), std::move(cursor)));
}

void ConnectionCore::startNext()
{
    // A kill on its way might hit whatever is sent now.
    if (m_current || m_killer || !m_transportOpen)
        return;
    std::deque<std::unique_ptr<Command>> &queue = m_state == State::Connecting ? m_setup : m_queue;
    while (!queue.empty()) {
        std::unique_ptr<Command> command = std::move(queue.front());
        queue.pop_front();
        if (startCommand(std::move(command)))
            return;
    }
    if (m_state == State::Connecting)
        opened();
    else if (m_state == State::Busy)
        setState(State::Ready);
}

//! Returns false if the command has ended at once, and another can be started.
bool ConnectionCore::startCommand(std::unique_ptr<Command> command)
{
    if (command->isAbandoned()) {
        command->fail(stopError(Command::Stop::Cancelled, {})
                          .withOutcome(Error::Outcome::NotSent)
                          .withPhase(Error::Phase::Queue));
        deliver(std::move(command));
        return false;
    }
    CommandContext context = this->context();
    const Error error = command->begin(context);
    if (error) {
        command->fail(error);
        deliver(std::move(command));
        return false;
    }
    if (m_session->fault()) {
        // Something had come that nobody asked for (the server's farewell, say): nothing is sent after that.
        command->fail(Error(Error::Kind::Connection, m_session->fault().text, Error::Outcome::NotSent,
                            Error::Phase::Command)
                          .withConnectionLost());
        deliver(std::move(command));
        sessionFailed();
        return true;
    }
    m_current = std::move(command);
    if (m_state == State::Ready)
        setState(State::Busy);
    if (m_state != State::Connecting)
        armDeadline();
    m_port->startTicking(TickInterval);
    flushOutput();
    if (m_current->hasMore())
        m_port->postWork();
    if (m_current->isFarewell()) {
        m_current.reset();
        // It has no answer; the server closes, and so do we.
        lose(Error(Error::Kind::Cancelled, QStringLiteral("The connection was closed."),
                   Error::Outcome::NotSent, Error::Phase::Queue),
             true);
    }
    return true;
}

void ConnectionCore::armDeadline()
{
    if (m_current->timeout().count() > 0)
        m_port->setDeadline(m_current->timeout());
}

void ConnectionCore::currentExchangeDone()
{
    if (!m_current)
        return;
    CommandContext context = this->context();
    if (m_current->exchangeDone(context) == Command::Next::More) {
        flushOutput();
        sendMore();
        return;
    }
    finishCurrent();
}

void ConnectionCore::finishCurrent()
{
    if (!m_killer && m_state != State::Connecting) // that deadline spans all initial statements
        m_port->clearDeadline();
    if (m_current->stop() != Command::Stop::None)
        m_current->stopped(stopError(m_current->stop(), m_current->timeout()));
    const Error error = m_current->failure();
    m_xaState.note(m_current->sql(), m_options.multiStatements() || m_current->hasSeveralStatements(),
                   !error);
    m_current->sliceEnded();
    if (error && onCommandFailed)
        onCommandFailed(error);
    const bool setup = m_state == State::Connecting;
    deliver(std::move(m_current));
    if (error.isConnectionLost() && error.kind() == Error::Kind::Server && !setup) {
        // The server hangs up after such an error.
        lose(error.withOutcome(Error::Outcome::NotSent));
        return;
    }
    if (setup && error.code() == ExpiredPassword && m_options.expiredPasswordAllowed()) {
        m_setup.clear(); // the rest would be refused as well
        startNext();
        return;
    }
    if (setup && error) {
        lose(explainLogin(error)
                 .withPhase(Error::Phase::Initialization)
                 .withOutcome(Error::Outcome::NotSent)
                 .withConnectionLost());
        return;
    }
    startNext();
}

void ConnectionCore::onTick()
{
    if (m_state == State::Connecting && m_openCompletion && m_openCompletion->isAbandoned()) {
        lose(Error(Error::Kind::Cancelled, QStringLiteral("Connecting was cancelled."),
                   Error::Outcome::NotSent, openingPhase()),
             true);
        return;
    }
    if (m_current && m_current->stop() == Command::Stop::None && m_current->isAbandoned()
        && m_state != State::Connecting)
        stopCurrent(Command::Stop::Cancelled);
    // It may have come before the server began with the statement, and has no effect then.
    if (m_current && m_current->stop() != Command::Stop::None && !m_killer && !m_session->isIdle()
        && m_sinceKill.isValid() && m_sinceKill.elapsed() >= m_killPause) {
        m_killPause *= 2;
        kill();
    }
    std::vector<quint64> abandoned;
    for (const std::unique_ptr<Command> &command : m_queue) {
        if (command->isAbandoned())
            abandoned.push_back(command->serial());
    }
    for (const quint64 serial : abandoned)
        cancel(serial);
    // Not stopped at once with each command: starting a timer costs more than a tick with nothing to do.
    if (!m_current && m_queue.empty() && m_state != State::Connecting)
        m_port->stopTicking();
}

void ConnectionCore::onDeadline()
{
    if (m_state == State::Connecting) {
        lose(deadlineError());
        return;
    }
    if (m_killer || (m_current && m_current->stop() != Command::Stop::None)) {
        // It was told to stop, and had its time to.
        lose(Error(Error::Kind::Connection,
                   QStringLiteral("A stopped statement did not end within %1 ms; its connection was closed.")
                       .arg(m_options.cancelTimeout().count()),
                   Error::Outcome::Unknown, Error::Phase::Command)
                 .withConnectionLost());
        return;
    }
    if (m_current)
        stopCurrent(Command::Stop::TimedOut);
}

void ConnectionCore::cancel(quint64 serial)
{
    if (m_current && m_current->serial() == serial) {
        if (m_current->stop() == Command::Stop::None)
            stopCurrent(Command::Stop::Cancelled);
        return;
    }
    for (auto it = m_queue.begin(); it != m_queue.end(); ++it) {
        if ((*it)->serial() != serial)
            continue;
        std::unique_ptr<Command> command = std::move(*it);
        m_queue.erase(it);
        command->fail(stopError(Command::Stop::Cancelled, {})
                          .withOutcome(Error::Outcome::NotSent)
                          .withPhase(Error::Phase::Queue));
        deliver(std::move(command));
        return;
    }
}

void ConnectionCore::cancelCurrent()
{
    if (m_current && m_current->stop() == Command::Stop::None && m_state != State::Connecting)
        stopCurrent(Command::Stop::Cancelled);
}

void ConnectionCore::cancelAll()
{
    std::vector<quint64> serials;
    for (const std::unique_ptr<Command> &command : m_queue) {
        if (!command->isFarewell())
            serials.push_back(command->serial());
    }
    for (const quint64 serial : serials)
        cancel(serial);
    cancelCurrent();
}

/*
    The statement is stopped by KILL QUERY over another connection, and its answer read to the end.
    Nothing else is sent until both are through; past the grace period the connection is closed.
*/
void ConnectionCore::stopCurrent(Command::Stop reason)
{
    m_current->setStop(reason);
    m_sinceKill.invalidate();
    m_killPause = FirstKillPause;
    m_port->setDeadline(m_options.cancelTimeout());
    if (m_session->isIdle()) {
        // The command is between two of its parts: nothing runs on the server that could be killed.
        resumeReading();
        return;
    }
    kill();
    // A cursor that had its window full must now be drained.
    resumeReading();
}

void ConnectionCore::kill()
{
    const Protocol::SessionState &state = m_session->state();
    const KillTarget target{m_peerAddress, m_options.port(), state.connectionId, state.serverVersion};
    m_killer = StatementKiller::start(killOptions(), target, m_killChannel, [weak = weak_from_this()] {
        if (const auto self = weak.lock())
            self->stopSettled();
    });
}

//! The kill has been answered, or could not be sent.
void ConnectionCore::stopSettled()
{
    m_killer.reset();
    m_sinceKill.start();
    if (m_current || m_state == State::Closed) {
        sendMore(); // what it was about to say must be brought to an end, too
        return; // the deadline goes on until the answer is complete
    }
    m_port->clearDeadline();
    startNext();
}

} // namespace QAsyncMySql::Internal
