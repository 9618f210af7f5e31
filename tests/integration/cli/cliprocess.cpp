// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "cliprocess.h"

#include <QJsonDocument>
#include <QProcessEnvironment>

#include <csignal>

static constexpr int Patience = 100'000; // ms

QString cliPath()
{
    return QStringLiteral(QASYNCMYSQL_CLI);
}

QJsonObject CliResult::error() const
{
    if (errors.count('\n') != 1 || !errors.endsWith('\n'))
        return {};
    return QJsonDocument::fromJson(errors).object();
}

QString CliResult::errorKind() const
{
    return error().value(u"kind").toString();
}

QJsonArray CliResult::json() const
{
    return QJsonDocument::fromJson(output).array();
}

QByteArray CliResult::describe() const
{
    return "exit code " + QByteArray::number(exitCode) + "\noutput: " + output.left(2000)
        + "\nerrors: " + errors.left(2000);
}

std::unique_ptr<QProcess> startCli(const QStringList &arguments, const CliEnvironment &environment)
{
    auto process = std::make_unique<QProcess>();
    QProcessEnvironment full = QProcessEnvironment::systemEnvironment();
    full.remove(QStringLiteral("QASYNCMYSQL_PASSWORD"));
    full.remove(QStringLiteral("MYSQL_PWD"));
    for (auto it = environment.cbegin(); it != environment.cend(); ++it)
        full.insert(it.key(), it.value());
    process->setProcessEnvironment(full);
    process->start(cliPath(), arguments);
    return process;
}

bool interruptCli(const QProcess &process)
{
    const auto pid = pid_t(process.processId());
    return pid > 0 && ::kill(pid, SIGINT) == 0; // 0 would be all of us
}

CliResult finishCli(QProcess *process)
{
    CliResult result;
    if (!process->waitForFinished(Patience)) {
        result.errors = "did not end: " + process->errorString().toUtf8() + '\n';
        process->kill();
        process->waitForFinished();
    } else if (process->exitStatus() == QProcess::NormalExit) {
        result.exitCode = process->exitCode();
    }
    result.output = process->readAllStandardOutput();
    result.errors += process->readAllStandardError();
    return result;
}

CliResult runCli(const QStringList &arguments, const QByteArray &input, const CliEnvironment &environment)
{
    const std::unique_ptr<QProcess> process = startCli(arguments, environment);
    process->write(input);
    process->closeWriteChannel();
    return finishCli(process.get());
}
