// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/completion.h"
#include "client/connectioncore.h"

#include <functional>
#include <memory>
#include <optional>

namespace QAsyncMySql::Internal {

//! The flags behind the last of \a result's results.
quint16 lastStatus(ResultSet result);

//! How an operation ended, for who lends the connection.
struct OperationEnd
{
    Error error; // the first, where several things were done
    std::optional<quint16> status; // SERVER_STATUS_* behind it, if the answer tells
};
OperationEnd endOf(const Result<ResultSet> &result);
OperationEnd endOf(const Result<CallResult> &result);
OperationEnd endOf(const Result<PipelineResults> &result);
OperationEnd endOf(const Result<BulkResult> &result);

/*!
    Something that is to be run on one connection, which is not there yet: a pool looks for one, a
    transaction for its turn. It is started once, or refused.
*/
class Operation
{
public:
    //! Called instead of telling the program, which tell() then does, once.
    using Ended = std::function<void(const OperationEnd &end, std::function<void()> tell)>;

    virtual ~Operation() = default;
    Operation(const Operation &) = delete;
    Operation &operator=(const Operation &) = delete;

    //! Without \a ended the program is told at once.
    virtual void start(ConnectionCore &core, Ended ended) = 0;
    //! Tells the program that it was not started; from the event loop.
    virtual void refuse(const Error &error) = 0;
    virtual bool isAbandoned() const = 0;
    virtual void onCancel(std::function<void()> cancel) = 0;
    //! For messages.
    virtual QString sql() const = 0;
    //! Which server of a pool it is for.
    virtual ServerAccess serverAccess() const = 0;

protected:
    Operation() = default;
};

//! An operation that one command does, and a completion hears of.
template <class T> class CommandOperation final : public Operation
{
public:
    using Make
        = std::function<std::unique_ptr<Command>(ConnectionCore &core, std::unique_ptr<Completion<T>>)>;

    CommandOperation(const QString &sql, std::unique_ptr<Completion<T>> completion, Make make,
                     ServerAccess access = ServerAccess::ReadWrite)
        : m_sql(sql)
        , m_completion(std::move(completion))
        , m_make(std::move(make))
        , m_access(access)
    {
    }

    void start(ConnectionCore &core, Ended ended) override
    {
        m_completion->onCancel(core.canceller());
        core.enqueue(m_make(core, std::make_unique<Watched>(m_completion, std::move(ended))));
    }
    void refuse(const Error &error) override { m_completion->complete(error.withStatement(m_sql)); }
    bool isAbandoned() const override { return m_completion->isAbandoned(); }
    void onCancel(std::function<void()> cancel) override { m_completion->onCancel(std::move(cancel)); }
    QString sql() const override { return m_sql; }
    ServerAccess serverAccess() const override { return m_access; }

private:
    //! Runs user code as the completion inside does.
    class Watched final : public ForwardingCompletion<T>
    {
    public:
        Watched(std::shared_ptr<Completion<T>> inner, Ended ended)
            : ForwardingCompletion<T>(std::move(inner))
            , m_ended(std::move(ended))
        {
        }
        void complete(const Result<T> &result) override
        {
            if (m_ended)
                m_ended(endOf(result), [inner = this->inner(), result] { inner->complete(result); });
            else
                this->inner()->complete(result);
        }

    private:
        Ended m_ended;
    };

    QString m_sql;
    std::shared_ptr<Completion<T>> m_completion;
    Make m_make;
    ServerAccess m_access;
};

//! One statement, whose results are gathered.
std::unique_ptr<Operation> statementOperation(StatementRequest request,
                                              std::unique_ptr<Completion<ResultSet>> completion);

} // namespace QAsyncMySql::Internal
