// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/command.h"
#include "client/completion.h"
#include "client/preparedhandle.h"
#include "protocol/statementexchange.h"

#include <QAsyncMySql/statement.h>

namespace QAsyncMySql::Internal {

//! Prepares a statement for Connection::prepare().
class PrepareCommand final : public Command
{
public:
    PrepareCommand(std::shared_ptr<PreparedHandle> handle, std::unique_ptr<Completion<Statement>> completion);
    ~PrepareCommand() override;

    Error begin(CommandContext &context) override;
    Next exchangeDone(CommandContext &context) override;
    void fail(const Error &error) override { m_error = error.withStatement(m_handle->sql); }
    void stopped(const Error &error) override { fail(error.withOutcome(Error::Outcome::NotExecuted)); }
    Error failure() const override { return m_error; }
    Error::Outcome outcomeIfLost() const override { return Error::Outcome::NotExecuted; }
    bool isAbandoned() const override { return m_completion->isAbandoned(); }
    void deliver() override;

private:
    std::shared_ptr<PreparedHandle> m_handle;
    std::unique_ptr<Completion<Statement>> m_completion;
    std::unique_ptr<Protocol::PrepareExchange> m_exchange;
    Error m_error;
    bool m_madeRoom = false;
};

} // namespace QAsyncMySql::Internal
