// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/connectioncore.h"

#include "client/authenticator.h"
#include "client/connectionaccess.h"
#include "client/simplecommand.h"
#include "client/statementkiller.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLoggingCategory>
#include <QtCore/QMetaMethod>
#include <QtCore/QThread>

namespace QAsyncMySql::Internal {

namespace {

//! "qasyncmysql.connection": what the program should not do.
Q_LOGGING_CATEGORY(lcConnection, "qasyncmysql.connection")

Error closedByProgram(const QString &what)
{
    return Error(Error::Kind::Cancelled, what, Error::Outcome::NotSent, Error::Phase::Queue)
        .withConnectionLost();
}

bool isClosed(Connection::State state)
{
    return state == Connection::State::Closed || state == Connection::State::Connecting;
}

bool isOpen(Connection::State state)
{
    return state == Connection::State::Ready || state == Connection::State::Busy;
}

} // namespace

std::shared_ptr<ConnectionCore> ConnectionCore::create(Connection *face)
{
    return std::shared_ptr<ConnectionCore>(new ConnectionCore(face));
}

ConnectionCore::ConnectionCore(Connection *face)
    : m_face(face)
    , m_session(std::make_unique<Protocol::Session>())
{
}

ConnectionCore::~ConnectionCore()
{
    if (m_port)
        m_port->detach();
}

// Made where it is first used, so that a closed connection may have been moved to another thread before.
const std::shared_ptr<EventPort> &ConnectionCore::port()
{
    if (!m_port
        || (m_port->thread() != QThread::currentThread() && m_state == State::Closed
            && !m_port->hasDeliveries()))
        m_port = EventPort::create(weak_from_this());
    return m_port;
}

void ConnectionCore::open(const ConnectOptions &options, QIODevice *device,
                          std::unique_ptr<Completion<void>> completion)
{
    port();
    if (const Error noLoop = missingEventLoop()) {
        completion->complete(noLoop.withPhase(Error::Phase::Connecting)); // nothing could tell it later
        return;
    }
    Error refusal;
    if (m_state != State::Closed) {
        refusal = Error(Error::Kind::Usage,
                        QStringLiteral("The connection is open, or being opened or closed. Close it first."),
                        Error::Outcome::NotSent, Error::Phase::Connecting);
    } else {
        refusal = options.validate().error();
    }
    if (refusal) {
        m_port->call(
            [shared = std::shared_ptr(std::move(completion)), refusal] { shared->complete(refusal); });
        return;
    }
    m_options = options;
    m_lastError = {};
    m_process = QCoreApplication::applicationPid();
    m_port->watchThread();
    m_openCompletion = std::move(completion);
    setState(State::Connecting);
    m_port->startTicking(TickInterval);
    beginAttempts(device);
}

void ConnectionCore::close(std::unique_ptr<Completion<void>> completion)
{
    port();
    if (m_state == State::Closed) {
        m_port->call([shared = std::shared_ptr(std::move(completion))] { shared->complete({}); });
        return;
    }
    m_closeCompletions.push_back(std::move(completion));
    if (std::exchange(m_farewellQueued, true))
        return;
    m_queue.push_back(std::make_unique<QuitCommand>());
    // What is being opened is opened first: the commands queued so far are still to be run.
    if (m_state == State::Connecting)
        return;
    setState(State::Closing);
    if (!m_current)
        startNext();
}

void ConnectionCore::abort()
{
    if (m_state != State::Closed)
        lose(closedByProgram(QStringLiteral("The connection was aborted.")), true);
}

//! In a child process (fork()) the connection is the parent's, who still needs the session.
bool ConnectionCore::isForkedOff() const
{
    return m_process != QCoreApplication::applicationPid();
}

void ConnectionCore::leaveThread()
{
    if (m_state == State::Closed)
        return;
    qCWarning(lcConnection,
              "A connection was moved to another thread while it was open, and had to be closed.");
    lose(Error(
             Error::Kind::Usage,
             QStringLiteral("The connection was moved to another thread while it was open. Close it before."),
             Error::Outcome::NotSent, Error::Phase::Queue)
             .withConnectionLost());
    m_deadStreams.clear(); // they belong to this thread
}

void ConnectionCore::onThreadEnd()
{
    const std::shared_ptr<ConnectionCore> self = shared_from_this();
    if (m_state != State::Closed)
        lose(closedByProgram(QStringLiteral("The thread of the connection has ended.")), true);
    m_port->readMail();
    m_port->flush();
    m_deadStreams.clear();
}

void ConnectionCore::shutDown()
{
    m_face = nullptr;
    const std::shared_ptr<ConnectionCore> self = shared_from_this();
    if (m_state == State::Ready && m_stream && !isForkedOff()) {
        // A farewell costs nothing here, and the server does not count an aborted client.
        Protocol::QuitExchange quit;
        m_session->begin(&quit);
        flushOutput();
        lose(closedByProgram(QStringLiteral("The connection was destroyed.")), true);
    } else if (m_state != State::Closed) {
        lose(closedByProgram(QStringLiteral("The connection was destroyed.")), true);
    }
    if (!m_port)
        return;
    // Nothing that was queued may be lost, and no event may come any more.
    m_port->readMail();
    m_port->flush();
    m_port->detach();
    m_port->readMail();
    m_port->flush();
    m_port->stopTimers();
    m_deadStreams.clear(); // what keeps this (a transaction, say) may outlive what sockets need
}

void ConnectionCore::sayLast(const QByteArray &sql)
{
    const bool open = m_state == State::Ready || m_state == State::Busy;
    if (!open || !m_stream || isForkedOff())
        return;
    // One that has no answer, as far as we are concerned.
    const std::unique_ptr<Protocol::SimpleExchange> words(Protocol::SimpleExchange::statement(sql));
    m_session->begin(words.get());
    flushOutput();
    lose(closedByProgram(QStringLiteral("The connection was closed.")), true);
}

void ConnectionCore::setState(State state)
{
    if (m_state == state)
        return;
    // Between ready and busy, which is twice for each statement, there is one signal only.
    const bool opensOrCloses = !isOpen(m_state) || !isOpen(state);
    if (isClosed(m_state) && !isClosed(state))
        m_openUntold = true;
    m_state = state;
    static const QMetaMethod stateChanged = QMetaMethod::fromSignal(&Connection::stateChanged);
    static const QMetaMethod openedSignal = QMetaMethod::fromSignal(&Connection::opened);
    static const QMetaMethod closedSignal = QMetaMethod::fromSignal(&Connection::closed);
    if (!m_face || m_stateNotePending)
        return;
    const bool heard = ConnectionAccess::isConnected(*m_face, stateChanged)
        || (opensOrCloses
            && (ConnectionAccess::isConnected(*m_face, openedSignal)
                || ConnectionAccess::isConnected(*m_face, closedSignal)));
    if (!heard) {
        m_announcedState = state;
        m_openUntold = false;
        return;
    }
    m_stateNotePending = true;
    port()->call([self = shared_from_this()] {
        self->m_stateNotePending = false;
        const State before = std::exchange(self->m_announcedState, self->m_state);
        const State now = self->m_state;
        const bool opened = std::exchange(self->m_openUntold, false);
        if (!self->m_face || (before == now && !opened))
            return;
        if (opened && isClosed(now)) { // it has been closed since, and both are to be heard
            Q_EMIT self->m_face->stateChanged(State::Ready);
            if (self->m_face)
                Q_EMIT self->m_face->opened();
            if (!self->m_face)
                return;
        }
        Q_EMIT self->m_face->stateChanged(now);
        if (self->m_face && opened && !isClosed(now))
            Q_EMIT self->m_face->opened();
        if (self->m_face && now == State::Closed)
            Q_EMIT self->m_face->closed();
    });
}

//! Ends the connection. \a expected: by the program's wish, which is no error of the connection.
void ConnectionCore::lose(const Error &cause, bool expected)
{
    const bool opening = m_state == State::Connecting;
    const std::shared_ptr<ConnectionCore> self = shared_from_this();
    if (opening && !expected && tryNextEndpoint(cause))
        return;
    const Error error = opening && !expected ? allAttempts(cause) : cause;
    m_port->stopTimers();
    m_killer.reset();
    dropTransport(expected);
    m_handshake.reset();
    m_authenticator.reset();
    m_setup.clear();
    m_statements.clear();
    m_xaState = {};
    endEpoch();
    m_lastError = expected ? Error() : error;
    m_farewellQueued = false;
    setState(State::Closed);

    if (opening && m_openCompletion) {
        m_port->call([completion = std::shared_ptr(std::move(m_openCompletion)), error] {
            completion->complete(error);
        });
    }
    failCommands(error);
    completeClose();
    if (!expected) {
        m_port->call([self, error] {
            if (self->m_face)
                Q_EMIT self->m_face->errorOccurred(error);
        });
    }
    if (onClosed) {
        m_port->call([self, error] {
            if (self->onClosed)
                self->onClosed(error);
        });
    }
}

//! Why the command under way has no answer, after a loss by \a error.
Error ConnectionCore::causeForCurrent(const Error &error) const
{
    Error cause = error;
    if (m_current->stop() == Command::Stop::TimedOut) {
        cause = Error(Error::Kind::Timeout,
                      QStringLiteral("The statement passed its deadline and did not stop in time; its "
                                     "connection was closed."));
    } else if (m_current->stop() == Command::Stop::Cancelled) {
        cause
            = Error(Error::Kind::Cancelled,
                    QStringLiteral(
                        "The statement was cancelled and did not stop in time; its connection was closed."));
    }
    // The server may have said that it did not run it.
    const bool refused = error.outcome() == Error::Outcome::NotExecuted;
    return cause.withOutcome(refused ? Error::Outcome::NotExecuted : m_current->outcomeIfLost())
        .withPhase(Error::Phase::Command)
        .withConnectionLost();
}

void ConnectionCore::failCommands(const Error &error)
{
    if (m_current) {
        if (!m_current->isAnswered())
            m_current->fail(causeForCurrent(error));
        deliver(std::move(m_current));
    }
    const Error unsent = error.withOutcome(Error::Outcome::NotSent).withPhase(Error::Phase::Queue);
    for (std::deque<std::unique_ptr<Command>> queue = std::exchange(m_queue, {}); !queue.empty();
         queue.pop_front()) {
        queue.front()->fail(unsent);
        deliver(std::move(queue.front()));
    }
}

void ConnectionCore::completeClose()
{
    for (std::unique_ptr<Completion<void>> &completion : std::exchange(m_closeCompletions, {}))
        m_port->call([shared = std::shared_ptr(std::move(completion))] { shared->complete({}); });
}

void ConnectionCore::dropTransport(bool graceful)
{
    m_transportOpen = false;
    m_tlsPending = false;
    m_readPaused = false;
    m_pace = {};
    if (!m_stream)
        return;
    if (graceful && !isForkedOff())
        m_stream->close();
    else
        m_stream->abort();
    m_deadStreams.push_back(std::move(m_stream));
    m_port->call([weak = weak_from_this()] {
        if (const auto self = weak.lock())
            self->m_deadStreams.clear();
    });
}

void ConnectionCore::deliver(std::unique_ptr<Command> command)
{
    static const QMetaMethod queryFinished = QMetaMethod::fromSignal(&Connection::queryFinished);
    const QString sql = command->sql();
    const bool heard = !sql.isNull() && m_face && ConnectionAccess::isConnected(*m_face, queryFinished);
    const Error error = heard ? command->failure() : Error();
    m_port->push(std::move(command));
    if (heard) {
        m_port->call([self = shared_from_this(), sql, error] {
            if (self->m_face)
                Q_EMIT self->m_face->queryFinished(sql, error);
        });
    }
}

QSslConfiguration ConnectionCore::tlsConfiguration() const
{
    return m_stream && m_session->state().encrypted ? m_stream->tlsConfiguration() : QSslConfiguration();
}

} // namespace QAsyncMySql::Internal
