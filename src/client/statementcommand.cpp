// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/statementcommand.h"

#include "client/fileupload.h"
#include "client/statementcache.h"
#include "client/statementoptionsdata.h"
#include "protocol/capabilities.h"
#include "protocol/statementexchange.h"
#include "sql/render.h"
#include "values/binaryparameters.h"

namespace QAsyncMySql::Internal {

namespace {

// Server errors that say "prepare it again": the statement is gone, or its tables have changed.
constexpr quint16 UnknownStatement = 1243; // ER_UNKNOWN_STMT_HANDLER
constexpr quint16 NeedsReprepare = 1615; // ER_NEED_REPREPARE
} // namespace

Error wrongParameterCount(quint32 wanted, qsizetype given)
{
    return Error(Error::Kind::Usage,
                 QStringLiteral("The statement has %1 placeholder(s), but %2 value(s) were given.")
                     .arg(wanted)
                     .arg(given),
                 Error::Outcome::NotSent, Error::Phase::Command);
}

void closeEvicted(CommandContext &context)
{
    for (const quint32 id : context.statements.takeEvicted()) {
        Protocol::CloseStatementExchange close(id);
        context.session.begin(&close);
    }
}

Result<SqlStatement> forServer(const SqlStatement &statement, const Protocol::SessionState &state)
{
    if (!statement.dependsOnServer())
        return statement;
    const Result<SqlStatement> own = statement.forServer(Dialect(state.isMariaDb, state.versionNumber));
    if (!own)
        return own.error().withPhase(Error::Phase::Command).withOutcome(Error::Outcome::NotSent);
    return own;
}

Result<QByteArray> textForQuery(const SqlStatement &statement, const Protocol::SessionState &state)
{
    const QByteArray text = statement.text().toUtf8();
    if (statement.parameters().isEmpty())
        return text;
    if (state.charsetTouched) {
        return Error(
            Error::Kind::Usage,
            QStringLiteral("The session's character set is no longer utf8mb4, so that values cannot be put "
                           "into the text safely. Use execute(), or SET NAMES utf8mb4."),
            Error::Outcome::NotSent, Error::Phase::Command);
    }
    const Result<QByteArray> rendered = renderStatement(text, statement.parameters());
    if (!rendered)
        return rendered.error().withPhase(Error::Phase::Command);
    return rendered;
}

StatementCommand::StatementCommand(StatementRequest request)
    : m_request(std::move(request))
    , m_handle(StatementOptionsData::handle(m_request.options))
{
    setTimeout(m_request.options.timeout());
}

StatementCommand::~StatementCommand() = default;

Error StatementCommand::begin(CommandContext &context)
{
    const Result<SqlStatement> statement = forServer(m_request.statement, context.session.state());
    if (!statement)
        return statement.error();
    m_request.statement = *statement;
    return m_request.protocol == StatementProtocol::Text ? beginText(context) : beginPrepared(context);
}

Error StatementCommand::beginText(CommandContext &context)
{
    const Result<QByteArray> text = textForQuery(m_request.statement, context.session.state());
    if (!text)
        return text.error();
    Protocol::ResultSink &sink = *this;
    auto query = std::make_unique<Protocol::QueryExchange>(*text, sink);
    if (!m_request.options.localInfile().isNull()) {
        if (const Error error = offerFile(context, *query))
            return error;
    }
    if (m_request.options.multiStatements()
        && !context.session.state().has(Protocol::Capability::MultiStatements)) {
        m_step = Step::SwitchingOn;
        m_switch.reset(Protocol::SimpleExchange::setMultiStatements(true));
        context.session.begin(m_switch.get());
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
    if (m_request.options.multiStatements()) {
        return Error(Error::Kind::Usage,
                     QStringLiteral("A prepared statement is a single one: run several with query()."),
                     Error::Outcome::NotSent, Error::Phase::Command);
    }
    const Result<PreparedText> statement = prepareStatement(sql().toUtf8(), m_request.statement.parameters());
    if (!statement)
        return statement.error().withPhase(Error::Phase::Command);
    m_text = statement->sql;
    m_parameters = statement->parameters;
    closeEvicted(context);
    if (const StatementCache::Entry *entry = known(context))
        return execute(context, entry->id, entry->parameterCount);
    return prepare(context);
}

Error StatementCommand::prepare(CommandContext &context)
{
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
    switch (m_step) {
    case Step::SwitchingOn:
        m_step = Step::Running; // the statement has been sent behind it
        return Next::More;
    case Step::Preparing:
        return prepared(context);
    case Step::Running:
        break;
    case Step::SwitchingOff:
        return Next::Done;
    }
    if (answered(context) == Next::More)
        return Next::More;
    if (!m_switch)
        return Next::Done;
    m_step = Step::SwitchingOff;
    m_switch.reset(Protocol::SimpleExchange::setMultiStatements(false));
    context.session.begin(m_switch.get());
    return Next::More;
}

Command::Next StatementCommand::answered(CommandContext &context)
{
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
        forget(context);
        prepare(context);
        return Next::More;
    }
    fail(toError(m_error, m_hasResults ? Error::Outcome::Executed : Error::Outcome::NotExecuted,
                 m_hasResults ? Error::Phase::Result : Error::Phase::Command));
    return Next::Done;
}

Command::Next StatementCommand::prepared(CommandContext &context)
{
    const auto &prepare = static_cast<const Protocol::PrepareExchange &>(*m_exchange);
    if (prepare.failed() && prepare.error().code == TooManyStatements && !m_madeRoom) {
        // Ours are a part of them.
        m_madeRoom = true;
        context.statements.evictAll();
        closeEvicted(context);
        this->prepare(context);
        return Next::More;
    }
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
    remember(context, entry);
    const Error error = execute(context, entry.id, entry.parameterCount);
    if (error) {
        fail(error);
        return Next::Done;
    }
    return Next::More;
}

const StatementCache::Entry *StatementCommand::known(CommandContext &context)
{
    return m_handle ? m_handle->find(context.statements) : context.statements.find(m_text, schema(context));
}

void StatementCommand::remember(CommandContext &context, StatementCache::Entry entry)
{
    if (m_handle)
        m_handle->set(context.statements, entry);
    else
        context.statements.insert(m_text, schema(context), entry);
}

// One that must be prepared again may still be there, and would take room for ever.
void StatementCommand::forget(CommandContext &context)
{
    const StatementCache::Entry *entry = known(context);
    if (entry && m_error.code == NeedsReprepare)
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

void StatementCommand::error(const Protocol::ErrPacket &packet)
{
    m_error = packet;
    m_failed = true;
}

} // namespace QAsyncMySql::Internal
