// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/simplecommand.h"

#include "client/sessionsetup.h"
#include "client/statementcache.h"
#include "protocol/discardingexchange.h"

namespace QAsyncMySql::Internal {

SimpleCommand::SimpleCommand(Kind kind, Completer completion)
    : m_completion(std::move(completion))
    , m_kind(kind)
{
}

SimpleCommand::~SimpleCommand() = default;

std::unique_ptr<SimpleCommand> SimpleCommand::ping(Completer completion)
{
    std::unique_ptr<SimpleCommand> command(new SimpleCommand(Kind::Ping, std::move(completion)));
    command->m_steps.push_back({[](CommandContext &) { return Exchange(Protocol::SimpleExchange::ping()); }});
    return command;
}

std::unique_ptr<SimpleCommand> SimpleCommand::useDatabase(const QString &schema, Completer completion)
{
    std::unique_ptr<SimpleCommand> command(new SimpleCommand(Kind::UseDatabase, std::move(completion)));
    command->m_schema = schema.toUtf8();
    command->m_steps.push_back({[name = command->m_schema](CommandContext &) {
        return Exchange(Protocol::SimpleExchange::initDb(name));
    }});
    return command;
}

std::unique_ptr<SimpleCommand> SimpleCommand::resetThen(const QByteArray &statement, Completer completion)
{
    std::unique_ptr<SimpleCommand> command(new SimpleCommand(Kind::Reset, std::move(completion)));
    command->m_steps.push_back(
        {[](CommandContext &) { return Exchange(Protocol::SimpleExchange::resetConnection()); }});
    // COM_RESET_CONNECTION puts the character set and all variables back to the server's defaults.
    command->m_steps.push_back({[](CommandContext &context) {
        // The server has dropped all prepared statements.
        context.statements.clear();
        const QByteArray setup = sessionSetup(context.options);
        return setup.isEmpty() ? nullptr : Exchange(Protocol::SimpleExchange::statement(setup));
    }});
    if (!statement.isEmpty()) {
        command->m_steps.push_back({[statement](CommandContext &) {
            return Exchange(Protocol::SimpleExchange::statement(statement));
        }});
    }
    // It does not touch the default schema; which that is, the answers tell.
    const auto useSchema = [](CommandContext &context) {
        const QByteArray wanted = context.options.database().toUtf8();
        const bool there = wanted.isEmpty() || context.session.state().schema == wanted;
        return there ? nullptr : Exchange(Protocol::SimpleExchange::initDb(wanted));
    };
    command->m_steps.push_back({useSchema, true});
    return command;
}

std::unique_ptr<SimpleCommand> SimpleCommand::beginTransaction(const QStringList &statements,
                                                               Completer completion)
{
    std::unique_ptr<SimpleCommand> command(new SimpleCommand(Kind::BeginTransaction, std::move(completion)));
    for (const QString &statement : statements) {
        const auto make = [sql = statement.toUtf8()](CommandContext &) {
            return Exchange(Protocol::SimpleExchange::statement(sql));
        };
        // Each waits: a transaction is not to be begun without what was asked of it.
        command->m_steps.push_back({make, true});
    }
    command->m_undoStatements << QStringLiteral("ROLLBACK");
    return command;
}

std::unique_ptr<SimpleCommand> SimpleCommand::beginXa(const QString &start, const QStringList &undo,
                                                      Completer completion)
{
    std::unique_ptr<SimpleCommand> command(new SimpleCommand(Kind::BeginXa, std::move(completion)));
    command->m_sql = start;
    command->m_steps.push_back({[sql = start.toUtf8()](CommandContext &) {
        return Exchange(Protocol::SimpleExchange::statement(sql));
    }});
    command->m_undoStatements = undo;
    return command;
}

std::unique_ptr<SimpleCommand> SimpleCommand::statement(const QByteArray &sql, std::function<void()> success,
                                                        Completer completion)
{
    std::unique_ptr<SimpleCommand> command(new SimpleCommand(Kind::Statement, std::move(completion)));
    command->m_success = std::move(success);
    command->m_steps.push_back(
        {[sql](CommandContext &) { return Exchange(Protocol::SimpleExchange::statement(sql)); }});
    return command;
}

Error SimpleCommand::begin(CommandContext &context)
{
    // START TRANSACTION would commit the one that is open.
    if (m_kind == Kind::BeginTransaction
        && (context.session.state().status & Protocol::Status::InTransaction)) {
        return Error(
            Error::Kind::Usage,
            QStringLiteral("A transaction is open on this connection already. Use Transaction::savepoint() "
                           "to nest one in it."),
            Error::Outcome::NotSent, Error::Phase::Command);
    }
    if (m_kind == Kind::UseDatabase && (m_schema.isEmpty() || m_schema.contains('\0'))) {
        return Error(Error::Kind::Usage, QStringLiteral("A schema name must not be empty, nor hold a NUL."),
                     Error::Outcome::NotSent, Error::Phase::Command);
    }
    if (m_kind == Kind::Reset) {
        // As when the connection was opened: in order, in the schema, until one fails.
        const QStringList commands = context.options.initCommands();
        for (const QString &command : commands) {
            const auto make = [sql = command.toUtf8()](CommandContext &) {
                return Exchange(new Protocol::DiscardingExchange(sql));
            };
            m_steps.push_back({make, true});
        }
    }
    beginNext(context);
    return {};
}

void SimpleCommand::beginNext(CommandContext &context)
{
    while (m_nextStep < m_steps.size() && !(m_steps[m_nextStep].waits && !m_underWay.empty())) {
        Exchange exchange = m_steps[m_nextStep++].make(context);
        if (!exchange)
            continue;
        context.session.begin(exchange.get());
        m_underWay.push_back(std::move(exchange));
    }
}

Command::Next SimpleCommand::exchangeDone(CommandContext &context)
{
    const Exchange exchange = std::move(m_underWay.front());
    m_underWay.pop_front();
    if (m_undo == Undo::UnderWay || m_undo == Undo::Failed) {
        if (exchange->failed())
            m_undo = Undo::Failed;
    } else {
        if (exchange->failed() && m_result)
            m_result = toError(exchange->error(), Error::Outcome::NotExecuted, Error::Phase::Command);
        if (m_result)
            beginNext(context);
    }
    if (!m_underWay.empty())
        return Next::More;
    if (m_undo == Undo::UnderWay)
        m_undo = Undo::Done;
    if (mustUndo(context)) {
        undo(context);
        return Next::More;
    }
    if (m_result && m_success)
        m_success();
    return Next::Done;
}

/*! Whether a transaction was begun that nobody will have: it is told as cancelled. What is queued behind
   would run in it. Twice at most: the KILL that stopped us may hit the first. */
bool SimpleCommand::mustUndo(const CommandContext &context) const
{
    if (stop() == Stop::None || m_undoRounds == 2)
        return false;
    // The status says nothing of XA; the answers do.
    if (m_kind == Kind::BeginXa)
        return m_result && m_undo != Undo::Done;
    return m_kind == Kind::BeginTransaction
        && (context.session.state().status & Protocol::Status::InTransaction);
}

void SimpleCommand::undo(CommandContext &context)
{
    ++m_undoRounds;
    m_undo = Undo::UnderWay;
    for (const QString &statement : std::as_const(m_undoStatements)) {
        m_underWay.emplace_back(Protocol::SimpleExchange::statement(statement.toUtf8()));
        context.session.begin(m_underWay.back().get());
    }
}

void SimpleCommand::stopped(const Error &error)
{
    if (beginsSomething()) {
        m_result = error.withOutcome(Error::Outcome::NotExecuted);
        return;
    }
    m_result = error.withOutcome(m_result ? Error::Outcome::Executed : Error::Outcome::NotExecuted);
}

Error QuitCommand::begin(CommandContext &context)
{
    context.session.begin(&m_exchange);
    return {};
}

} // namespace QAsyncMySql::Internal
