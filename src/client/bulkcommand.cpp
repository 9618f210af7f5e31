// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/bulkcommand.h"

#include "client/statementcommand.h"
#include "protocol/statementexchange.h"

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

using Way = BulkWriter::Way;

constexpr size_t ManyRowsAhead = 2; // commands on their way, where each has many rows
constexpr size_t SingleRowsAhead = 64;

constexpr quint16 NotPreparable = 1295; // ER_UNSUPPORTED_PS: MariaDB's answer to a bulk it cannot do

} // namespace

BulkCommand::BulkCommand(QAnyStringView sql, RowSource rows, qint64 rowCount, const BulkOptions &options,
                         std::unique_ptr<Completion<BulkResult>> completion)
    : m_sql(sql.toString())
    , m_writer(m_sql.toUtf8(), std::move(rows), options)
    , m_options(options)
    , m_completion(std::move(completion))
    , m_rowCount(rowCount)
{
}

BulkCommand::~BulkCommand() = default;

Error BulkCommand::begin(CommandContext &context)
{
    const Protocol::SessionState &state = context.session.state();
    if (m_options.transaction() && (state.status & Protocol::Status::InTransaction)) {
        return Error(Error::Kind::Usage,
                     QStringLiteral("A transaction is open already, and the rows are part of it: leave "
                                    "BulkOptions::setTransaction() out."),
                     Error::Outcome::NotSent, Error::Phase::Command);
    }
    m_limit = context.options.maxBufferedResult();
    quint32 bulk = Protocol::MariaDbCapability::StatementBulkOperations;
    if (m_options.rowResults())
        bulk |= Protocol::MariaDbCapability::BulkUnitResults;
    m_canBulk = (state.mariadbCapabilities & bulk) == bulk;
    if (const Error error = m_writer.peek(m_text))
        return error;
    closeEvicted(context);
    say(context, "SELECT @@max_allowed_packet, @@auto_increment_increment, @@sql_mode");
    return {};
}

void BulkCommand::say(CommandContext &context, const char *sql)
{
    m_answer = std::make_unique<ResultGatherer>(m_limit);
    m_exchange = std::make_unique<Protocol::QueryExchange>(QByteArray(sql), *m_answer);
    context.session.begin(m_exchange.get());
}

Command::Next BulkCommand::exchangeDone(CommandContext &context)
{
    switch (m_step) {
    case Step::Asking:
        return limitsKnown(context);
    case Step::Preparing:
        return prepared(context);
    case Step::Starting:
        if (m_answer->failed())
            return giveUp(
                toError(m_answer->errorPacket(), Error::Outcome::NotExecuted, Error::Phase::Command));
        m_step = Step::Running;
        break;
    case Step::Running:
        answered();
        if (m_mustSwitch && m_sent.empty() && switchWay(context))
            return Next::More;
        break;
    case Step::Switching:
        switched(context);
        break;
    case Step::Committing:
        if (m_answer->failed()) {
            m_chunks.clear();
            return giveUp(
                toError(m_answer->errorPacket(), Error::Outcome::NotExecuted, Error::Phase::Command));
        }
        return Next::Done;
    case Step::RollingBack:
        // The KILL that stopped us may have come late, and hit this.
        if (m_answer->failed() && !std::exchange(m_rollbackTried, true)) {
            say(context, "ROLLBACK");
            return Next::More;
        }
        return Next::Done;
    }
    fill(context);
    return settle(context);
}

Command::Next BulkCommand::giveUp(const Error &error)
{
    m_error = error.withStatement(m_sql);
    return Next::Done;
}

Command::Next BulkCommand::limitsKnown(CommandContext &context)
{
    if (m_answer->failed())
        return giveUp(toError(m_answer->errorPacket(), Error::Outcome::NotExecuted, Error::Phase::Command));
    const ResultSet limits = m_answer->take();
    if (!limits.isEmpty()) {
        m_writer.setMaxPacket(limits.at(0).tryGet<qint64>(0).valueOr(1 << 20));
        m_increment = limits.at(0).tryGet<quint64>(1).valueOr(quint64(1));
        m_strict = limits.at(0).tryGet<QString>(2).valueOr(QString()).contains(u"STRICT_"); // either of two
    }
    if (m_text.isNull()) // no row at all
        return Next::Done;
    const Protocol::SessionState &state = context.session.state();
    std::optional<MultiRowTemplate> rows = multiRowTemplate(m_sql.toUtf8());
    if (rows && !state.charsetTouched && !m_options.rowResults()) {
        m_plainInsert = rows->tail.trimmed().isEmpty();
        m_writer.useMultiRow(*std::move(rows));
        return startRows(context);
    }
    if (const StatementCache::Entry *entry = context.statements.find(m_text, state)) {
        m_writer.usePrepared(*entry, m_canBulk && entry->parameterCount > 0 ? Way::BulkExecute : Way::Single);
        return startRows(context);
    }
    m_step = Step::Preparing;
    m_exchange = std::make_unique<Protocol::PrepareExchange>(m_text);
    context.session.begin(m_exchange.get());
    return Next::More;
}

Command::Next BulkCommand::prepared(CommandContext &context)
{
    const auto &exchange = static_cast<const Protocol::PrepareExchange &>(*m_exchange);
    if (exchange.failed())
        return giveUp(toError(exchange.error(), Error::Outcome::NotExecuted, Error::Phase::Command));
    const StatementCache::Entry entry(exchange.statement());
    context.statements.insert(m_text, context.session.state().schema, entry);
    // A bulk gives no rows back.
    const bool bulk = m_canBulk && entry.parameterCount > 0 && exchange.statement().columns.isEmpty();
    m_writer.usePrepared(entry, bulk ? Way::BulkExecute : Way::Single);
    return startRows(context);
}

Command::Next BulkCommand::startRows(CommandContext &context)
{
    if (m_options.transaction()) {
        m_step = Step::Starting;
        say(context, "START TRANSACTION");
        return Next::More;
    }
    m_step = Step::Running;
    fill(context);
    return settle(context);
}

void BulkCommand::fill(CommandContext &context)
{
    while (!m_error && stop() == Stop::None) {
        const size_t ahead = m_writer.way() == Way::Single ? SingleRowsAhead : ManyRowsAhead;
        // Whether the server can do this statement so is known with the first answer.
        const bool tries = !m_bulkWorks && !m_sent.empty() && m_sent.back().command.way == Way::BulkExecute;
        if (m_sent.size() >= ahead || m_mustSwitch || tries || m_writer.atEnd())
            return;
        Sent sent;
        sent.sink = std::make_unique<ResultGatherer>(m_limit);
        sent.command = m_writer.next(*sent.sink);
        if (!sent.command.exchange) {
            BulkChunk chunk;
            chunk.firstRow = sent.command.firstRow;
            chunk.rowCount = sent.command.rowCount;
            chunk.error = sent.command.error.withStatement(m_sql);
            m_error = chunk.error;
            m_chunks.append(chunk);
            return;
        }
        context.session.begin(sent.command.exchange.get());
        m_sent.push_back(std::move(sent));
    }
}

void BulkCommand::answered()
{
    Sent sent = std::move(m_sent.front());
    m_sent.pop_front();
    if (sent.command.way == Way::BulkExecute && !m_bulkWorks) {
        if (sent.sink->failed() && sent.sink->errorPacket().code == NotPreparable) {
            m_writer.takeBack();
            m_writer.useNoBulk();
            return;
        }
        m_bulkWorks = true;
        m_writer.keepNoRows();
    }
    BulkChunk chunk;
    chunk.firstRow = sent.command.firstRow;
    chunk.rowCount = sent.command.rowCount;
    if (sent.sink->failed()) {
        chunk.error = toError(sent.sink->errorPacket(), Error::Outcome::NotExecuted, Error::Phase::Command)
                          .withStatement(m_sql);
    } else {
        const ResultSet result = sent.sink->take();
        if (m_options.rowResults()) {
            takeRowResults(result, chunk);
            finishChunk(chunk);
            return;
        }
        chunk.affectedRows = result.affectedRows();
        chunk.firstInsertId = result.lastInsertId();
        chunk.warningCount = result.warningCount();
        // The rows of one INSERT get numbers in a row (MySQL manual, "InnoDB AUTO_INCREMENT Lock Modes");
        // those of the bulk command are inserted one by one.
        if (sent.command.way != Way::BulkExecute && chunk.firstInsertId > 0
            && chunk.affectedRows == quint64(chunk.rowCount))
            chunk.lastInsertId = chunk.firstInsertId + quint64(chunk.rowCount - 1) * m_increment;
        if (result.hasColumns())
            chunk.returned = result;
    }
    // Once only: what does not suit it then will not later.
    if (m_chunks.isEmpty() && sent.command.way == Way::MultiRow)
        m_mustSwitch = suitsBulk(chunk);
    finishChunk(chunk);
}

/*
    The bulk command has the values in the binary form, which costs both sides less. But ids that the server
   gives to its rows need not be in a row (it reserves those of an INSERT of many together), and it refuses
   NULL in a column that is NOT NULL even where sql_mode has an INSERT of many put another value there.
*/
bool BulkCommand::suitsBulk(const BulkChunk &chunk) const
{
    return m_canBulk && m_plainInsert && m_strict && !chunk.error && chunk.firstInsertId == 0
        && chunk.affectedRows == quint64(chunk.rowCount);
}

//! False if there is nothing to wait for.
bool BulkCommand::switchWay(CommandContext &context)
{
    m_mustSwitch = false;
    if (m_error || stop() != Stop::None || m_writer.atEnd())
        return false;
    if (const StatementCache::Entry *entry = context.statements.find(m_text, context.session.state())) {
        if (entry->parameterCount > 0)
            m_writer.usePrepared(*entry, Way::BulkExecute);
        return false;
    }
    m_step = Step::Switching;
    m_exchange = std::make_unique<Protocol::PrepareExchange>(m_text);
    context.session.begin(m_exchange.get());
    return true;
}

// Where the statement cannot be prepared, all stays as it is.
void BulkCommand::switched(CommandContext &context)
{
    m_step = Step::Running;
    const auto &exchange = static_cast<const Protocol::PrepareExchange &>(*m_exchange);
    if (exchange.failed())
        return;
    const StatementCache::Entry entry(exchange.statement());
    context.statements.insert(m_text, context.session.state().schema, entry);
    if (entry.parameterCount > 0 && exchange.statement().columns.isEmpty())
        m_writer.usePrepared(entry, Way::BulkExecute);
}

void BulkCommand::finishChunk(const BulkChunk &chunk)
{
    if (chunk.error && !m_error)
        m_error = chunk.error;
    m_doneRows += chunk.rowCount;
    m_chunks.append(chunk);
    m_completion->progress(m_doneRows, m_rowCount);
}

// MariaDB documentation, "COM_STMT_BULK_EXECUTE": a row for each, with the columns Id and Affected_rows.
void BulkCommand::takeRowResults(const ResultSet &result, BulkChunk &chunk)
{
    chunk.warningCount = result.warningCount();
    if (m_writer.way() != Way::BulkExecute) {
        chunk.rowResults.append(BulkRowResult(result.lastInsertId(), result.affectedRows()));
        if (result.hasColumns())
            chunk.returned = result;
    } else if (result.columnCount() != 2 || result.size() != chunk.rowCount) {
        chunk.error = Error(Error::Kind::Protocol,
                            QStringLiteral("The server answered %1 rows with the results of %2.")
                                .arg(chunk.rowCount)
                                .arg(result.size()),
                            Error::Outcome::Executed, Error::Phase::Result)
                          .withStatement(m_sql);
    } else {
        chunk.rowResults.reserve(result.size());
        for (const Row &row : result) {
            chunk.rowResults.append(BulkRowResult(row.tryGet<quint64>(0).valueOr(quint64(0)),
                                                  row.tryGet<quint64>(1).valueOr(quint64(0))));
        }
    }
    if (chunk.rowResults.isEmpty())
        return;
    for (const BulkRowResult &row : std::as_const(chunk.rowResults))
        chunk.affectedRows += row.affectedRows;
    chunk.firstInsertId = chunk.rowResults.constFirst().insertId;
    chunk.lastInsertId = chunk.rowResults.constLast().insertId;
}

//! Ends, if nothing is on its way any more.
Command::Next BulkCommand::settle(CommandContext &context)
{
    if (!m_sent.empty())
        return Next::More;
    // A server that hangs up rolls back by itself, and nobody would hear the answer.
    if (!m_options.transaction() || m_error.isConnectionLost())
        return Next::Done;
    const bool good = !m_error && stop() == Stop::None;
    m_step = good ? Step::Committing : Step::RollingBack;
    say(context, good ? "COMMIT" : "ROLLBACK");
    return Next::More;
}

bool BulkCommand::anyAccepted() const
{
    return std::any_of(m_chunks.begin(), m_chunks.end(),
                       [](const BulkChunk &chunk) { return !chunk.error.isError(); });
}

void BulkCommand::fail(const Error &error)
{
    m_error = error.withStatement(m_sql);
    for (const Sent &sent : m_sent) {
        BulkChunk chunk;
        chunk.firstRow = sent.command.firstRow;
        chunk.rowCount = sent.command.rowCount;
        chunk.error = m_error;
        m_chunks.append(chunk);
    }
    m_sent.clear();
}

Error::Outcome BulkCommand::outcomeIfLost() const
{
    switch (m_step) {
    case Step::Asking:
    case Step::Preparing:
    case Step::Starting:
    case Step::RollingBack:
        return Error::Outcome::NotExecuted;
    case Step::Running:
    case Step::Switching:
        // What no COMMIT was sent for is rolled back.
        return m_options.transaction() ? Error::Outcome::NotExecuted : Error::Outcome::Unknown;
    case Step::Committing:
        break;
    }
    return Error::Outcome::Unknown;
}

void BulkCommand::stopped(const Error &error)
{
    const bool over = !m_error && m_step == Step::Committing; // all of it was done before the wish came
    const bool some = anyAccepted() && (!m_options.transaction() || over);
    m_error = error.withOutcome(some ? Error::Outcome::Executed : Error::Outcome::NotExecuted)
                  .withStatement(m_sql);
}

void BulkCommand::deliver()
{
    // In a transaction nothing counts before its end.
    if (m_error && (m_options.transaction() || !anyAccepted()))
        m_completion->complete(m_error);
    else
        m_completion->complete(BulkResult(m_chunks, m_error));
}

} // namespace QAsyncMySql::Internal
