// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/loginerrors.h"

namespace QAsyncMySql::Internal {

namespace {

// Numbers of the MySQL manual, "Server Error Message Reference"; MariaDB's where they differ.
QString advice(int code)
{
    switch (code) {
    case 1820: // ER_MUST_CHANGE_PASSWORD
    case 1862: // ER_MUST_CHANGE_PASSWORD_LOGIN
        return QStringLiteral(
            "The password has expired. Give the account a new one (ALTER USER ... IDENTIFIED BY ...), "
            "as another user or with connect-expired-password (setExpiredPasswordAllowed()).");
    case 3159: // ER_SECURE_TRANSPORT_REQUIRED
        return QStringLiteral(
            "The server takes encrypted connections only: set ssl-mode to REQUIRED or stricter.");
    case 1129: // ER_HOST_IS_BLOCKED
        return QStringLiteral(
            "The server counted too many broken connections of this host; FLUSH HOSTS on the server "
            "ends that.");
    case 1130: // ER_HOST_NOT_PRIVILEGED
        return QStringLiteral("No account of the server is for this host.");
    case 1184: // ER_NEW_ABORTING_CONNECTION
        return QStringLiteral("The server's init_connect statement may have failed; its error log says why.");
    case 3118: // ER_ACCOUNT_HAS_BEEN_LOCKED
    case 4151: // the same, MariaDB
        return QStringLiteral("ALTER USER ... ACCOUNT UNLOCK unlocks it.");
    case 3955: // ER_USER_ACCESS_DENIED_FOR_USER_ACCOUNT_BLOCKED_BY_PASSWORD_LOCK
    case 4150: // ER_ACCOUNT_HAS_BEEN_LOCKED after wrong passwords, MariaDB
        return QStringLiteral("There were too many wrong passwords.");
    default:
        return {};
    }
}

} // namespace

Error explainLogin(const Error &error)
{
    if (error.kind() != Error::Kind::Server)
        return error;
    const QString more = advice(error.code());
    if (more.isEmpty())
        return error;
    QString text = error.message();
    if (!text.endsWith(u'.'))
        text += u'.';
    return Error::fromServer(quint16(error.code()), error.sqlState().toLatin1(), text + u' ' + more,
                             error.outcome(), error.phase())
        .withConnectionLost(error.isConnectionLost());
}

} // namespace QAsyncMySql::Internal
