// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/connectoptions.h>
#include <QAsyncMySql/executor.h>
#include <QAsyncMySql/transaction.h>

#include <QtCore/QIODevice>
#include <QtCore/QObject>
#include <QtCore/QPointer>

#include <memory>

namespace QAsyncMySql {

namespace Internal {
class ConnectionCore;
class ConnectionAccess;
} // namespace Internal

/*!
    One connection to a MySQL or MariaDB server.

    Statements are run by the functions of Executor. Commands are queued and run one after the other; calls
   never overlap, never block and never fail for being busy. Each returns a Reply that finishes exactly once,
   with a value or an Error, from the event loop of this object's thread. Everything must be called in that
   thread; moveToThread() is allowed only while the connection is closed.

    Destroying a connection finishes all its replies with an Error of kind Cancelled. It may be
    destroyed at any time, in its own callbacks too.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Connection : public QObject, public Executor
{
    Q_OBJECT
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool open READ isOpen NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString serverVersion READ serverVersion NOTIFY stateChanged FINAL)

public:
    enum class State : quint8
    {
        Closed, //!< never opened, closed, or lost
        Connecting, //!< open() is at work
        Ready, //!< logged in, nothing to do
        Busy, //!< a command is under way
        Closing, //!< close() is at work
    };
    Q_ENUM(State)

    explicit Connection(QObject *parent = nullptr);
    ~Connection() override;

    //! Connects and logs in. Commands called meanwhile wait. Open again after close() or a loss.
    Reply<void> open(const ConnectOptions &options);
    //! The same over \a device, which is open and connected (a tunnel, a test); it is not owned and not
    //! closed.
    Reply<void> open(const ConnectOptions &options, QIODevice *device);
    //! Lets the commands queued so far finish, says COM_QUIT and closes.
    Reply<void> close();
    //! Closes at once; all commands finish with an Error of kind Cancelled.
    void abort();

    State state() const noexcept;
    bool isOpen() const noexcept { return state() == State::Ready || state() == State::Busy; }
    //! Commands queued or under way.
    qsizetype pendingCommands() const noexcept;
    ConnectOptions options() const;

    //! "11.8.6-MariaDB-…", "9.7.4"; empty before the first login.
    QString serverVersion() const;
    //! Major * 10000 + minor * 100 + patch: 90704.
    int serverVersionNumber() const noexcept;
    bool isMariaDb() const noexcept;
    //! The server's number of this session (CONNECTION_ID()).
    quint64 connectionId() const noexcept;
    bool isEncrypted() const noexcept;
    //! TLS session details; null configuration without TLS.
    QSslConfiguration sslConfiguration() const;
    //! The default schema as far as the server has told.
    QString currentDatabase() const;
    bool isInTransaction() const noexcept;
    //! Why the connection was lost, or why open() failed, last.
    Error lastError() const;

    /*! Begins a transaction. Fails with kind Usage while one is open on this connection: transactions nest by
        Transaction::savepoint(). See also runTransaction(). */
    Reply<Transaction> begin(const TransactionOptions &options = {});

    //! COM_PING.
    Reply<void> ping();
    //! COM_INIT_DB: makes \a schema the default.
    Reply<void> useDatabase(const QString &schema);
    //! COM_RESET_CONNECTION, then the options' character set, time zone, sql_mode and schema again.
    Reply<void> reset();

    //! Cancels the command under way, on the server too. The commands behind it stay queued.
    void cancelCurrent();

Q_SIGNALS:
    void stateChanged(QAsyncMySql::Connection::State state);
    void opened();
    //! The connection is closed, by close(), abort() or a loss.
    void closed();
    //! A loss of the connection, or a failed open(). Errors of statements go to their replies.
    void errorOccurred(const QAsyncMySql::Error &error);
    //! A statement has ended, well or not; emitted after its reply.
    void queryFinished(const QString &sql, const QAsyncMySql::Error &error);

protected:
    void startStatement(Internal::StatementRequest request,
                        std::unique_ptr<Internal::Completion<ResultSet>> completion) override;
    std::shared_ptr<Internal::CursorCore> startCursor(Internal::StatementRequest request) override;

private:
    friend class Internal::ConnectionAccess;
    std::shared_ptr<Internal::ConnectionCore> m_core;
};

} // namespace QAsyncMySql
