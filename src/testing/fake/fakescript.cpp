// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/fakescript.h>

#include "testing/fake/fakecommand.h"
#include "testing/fake/fakescriptdata.h"

namespace QAsyncMySql {

namespace FakeCommand = Internal::FakeCommand;
using Internal::FakeStep;
using Kind = FakeStep::Kind;

namespace {

FakeStep step(Kind kind)
{
    FakeStep result;
    result.kind = kind;
    return result;
}

FakeStep step(Kind kind, const QByteArray &bytes, qint64 number = 0)
{
    FakeStep result = step(kind);
    result.bytes = bytes;
    result.number = number;
    return result;
}

FakeStep expecting(quint8 command, const QString &argument = {})
{
    FakeStep result = step(Kind::ExpectCommand);
    result.number = command;
    result.text = argument;
    return result;
}

} // namespace

const QList<FakeStep> &FakeScriptData::steps(const FakeScript &script)
{
    return script.d->list;
}

FakeScript::FakeScript()
    : d(new FakeScriptData)
{
}
FakeScript::FakeScript(const FakeScript &other) = default;
FakeScript &FakeScript::operator=(const FakeScript &other) = default;
FakeScript::~FakeScript() = default;

FakeScript &FakeScript::acceptLogin(const FakeGreeting &greeting)
{
    greet(greeting).expectLogin();
    FakeStep letIn = step(Kind::LetIn);
    letIn.greeting = greeting;
    d->list << letIn << step(Kind::ExpectSetup);
    return *this;
}

FakeScript &FakeScript::refuseLogin(quint16 code, const QString &message, const QByteArray &sqlState)
{
    return greet().expectLogin().answerError(code, message, sqlState).disconnect();
}

FakeScript &FakeScript::greet(const FakeGreeting &greeting)
{
    FakeStep result = step(Kind::Greet);
    result.greeting = greeting;
    d->list << result;
    return *this;
}

FakeScript &FakeScript::expectLogin(const QString &user)
{
    FakeStep result = step(Kind::ExpectLogin);
    result.text = user;
    d->list << result;
    return *this;
}

FakeScript &FakeScript::expectTlsRequest()
{
    d->list << step(Kind::ExpectTlsRequest);
    return *this;
}

FakeScript &FakeScript::expectStatement(const QString &sql)
{
    FakeStep result = step(Kind::ExpectStatement);
    result.text = sql.trimmed();
    d->list << result;
    return *this;
}

FakeScript &FakeScript::expectQuery(const QString &sql)
{
    d->list << expecting(FakeCommand::Query, sql.trimmed());
    return *this;
}

FakeScript &FakeScript::expectPrepare(const QString &sql)
{
    d->list << expecting(FakeCommand::Prepare, sql.trimmed());
    return *this;
}

FakeScript &FakeScript::expectExecute()
{
    return expectCommand(FakeCommand::Execute);
}

FakeScript &FakeScript::expectPing()
{
    return expectCommand(FakeCommand::Ping);
}

FakeScript &FakeScript::expectReset()
{
    return expectCommand(FakeCommand::ResetConnection);
}

FakeScript &FakeScript::expectUse(const QString &schema)
{
    d->list << expecting(FakeCommand::InitDb, schema);
    return *this;
}

FakeScript &FakeScript::expectQuit()
{
    return expectCommand(FakeCommand::Quit);
}

FakeScript &FakeScript::expectCommand(quint8 command)
{
    d->list << expecting(command);
    return *this;
}

FakeScript &FakeScript::expectPacket()
{
    d->list << step(Kind::ExpectPacket);
    return *this;
}

FakeScript &FakeScript::expectClosed()
{
    d->list << step(Kind::ExpectClosed);
    return *this;
}

FakeScript &FakeScript::answer(const FakeResult &result)
{
    FakeStep s = step(Kind::Answer);
    s.result = result;
    d->list << s;
    return *this;
}

FakeScript &FakeScript::answerError(quint16 code, const QString &message, const QByteArray &sqlState)
{
    return send(FakePacket::error(code, message.toUtf8(), sqlState));
}

// MySQL source documentation, "COM_STMT_PREPARE_OK".
FakeScript &FakeScript::answerPrepared(quint32 id, quint16 parameters, const QStringList &columns)
{
    FakeStep s = step(Kind::Answer);
    s.bytes = QByteArray(1, '\0') + FakePacket::fixed(id, 4) + FakePacket::fixed(quint64(columns.size()), 2)
        + FakePacket::fixed(parameters, 2) + QByteArray(3, '\0');
    s.number = parameters;
    s.result = FakeResult(columns);
    d->list << s;
    return *this;
}

FakeScript &FakeScript::send(const QByteArray &payload)
{
    d->list << step(Kind::Send, payload, -1);
    return *this;
}

FakeScript &FakeScript::sendNumbered(const QByteArray &payload, quint8 sequence)
{
    d->list << step(Kind::Send, payload, sequence);
    return *this;
}

FakeScript &FakeScript::sendBytes(const QByteArray &bytes)
{
    d->list << step(Kind::SendBytes, bytes);
    return *this;
}

FakeScript &FakeScript::sendSlowly(const QByteArray &bytes, std::chrono::milliseconds pause)
{
    d->list << step(Kind::SendSlowly, bytes, pause.count());
    return *this;
}

FakeScript &FakeScript::sendForever(const QByteArray &payload)
{
    d->list << step(Kind::SendForever, payload);
    return *this;
}

FakeScript &FakeScript::sendBytesForever(const QByteArray &bytes)
{
    d->list << step(Kind::SendBytesForever, bytes);
    return *this;
}

FakeScript &FakeScript::startTls(TestCertificates::Server kind)
{
    d->list << step(Kind::StartTls, {}, qint64(kind));
    return *this;
}

FakeScript &FakeScript::wait(std::chrono::milliseconds time)
{
    d->list << step(Kind::Wait, {}, time.count());
    return *this;
}

FakeScript &FakeScript::stall()
{
    d->list << step(Kind::Stall);
    return *this;
}

FakeScript &FakeScript::disconnect()
{
    d->list << step(Kind::Disconnect);
    return *this;
}

FakeScript &FakeScript::reset()
{
    d->list << step(Kind::Reset);
    return *this;
}

FakeScript &FakeScript::append(const FakeScript &other, int times)
{
    const QList<FakeStep> steps = other.d->list;
    for (int i = 0; i < times; ++i)
        d->list << steps;
    return *this;
}

qsizetype FakeScript::stepCount() const
{
    return d->list.size();
}

} // namespace QAsyncMySql
