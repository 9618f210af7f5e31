// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/error.h>
#include <QAsyncMySql/result.h>

#include "values/textcut.h"

#include <QtCore/QDebug>
#include <QtCore/QMetaEnum>

namespace QAsyncMySql {

namespace {

constexpr qsizetype KeptStatement = 1000; // characters
// Of a server's message, in characters. Genuine ones have at most 512 bytes (MYSQL_ERRMSG_SIZE in
// mysql_com.h).
constexpr qsizetype KeptMessage = 2000;

// Server errors after which the server has closed the session, or is about to.
bool endsSession(int code)
{
    switch (code) {
    case 1053: // ER_SERVER_SHUTDOWN
    case 1153: // ER_NET_PACKET_TOO_LARGE
    case 1156: // ER_NET_PACKETS_OUT_OF_ORDER
    case 1158: // ER_NET_READ_ERROR
    case 1159: // ER_NET_READ_INTERRUPTED
    case 1160: // ER_NET_ERROR_ON_WRITE
    case 1161: // ER_NET_WRITE_INTERRUPTED
    case 1835: // ER_MALFORMED_PACKET
    case 1927: // ER_CONNECTION_KILLED (MariaDB)
    case 3032: // ER_SERVER_OFFLINE_MODE
    case 3169: // ER_SESSION_WAS_KILLED
    case 4031: // ER_CLIENT_INTERACTION_TIMEOUT
        return true;
    default:
        return false;
    }
}

// Server errors whose cause passes by itself.
bool isPassing(int code)
{
    switch (code) {
    case 1040: // ER_CON_COUNT_ERROR
    case 1047: // ER_UNKNOWN_COM_ERROR: what a Galera node says that is not ready
    case 1203: // ER_TOO_MANY_USER_CONNECTIONS
    case 1205: // ER_LOCK_WAIT_TIMEOUT
    case 1213: // ER_LOCK_DEADLOCK
    case 1614: // ER_XA_RBDEADLOCK
    case 3572: // ER_LOCK_NOWAIT
        return true;
    default:
        return endsSession(code) && code != 1153 && code != 1835;
    }
}

} // namespace

class ErrorData : public QSharedData
{
public:
    QString message;
    QString statement;
    QByteArray sqlState;
    quint16 code = 0;
    Error::Kind kind = Error::Kind::None;
    Error::Outcome outcome = Error::Outcome::NotSent;
    Error::Phase phase = Error::Phase::None;
    bool connectionLost = false;
};

Error::Error() noexcept = default;
Error::Error(const Error &other) noexcept = default;
Error::Error(Error &&other) noexcept = default;
Error &Error::operator=(const Error &other) noexcept = default;
Error &Error::operator=(Error &&other) noexcept = default;
Error::~Error() = default;

Error::Error(Kind kind, const QString &message, Outcome outcome, Phase phase)
{
    if (kind == Kind::None)
        return;
    d = new ErrorData;
    d->kind = kind;
    d->message = message;
    d->outcome = outcome;
    d->phase = phase;
    d->connectionLost = kind == Kind::Connection || kind == Kind::Protocol || kind == Kind::Security;
}

Error Error::fromServer(quint16 code, const QByteArray &sqlState, const QString &message, Outcome outcome,
                        Phase phase)
{
    const bool tooLong = message.size() > KeptMessage;
    Error error(Kind::Server,
                tooLong ? Internal::cutText(message, KeptMessage) + QStringLiteral(" …") : message, outcome,
                phase);
    error.d->code = code;
    error.d->sqlState = sqlState;
    error.d->connectionLost = endsSession(code);
    return error;
}

Error::Kind Error::kind() const noexcept
{
    return d ? d->kind : Kind::None;
}

int Error::code() const noexcept
{
    return d ? d->code : 0;
}

QString Error::sqlState() const
{
    return d ? QString::fromLatin1(d->sqlState) : QString();
}

QString Error::message() const
{
    return d ? d->message : QString();
}

QString Error::statement() const
{
    return d ? d->statement : QString();
}

Error::Outcome Error::outcome() const noexcept
{
    return d ? d->outcome : Outcome::NotSent;
}

Error::Phase Error::phase() const noexcept
{
    return d ? d->phase : Phase::None;
}

bool Error::isRetryable() const noexcept
{
    if (!d || (d->outcome != Outcome::NotSent && d->outcome != Outcome::NotExecuted))
        return false;
    switch (d->kind) {
    case Kind::Server:
        return isPassing(d->code);
    case Kind::Connection:
        return true;
    case Kind::Timeout:
    case Kind::Pool:
        return d->outcome == Outcome::NotSent;
    default:
        return false;
    }
}

bool Error::isConnectionLost() const noexcept
{
    return d && d->connectionLost;
}

Error Error::withStatement(const QString &sql) const
{
    Error copy(*this);
    if (d)
        copy.d->statement = Internal::cutText(sql, KeptStatement);
    return copy;
}

Error Error::withOutcome(Outcome outcome) const
{
    Error copy(*this);
    if (d)
        copy.d->outcome = outcome;
    return copy;
}

Error Error::withPhase(Phase phase) const
{
    Error copy(*this);
    if (d)
        copy.d->phase = phase;
    return copy;
}

Error Error::withContext(const QString &prefix) const
{
    Error copy(*this);
    if (d)
        copy.d->message = prefix + QStringLiteral(": ") + copy.d->message;
    return copy;
}

Error Error::withConnectionLost(bool lost) const
{
    Error copy(*this);
    if (d)
        copy.d->connectionLost = lost;
    return copy;
}

QString Error::toString() const
{
    if (!d)
        return QStringLiteral("no error");
    const auto name = [](auto value) {
        return QString::fromLatin1(QMetaEnum::fromType<decltype(value)>().valueToKey(int(value)));
    };
    QString text = name(d->kind);
    if (d->code != 0)
        text += QStringLiteral(" %1 (%2)").arg(d->code).arg(sqlState());
    QString message = d->message;
    for (QChar &c : message) {
        if (c.category() == QChar::Other_Control) // a server's words are not to make lines of a log
            c = u' ';
    }
    return text + QStringLiteral(": %1 [%2, %3]").arg(message, name(d->outcome), name(d->phase));
}

bool operator==(const Error &a, const Error &b) noexcept
{
    if (a.d == b.d)
        return true;
    if (!a.d || !b.d)
        return false;
    return a.d->kind == b.d->kind && a.d->code == b.d->code && a.d->sqlState == b.d->sqlState
        && a.d->message == b.d->message && a.d->statement == b.d->statement && a.d->outcome == b.d->outcome
        && a.d->phase == b.d->phase && a.d->connectionLost == b.d->connectionLost;
}

QDebug operator<<(QDebug debug, const Error &error)
{
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote() << "QAsyncMySql::Error(" << error.toString() << ')';
    return debug;
}

namespace Internal {

void throwError(const Error &error)
{
#if defined(__cpp_exceptions) || defined(_CPPUNWIND)
    throw error;
#else
    qFatal("%s", qPrintable(error.toString()));
#endif
}

} // namespace Internal

} // namespace QAsyncMySql
