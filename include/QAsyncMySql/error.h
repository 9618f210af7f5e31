// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QByteArray>
#include <QtCore/QMetaType>
#include <QtCore/QObject>
#include <QtCore/QSharedData>
#include <QtCore/QString>

QT_BEGIN_NAMESPACE
class QDebug;
QT_END_NAMESPACE

namespace QAsyncMySql {

class ErrorData;

/*!
    What went wrong, where, and what became of the statement.

    An implicitly shared value; a default-constructed Error means "no error". Every operation of the
    library that fails does so with exactly one Error. Reentrant; may be copied between threads.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Error
{
    Q_GADGET
    Q_PROPERTY(Kind kind READ kind CONSTANT FINAL)
    Q_PROPERTY(int code READ code CONSTANT FINAL)
    Q_PROPERTY(QString sqlState READ sqlState CONSTANT FINAL)
    Q_PROPERTY(QString message READ message CONSTANT FINAL)
    Q_PROPERTY(QString statement READ statement CONSTANT FINAL)
    Q_PROPERTY(Outcome outcome READ outcome CONSTANT FINAL)
    Q_PROPERTY(Phase phase READ phase CONSTANT FINAL)
    Q_PROPERTY(bool retryable READ isRetryable CONSTANT FINAL)
    Q_PROPERTY(bool connectionLost READ isConnectionLost CONSTANT FINAL)
    Q_PROPERTY(bool isValid READ isError CONSTANT FINAL)

public:
    // The enumerations are ints: that is how QML of Qt 6.4 reads those of a value type, whatever they are.

    //! The family of an error.
    enum class Kind : int
    {
        None, //!< no error
        Server, //!< the server answered with an ERR packet; code() and sqlState() are the server's
        Connection, //!< no connection could be made, or it was lost
        Timeout, //!< a deadline passed
        Cancelled, //!< the program cancelled, or closed or destroyed what the operation ran on
        Security, //!< going on would have broken a promise of secrecy or identity (TLS, authentication)
        Protocol, //!< the peer does not speak the protocol, or not correctly
        Limit, //!< a limit set in ConnectOptions was passed
        Conversion, //!< a value cannot be given as the type that was asked for
        Usage, //!< the call itself was wrong: bad option, wrong number of parameters, not open
        Pool, //!< no connection could be had from the pool
    };
    Q_ENUM(Kind)

    //! What became of the statement. Only NotSent and NotExecuted may be repeated without thought.
    enum class Outcome : int
    {
        NotSent, //!< no byte of it left this program
        NotExecuted, //!< it was sent, and the server is known not to have executed it
        Executed, //!< the server executed it, wholly or in part
        Unknown, //!< it was sent, and nothing is known about it
    };
    Q_ENUM(Outcome)

    //! Where it happened.
    enum class Phase : int
    {
        None,
        Connecting, //!< name lookup, TCP or local socket
        Greeting, //!< waiting for the server's first packet
        Tls, //!< the TLS handshake and the check of the certificate
        Authentication, //!< proving who we are
        Initialization, //!< initial statements after authentication
        Queue, //!< waiting for earlier commands
        Command, //!< sent, waiting for the answer
        Result, //!< reading the answer
        Value, //!< decoding one value
        Closing, //!< closing the connection
        Acquire, //!< waiting for a connection of the pool
    };
    Q_ENUM(Phase)

    Error() noexcept;
    Error(Kind kind, const QString &message, Outcome outcome = Outcome::NotSent, Phase phase = Phase::None);
    Error(const Error &other) noexcept;
    Error(Error &&other) noexcept;
    Error &operator=(const Error &other) noexcept;
    Error &operator=(Error &&other) noexcept;
    ~Error();
    void swap(Error &other) noexcept { d.swap(other.d); }

    //! An error that the server sent: \a code and \a sqlState from its ERR packet.
    static Error fromServer(quint16 code, const QByteArray &sqlState, const QString &message, Outcome outcome,
                            Phase phase);

    Kind kind() const noexcept;
    //! The server's error number (ER_...), or 0 when the error is not the server's.
    int code() const noexcept;
    //! The server's five-character SQLSTATE, or an empty string.
    QString sqlState() const;
    //! One or more sentences in plain text. It may hold text of the server: show it as plain text.
    QString message() const;
    //! The SQL text of the statement that failed, cut to 1,000 characters, or an empty string.
    QString statement() const;
    Outcome outcome() const noexcept;
    Phase phase() const noexcept;

    bool isError() const noexcept { return kind() != Kind::None; }
    explicit operator bool() const noexcept { return isError(); }
    /*! True if running the same operation again may succeed and cannot repeat an effect: the outcome is
        NotSent or NotExecuted and the cause passes by itself (lost or refused connection, deadlock,
        lock timeout, too many connections, server shutting down). */
    bool isRetryable() const noexcept;
    //! True if the connection can no longer be used after this error.
    bool isConnectionLost() const noexcept;

    Error withStatement(const QString &sql) const;
    Error withOutcome(Outcome outcome) const;
    Error withPhase(Phase phase) const;
    //! The same error with \a prefix and ": " before its message.
    Error withContext(const QString &prefix) const;
    Error withConnectionLost(bool lost = true) const;

    //! All in one line, for logs: kind, code, SQLSTATE, message, outcome, phase. No statement.
    QString toString() const;

    friend QASYNCMYSQL_EXPORT bool operator==(const Error &a, const Error &b) noexcept;
    friend QASYNCMYSQL_EXPORT QDebug operator<<(QDebug debug, const Error &error);

private:
    QSharedDataPointer<ErrorData> d;
};

} // namespace QAsyncMySql

Q_DECLARE_SHARED(QAsyncMySql::Error)
