// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "runner.h"

#include "procedurecall.h"
#include "terminal.h"

#include <QCoreApplication>
#include <QFile>

using namespace QAsyncMySql;

namespace Cli {

// Rows formatted at a time when streaming: enough to make the rest small, few enough that Ctrl+C is seen
// soon.
static constexpr int RowsAtATime = 1000;

Runner::Runner(const Options &options, const ConnectOptions &connectOptions,
               const QList<StatementToRun> &statements, const Parameters &parameters,
               const StatementOptions &statementOptions)
    : m_options(options)
    , m_connectOptions(connectOptions)
    , m_statements(statements)
    , m_parameters(parameters)
    , m_statementOptions(statementOptions)
    , m_output(StandardOutput)
    , m_progress(options.progress)
{
    const Format usual = isTerminal(StandardOutput) ? Format::Table : Format::Tsv;
    m_formatter = makeFormatter(options.format.value_or(usual), m_output, options.header);
    if (options.loadLocal == u"-") {
        m_stdin = std::make_unique<StdinDevice>();
        m_statementOptions.setLocalInfile(LocalInfile::fromDevice(m_stdin.get()));
    } else if (!options.loadLocal.isEmpty()) {
        m_statementOptions.setLocalInfile(LocalInfile::fromFile(options.loadLocal));
    }
    connect(&m_interrupt, &Interrupt::requested, this, &Runner::interrupted);
}

void Runner::start()
{
    m_task.emplace(run());
}

void Runner::interrupted()
{
    if (m_connection.state() == Connection::State::Connecting)
        m_connection.abort();
    else if (!m_import.isFinished())
        m_import.cancel();
    else
        m_connection.cancelCurrent();
}

Task Runner::run()
{
    int code = Success;
    const Result<void> opened = co_await m_connection.open(m_connectOptions);
    if (opened) {
        if (m_options.importFile.isEmpty())
            code = co_await runAll();
        else
            code = co_await runImport();
        m_formatter->finish(code == Success);
        if (const int outputCode = checkOutput(); outputCode != Success && code == Success)
            code = outputCode;
        if (m_connection.isOpen())
            co_await m_connection.close(); // how it went changes nothing any more
    } else {
        reportError(opened.error().withOutcome(Error::Outcome::NotSent)); // of what was to be run
        code = exitCodeFor(opened.error());
    }
    if (Interrupt::wasRequested() && code != Success)
        code = Interrupt::exitCode();
    QMetaObject::invokeMethod(
        qApp, [code] { QCoreApplication::exit(code); }, Qt::QueuedConnection);
    co_return code;
}

// By --format, else by the ending of the name.
static TransferFormat importFormat(const Options &options)
{
    const QString &name = options.importFile;
    TransferFormat::Type type = TransferFormat::Type::Csv;
    if (options.format ? options.format == Format::Tsv : name.endsWith(u".tsv"))
        type = TransferFormat::Type::Tsv;
    else if (options.format ? options.format == Format::NdJson
                            : name.endsWith(u".ndjson") || name.endsWith(u".jsonl"))
        type = TransferFormat::Type::JsonLines;
    return TransferFormat(type).setHeader(options.header);
}

Task Runner::runImport()
{
    QFile file(m_options.importFile);
    QIODevice *device = &file;
    if (m_options.importFile == u"-") {
        m_stdin = std::make_unique<StdinDevice>();
        device = m_stdin.get();
    } else if (!file.open(QIODevice::ReadOnly)) {
        const Error error = usageError(
            QStringLiteral("The file \"%1\" cannot be read: %2.").arg(file.fileName(), file.errorString()));
        reportError(error);
        co_return exitCodeFor(error);
    }
    const qsizetype point = m_options.importTable.indexOf(u'.');
    RowImporter importer;
    importer.setTable(m_options.importTable.sliced(point + 1),
                      m_options.importTable.first(qMax(point, qsizetype(0))));
    importer.setFormat(importFormat(m_options));
    if (m_options.skipErrors)
        importer.setErrorPolicy(RowImporter::ErrorPolicy::Skip);
    m_import = importer.run(m_connection, device);
    const Result<ImportReport> report = co_await m_import;
    if (!report) {
        reportError(report.error());
        co_return exitCodeFor(report.error());
    }
    for (const FailedRow &row : report->failedRows)
        reportError(row.error.withContext(QStringLiteral("Line %1").arg(row.line)));
    if (report->error && (report->failedRows.isEmpty() || report->error.kind() == Error::Kind::Limit))
        reportError(report->error);
    m_output.buffer() += QByteArray::number(report->importedRows) + " rows imported\n";
    const int outputCode = checkOutput();
    co_return report->error ? exitCodeFor(report->error) : outputCode;
}

Task Runner::runAll()
{
    int firstFailure = Success;
    for (const StatementToRun &statement : m_statements) {
        if (Interrupt::wasRequested()) {
            reportError(Error(Error::Kind::Cancelled,
                              QStringLiteral("Cancelled before the statement was sent."),
                              Error::Outcome::NotSent, Error::Phase::Queue));
            co_return Interrupted;
        }
        int code = Success;
        if (m_options.stream)
            code = co_await runStreamed(statement);
        else
            code = co_await runBuffered(statement);
        if (code == Success)
            continue;
        if (firstFailure == Success)
            firstFailure = code;
        const bool goOn
            = m_options.force && code == StatementFailed && m_connection.isOpen() && m_output.isGood();
        if (!goOn)
            break;
    }
    co_return firstFailure;
}

// The server keeps rows of prepared statements only. A prepared CALL gives OUT parameters back, and takes a
// placeholder for one.
StatementProtocol Runner::protocolOf(const StatementToRun &statement) const
{
    const bool prepared = m_options.fetchSize > 0 || (!m_parameters.isEmpty() && isCall(statement.sql));
    return m_options.protocol.value_or(prepared ? StatementProtocol::Prepared : StatementProtocol::Text);
}

/* The procedure to be called by way of variables, whose values come back with their types: as text a
   placeholder is a literal, which can be no OUT parameter, and MySQL sends the texts of OUT parameters of a
   prepared CALL as bytes, in the character set that they were declared with. */
QString Runner::procedureOf(const StatementToRun &statement) const
{
    if (m_parameters.isEmpty())
        return {};
    const bool asked = m_options.warnings || !m_options.attributes.isEmpty(); // what a call does not take
    const bool variables = m_options.protocol ? *m_options.protocol == StatementProtocol::Text
                                              : !m_connection.isMariaDb() && !asked;
    return variables ? calledProcedure(statement.sql) : QString();
}

Task Runner::runBuffered(const StatementToRun &statement)
{
    const QString procedure = procedureOf(statement);
    if (!procedure.isEmpty())
        co_return co_await runCall(statement, procedure);
    m_progress.start(nullptr);
    const Result<ResultSet> result = co_await m_connection.run(Internal::StatementRequest(
        protocolOf(statement), SqlStatement(statement.sql, m_parameters), m_statementOptions));
    m_progress.stop();
    if (!result)
        co_return statementFailed(statement, result.error());

    ResultSet part = *result;
    for (;;) {
        write(part, part.isOutParameters());
        reportWarnings(part.warnings());
        if (!part.hasNext() || !m_output.isGood())
            break;
        part = part.next();
    }
    co_return checkOutput();
}

Task Runner::runCall(const StatementToRun &statement, const QString &procedure)
{
    m_progress.start(nullptr);
    const Result<CallResult> result
        = co_await m_connection.call(StatementProtocol::Text, procedure, m_parameters);
    m_progress.stop();
    if (!result)
        co_return statementFailed(statement, result.error());
    for (const ResultSet &part : result->resultSets())
        write(part, false);
    if (result->outParameters().hasColumns())
        write(result->outParameters(), true);
    co_return checkOutput();
}

void Runner::write(const ResultSet &result, bool outParameters)
{
    m_formatter->beginResult(result.columns());
    if (!result.isEmpty())
        m_formatter->addRows(result.rows());
    m_formatter->endResult(result, outParameters);
}

Task Runner::runStreamed(const StatementToRun &statement)
{
    const std::unique_ptr<Cursor> cursor = m_connection.openCursor(Internal::StatementRequest(
        protocolOf(statement), SqlStatement(statement.sql, m_parameters), m_statementOptions));
    if (m_options.window)
        cursor->setWindow(*m_options.window, cursor->windowBytes());
    m_progress.start(cursor.get());
    bool begun = false;
    for (;;) {
        const Result<RowBatch> batch = co_await cursor->nextBatch(RowsAtATime);
        if (!batch) {
            m_progress.stop();
            co_return statementFailed(statement, batch.error());
        }
        if (!begun)
            m_formatter->beginResult(cursor->columns());
        begun = true;
        if (!batch->isEmpty()) {
            m_formatter->addRows(*batch);
        } else {
            m_formatter->endResult(cursor->summary(), cursor->summary().isOutParameters());
            reportWarnings(cursor->summary().warnings());
            begun = false;
            if (!cursor->hasNextResult())
                break;
            cursor->nextResult();
        }
        if (!m_output.flush()) {
            co_await stopCursor(cursor.get());
            break;
        }
    }
    m_progress.stop();
    co_return checkOutput();
}

// The statement is to end on the server, too, before the program does.
Task Runner::stopCursor(Cursor *cursor)
{
    cursor->cancel();
    while (!cursor->isFinished()) {
        const Result<RowBatch> rest = co_await cursor->nextBatch(RowsAtATime);
        if (!rest)
            break;
        if (rest->isEmpty() && !cursor->nextResult())
            break;
    }
    co_return Success;
}

int Runner::statementFailed(const StatementToRun &statement, const Error &error)
{
    const int outputCode = checkOutput(); // what has come stands before the error
    if (outputCode != Success)
        return outputCode;
    reportError(statement.place.isEmpty() ? error : error.withContext(statement.place));
    return exitCodeFor(error);
}

int Runner::checkOutput()
{
    m_output.flush();
    switch (m_output.state()) {
    case Output::State::Good:
        return Success;
    case Output::State::Closed:
        return BrokenPipe; // nobody reads any more: that is no error to tell of
    case Output::State::Interrupted:
        reportError(Error(Error::Kind::Cancelled, QStringLiteral("Cancelled while the rows were printed."),
                          Error::Outcome::Executed, Error::Phase::Result));
        return Interrupted;
    case Output::State::Failed:
        reportError(Error(Error::Kind::Limit,
                          QStringLiteral("Could not write to standard output: %1").arg(m_output.errorText()),
                          Error::Outcome::Executed, Error::Phase::Result));
        return StatementFailed;
    }
    return Success;
}

} // namespace Cli
