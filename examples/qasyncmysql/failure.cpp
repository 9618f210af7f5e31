// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "failure.h"

#include <QAsyncMySql/rowformatter.h>

#include <QMetaEnum>

#include <cstdio>

using namespace QAsyncMySql;

namespace Cli {

ExitCode exitCodeFor(const Error &error)
{
    switch (error.kind()) {
    case Error::Kind::None:
        return Success;
    case Error::Kind::Server:
        // A server that refuses the login refuses the connection; one that ends it has not answered the
        // statement.
        switch (error.phase()) {
        case Error::Phase::Connecting:
        case Error::Phase::Greeting:
        case Error::Phase::Tls:
        case Error::Phase::Authentication:
        case Error::Phase::Initialization:
            return ConnectionFailed;
        default:
            return error.isConnectionLost() ? ConnectionFailed : StatementFailed;
        }
    case Error::Kind::Connection:
    case Error::Kind::Pool:
        return ConnectionFailed;
    case Error::Kind::Timeout:
        return DeadlinePassed;
    case Error::Kind::Cancelled:
        return Interrupted;
    case Error::Kind::Security:
    case Error::Kind::Protocol:
        return SecurityOrProtocol;
    case Error::Kind::Usage:
        return WrongUsage;
    case Error::Kind::Limit:
    case Error::Kind::Conversion:
        return StatementFailed;
    }
    return StatementFailed;
}

static QByteArray quoted(const QString &text)
{
    QByteArray json;
    RowFormatter(TransferFormat::Type::JsonLines).appendValue(json, text);
    return json;
}

template <class E> static QByteArray quotedKey(E value)
{
    const char *key = QMetaEnum::fromType<E>().valueToKey(int(value));
    return key ? quoted(QString::fromLatin1(key)) : QByteArray("null");
}

QByteArray errorLine(const Error &error)
{
    return "{\"kind\":" + quotedKey(error.kind()) + ",\"code\":" + QByteArray::number(error.code())
        + ",\"sqlState\":" + quoted(error.sqlState()) + ",\"message\":" + quoted(error.message())
        + ",\"outcome\":" + quotedKey(error.outcome()) + ",\"phase\":" + quotedKey(error.phase()) + "}";
}

static void writeLine(const QByteArray &line)
{
    const QByteArray ended = line + '\n';
    std::fwrite(ended.constData(), 1, size_t(ended.size()), stderr);
    std::fflush(stderr);
}

void reportError(const Error &error)
{
    writeLine(errorLine(error));
}

static const char *levelText(Warning::Level level)
{
    switch (level) {
    case Warning::Level::Note:
        return "Note";
    case Warning::Level::Warning:
        return "Warning";
    case Warning::Level::Error:
        return "Error";
    }
    return "Warning";
}

void reportWarnings(const QList<Warning> &warnings)
{
    for (const Warning &warning : warnings) {
        writeLine("{\"level\":" + quoted(QString::fromLatin1(levelText(warning.level()))) + ",\"code\":"
                  + QByteArray::number(warning.code()) + ",\"message\":" + quoted(warning.message()) + "}");
    }
}

Error usageError(const QString &message)
{
    return Error(Error::Kind::Usage, message);
}

} // namespace Cli
