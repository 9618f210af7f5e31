// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/statementcommand.h"

#include "client/fileupload.h"
#include "client/resultgatherer.h"
#include "client/statementcache.h"
#include "client/statementoptionsdata.h"
#include "client/warnings.h"
#include "protocol/capabilities.h"
#include "protocol/fetchexchange.h"
#include "protocol/statementexchange.h"
#include "sql/render.h"

namespace QAsyncMySql::Internal {

Error unsafeCharset()
{
    return Error(Error::Kind::Usage,
                 QStringLiteral("The session's character set is no longer utf8mb4, so that values cannot be "
                                "put into the text safely. Use execute(), or SET NAMES utf8mb4."),
                 Error::Outcome::NotSent, Error::Phase::Command);
}

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
    if (state.charsetTouched)
        return unsafeCharset();
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
    if (const Error error = checkAttributes())
        return error;
    return m_request.protocol == StatementProtocol::Text ? beginText(context) : beginPrepared(context);
}

Error StatementCommand::checkAttributes() const
{
    const Parameters attributes = m_request.options.attributes();
    for (const Parameter &attribute : attributes) {
        if (!attribute.isValid())
            return attribute.error().withContext(QStringLiteral("Attribute %1").arg(attribute.name()));
        if (attribute.kind() == Parameter::Kind::List || attribute.kind() == Parameter::Kind::Device) {
            return Error(Error::Kind::Usage,
                         QStringLiteral("The attribute %1 is a list or a device; an attribute is one value "
                                        "that is held in memory.")
                             .arg(attribute.name()),
                         Error::Outcome::NotSent, Error::Phase::Command);
        }
    }
    return {};
}

Error StatementCommand::beginText(CommandContext &context)
{
    const Result<QByteArray> text = textForQuery(m_request.statement, context.session.state());
    if (!text)
        return text.error();
    if (fetchSize() > 0) {
        return Error(
            Error::Kind::Usage,
            QStringLiteral("Rows are fetched from the server helping by helping (setFetchSize()) for "
                           "prepared statements only: use streamPrepared()."),
            Error::Outcome::NotSent, Error::Phase::Command);
    }
    Protocol::ResultSink &sink = *this;
    auto query = std::make_unique<Protocol::QueryExchange>(*text, sink);
    query->setAttributes(m_request.options.attributes());
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

Error::Outcome StatementCommand::outcomeIfLost() const
{
    switch (m_step) {
    case Step::Preparing:
        return m_ahead ? Error::Outcome::Unknown : Error::Outcome::NotExecuted;
    case Step::SendingLongData:
        return Error::Outcome::NotExecuted;
    case Step::Resetting:
        return m_deviceError ? Error::Outcome::NotExecuted : Error::Outcome::Unknown;
    case Step::Fetching:
    case Step::Warning:
        return Error::Outcome::Executed; // the server has answered
    case Step::SwitchingOn:
    case Step::Settling:
    case Step::Running:
    case Step::SwitchingOff:
        break;
    }
    return Error::Outcome::Unknown;
}

Command::Next StatementCommand::exchangeDone(CommandContext &context)
{
    Next next = Next::Done;
    switch (m_step) {
    case Step::SwitchingOn:
        m_step = Step::Running; // the statement has been sent behind it
        return Next::More;
    case Step::Preparing:
        return prepared(context);
    case Step::Settling:
        return settled(context);
    case Step::Running:
        next = answered(context);
        break;
    case Step::Fetching:
        next = fetched(context);
        break;
    case Step::Warning:
        takeWarnings();
        succeed();
        break;
    case Step::Resetting:
        if (m_deviceError)
            fail(m_deviceError);
        return Next::Done;
    case Step::SendingLongData: // nothing is under way then
    case Step::SwitchingOff:
        return Next::Done;
    }
    if (next == Next::More)
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
    if (!m_failed)
        return m_request.protocol == StatementProtocol::Prepared ? executed(context) : succeeded(context);
    if (m_request.protocol == StatementProtocol::Prepared && prepareAgain(context))
        return Next::More;
    fail(toError(m_error, m_hasResults ? Error::Outcome::Executed : Error::Outcome::NotExecuted,
                 m_hasResults ? Error::Phase::Result : Error::Phase::Command));
    return Next::Done;
}

//! The statement has ended well; its warnings may still be asked for.
Command::Next StatementCommand::succeeded(CommandContext &context)
{
    if (m_request.options.warnings() && m_warningCount > 0 && stop() == Stop::None) {
        m_step = Step::Warning;
        m_warnings = std::make_unique<ResultGatherer>(context.options.maxBufferedResult());
        m_query = nullptr;
        m_exchange = std::make_unique<Protocol::QueryExchange>(ShowWarnings, *m_warnings);
        context.session.begin(m_exchange.get());
        return Next::More;
    }
    succeed();
    return Next::Done;
}

// Where they cannot be had, the statement has succeeded all the same.
void StatementCommand::takeWarnings()
{
    warned(m_warnings->failed() ? QList<Warning>() : warningsFrom(m_warnings->take()));
}

void StatementCommand::error(const Protocol::ErrPacket &packet)
{
    m_error = packet;
    m_failed = true;
}

} // namespace QAsyncMySql::Internal
