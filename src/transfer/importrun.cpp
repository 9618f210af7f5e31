// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transfer/importrun.h"

#include <QAsyncMySql/pipeline.h>

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

constexpr qint64 TurnBudget = 4'000'000; // ns
constexpr qsizetype BatchBytes = 256 * 1024; // of values
constexpr qsizetype PipelinedRows = 64;

qsizetype bytesOf(const Parameters &row)
{
    qsizetype bytes = 0;
    for (const Parameter &value : row)
        bytes += value.bytesView().size() + 8;
    return bytes;
}

QString lineContext(qint64 line)
{
    return QStringLiteral("Line %1").arg(line);
}

// The server's refusals that have nothing to do with one row.
bool concernsAllRows(int code)
{
    static constexpr int Codes[] = {
        1021, // ER_DISK_FULL
        1044, // ER_DBACCESS_DENIED_ERROR
        1114, // ER_RECORD_FILE_FULL
        1142, // ER_TABLEACCESS_DENIED_ERROR
        1143, // ER_COLUMNACCESS_DENIED_ERROR
        1146, // ER_NO_SUCH_TABLE
        1205, // ER_LOCK_WAIT_TIMEOUT
        1213, // ER_LOCK_DEADLOCK
        1290, // ER_OPTION_PREVENTS_STATEMENT
        1317, // ER_QUERY_INTERRUPTED
        1792, // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION
        1836, // ER_READ_ONLY_MODE
        1969, // ER_STATEMENT_TIMEOUT of MariaDB
        3024, // ER_QUERY_TIMEOUT of MySQL
    };
    return std::find(std::begin(Codes), std::end(Codes), code) != std::end(Codes);
}

} // namespace

ImportRun::ImportRun(const RowImporter &settings, FindExecutor executor, Begin begin, QIODevice *device)
    : m_settings(settings)
    , m_findExecutor(std::move(executor))
    , m_begin(std::move(begin))
    , m_target(settings)
    , m_reader(RecordReader::create(settings.format()))
    , m_source(LocalInfile::fromDevice(device))
    , m_whole(settings.atomicity() == RowImporter::Atomicity::Whole)
{
}

Reply<ImportReport> ImportRun::start(const RowImporter &settings, FindExecutor executor, Begin begin,
                                     QIODevice *device)
{
    if (const Error error = settings.format().check())
        return Reply<ImportReport>::fromError(error);
    if (const Error error = missingEventLoop())
        return Reply<ImportReport>::fromError(error);
    const std::shared_ptr<ImportRun> self(
        new ImportRun(settings, std::move(executor), std::move(begin), device));
    self->m_port = EventPort::create(self);
    self->m_device.emplace(self->m_source, self->m_port, QStringLiteral("the import"));
    if (const Error error = self->m_device->open())
        return Reply<ImportReport>::fromError(error);
    self->m_port->watchThread();
    self->m_port->startTicking(std::chrono::milliseconds(100));
    self->m_completion.onCancel([run = self.get()] { run->cancelled(); });
    const Reply<ImportReport> reply = self->m_completion.reply();
    go(self);
    return reply;
}

void ImportRun::onWork()
{
    m_turn.start();
    if (m_waiter)
        std::exchange(m_waiter, {}).resume();
}

void ImportRun::onTick()
{
    if (!m_cancelled && m_completion.isAbandoned())
        cancelled();
}

void ImportRun::onThreadEnd()
{
    m_threadEnded = true;
    onWork();
}

void ImportRun::cancelled()
{
    m_cancelled = true;
    if (m_cancelCurrent)
        m_cancelCurrent();
    m_port->postWork();
}

Error ImportRun::stopError() const
{
    if (m_cancelled || m_threadEnded) {
        return Error(Error::Kind::Cancelled,
                     m_cancelled ? QStringLiteral("The import was cancelled.")
                                 : QStringLiteral("The thread of the import has ended."),
                     Error::Outcome::Executed, Error::Phase::Command);
    }
    if (!executor()) {
        return Error(
            Error::Kind::Cancelled,
            QStringLiteral("What the import ran on was destroyed; keep it until the reply has finished."),
            Error::Outcome::Executed, Error::Phase::Command);
    }
    return {};
}

Executor *ImportRun::executor() const
{
    return m_inTransaction ? &m_transaction : m_findExecutor();
}

LooseRoutine ImportRun::go(std::shared_ptr<ImportRun> self)
{
    Routine work = self->perform();
    Error error = co_await work;
    Routine end = self->settle(error);
    error = co_await end;
    self->finish(error);
}

Routine ImportRun::perform()
{
    Routine prepared = prepare();
    if (const Error error = co_await prepared; error)
        co_return error;
    Routine rows = readRows();
    co_return co_await rows;
}

// What the table is, and the transaction.
Routine ImportRun::prepare()
{
    const Result<QString> columnsQuery = m_target.columnsQuery();
    if (!columnsQuery)
        co_return columnsQuery.error();
    if (const Error error = stopError())
        co_return error;
    if (m_whole) {
        const Reply<Transaction> begin = m_begin();
        const Result<Transaction> transaction = co_await begin;
        if (!transaction)
            co_return transaction.error();
        m_transaction = *transaction;
        m_inTransaction = true;
        if (const Error error = stopError())
            co_return error;
    }
    Pipeline questions;
    questions.query(*columnsQuery);
    questions.query(m_target.generatedQuery());
    questions.query(m_target.engineQuery(), m_target.engineValues());
    const Reply<PipelineResults> reply = executor()->run(questions);
    const Result<PipelineResults> answers = co_await reply;
    if (!answers)
        co_return answers.error();
    for (qsizetype i = 0; i < 2; ++i) {
        if (!answers->at(i))
            co_return answers->at(i).error();
    }
    m_target.readColumns(*answers->at(0));
    m_target.readGenerated(*answers->at(1));
    if (answers->at(2))
        m_target.readEngine(*answers->at(2));
    if (m_whole && m_target.hasNoTransactions()) {
        co_return Error(
            Error::Kind::Usage,
            QStringLiteral("The table's engine has no transactions, so that an import cannot be taken "
                           "back; use Atomicity::Batches."));
    }
    if (!m_target.wantsHeader() && m_settings.format().type() != TransferFormat::Type::JsonLines) {
        const Error error = m_target.assignByPlace();
        m_reader->setColumnCount(m_target.fieldCount());
        co_return error;
    }
    co_return Error();
}

Routine ImportRun::readRows()
{
    m_turn.start();
    Record record;
    for (;;) {
        if (const Error error = stopError())
            co_return error;
        if (m_turn.nsecsElapsed() > TurnBudget) {
            m_port->postWork();
            co_await Wake(*this);
            continue;
        }
        const RecordReader::Status status = m_reader->next(record);
        if (status == RecordReader::Status::Failed)
            co_return Error(Error::Kind::Limit, m_reader->failure());
        if (status == RecordReader::Status::Wanting) {
            Routine portion = more();
            if (const Error error = co_await portion; error)
                co_return error;
            continue;
        }
        Error fault;
        if (status == RecordReader::Status::Record)
            fault = takeRecord(record);
        const bool ended = status == RecordReader::Status::End;
        // What came before a fault is inserted, too, where it may stay.
        if (isFull() || ended || (fault && !m_whole)) {
            Routine batch = flush();
            if (const Error error = co_await batch; error)
                co_return error;
            m_turn.start();
        }
        if (fault || ended)
            co_return fault;
    }
}

// Waits for the device, and takes what it gives.
Routine ImportRun::more()
{
    while (!m_device->isReady()) {
        co_await Wake(*this);
        if (const Error error = stopError())
            co_return error;
    }
    m_reader->feed(m_device->read());
    m_completion.progress(m_device->sent(), m_device->total());
    if (!m_device->failure().isEmpty()) {
        co_return Error(Error::Kind::Usage,
                        QStringLiteral("The device to import from could not be read after %1 bytes: %2.")
                            .arg(m_device->sent())
                            .arg(m_device->failure()),
                        Error::Outcome::Executed, Error::Phase::Command);
    }
    if (m_device->atEnd())
        m_reader->finish();
    co_return Error();
}

Error ImportRun::takeNames(const Record &record)
{
    if (!record.fault.isEmpty())
        return Error(Error::Kind::Usage, QStringLiteral("The header: %1").arg(record.fault));
    QStringList names = record.names;
    if (m_target.wantsHeader()) {
        for (const Field &field : record.fields)
            names.append(QString::fromUtf8(field.bytes));
    }
    const Error error = m_target.assign(names);
    m_reader->setColumnCount(m_target.fieldCount());
    return error;
}

Error ImportRun::takeRecord(const Record &record)
{
    if (!m_target.isAssigned()) {
        if (m_target.wantsHeader())
            return takeNames(record);
        if (record.fault.isEmpty()) { // the first line of JSON that is one
            if (const Error error = takeNames(record))
                return error;
        }
    }
    m_begun = true;
    Result<Parameters> values = m_target.values(record);
    if (!values)
        return rowFailed(record.line, record.text, values.error());
    m_batchBytes += bytesOf(*values);
    m_batch.push_back({*std::move(values), record.text, record.line});
    return {};
}

bool ImportRun::isFull() const
{
    return qsizetype(m_batch.size()) >= m_settings.batchRows() || m_batchBytes >= BatchBytes;
}

// An error if that is the end.
Error ImportRun::rowFailed(qint64 line, const QByteArray &text, const Error &error)
{
    m_report.failedRows.append(FailedRow(line, text, error));
    if (m_settings.errorPolicy() == RowImporter::ErrorPolicy::Stop)
        return error.withContext(lineContext(line));
    if (m_report.failedRows.size() <= m_settings.maximumFailedRows())
        return {};
    return Error(Error::Kind::Limit,
                 QStringLiteral("More than %1 rows failed, the last in line %2; see setMaximumFailedRows().")
                     .arg(m_settings.maximumFailedRows())
                     .arg(line),
                 Error::Outcome::Executed, Error::Phase::Command);
}

// Other rows would fail as well.
bool ImportRun::endsAll(const Error &error) const
{
    switch (error.kind()) {
    case Error::Kind::Server:
        return concernsAllRows(error.code()) || (m_whole && !m_transaction.isActive());
    case Error::Kind::Usage:
    case Error::Kind::Limit:
    case Error::Kind::Conversion:
        return error.isConnectionLost() || !executor() || (m_whole && !m_transaction.isActive());
    default:
        return true;
    }
}

Routine ImportRun::flush()
{
    std::vector<PendingRow> rows = std::exchange(m_batch, {});
    m_batchBytes = 0;
    if (rows.empty())
        co_return Error();
    // A statement of many rows that fails half-way must have done nothing, or rows would be inserted twice.
    if (m_target.isTransactional()) {
        QList<Parameters> values;
        for (const PendingRow &row : rows)
            values.append(row.values);
        Reply<BulkResult> reply = executor()->executeMany(m_target.statement(), std::move(values));
        m_cancelCurrent = [reply]() mutable { reply.cancel(); };
        const Result<BulkResult> result = co_await reply;
        m_cancelCurrent = nullptr;
        if (result) {
            m_report.importedRows += result->acceptedRows();
            m_report.warningCount += result->warningCount();
            if (result->isComplete())
                co_return Error();
        }
        const Error error = result ? result->error() : result.error();
        if (endsAll(error))
            co_return m_cancelled ? stopError() : error;
        if (result) {
            for (auto chunk = result->chunks().rbegin(); chunk != result->chunks().rend(); ++chunk) {
                if (!chunk->error) {
                    rows.erase(rows.begin() + chunk->firstRow,
                               rows.begin() + chunk->firstRow + chunk->rowCount);
                }
            }
        }
    }
    Routine singly = flushSingly(std::move(rows));
    co_return co_await singly;
}

// Finds the rows that fail.
Routine ImportRun::flushSingly(std::vector<PendingRow> rows)
{
    const bool skip = m_settings.errorPolicy() == RowImporter::ErrorPolicy::Skip;
    const size_t step = skip ? size_t(PipelinedRows) : 1;
    for (size_t from = 0; from < rows.size(); from += step) {
        if (const Error error = stopError())
            co_return error;
        const size_t count = std::min(step, rows.size() - from);
        Pipeline pipeline;
        for (size_t i = 0; i < count; ++i)
            pipeline.execute(m_target.statement(), rows[from + i].values);
        Reply<PipelineResults> reply = executor()->run(pipeline);
        m_cancelCurrent = [reply]() mutable { reply.cancel(); };
        const Result<PipelineResults> results = co_await reply;
        m_cancelCurrent = nullptr;
        if (!results)
            co_return m_cancelled ? stopError() : results.error();
        Error end;
        for (size_t i = 0; i < count; ++i) {
            const Result<ResultSet> &result = results->at(qsizetype(i));
            const PendingRow &row = rows[from + i];
            if (result) {
                ++m_report.importedRows;
                m_report.warningCount += result->warningCount();
            } else if (!end) {
                end = endsAll(result.error()) ? result.error()
                                              : rowFailed(row.line, row.text, result.error());
            }
        }
        if (end)
            co_return m_cancelled ? stopError() : end;
    }
    co_return Error();
}

Routine ImportRun::settle(Error error)
{
    if (!m_inTransaction)
        co_return error;
    if (error) {
        m_report.importedRows = 0;
        if (!m_threadEnded && m_transaction.isActive()) {
            const Reply<void> reply = m_transaction.rollback();
            (void)co_await reply; // where that fails, the connection is gone, and with it the rows
        }
        co_return error;
    }
    const Reply<void> reply = m_transaction.commit();
    const Result<void> committed = co_await reply;
    if (committed)
        co_return Error();
    if (committed.error().outcome() != Error::Outcome::Unknown)
        m_report.importedRows = 0;
    co_return committed.error();
}

void ImportRun::finish(const Error &error)
{
    m_transaction = Transaction();
    m_device.reset();
    m_port->detach();
    m_port->stopTicking();
    m_report.error = error;
    m_completion.complete(error && !m_begun ? Result<ImportReport>(error) : Result<ImportReport>(m_report));
}

} // namespace QAsyncMySql::Internal
