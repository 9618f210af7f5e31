// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/connectoptions.h>
#include <QAsyncMySql/cursor.h>
#include <QAsyncMySql/parameters.h>
#include <QAsyncMySql/reply.h>
#include <QAsyncMySql/resultset.h>

#include <QtCore/QAnyStringView>
#include <QtCore/QIODevice>
#include <QtCore/QObject>
#include <QtCore/QPointer>

#include <functional>
#include <memory>

namespace QAsyncMySql {

namespace Internal {
class ConnectionCore;
class ConnectionAccess;
} // namespace Internal

//! The protocol that carries a statement.
enum class StatementProtocol : quint8
{
    Text, //!< COM_QUERY; parameters are put into the text as safe literals
    Prepared, //!< COM_STMT_PREPARE and COM_STMT_EXECUTE, by way of the statement cache
};

//! What a callback of the context form is called with.
using ResultCallback = std::function<void(const Result<ResultSet> &)>;

/*!
    One connection to a MySQL or MariaDB server.

    Commands are queued and run one after the other; calls never overlap, never block and never fail
    for being busy. Each returns a Reply that finishes exactly once, with a value or an Error, from
    the event loop of this object's thread. Everything must be called in that thread; moveToThread()
    is allowed only while the connection is closed.

    Destroying a connection finishes all its replies with an Error of kind Cancelled. It may be
    destroyed at any time, in its own callbacks too.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Connection : public QObject
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

    /*! Runs \a sql in the text protocol. Placeholders (\c ? or \c{:name}) are replaced by literals that
        are safe in every sql_mode and character set; the text must otherwise be yours, not a user's. */
    template <class... Args> Reply<ResultSet> query(QAnyStringView sql, Args &&...args)
    {
        return run(StatementProtocol::Text, sql, Internal::makeParameters(std::forward<Args>(args)...));
    }
    template <class F, class... Args>
    requires std::invocable < F, const Result<ResultSet>
    & > void query(QObject *context, F &&callback, QAnyStringView sql, Args &&...args)
    {
        run(context, ResultCallback(std::forward<F>(callback)), StatementProtocol::Text, sql,
            Internal::makeParameters(std::forward<Args>(args)...));
    }

    /*! Runs \a sql as a prepared statement; the statement stays prepared for the next time (see
        ConnectOptions::setStatementCacheSize()). */
    template <class... Args> Reply<ResultSet> execute(QAnyStringView sql, Args &&...args)
    {
        return run(StatementProtocol::Prepared, sql, Internal::makeParameters(std::forward<Args>(args)...));
    }
    /*! The same, answered by \a callback(const Result<ResultSet> &), which is not called when \a context
        is destroyed first: the statement is then cancelled. Safe on every version of Qt. */
    template <class F, class... Args>
    requires std::invocable < F, const Result<ResultSet>
    & > void execute(QObject *context, F &&callback, QAnyStringView sql, Args &&...args)
    {
        run(context, ResultCallback(std::forward<F>(callback)), StatementProtocol::Prepared, sql,
            Internal::makeParameters(std::forward<Args>(args)...));
    }

    //! Streams the rows of \a sql, run in the text protocol. The cursor may be destroyed at any time; that
    //! cancels it.
    template <class... Args> std::unique_ptr<Cursor> stream(QAnyStringView sql, Args &&...args)
    {
        return openCursor(StatementProtocol::Text, sql,
                          Internal::makeParameters(std::forward<Args>(args)...));
    }
    //! The same as a prepared statement.
    template <class... Args> std::unique_ptr<Cursor> streamPrepared(QAnyStringView sql, Args &&...args)
    {
        return openCursor(StatementProtocol::Prepared, sql,
                          Internal::makeParameters(std::forward<Args>(args)...));
    }

    // What the templates above come down to.
    Reply<ResultSet> run(StatementProtocol protocol, QAnyStringView sql, const Parameters &parameters);
    void run(QObject *context, ResultCallback callback, StatementProtocol protocol, QAnyStringView sql,
             const Parameters &parameters);
    std::unique_ptr<Cursor> openCursor(StatementProtocol protocol, QAnyStringView sql,
                                       const Parameters &parameters);

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

private:
    friend class Internal::ConnectionAccess;
    std::shared_ptr<Internal::ConnectionCore> m_core;
};

} // namespace QAsyncMySql
