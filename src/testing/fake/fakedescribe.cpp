// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/fake/fakecommand.h"
#include "testing/fake/fakescriptdata.h"

namespace QAsyncMySql::Internal {

namespace {

constexpr qsizetype ShownText = 200; // characters of a statement

struct CommandName
{
    quint8 command;
    const char *step; // as a script expects it
    const char *words; // as it is told
    bool hasText; // its argument is text
};

constexpr CommandName names[] = {
    {FakeCommand::Quit, "expectQuit", "the client's farewell (COM_QUIT)", false},
    {FakeCommand::InitDb, "expectUse", "a change of the schema (COM_INIT_DB)", true},
    {FakeCommand::Query, "expectQuery", "a query (COM_QUERY)", true},
    {FakeCommand::Ping, "expectPing", "a ping (COM_PING)", false},
    {FakeCommand::ChangeUser, "expectCommand(0x11)", "a change of the user (COM_CHANGE_USER)", false},
    {FakeCommand::Prepare, "expectPrepare", "a statement to prepare (COM_STMT_PREPARE)", true},
    {FakeCommand::Execute, "expectExecute", "the execution of a prepared statement (COM_STMT_EXECUTE)",
     false},
    {FakeCommand::SendLongData, "expectCommand(0x18)", "a long parameter (COM_STMT_SEND_LONG_DATA)", false},
    {FakeCommand::CloseStatement, "expectCommand(0x19)", "the end of a prepared statement (COM_STMT_CLOSE)",
     false},
    {FakeCommand::SetOption, "expectCommand(0x1b)", "an option (COM_SET_OPTION)", false},
    {FakeCommand::Fetch, "expectCommand(0x1c)", "a fetch from a server-side cursor (COM_STMT_FETCH)", false},
    {FakeCommand::ResetConnection, "expectReset", "a reset of the session (COM_RESET_CONNECTION)", false},
};

const CommandName *find(quint8 command)
{
    for (const CommandName &name : names) {
        if (name.command == command)
            return &name;
    }
    return nullptr;
}

QString quoted(const QString &text)
{
    return u'"' + (text.size() > ShownText ? text.left(ShownText) + u"..." : text) + u'"';
}

QString call(const QString &name, const QString &argument)
{
    return name + u'(' + (argument.isEmpty() ? QString() : quoted(argument)) + u')';
}

} // namespace

QString describeCommand(const QByteArray &packet)
{
    if (packet.isEmpty())
        return QStringLiteral("an empty packet");
    const auto command = quint8(packet.front());
    const CommandName *name = find(command);
    if (!name) {
        return QStringLiteral("a packet of %1 bytes that begins with 0x%2")
            .arg(packet.size())
            .arg(command, 2, 16, QLatin1Char('0'));
    }
    QString text = QString::fromLatin1(name->words);
    if (name->hasText)
        text += QStringLiteral(": ") + quoted(QString::fromUtf8(packet.sliced(1)));
    return text;
}

QString FakeStep::describe() const
{
    switch (kind) {
    case Kind::ExpectLogin:
        return call(QStringLiteral("expectLogin"), text);
    case Kind::ExpectTlsRequest:
        return QStringLiteral("expectTlsRequest()");
    case Kind::ExpectSetup:
        return QStringLiteral("acceptLogin() (the statement that sets the session up)");
    case Kind::ExpectStatement:
        return call(QStringLiteral("expectStatement"), text);
    case Kind::ExpectCommand: {
        const CommandName *name = find(quint8(number));
        if (!name)
            return QStringLiteral("expectCommand(0x%1)").arg(number, 2, 16, QLatin1Char('0'));
        const QString step = QString::fromLatin1(name->step);
        return step.endsWith(u')') ? step : call(step, text);
    }
    case Kind::ExpectPacket:
        return QStringLiteral("expectPacket()");
    case Kind::ExpectClosed:
        return QStringLiteral("expectClosed()");
    case Kind::Greet:
        return QStringLiteral("greet()");
    case Kind::LetIn:
        return QStringLiteral("acceptLogin()");
    case Kind::Answer:
        return bytes.isEmpty() ? QStringLiteral("answer()") : QStringLiteral("answerPrepared()");
    case Kind::Send:
        return QStringLiteral("send()");
    case Kind::SendBytes:
        return QStringLiteral("sendBytes()");
    case Kind::SendSlowly:
        return QStringLiteral("sendSlowly()");
    case Kind::SendForever:
        return QStringLiteral("sendForever()");
    case Kind::SendBytesForever:
        return QStringLiteral("sendBytesForever()");
    case Kind::StartTls:
        return QStringLiteral("startTls()");
    case Kind::Wait:
        return QStringLiteral("wait(%1 ms)").arg(number);
    case Kind::Stall:
        return QStringLiteral("stall()");
    case Kind::Disconnect:
        return QStringLiteral("disconnect()");
    case Kind::Reset:
        return QStringLiteral("reset()");
    }
    Q_UNREACHABLE();
    return {};
}

} // namespace QAsyncMySql::Internal
