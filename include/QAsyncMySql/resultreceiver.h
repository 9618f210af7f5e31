// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/reply.h>
#include <QAsyncMySql/resultset.h>
#include <QAsyncMySql/sqlstatement.h>

#include <concepts>

namespace QAsyncMySql {

/*!
    What runs where a statement's text does, and knows the type of its result: the typed statements of the
    namespace Sql. ResultType is made from a ResultSet.

    \since 1.0
*/
template <class T>
concept RunnableStatement = requires(const T &statement)
{
    typename T::ResultType;
    {
        statement.statement()
        } -> std::same_as<SqlStatement>;
};

namespace Internal {

//! Who hears of a result that only the caller knows the type of: Executor runs statements for it.
class ResultReceiver
{
public:
    explicit ResultReceiver(ReplyControl::Post post) { m_control->setPost(std::move(post)); }
    virtual ~ResultReceiver() = default;
    virtual void complete(const Result<ResultSet> &result) = 0;
    //! The future was cancelled.
    virtual bool isCanceled() const = 0;
    const std::shared_ptr<ReplyControl> &control() const noexcept { return m_control; }

private:
    std::shared_ptr<ReplyControl> m_control = std::make_shared<ReplyControl>();
};

//! Finishes a Reply<T> with a T made from the ResultSet.
template <class T> class TypedReceiver final : public ResultReceiver
{
public:
    explicit TypedReceiver(ReplyControl::Post post)
        : ResultReceiver(std::move(post))
    {
        m_promise.start();
    }
    Reply<T> reply() const { return Reply<T>(m_promise.future(), control()); }
    void complete(const Result<ResultSet> &result) override
    {
        m_promise.addResult(result ? Result<T>(T(*result)) : Result<T>(result.error()));
        m_promise.finish();
    }
    bool isCanceled() const override { return m_promise.isCanceled(); }

private:
    QPromise<Result<T>> m_promise;
};

} // namespace Internal

} // namespace QAsyncMySql
