// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/reply.h>

#include <QtCore/QPointer>
#include <QtCore/QPromise>

#include <algorithm>
#include <functional>
#include <limits>
#include <memory>

namespace QAsyncMySql::Internal {

/*!
    Who is to be told how an operation ended. The operation knows no futures and no callbacks: it
    completes one of these, once.
*/
template <class T> class Completion
{
public:
    virtual ~Completion() = default;
    virtual void complete(const Result<T> &result) = 0;
    //! Nobody wants the result any more: the future was cancelled, or the context object is gone.
    virtual bool isAbandoned() const { return false; }
    //! How far the operation is: \a done of \a total, or of an unknown total if that is not above 0.
    virtual void progress(qint64 done, qint64 total)
    {
        Q_UNUSED(done)
        Q_UNUSED(total)
    }
    //! False if complete() calls the library only, so that it may be called from anywhere.
    virtual bool runsUserCode() const { return true; }
    //! Has \a cancel called when the operation is to be cancelled; an empty function ends that.
    virtual void onCancel(std::function<void()> cancel) { Q_UNUSED(cancel) }
};

//! Finishes a Reply.
template <class T> class PromiseCompletion final : public Completion<T>
{
public:
    PromiseCompletion() { m_promise.start(); }
    //! For a reply that may be used in other threads than the operation's.
    explicit PromiseCompletion(ReplyControl::Post post)
        : PromiseCompletion()
    {
        m_control->setPost(std::move(post));
    }

    Reply<T> reply() const { return Reply<T>(m_promise.future(), m_control); }
    void complete(const Result<T> &result) override
    {
        m_control->setOnCancel(nullptr);
        m_promise.addResult(result);
        m_promise.finish();
        m_control->finished();
    }
    //! As the future's progress value. That is an int: totals of 2 GiB and more are scaled down by 1,024.
    void progress(qint64 done, qint64 total) override
    {
        constexpr qint64 Most = std::numeric_limits<int>::max();
        const int shift = total > Most ? 10 : 0;
        const int maximum = total > 0 ? int(total >> shift) : int(Most);
        if (m_promise.future().progressMaximum() != maximum)
            m_promise.setProgressRange(0, maximum);
        m_promise.setProgressValue(int(std::min(done >> shift, Most)));
    }
    bool isAbandoned() const override { return m_control->isCancelRequested() || m_promise.isCanceled(); }
    void onCancel(std::function<void()> cancel) override { m_control->setOnCancel(std::move(cancel)); }

private:
    QPromise<Result<T>> m_promise;
    std::shared_ptr<ReplyControl> m_control = std::make_shared<ReplyControl>();
};

//! Calls a function, unless its context object has been destroyed.
template <class T> class CallbackCompletion final : public Completion<T>
{
public:
    CallbackCompletion(QObject *context, std::function<void(const Result<T> &)> callback)
        : m_context(context)
        , m_callback(std::move(callback))
    {
    }

    void complete(const Result<T> &result) override
    {
        if (m_context && m_callback)
            m_callback(result);
    }
    bool isAbandoned() const override { return !m_context; }

private:
    QPointer<QObject> m_context;
    std::function<void(const Result<T> &)> m_callback;
};

//! Stands before another one: all but the result goes through as it is.
template <class From, class To = From> class ForwardingCompletion : public Completion<From>
{
public:
    explicit ForwardingCompletion(std::shared_ptr<Completion<To>> inner)
        : m_inner(std::move(inner))
    {
    }
    bool isAbandoned() const override { return m_inner->isAbandoned(); }
    void progress(qint64 done, qint64 total) override { m_inner->progress(done, total); }
    void onCancel(std::function<void()> cancel) override { m_inner->onCancel(std::move(cancel)); }

protected:
    const std::shared_ptr<Completion<To>> &inner() const noexcept { return m_inner; }

private:
    std::shared_ptr<Completion<To>> m_inner;
};

//! Completes another one with what a function makes of the value.
template <class From, class To> class MappedCompletion final : public ForwardingCompletion<From, To>
{
public:
    MappedCompletion(std::unique_ptr<Completion<To>> inner, std::function<Result<To>(const From &)> map)
        : ForwardingCompletion<From, To>(std::move(inner))
        , m_map(std::move(map))
    {
    }
    void complete(const Result<From> &result) override
    {
        this->inner()->complete(result ? m_map(*result) : Result<To>(result.error()));
    }
    bool runsUserCode() const override { return this->inner()->runsUserCode(); }

private:
    std::function<Result<To>(const From &)> m_map;
};

//! Calls a function of the library's own.
template <class T> class InternalCompletion final : public Completion<T>
{
public:
    explicit InternalCompletion(std::function<void(const Result<T> &)> callback)
        : m_callback(std::move(callback))
    {
    }
    void complete(const Result<T> &result) override { m_callback(result); }
    bool runsUserCode() const override { return false; }

private:
    std::function<void(const Result<T> &)> m_callback;
};

} // namespace QAsyncMySql::Internal
