// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/command.h"
#include "client/completion.h"
#include "protocol/changeuser.h"
#include "protocol/simpleexchange.h"

#include <deque>

namespace QAsyncMySql::Internal {

//! COM_CHANGE_USER, then the options' character set, time zone and sql_mode, and their initial statements.
class ChangeUserCommand final : public Command
{
public:
    //! \a options: those of the connection, with the new account. \a adopt is called once it is in force.
    ChangeUserCommand(const ConnectOptions &options, std::function<Protocol::Channel()> channel,
                      std::function<void()> adopt, std::unique_ptr<Completion<void>> completion);

    Error begin(CommandContext &context) override;
    Next exchangeDone(CommandContext &context) override;
    void fail(const Error &error) override { m_result = error; }
    void stopped(const Error &error) override;
    Error failure() const override { return m_result.error(); }
    Error::Outcome outcomeIfLost() const override { return Error::Outcome::NotExecuted; }
    bool isAbandoned() const override { return m_completion->isAbandoned(); }
    Protocol::Authentication *authentication() override;
    void deliver() override { m_completion->complete(m_result); }

private:
    Next beginSetup(CommandContext &context);

    ConnectOptions m_options;
    std::unique_ptr<Protocol::ChangeUserExchange> m_change;
    std::deque<std::unique_ptr<Protocol::CheckedExchange>> m_setup; // what follows the change, in order
    bool m_changed = false;
    std::function<Protocol::Channel()> m_channel; // of the line, once it is this command's turn
    std::function<void()> m_adopt;
    std::unique_ptr<Completion<void>> m_completion;
    Result<void> m_result;
};

} // namespace QAsyncMySql::Internal
