// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/pipelinecommand.h"

#include "client/statementcommand.h"
#include "protocol/statementexchange.h"
#include "sql/render.h"
#include "values/binaryparameters.h"

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

constexpr size_t Window = 64; // exchanges on their way at the same time

} // namespace

PipelineCommand::PipelineCommand(const QList<StatementRequest> &requests, qint64 limit,
                                 std::unique_ptr<Completion<PipelineResults>> completion)
    : m_completion(std::move(completion))
    , m_limit(limit)
{
    m_entries.reserve(size_t(requests.size()));
    for (const StatementRequest &request : requests)
        m_entries.emplace_back(request);
}

PipelineCommand::~PipelineCommand() = default;

Error PipelineCommand::begin(CommandContext &context)
{
    if (m_entries.empty()) {
        return Error(Error::Kind::Usage, QStringLiteral("The pipeline has no statement."),
                     Error::Outcome::NotSent, Error::Phase::Command);
    }
    closeEvicted(context);
    for (Entry &entry : m_entries)
        resolve(entry, context);
    fill(context);
    if (m_running.empty() && m_prepareNext == 0)
        return m_entries.front().result->error(); // none of them could be sent
    m_begun = true;
    return {};
}

//! Makes the text that is sent, and notes what is to be prepared.
void PipelineCommand::resolve(Entry &entry, CommandContext &context)
{
    const Result<SqlStatement> statement = forServer(entry.request.statement, context.session.state());
    if (!statement) {
        entry.result = statement.error();
        return;
    }
    entry.request.statement = *statement;
    if (entry.request.protocol == StatementProtocol::Text) {
        const Result<QByteArray> text = textForQuery(*statement, context.session.state());
        if (text)
            entry.text = *text;
        else
            entry.result = text.error().withStatement(statement->text());
        return;
    }
    const Result<PreparedText> prepared
        = prepareStatement(statement->text().toUtf8(), statement->parameters());
    if (!prepared) {
        entry.result = prepared.error().withPhase(Error::Phase::Command).withStatement(statement->text());
        return;
    }
    if (const Error error = checkHeldParameters(prepared->parameters)) {
        entry.result = error.withPhase(Error::Phase::Command).withStatement(statement->text());
        return;
    }
    entry.text = prepared->sql;
    entry.parameters = prepared->parameters;
    if (preparation(entry.text))
        return;
    Preparation preparation;
    preparation.text = entry.text;
    if (const auto *cached = context.statements.find(entry.text, context.session.state())) {
        preparation.statement = *cached;
        m_preparations.push_front(std::move(preparation)); // those known stand in front of those to prepare
        ++m_prepareNext;
        ++m_preparedCount;
    } else {
        m_preparations.push_back(std::move(preparation));
    }
}

PipelineCommand::Preparation *PipelineCommand::preparation(const QByteArray &text)
{
    const auto found = std::find_if(m_preparations.begin(), m_preparations.end(),
                                    [&text](const Preparation &p) { return p.text == text; });
    return found == m_preparations.end() ? nullptr : &*found;
}

//! Sends what there is room for.
void PipelineCommand::fill(CommandContext &context)
{
    if (stop() != Stop::None)
        return;
    while (m_prepareNext < m_preparations.size() && m_prepareNext - m_preparedCount < Window) {
        Preparation &next = m_preparations[m_prepareNext++];
        next.exchange = std::make_unique<Protocol::PrepareExchange>(next.text);
        context.session.begin(next.exchange.get());
    }
    if (m_preparedCount < m_preparations.size())
        return;
    while (m_next < m_entries.size() && m_running.size() < Window) {
        Entry &entry = m_entries[m_next++];
        if (!entry.result && start(entry, context))
            m_running.push_back(&entry);
    }
}

bool PipelineCommand::start(Entry &entry, CommandContext &context)
{
    entry.sink = std::make_unique<ResultGatherer>(m_limit);
    if (entry.request.protocol == StatementProtocol::Text) {
        entry.exchange
            = std::make_unique<Protocol::QueryExchange>(std::exchange(entry.text, {}), *entry.sink);
    } else {
        const Preparation &prepared = *preparation(entry.text);
        Error error = prepared.error;
        if (!error && qsizetype(prepared.statement.parameterCount) != entry.parameters.size())
            error = wrongParameterCount(prepared.statement.parameterCount, entry.parameters.size());
        if (error) {
            entry.result = error.withStatement(entry.request.statement.text());
            return false;
        }
        auto execute = std::make_unique<Protocol::ExecuteExchange>(prepared.statement.id, entry.parameters,
                                                                   *entry.sink);
        execute->useColumns(prepared.statement.columns);
        entry.exchange = std::move(execute);
    }
    context.session.begin(entry.exchange.get());
    return true;
}

Command::Next PipelineCommand::exchangeDone(CommandContext &context)
{
    if (m_running.empty())
        prepared(context);
    else
        answered();
    fill(context);
    return m_running.empty() && m_preparedCount == m_prepareNext ? Next::Done : Next::More;
}

void PipelineCommand::prepared(CommandContext &context)
{
    Preparation &done = m_preparations[m_preparedCount++];
    const auto &exchange = static_cast<const Protocol::PrepareExchange &>(*done.exchange);
    if (exchange.failed()) {
        done.error = toError(exchange.error(), Error::Outcome::NotExecuted, Error::Phase::Command);
        return;
    }
    done.statement = StatementCache::Entry(exchange.statement());
    context.statements.insert(done.text, context.session.state().schema, done.statement);
}

void PipelineCommand::answered()
{
    Entry &entry = *m_running.front();
    m_running.pop_front();
    if (entry.sink->failed()) {
        const bool executed = entry.sink->hasResults();
        entry.result = toError(entry.sink->errorPacket(),
                               executed ? Error::Outcome::Executed : Error::Outcome::NotExecuted,
                               executed ? Error::Phase::Result : Error::Phase::Command)
                           .withStatement(entry.request.statement.text());
    } else if (stop() != Stop::None) {
        // Its rows were not kept.
        const bool late = stop() == Stop::TimedOut;
        entry.result = Error(late ? Error::Kind::Timeout : Error::Kind::Cancelled,
                             late ? QStringLiteral("The pipeline passed its deadline.")
                                  : QStringLiteral("The pipeline was stopped."),
                             Error::Outcome::Executed, Error::Phase::Result)
                           .withStatement(entry.request.statement.text());
    } else {
        entry.result = entry.sink->take();
    }
    entry.sink.reset();
    entry.exchange.reset();
    m_completion->progress(&entry - m_entries.data() + 1, qint64(m_entries.size()));
}

//! The connection is lost, or the pipeline never was begun: what has no answer gets \a error.
void PipelineCommand::fail(const Error &error)
{
    m_error = error;
    if (!m_begun)
        return;
    for (size_t i = 0; i < m_entries.size(); ++i) {
        Entry &entry = m_entries[i];
        if (!entry.result) {
            entry.result = (entry.exchange ? error : error.withOutcome(Error::Outcome::NotSent))
                               .withStatement(entry.request.statement.text());
        }
    }
}

void PipelineCommand::stopRequested()
{
    for (Entry *entry : m_running)
        entry->sink->discard();
}

void PipelineCommand::stopped(const Error &error)
{
    fail(error.withOutcome(Error::Outcome::NotSent));
}

void PipelineCommand::deliver()
{
    if (!m_begun) {
        m_completion->complete(m_error);
        return;
    }
    PipelineResults results;
    results.reserve(qsizetype(m_entries.size()));
    for (Entry &entry : m_entries)
        results.append(std::move(*entry.result));
    m_completion->complete(results);
}

} // namespace QAsyncMySql::Internal
