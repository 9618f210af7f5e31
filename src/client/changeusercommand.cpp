// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/changeusercommand.h"

#include "client/handshakeoptions.h"
#include "client/loginerrors.h"
#include "client/sessionsetup.h"
#include "client/statementcache.h"
#include "protocol/discardingexchange.h"

namespace QAsyncMySql::Internal {

ChangeUserCommand::ChangeUserCommand(const ConnectOptions &options,
                                     std::function<Protocol::Channel()> channel, std::function<void()> adopt,
                                     std::unique_ptr<Completion<void>> completion)
    : m_options(options)
    , m_channel(std::move(channel))
    , m_adopt(std::move(adopt))
    , m_completion(std::move(completion))
{
}

Error ChangeUserCommand::begin(CommandContext &context)
{
    if (const Error error = m_options.validate().error())
        return error.withConnectionLost(false);
    // The server drops all prepared statements, whatever becomes of it.
    context.statements.clear();
    m_change = std::make_unique<Protocol::ChangeUserExchange>(
        m_options.user().toUtf8(), m_options.database().toUtf8(), handshakeOptions(m_options).attributes,
        authOptions(m_options), m_channel());
    context.session.begin(m_change.get());
    return {};
}

Command::Next ChangeUserCommand::exchangeDone(CommandContext &context)
{
    if (m_changed) {
        const std::unique_ptr<Protocol::CheckedExchange> done = std::move(m_setup.front());
        m_setup.pop_front();
        if (done->failed()) {
            m_result = toError(done->error(), Error::Outcome::Executed, Error::Phase::Command);
            return Next::Done;
        }
        return beginSetup(context);
    }
    if (m_change->failed()) {
        // What user a connection has after that differs from server to server, as does whether it lives.
        m_result = explainLogin(
            toError(m_change->error(), Error::Outcome::NotExecuted, Error::Phase::Authentication)
                .withConnectionLost());
        return Next::Done;
    }
    m_adopt();
    m_changed = true;
    if (const QByteArray sql = sessionSetup(m_options); !sql.isEmpty())
        m_setup.emplace_back(Protocol::SimpleExchange::statement(sql));
    const QStringList commands = m_options.initCommands();
    for (const QString &command : commands)
        m_setup.push_back(std::make_unique<Protocol::DiscardingExchange>(command.toUtf8()));
    return beginSetup(context);
}

Command::Next ChangeUserCommand::beginSetup(CommandContext &context)
{
    if (m_setup.empty())
        return Next::Done;
    context.session.begin(m_setup.front().get());
    return Next::More;
}

Protocol::Authentication *ChangeUserCommand::authentication()
{
    return m_changed || !m_change ? nullptr : &m_change->authentication();
}

void ChangeUserCommand::stopped(const Error &error)
{
    m_result = error.withOutcome(m_result ? Error::Outcome::Executed : Error::Outcome::NotExecuted);
}

} // namespace QAsyncMySql::Internal
