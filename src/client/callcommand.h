// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/command.h"
#include "client/completion.h"
#include "client/resultgatherer.h"

#include <QAsyncMySql/callresult.h>
#include <QAsyncMySql/parameters.h>

#include <memory>
#include <vector>

namespace QAsyncMySql::Internal {

/*!
    Calls a procedure in the text protocol.

    Looks up which parameters are OUT and INOUT, puts those into variables of the session, calls, reads the
    variables, and clears them.
*/
class CallCommand final : public Command
{
public:
    //! \a name: of the procedure, with its schema before it if it was given.
    CallCommand(const QStringList &name, const Parameters &parameters, qint64 limit,
                std::unique_ptr<Completion<CallResult>> completion);
    ~CallCommand() override;

    Error begin(CommandContext &context) override;
    Next exchangeDone(CommandContext &context) override;
    void fail(const Error &error) override { m_error = error.withStatement(m_call); }
    void stopped(const Error &error) override;
    Error failure() const override { return m_error; }
    void stopRequested() override { m_answer->discard(); }
    bool isAbandoned() const override { return m_completion->isAbandoned(); }
    void deliver() override;
    QString sql() const override { return m_call; }

private:
    enum class Step : quint8
    {
        LookingUp,
        Setting,
        Calling,
        Reading,
        Clearing,
    };
    //! A parameter that goes through a variable.
    struct Variable
    {
        QByteArray name; // @qasyncmysql_1
        QByteArray selection; // the variable with the type of the parameter, as a column called like that
        qsizetype parameter = 0;
        bool isIn = false;
    };

    void say(CommandContext &context, Step step, const QByteArray &sql);
    bool takeFailure();
    void set(CommandContext &context);
    void call(CommandContext &context);
    void read(CommandContext &context);
    Next clear(CommandContext &context);

    QStringList m_name;
    Parameters m_parameters;
    std::unique_ptr<Completion<CallResult>> m_completion;
    std::unique_ptr<ResultGatherer> m_answer; // to m_exchange
    std::unique_ptr<Protocol::Exchange> m_exchange;
    std::vector<Variable> m_variables;
    QString m_call;
    ResultSet m_results;
    CallResult m_result;
    Error m_error;
    qint64 m_limit;
    Step m_step = Step::LookingUp;
    bool m_executed = false;
};

} // namespace QAsyncMySql::Internal
