// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of StatementCommand that prepares and executes.

#include "client/statementcommand.h"

#include "client/fileupload.h"
#include "client/resultgatherer.h"
#include "protocol/fetchexchange.h"
#include "protocol/statementexchange.h"
#include "sql/render.h"
#include "values/binaryparameters.h"

namespace QAsyncMySql::Internal {

namespace {

// Server errors that say "prepare it again": the statement is gone, or its tables have changed.
constexpr quint16 UnknownStatement = 1243; // ER_UNKNOWN_STMT_HANDLER
constexpr quint16 NeedsReprepare = 1615; // ER_NEED_REPREPARE

} // namespace

Error StatementCommand::beginPrepared(CommandContext &context)
{
    if (!m_request.options.localInfile().isNull()) {
        return Error(Error::Kind::Usage,
                     QStringLiteral("LOAD DATA LOCAL cannot be a prepared statement; use query()."),
                     Error::Outcome::NotSent, Error::Phase::Command);
    }
    if (m_request.options.multiStatements()) {
        return Error(Error::Kind::Usage,
                     QStringLiteral("A prepared statement is a single one: run several with query()."),
                     Error::Outcome::NotSent, Error::Phase::Command);
    }
    const Result<PreparedText> statement = prepareStatement(sql().toUtf8(), m_request.statement.parameters());
    if (!statement)
        return statement.error().withPhase(Error::Phase::Command);
    m_text = m_handle ? m_handle->text : statement->sql;
    m_parameters = statement->parameters;
    if (const Error error = openLongData(context))
        return error;
    closeEvicted(context);
    if (const StatementCache::Entry *entry = known(context))
        return execute(context, *entry);
    return prepare(context);
}

/*
    On MariaDB the execution is sent right behind, by the number that the statement will have.

    The protocol has a number for that, "the last one prepared" (-1). But a server that has no room for
   another statement (error 1461) leaves the one before as the last, and would execute that. By the next
   number nothing else can be meant: it is above all those in use, and where the server gives another, or
   none, it does not know it.
*/
Error StatementCommand::prepare(CommandContext &context)
{
    m_step = Step::Preparing;
    const bool ahead = canForesee(context);
    const quint32 id = context.session.state().highestStatementId + 1;
    m_exchange = std::make_unique<Protocol::PrepareExchange>(m_text);
    context.session.begin(m_exchange.get());
    if (ahead) {
        m_statementId = id;
        m_columns = std::make_shared<Protocol::KnownColumns>();
        m_ahead = makeExecution(id);
        context.session.begin(m_ahead.get());
    }
    return {};
}

bool StatementCommand::canForesee(const CommandContext &context) const
{
    const Protocol::SessionState &state = context.session.state();
    // Once it is sent it is too late to find that the number of values is wrong.
    return state.isMariaDb && context.options.pipelinedPrepare() && state.statementIdsAscend
        && context.statements.mayForesee() && m_longData.empty() && !m_preparedAgain && !m_madeRoom
        && countPlaceholders(m_text) == m_parameters.size();
}

Error StatementCommand::execute(CommandContext &context, const StatementCache::Entry &statement)
{
    if (qsizetype(statement.parameterCount) != m_parameters.size())
        return wrongParameterCount(statement.parameterCount, m_parameters.size());
    m_statementId = statement.id;
    m_columns = statement.columns;
    if (m_longData.empty()) {
        runPrepared(context);
    } else {
        m_step = Step::SendingLongData;
        m_exchange.reset();
    }
    return {};
}

//! COM_STMT_EXECUTE.
void StatementCommand::runPrepared(CommandContext &context)
{
    m_step = Step::Running;
    m_exchange = makeExecution(m_statementId);
    context.session.begin(m_exchange.get());
}

std::unique_ptr<Protocol::ExecuteExchange> StatementCommand::makeExecution(quint32 id)
{
    Protocol::ResultSink &sink = *this;
    auto exchange = std::make_unique<Protocol::ExecuteExchange>(id, m_parameters, sink);
    exchange->setAttributes(m_request.options.attributes());
    exchange->useColumns(m_columns);
    if (fetchSize() > 0)
        exchange->askCursor();
    return exchange;
}

Command::Next StatementCommand::executed(CommandContext &context)
{
    const auto &exchange = static_cast<const Protocol::ExecuteExchange &>(*m_exchange);
    if (!exchange.cursorOpened())
        return succeeded(context);
    m_cursor = std::make_unique<Protocol::ServerCursor>();
    m_cursor->statementId = m_statementId;
    m_cursor->shape = exchange.shape();
    return awaitRoom();
}

//! True if the statement is being prepared again, once, since the server has lost it or it is out of date.
bool StatementCommand::prepareAgain(CommandContext &context)
{
    const bool statementGone = m_error.code == UnknownStatement || m_error.code == NeedsReprepare;
    if (!statementGone || m_hasResults || m_preparedAgain || !rewindLongData())
        return false;
    m_preparedAgain = true;
    m_failed = false;
    forget(context, m_error.code == NeedsReprepare);
    prepare(context);
    return true;
}

Command::Next StatementCommand::prepared(CommandContext &context)
{
    const auto &prepare = static_cast<const Protocol::PrepareExchange &>(*m_exchange);
    if (prepare.failed()) {
        m_prepareError = prepare.error();
        if (!m_ahead)
            return prepareFailed(context);
        m_exchange = std::move(m_ahead);
        m_step = Step::Settling;
        return Next::More;
    }
    m_prepared = StatementCache::Entry(prepare.statement());
    const bool foreseen = m_ahead && m_prepared.id == m_statementId;
    if (foreseen) {
        *m_columns = *m_prepared.columns;
        m_prepared.columns = m_columns;
    }
    remember(context, m_prepared);
    if (!m_ahead) {
        if (stop() == Stop::None)
            return executeOrFail(context);
        fail(Error(Error::Kind::Cancelled, QStringLiteral("The statement was prepared, but not executed."),
                   Error::Outcome::NotExecuted, Error::Phase::Command));
        return Next::Done;
    }
    context.statements.noteForesight(foreseen);
    m_exchange = std::move(m_ahead);
    m_step = foreseen ? Step::Running : Step::Settling;
    return Next::More;
}

Command::Next StatementCommand::prepareFailed(CommandContext &context)
{
    if (m_prepareError.code == TooManyStatements && !m_madeRoom && stop() == Stop::None) {
        // Ours are a part of them.
        m_madeRoom = true;
        context.statements.evictAll();
        closeEvicted(context);
        prepare(context);
        return Next::More;
    }
    fail(toError(m_prepareError, Error::Outcome::NotExecuted, Error::Phase::Command));
    return Next::Done;
}

Command::Next StatementCommand::executeOrFail(CommandContext &context)
{
    const Error error = execute(context, m_prepared);
    if (!error)
        return Next::More;
    fail(error);
    return Next::Done;
}

/*
    What was sent ahead has its answer, but the statement failed to be prepared, or has another number. The
    answer must be that there is no such statement.
*/
Command::Next StatementCommand::settled(CommandContext &context)
{
    if (!m_failed || m_hasResults) {
        fail(Error(Error::Kind::Protocol,
                   QStringLiteral("The server executed a statement by a number that it had not given. Use "
                                  "ConnectOptions::setPipelinedPrepare(false)."),
                   Error::Outcome::Executed, Error::Phase::Command));
        return Next::Done;
    }
    m_failed = false;
    if (m_prepareError.code != 0)
        return prepareFailed(context);
    if (stop() != Stop::None) {
        fail(Error(Error::Kind::Cancelled, QStringLiteral("The statement was prepared, but not executed."),
                   Error::Outcome::NotExecuted, Error::Phase::Command));
        return Next::Done;
    }
    return executeOrFail(context);
}

const StatementCache::Entry *StatementCommand::known(CommandContext &context)
{
    const Protocol::SessionState &state = context.session.state();
    if (!m_handle)
        return context.statements.find(m_text, state);
    const StatementCache::Entry *entry = m_handle->find(context.statements);
    if (entry && !entry->isCurrent(state)) {
        context.statements.evict(entry->id);
        m_handle->forget();
        return nullptr;
    }
    return entry;
}

void StatementCommand::remember(CommandContext &context, StatementCache::Entry entry)
{
    if (m_handle)
        m_handle->set(context.statements, entry);
    else
        context.statements.insert(m_text, schema(context), entry);
}

//! \a isThere: the server may still have it, and it would take room for ever.
void StatementCommand::forget(CommandContext &context, bool isThere)
{
    const StatementCache::Entry *entry = known(context);
    if (entry && isThere)
        context.statements.evict(entry->id);
    if (m_handle)
        m_handle->forget();
    else
        context.statements.remove(m_text, schema(context));
}

QByteArray StatementCommand::schema(const CommandContext &context) const
{
    return context.session.state().schema;
}

} // namespace QAsyncMySql::Internal
