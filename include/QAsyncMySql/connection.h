// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/connectoptions.h>
#include <QAsyncMySql/executor.h>
#include <QAsyncMySql/pipeline.h>
#include <QAsyncMySql/statement.h>
#include <QAsyncMySql/statementcachestatistics.h>
#include <QAsyncMySql/transaction.h>
#include <QAsyncMySql/warning.h>
#include <QAsyncMySql/xatransaction.h>

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
   thread, which needs an event loop. moveToThread() is allowed only while the connection is closed: it closes
   one that is open, as the end of its thread does.

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
    Q_PROPERTY(QString currentDatabase READ currentDatabase NOTIFY currentDatabaseChanged FINAL)
    Q_PROPERTY(bool inTransaction READ isInTransaction NOTIFY transactionStateChanged FINAL)

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
    //! The compression in force.
    Compression compression() const noexcept;
    /*! The value that the server last told of a system variable, or a null string. It tells of those in
        its session_track_system_variables, when they change: see ConnectOptions::setTrackedVariables(). */
    QString systemVariable(const QString &name) const;
    //! What the transaction has done so far, in eight characters ("T___Ws__"; MySQL manual,
    //! "session_track_transaction_info"); empty unless ConnectOptions::transactionTracking() is on.
    QString transactionState() const;
    //! The SQL that begins a transaction like the one that is open; empty under the same condition.
    QString transactionCharacteristics() const;
    //! The GTID of the last transaction that the server told of (MySQL, with session_track_gtids).
    QString lastGtid() const;
    //! Why the connection was lost, or why open() failed, last.
    Error lastError() const;

    /*! Begins a transaction. Fails with kind Usage while one is open on this connection: transactions nest by
        Transaction::savepoint(). See also runTransaction(). */
    Reply<Transaction> begin(const TransactionOptions &options = {});
    //! Begins a branch of a distributed transaction (XA START). \a id must be new to the server.
    Reply<XaTransaction> beginXa(const XaId &id);

    /*! Prepares \a sql, with \c{?} or \c{:name} for its values, to be run often: without a place in the cache
       of execute(), and with parameters and columns known before. */
    Reply<Statement> prepare(QAnyStringView sql);

    //! SHOW WARNINGS: those of the statement that ended last on this connection.
    Reply<QList<Warning>> warnings();
    //! False if the server takes no attributes of statements: see StatementOptions::setAttribute().
    bool supportsQueryAttributes() const noexcept;
    StatementCacheStatistics statementCacheStatistics() const noexcept;

    //! COM_PING.
    Reply<void> ping();
    //! COM_INIT_DB: makes \a schema the default.
    Reply<void> useDatabase(const QString &schema);
    //! COM_RESET_CONNECTION, then the options' character set, time zone, sql_mode, schema and initial
    //! statements again. If one of these fails, the session is not as the options want it; the connection
    //! stays open.
    Reply<void> reset();

    //! Stops the statement that the connection with the number \a connectionId runs (KILL QUERY).
    Reply<void> killQuery(quint64 connectionId);
    //! Closes that connection (KILL CONNECTION).
    Reply<void> killConnection(quint64 connectionId);
    /*! The character set that texts of the server come in from now on, by the server's name for it, and the
        connection's collation (the set's default if empty). What is sent stays UTF-8. reset() keeps both. */
    Reply<void> setCharset(const QString &charset, const QString &collation = {});
    //! COM_STATISTICS: a line about the server, in its own words.
    Reply<QString> statistics();
    /*! COM_CHANGE_USER: goes on as \a user with \a password and the default schema \a database (none if
       empty), without connecting anew. The session is as new: no transaction, temporary tables, locks,
       variables; then the options' character set, time zone, sql_mode and initial statements. options(),
       reset() and cancelling go by the new account. On failure the connection is lost: servers differ in what
       they leave of it. */
    Reply<void> changeUser(const QString &user, const Secret &password, const QString &database = {});

    //! Cancels the command under way, on the server too. The commands behind it stay queued.
    void cancelCurrent();

Q_SIGNALS:
    void stateChanged(QAsyncMySql::Connection::State state);
    void opened();
    //! The connection is closed, by close(), abort() or a loss.
    void closed();
    //! A loss of the connection, or a failed open(). Errors of statements go to their replies.
    void errorOccurred(const QAsyncMySql::Error &error);
    //! The default schema has changed, by useDatabase() or by a statement.
    void currentDatabaseChanged(const QString &schema);
    //! A tracked system variable has been set; \a value is null for NULL.
    void systemVariableChanged(const QString &name, const QString &value);
    //! isInTransaction(), transactionState() or transactionCharacteristics() has changed.
    void transactionStateChanged();
    //! A transaction of this session has been given \a gtid.
    void gtidReceived(const QString &gtid);
    //! Something else of the session has changed, where session_track_state_change is on.
    void sessionStateChanged();
    /*! MariaDB: how far the statement under way is, such as an ALTER TABLE: \a percent of stage \a stage of
        \a stages. At most ten times a second, as often as the server's progress_report_time says (5 s). */
    void progressReported(int stage, int stages, double percent, const QString &what);
    //! A statement has ended, well or not; emitted after its reply.
    void queryFinished(const QString &sql, const QAsyncMySql::Error &error);

protected:
    bool event(QEvent *event) override;
    void startStatement(Internal::StatementRequest request,
                        std::unique_ptr<Internal::Completion<ResultSet>> completion) override;
    void startOperation(std::unique_ptr<Internal::Operation> operation) override;
    std::shared_ptr<Internal::CursorCore> startCursor(Internal::StatementRequest request) override;

private:
    friend class Internal::ConnectionAccess;
    std::shared_ptr<Internal::ConnectionCore> m_core;
};

} // namespace QAsyncMySql
