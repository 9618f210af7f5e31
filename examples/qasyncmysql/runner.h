// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "failure.h"
#include "interrupt.h"
#include "options.h"
#include "output.h"
#include "progress.h"
#include "scriptfile.h"
#include "stdindevice.h"
#include "task.h"

#include <QAsyncMySql/connection.h>
#include <QAsyncMySql/rowimporter.h>

#include <QObject>

#include <memory>
#include <optional>

namespace Cli {

//! Connects, runs the statements, prints their results, and ends the event loop with the exit code.
class Runner : public QObject
{
    Q_OBJECT

public:
    Runner(const Options &options, const QAsyncMySql::ConnectOptions &connectOptions,
           const QList<StatementToRun> &statements, const QAsyncMySql::Parameters &parameters,
           const QAsyncMySql::StatementOptions &statementOptions);

    //! To be called from the event loop.
    void start();

private:
    Task run();
    Task runAll();
    Task runImport();
    QAsyncMySql::StatementProtocol protocolOf(const StatementToRun &statement) const;
    QString procedureOf(const StatementToRun &statement) const;
    Task runBuffered(const StatementToRun &statement);
    Task runCall(const StatementToRun &statement, const QString &procedure);
    Task runStreamed(const StatementToRun &statement);
    Task stopCursor(QAsyncMySql::Cursor *cursor);
    void write(const QAsyncMySql::ResultSet &result, bool outParameters);
    int statementFailed(const StatementToRun &statement, const QAsyncMySql::Error &error);
    int checkOutput();
    void interrupted();

    const Options m_options;
    const QAsyncMySql::ConnectOptions m_connectOptions;
    const QList<StatementToRun> m_statements;
    const QAsyncMySql::Parameters m_parameters;
    QAsyncMySql::StatementOptions m_statementOptions;
    std::unique_ptr<StdinDevice> m_stdin; // the data of --load-local

    Output m_output;
    std::unique_ptr<Formatter> m_formatter;
    Interrupt m_interrupt;
    Progress m_progress;
    QAsyncMySql::Connection m_connection;
    QAsyncMySql::Reply<QAsyncMySql::ImportReport> m_import;
    std::optional<Task> m_task;
};

} // namespace Cli
