// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>

#include <memory>

//! What a run of the command-line tool gave.
class CliResult
{
public:
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;

    //! The error line, or an empty object unless there is exactly one line and it is JSON.
    QJsonObject error() const;
    QString errorKind() const;
    //! The output as JSON; an empty array unless it is one.
    QJsonArray json() const;
    //! All for a failure's message.
    QByteArray describe() const;
};

//! The program itself.
QString cliPath();

using CliEnvironment = QMap<QString, QString>;

//! Runs the tool to its end.
CliResult runCli(const QStringList &arguments, const QByteArray &input = {},
                 const CliEnvironment &environment = {});

//! Starts the tool; its output can be read while it runs.
std::unique_ptr<QProcess> startCli(const QStringList &arguments, const CliEnvironment &environment = {});

//! What Ctrl+C does. False if it does not run any more.
bool interruptCli(const QProcess &process);

//! Waits for the end and collects what was not read yet.
CliResult finishCli(QProcess *process);
