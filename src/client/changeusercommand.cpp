// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/changeusercommand.h"

#include "client/handshakeoptions.h"
#include "client/loginerrors.h"
#include "client/sessionsetup.h"
#include "client/statementcache.h"

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
    if (m_setup) {
        if (m_setup->failed())
            m_result = toError(m_setup->error(), Error::Outcome::Executed, Error::Phase::Command);
        return Next::Done;
    }
    if (m_change->failed()) {
        // What user a connection has after that differs from server to server, as does whether it lives.
        m_result = explainLogin(
            toError(m_change->error(), Error::Outcome::NotExecuted, Error::Phase::Authentication)
                .withConnectionLost());
        return Next::Done;
    }
    m_adopt();
    const QByteArray sql = sessionSetup(m_options);
    if (sql.isEmpty())
        return Next::Done;
    m_setup.reset(Protocol::SimpleExchange::statement(sql));
    context.session.begin(m_setup.get());
    return Next::More;
}

Protocol::Authentication *ChangeUserCommand::authentication()
{
    return m_setup || !m_change ? nullptr : &m_change->authentication();
}

void ChangeUserCommand::stopped(const Error &error)
{
    m_result = error.withOutcome(m_result ? Error::Outcome::Executed : Error::Outcome::NotExecuted);
}

} // namespace QAsyncMySql::Internal
