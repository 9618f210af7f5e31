// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/statementcommand.h"

#include "client/fileupload.h"
#include "client/statementcache.h"
#include "protocol/statementexchange.h"
#include "sql/render.h"
#include "values/binaryparameters.h"
#include "values/rowblock.h"

namespace QAsyncMySql::Internal {

namespace {

// Server errors that say "prepare it again": the statement is gone, or its tables have changed.
constexpr quint16 UnknownStatement = 1243; // ER_UNKNOWN_STMT_HANDLER
constexpr quint16 NeedsReprepare = 1615; // ER_NEED_REPREPARE

Error wrongParameterCount(quint32 wanted, qsizetype given)
{
    return Error(Error::Kind::Usage,
                 QStringLiteral("The statement has %1 placeholder(s), but %2 value(s) were given.")
                     .arg(wanted)
                     .arg(given),
                 Error::Outcome::NotSent, Error::Phase::Command);
}

} // namespace

StatementCommand::StatementCommand(StatementRequest request)
    : m_request(std::move(request))
{
    setTimeout(m_request.options.timeout());
}

StatementCommand::~StatementCommand() = default;

Error StatementCommand::begin(CommandContext &context)
{
    if (m_request.statement.dependsOnServer()) {
        const Protocol::SessionState &state = context.session.state();
        const Result<SqlStatement> statement
            = m_request.statement.forServer(Dialect(state.isMariaDb, state.versionNumber));
        if (!statement)
            return statement.error().withPhase(Error::Phase::Command).withOutcome(Error::Outcome::NotSent);
        m_request.statement = *statement;
    }
    return m_request.protocol == StatementProtocol::Text ? beginText(context) : beginPrepared(context);
}

Error StatementCommand::beginText(CommandContext &context)
{
    QByteArray text = sql().toUtf8();
    const Parameters &parameters = m_request.statement.parameters();
    if (!parameters.isEmpty()) {
        if (context.session.state().charsetTouched) {
            return Error(Error::Kind::Usage,
                         QStringLiteral(
                             "The session's character set is no longer utf8mb4, so that values cannot be put "
                             "into the text safely. Use execute(), or SET NAMES utf8mb4."),
                         Error::Outcome::NotSent, Error::Phase::Command);
        }
        const Result<QByteArray> rendered = renderStatement(text, parameters);
        if (!rendered)
            return rendered.error().withPhase(Error::Phase::Command);
        text = *rendered;
    }
    Protocol::ResultSink &sink = *this;
    auto query = std::make_unique<Protocol::QueryExchange>(text, sink);
    if (!m_request.options.localInfile().isNull()) {
        if (const Error error = offerFile(context, *query))
            return error;
    }
    m_query = query.get();
    m_exchange = std::move(query);
    context.session.begin(m_exchange.get());
    return {};
}

Error StatementCommand::beginPrepared(CommandContext &context)
{
    if (!m_request.options.localInfile().isNull()) {
        return Error(Error::Kind::Usage,
                     QStringLiteral("LOAD DATA LOCAL cannot be a prepared statement; use query()."),
                     Error::Outcome::NotSent, Error::Phase::Command);
    }
    const Result<PreparedText> statement = prepareStatement(sql().toUtf8(), m_request.statement.parameters());
    if (!statement)
        return statement.error().withPhase(Error::Phase::Command);
    m_text = statement->sql;
    m_parameters = statement->parameters;
    // What fell out of the cache is closed with this command: it has no answer, and so costs no round trip.
    for (const quint32 id : context.statements.takeEvicted()) {
        m_closing.push_back(std::make_unique<Protocol::CloseStatementExchange>(id));
        context.session.begin(m_closing.back().get());
    }
    if (const StatementCache::Entry *entry = context.statements.find(m_text, schema(context)))
        return execute(context, entry->id, entry->parameterCount);
    m_step = Step::Preparing;
    m_exchange = std::make_unique<Protocol::PrepareExchange>(m_text);
    context.session.begin(m_exchange.get());
    return {};
}

Error StatementCommand::execute(CommandContext &context, quint32 id, quint32 parameterCount)
{
    if (qsizetype(parameterCount) != m_parameters.size())
        return wrongParameterCount(parameterCount, m_parameters.size());
    m_step = Step::Running;
    Protocol::ResultSink &sink = *this;
    m_exchange = std::make_unique<Protocol::ExecuteExchange>(
        id, parameterCount, parameterCount > 0 ? encodeExecuteParameters(m_parameters) : QByteArray(), sink);
    context.session.begin(m_exchange.get());
    return {};
}

Command::Next StatementCommand::exchangeDone(CommandContext &context)
{
    if (m_step == Step::Preparing)
        return prepared(context);

    if (endedByFile())
        return Next::Done;
    if (!m_failed) {
        succeed();
        return Next::Done;
    }
    const bool statementGone = m_error.code == UnknownStatement || m_error.code == NeedsReprepare;
    if (m_request.protocol == StatementProtocol::Prepared && statementGone && !m_hasResults
        && !m_preparedAgain) {
        m_preparedAgain = true;
        m_failed = false;
        context.statements.remove(m_text, schema(context));
        m_step = Step::Preparing;
        m_exchange = std::make_unique<Protocol::PrepareExchange>(m_text);
        context.session.begin(m_exchange.get());
        return Next::More;
    }
    fail(toError(m_error, m_hasResults ? Error::Outcome::Executed : Error::Outcome::NotExecuted,
                 m_hasResults ? Error::Phase::Result : Error::Phase::Command));
    return Next::Done;
}

Command::Next StatementCommand::prepared(CommandContext &context)
{
    const auto &prepare = static_cast<const Protocol::PrepareExchange &>(*m_exchange);
    if (prepare.failed()) {
        fail(toError(prepare.error(), Error::Outcome::NotExecuted, Error::Phase::Command));
        return Next::Done;
    }
    const Protocol::PreparedStatement &statement = prepare.statement();
    const StatementCache::Entry entry{statement.id, quint32(statement.parameters.size())};
    if (stop() != Stop::None) {
        context.statements.evict(entry.id);
        fail(Error(Error::Kind::Cancelled, QStringLiteral("The statement was prepared, but not executed."),
                   Error::Outcome::NotExecuted, Error::Phase::Command));
        return Next::Done;
    }
    context.statements.insert(m_text, schema(context), entry);
    const Error error = execute(context, entry.id, entry.parameterCount);
    if (error) {
        fail(error);
        return Next::Done;
    }
    return Next::More;
}

ResultSetData *StatementCommand::makeSummary(const Protocol::OkPacket &ok)
{
    auto *data = new ResultSetData;
    data->affectedRows = ok.affectedRows;
    data->lastInsertId = ok.lastInsertId;
    data->warningCount = ok.warnings;
    data->status = ok.status;
    data->info = ok.info;
    return data;
}

QByteArray StatementCommand::schema(const CommandContext &context) const
{
    return context.session.state().schema;
}

void StatementCommand::error(const Protocol::ErrPacket &packet)
{
    m_error = packet;
    m_failed = true;
}

} // namespace QAsyncMySql::Internal
