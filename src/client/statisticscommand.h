// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/command.h"
#include "client/completion.h"
#include "protocol/simpleexchange.h"

namespace QAsyncMySql::Internal {

//! COM_STATISTICS.
class StatisticsCommand final : public Command
{
public:
    explicit StatisticsCommand(std::unique_ptr<Completion<QString>> completion)
        : m_completion(std::move(completion))
        , m_result(QString())
    {
    }

    Error begin(CommandContext &context) override
    {
        context.session.begin(&m_exchange);
        return {};
    }
    Next exchangeDone(CommandContext &) override
    {
        if (m_exchange.failed())
            m_result = toError(m_exchange.error(), Error::Outcome::NotExecuted, Error::Phase::Command);
        else
            m_result = QString::fromUtf8(m_exchange.text());
        return Next::Done;
    }
    void fail(const Error &error) override { m_result = error; }
    void stopped(const Error &error) override { m_result = error.withOutcome(Error::Outcome::Executed); }
    Error failure() const override { return m_result.error(); }
    Error::Outcome outcomeIfLost() const override { return Error::Outcome::NotExecuted; }
    bool isAbandoned() const override { return m_completion->isAbandoned(); }
    void deliver() override { m_completion->complete(m_result); }

private:
    Protocol::StatisticsExchange m_exchange;
    std::unique_ptr<Completion<QString>> m_completion;
    Result<QString> m_result;
};

} // namespace QAsyncMySql::Internal
