// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/simplecommand.h"

#include "client/sessionsetup.h"
#include "client/statementcache.h"

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
    command->m_steps.push_back([](CommandContext &) {
        return std::unique_ptr<Protocol::SimpleExchange>(Protocol::SimpleExchange::ping());
    });
    return command;
}

std::unique_ptr<SimpleCommand> SimpleCommand::useDatabase(const QString &schema, Completer completion)
{
    std::unique_ptr<SimpleCommand> command(new SimpleCommand(Kind::UseDatabase, std::move(completion)));
    command->m_schema = schema.toUtf8();
    command->m_steps.push_back([name = command->m_schema](CommandContext &) {
        return std::unique_ptr<Protocol::SimpleExchange>(Protocol::SimpleExchange::initDb(name));
    });
    return command;
}

std::unique_ptr<SimpleCommand> SimpleCommand::reset(Completer completion)
{
    std::unique_ptr<SimpleCommand> command(new SimpleCommand(Kind::Reset, std::move(completion)));
    command->m_steps.push_back([](CommandContext &) {
        return std::unique_ptr<Protocol::SimpleExchange>(Protocol::SimpleExchange::resetConnection());
    });
    // COM_RESET_CONNECTION puts the character set and all variables back to the server's defaults.
    command->m_steps.push_back([](CommandContext &context) {
        // The server has dropped all prepared statements.
        context.statements.clear();
        const QByteArray setup = sessionSetup(context.options);
        return setup.isEmpty()
            ? nullptr
            : std::unique_ptr<Protocol::SimpleExchange>(Protocol::SimpleExchange::statement(setup));
    });
    // It does not touch the default schema.
    command->m_steps.push_back([](CommandContext &context) {
        const QByteArray wanted = context.options.database().toUtf8();
        const bool there = wanted.isEmpty() || context.session.state().schema == wanted;
        return there ? nullptr
                     : std::unique_ptr<Protocol::SimpleExchange>(Protocol::SimpleExchange::initDb(wanted));
    });
    return command;
}

Error SimpleCommand::begin(CommandContext &context)
{
    if (m_kind == Kind::UseDatabase && (m_schema.isEmpty() || m_schema.contains('\0'))) {
        return Error(Error::Kind::Usage, QStringLiteral("A schema name must not be empty, nor hold a NUL."),
                     Error::Outcome::NotSent, Error::Phase::Command);
    }
    return beginNext(context);
}

Error SimpleCommand::beginNext(CommandContext &context)
{
    m_exchange.reset();
    while (m_nextStep < m_steps.size() && !m_exchange)
        m_exchange = m_steps[m_nextStep++](context);
    if (m_exchange)
        context.session.begin(m_exchange.get());
    return {};
}

Command::Next SimpleCommand::exchangeDone(CommandContext &context)
{
    if (m_exchange->failed()) {
        m_result = toError(m_exchange->error(), Error::Outcome::NotExecuted, Error::Phase::Command);
        return Next::Done;
    }
    beginNext(context);
    return m_exchange ? Next::More : Next::Done;
}

void SimpleCommand::stopped(const Error &error)
{
    m_result = error.withOutcome(m_result ? Error::Outcome::Executed : Error::Outcome::NotExecuted);
}

Error QuitCommand::begin(CommandContext &context)
{
    context.session.begin(&m_exchange);
    return {};
}

} // namespace QAsyncMySql::Internal
