// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/command.h"
#include "client/completion.h"
#include "client/endpoint.h"
#include "client/eventport.h"
#include "client/readpace.h"
#include "client/statementcache.h"
#include "client/xastate.h"
#include "protocol/handshake.h"
#include "protocol/session.h"
#include "transport/transport.h"

#include <QAsyncMySql/connection.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QElapsedTimer>
#include <QtCore/QPointer>

#include <deque>
#include <memory>
#include <vector>

namespace QAsyncMySql::Internal {

class Authenticator;
class CursorCore;
class KillChannel;
class StatementKiller;

/*!
    A connection without its public face: the transport, the session, the queue of commands.

    Runs user code only from deliveries of its event port, so nothing here needs to fear that a call
    out destroys it.
*/
class ConnectionCore final : public Transport::Observer,
                             public EventPort::Owner,
                             public std::enable_shared_from_this<ConnectionCore>
{
public:
    using State = Connection::State;
    //! How often the wish to cancel a plain QFuture is looked for.
    static constexpr std::chrono::milliseconds TickInterval{50};

    //! \a face may be null for connections of the library's own.
    static std::shared_ptr<ConnectionCore> create(Connection *face);
    ~ConnectionCore();

    void open(const ConnectOptions &options, QIODevice *device, std::unique_ptr<Completion<void>> completion);
    void close(std::unique_ptr<Completion<void>> completion);
    void abort();
    //! The face is about to be moved to another thread, which one that is open does not survive.
    void leaveThread();
    //! The face is being destroyed: ends everything, and delivers it, before it returns.
    void shutDown();

    //! Queues \a command; it is sent at once if nothing else is under way.
    void enqueue(std::unique_ptr<Command> command);
    //! Queues a statement whose results are gathered.
    void run(StatementRequest request, std::unique_ptr<Completion<ResultSet>> completion);
    //! Queues a statement whose rows go to \a cursor.
    void runCursor(std::shared_ptr<CursorCore> cursor, StatementRequest request);
    //! What cancels the command that is queued next.
    std::function<void()> canceller();
    void changeUser(const QString &user, const Secret &password, const QString &database,
                    std::unique_ptr<Completion<void>> completion);
    void cancel(quint64 serial);
    void cancelCurrent();
    //! Cancels the command under way and all that are queued.
    void cancelAll();
    //! For one that is idle: false if the server has closed it, or said something that nobody asked for.
    bool isAlive();
    //! True if a transaction of XA may be left in the session, which no reset ends.
    bool isTainted() const noexcept { return m_xaState.isOpen(); }
    //! True if the server has told of a change of schema, a variable or other state since
    //! forgetSessionChanges().
    bool sessionHasChanged() const noexcept { return m_sessionHasChanged; }
    void forgetSessionChanges() noexcept { m_sessionHasChanged = false; }
    //! Numbers the sessions, and the borrowers of one: what was begun in another epoch is gone.
    quint64 epoch() const noexcept { return m_epoch; }
    void endEpoch() noexcept { ++m_epoch; }
    //! The statement under way, or an empty text.
    QString currentSql() const { return m_current ? m_current->sql() : QString(); }
    //! A way to stop statements that is there already.
    void setKillChannel(std::shared_ptr<KillChannel> channel) { m_killChannel = std::move(channel); }
    //! Sends \a sql, behind what is under way, does not wait for any answer, and closes.
    void sayLast(const QByteArray &sql);

    State state() const noexcept { return m_state; }
    qsizetype pendingCommands() const noexcept { return qsizetype(m_queue.size()) + (m_current ? 1 : 0); }
    //! With the host that it is connected to.
    const ConnectOptions &options() const noexcept { return m_options; }
    //! With the hosts that the program has named.
    ConnectOptions askedOptions() const;
    //! What reset() is to bring back from now on.
    void setCharset(const QString &charset, const QString &collation)
    {
        m_options.setCharset(charset).setCollation(collation);
    }
    const Protocol::SessionState &session() const noexcept { return m_session->state(); }
    StatementCache &statements() noexcept { return m_statements; }
    const Error &lastError() const noexcept { return m_lastError; }
    QSslConfiguration tlsConfiguration() const;
    const std::shared_ptr<EventPort> &port();
    //! For the cursor whose window had been full.
    void resumeReading();
    //! The port of another connection's address: where a KILL must go to meet the same server.
    QHostAddress peerAddress() const { return m_peerAddress; }
    void setConnectAddress(const QHostAddress &address) { m_connectAddress = address; }
    //! Called (from a delivery) when the connection is closed or lost.
    std::function<void(const Error &)> onClosed;
    //! Called, not from a delivery, when a command has failed.
    std::function<void(const Error &)> onCommandFailed;

private:
    explicit ConnectionCore(Connection *face);

    // Opening: connectionopen.cpp
    void beginOpening(QIODevice *device);
    std::unique_ptr<Transport::Stream> makeStream(QIODevice *device);
    void startTls();
    void handshakeDone();
    void beginSetup();
    void opened();
    Error::Phase openingPhase() const;
    Error deadlineError() const;
    bool identityProven() const;
    bool certificateAccepted(QByteArray &fingerprint);

    // Several hosts: connectionendpoints.cpp
    void beginAttempts(QIODevice *device);
    void armAttempt();
    bool tryNextEndpoint(const Error &error);
    Error allAttempts(const Error &last) const;

    // What a login asks of the program: connectionlogin.cpp
    void beginLogin(QIODevice *device);
    std::shared_ptr<Authenticator> makeAuthenticator();
    Protocol::Authentication *authentication() const;
    Protocol::Channel channel() const;
    void answerWanted();
    void questionAnswered(Result<QByteArray> &&result);
    ConnectOptions killOptions() const;

    // Reading and writing: connectionio.cpp
    void transportOpened() override;
    void transportReadable() override;
    void transportEncrypted() override;
    void transportWritten() override;
    void transportFailed(const Transport::Failure &failure) override;
    void pump();
    enum class Pumped : quint8
    {
        Drained,
        Yield,
        Stop
    };
    Pumped advance();
    void flushOutput();
    void sendMore();
    CommandContext context() { return {*m_session, m_statements, m_options, m_port}; }
    void sessionFailed();
    void tellChanges();
    void tellChange(const Protocol::SessionChange &change);
    void tellProgress(const Protocol::ProgressReport &report);
    void onWork() override;

    // The queue: connectionqueue.cpp
    void startNext();
    bool startCommand(std::unique_ptr<Command> command);
    void currentExchangeDone();
    void finishCurrent();
    void onTick() override;
    void onDeadline() override;
    void onThreadEnd() override;
    void stopCurrent(Command::Stop reason);
    void kill();
    void stopSettled();
    void armDeadline();

    // Its life: connectioncore.cpp
    void setState(State state);
    void lose(const Error &error, bool expected = false);
    void dropTransport(bool graceful);
    Error causeForCurrent(const Error &error) const;
    void failCommands(const Error &error);
    void deliver(std::unique_ptr<Command> command);
    void completeClose();
    bool isForkedOff() const;

    QPointer<Connection> m_face;
    std::shared_ptr<EventPort> m_port;
    ConnectOptions m_options;
    std::unique_ptr<Transport::Stream> m_stream;
    std::vector<std::unique_ptr<Transport::Stream>> m_deadStreams; // may still be inside their own signals
    std::unique_ptr<Protocol::Session> m_session;
    std::unique_ptr<Protocol::HandshakeExchange> m_handshake;
    std::shared_ptr<Authenticator> m_authenticator;
    QPointer<QIODevice> m_device; // while the password is waited for
    Secret m_providedPassword;
    StatementCache m_statements;

    std::deque<std::unique_ptr<Command>> m_queue;
    std::deque<std::unique_ptr<Command>> m_setup; // what follows the handshake
    std::unique_ptr<Command> m_current;
    std::shared_ptr<StatementKiller> m_killer;
    QElapsedTimer m_sinceKill; // since the last one was settled
    qint64 m_killPause = 0; // ms, until the next
    std::shared_ptr<KillChannel> m_killChannel;
    XaState m_xaState;
    std::unique_ptr<Completion<void>> m_openCompletion;
    std::vector<std::unique_ptr<Completion<void>>> m_closeCompletions;
    QList<Endpoint> m_endpoints; // that are being tried; those of the program
    qsizetype m_attempt = 0;
    QStringList m_attemptErrors;
    QDeadlineTimer m_openDeadline;
    std::chrono::milliseconds m_attemptTimeout{0};
    QHostAddress m_peerAddress;
    QHostAddress m_connectAddress; // instead of looking the host up
    Error m_lastError;
    quint64 m_lastSerial = 0;
    quint64 m_epoch = 0;
    qint64 m_process = 0; // that opened the connection
    QElapsedTimer m_sinceProgress;
    ReadPace m_pace;
    bool m_toldInTransaction = false;
    bool m_sessionHasChanged = false;
    State m_state = State::Closed;
    State m_announcedState = State::Closed;
    bool m_transportOpen = false;
    bool m_tlsPending = false;
    bool m_readPaused = false;
    bool m_pumping = false;
    bool m_farewellQueued = false;
    bool m_stateNotePending = false;
    bool m_openUntold = false; // it became open, and that is still to be told
};

} // namespace QAsyncMySql::Internal
