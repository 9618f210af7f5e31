// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "errorexplanation.h"

using QAsyncMySql::Error;

namespace {

class Words
{
public:
    QString title;
    QString advice;
};

Words serverWords(int code)
{
    switch (code) {
    case 1045: // ER_ACCESS_DENIED_ERROR
    case 1698: // ER_ACCESS_DENIED_NO_PASSWORD_ERROR
        return {
            QStringLiteral("Access denied"),
            QStringLiteral("Check user name and password. Accounts also depend on the host you come from: "
                           "'localhost' by socket and '127.0.0.1' by TCP may be different accounts.")};
    case 1044: // ER_DBACCESS_DENIED_ERROR
        return {QStringLiteral("No access to this schema"),
                QStringLiteral("Ask for the right, or connect without a schema.")};
    case 1049: // ER_BAD_DB_ERROR
        return {QStringLiteral("Unknown schema"),
                QStringLiteral("Leave the schema empty to see those there are.")};
    case 1040: // ER_CON_COUNT_ERROR
        return {QStringLiteral("The server has no connection left"),
                QStringLiteral("Try again in a moment.")};
    case 1130: // ER_HOST_NOT_PRIVILEGED
        return {QStringLiteral("This computer may not connect"),
                QStringLiteral("The server has no account for the address you come from.")};
    case 1203: // ER_TOO_MANY_USER_CONNECTIONS
    case 1226: // ER_USER_LIMIT_REACHED
        return {QStringLiteral("This account has no connection left"),
                QStringLiteral("Close another program that uses it, or ask for a higher limit.")};
    case 1820: // ER_MUST_CHANGE_PASSWORD
    case 1862: // ER_MUST_CHANGE_PASSWORD_LOGIN
        return {QStringLiteral("The password has expired"),
                QStringLiteral("Set a new one with ALTER USER in the server's own client.")};
    case 3118: // ER_ACCOUNT_HAS_BEEN_LOCKED
    case 4151: // ER_ACCOUNT_HAS_BEEN_LOCKED of MariaDB
        return {QStringLiteral("The account is locked"), QStringLiteral("Ask who runs the server.")};
    case 1064: // ER_PARSE_ERROR
        return {QStringLiteral("Syntax error"), QString()};
    case 1146: // ER_NO_SUCH_TABLE
        return {QStringLiteral("Unknown table"), QString()};
    case 1054: // ER_BAD_FIELD_ERROR
        return {QStringLiteral("Unknown column"), QString()};
    case 1142: // ER_TABLEACCESS_DENIED_ERROR
        return {QStringLiteral("Not permitted"), QString()};
    case 3159: // ER_SECURE_TRANSPORT_REQUIRED
        return {QStringLiteral("The server wants TLS"),
                QStringLiteral("Choose TLS \"required\" or stronger.")};
    default:
        return {QStringLiteral("The server refused"), QString()};
    }
}

Words connectionWords(Error::Phase phase)
{
    switch (phase) {
    case Error::Phase::Connecting:
        return {
            QStringLiteral("No connection"),
            QStringLiteral(
                "Is the server running, and are host, port or socket right? A firewall may be in between.")};
    case Error::Phase::Greeting:
        return {
            QStringLiteral("No MySQL server there"),
            QStringLiteral("Something answers at this address, but not as a MySQL or MariaDB server does.")};
    default:
        return {QStringLiteral("Connection lost"), QStringLiteral("Run it again to connect anew.")};
    }
}

Words securityWords(Error::Phase phase)
{
    if (phase == Error::Phase::Tls)
        return {
            QStringLiteral("The server could not prove who it is"),
            QStringLiteral(
                "Give the file of the certificate authority that signed its certificate. "
                "\"Required\" encrypts without that proof: use it only where nobody can stand in between.")};
    return {QStringLiteral("Not safe"),
            QStringLiteral(
                "Going on would have given the password to someone unproven. Use TLS, or a local socket.")};
}

Words wordsOf(const Error &error)
{
    switch (error.kind()) {
    case Error::Kind::Server:
        return serverWords(error.code());
    case Error::Kind::Connection:
        return connectionWords(error.phase());
    case Error::Kind::Security:
        return securityWords(error.phase());
    case Error::Kind::Timeout:
        return {QStringLiteral("It took too long"), QString()};
    case Error::Kind::Cancelled:
        return {QStringLiteral("Cancelled"), QString()};
    case Error::Kind::Protocol:
        return {QStringLiteral("The server does not speak the protocol as it should"), QString()};
    case Error::Kind::Limit:
        return {QStringLiteral("Too much"), QString()};
    case Error::Kind::Pool:
        return {QStringLiteral("No connection free"), QString()};
    default:
        return {QStringLiteral("That does not work"), QString()};
    }
}

} // namespace

ErrorExplanation ErrorExplanation::of(const Error &error)
{
    const Words words = wordsOf(error);
    ErrorExplanation explanation;
    explanation.title = words.title;
    explanation.advice = words.advice;
    explanation.message = error.message();
    if (error.code() != 0)
        explanation.message += QStringLiteral(" (%1, %2)").arg(error.code()).arg(error.sqlState());
    return explanation;
}
