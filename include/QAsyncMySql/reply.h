// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/result.h>

#include <QtCore/QFuture>
#include <QtCore/QPromise>

#include <atomic>
#include <coroutine>
#include <functional>
#include <memory>

namespace QAsyncMySql {

namespace Internal {

//! What a Reply and the operation behind it share: the wish to cancel, and who waits.
class ReplyControl
{
public:
    //! Set by the operation; called in its thread by requestCancel(). Cleared when it has ended.
    std::function<void()> onCancel;
    std::coroutine_handle<> waiter;
    std::atomic<bool> cancelRequested = false;

    void requestCancel()
    {
        cancelRequested.store(true, std::memory_order_relaxed);
        if (onCancel)
            onCancel();
    }
};

} // namespace Internal

/*!
    The future outcome of an operation: a QFuture<Result<T>> that can also be awaited and cancelled.

    It finishes exactly once, always with a Result, in the thread of the object that made it. As it
    is a QFuture, \c{.then(context, f)}, QFutureWatcher, QtFuture::whenAll() and QCoro work on it.
    \c{co_await reply} gives the Result in any coroutine type; one coroutine may await it.

    Cancel with cancel(): the operation is stopped on the server, and the future finishes with an
    Error of kind Cancelled. (A plain QFuture::cancel() on a copy is noticed too, within 100 ms, but
    by QFuture's rules no Result is then delivered to it.)

    \since 1.0
*/
template <class T> class [[nodiscard]] Reply : public QFuture<Result<T>>
{
public:
    Reply() = default;
    explicit Reply(const QFuture<Result<T>> &future, std::shared_ptr<Internal::ReplyControl> control = {})
        : QFuture<Result<T>>(future)
        , m_control(std::move(control))
    {
    }

    //! A reply that has already finished with \a result.
    static Reply fromResult(Result<T> result)
    {
        QPromise<Result<T>> promise;
        promise.start();
        promise.addResult(std::move(result));
        promise.finish();
        return Reply(promise.future());
    }
    static Reply fromError(const Error &error) { return fromResult(Result<T>(error)); }

    //! Stops the operation, on the server too where it has started. Does nothing once finished.
    void cancel()
    {
        if (this->isFinished())
            return;
        if (const std::shared_ptr<Internal::ReplyControl> control = m_control)
            control->requestCancel();
        else
            QFuture<Result<T>>::cancel();
    }

    //! The result; blocks until there is one, so ask isFinished() first in a thread with an event loop.
    Result<T> result() const
    {
        QFuture<Result<T>> future(*this);
        future.waitForFinished();
        if (future.resultCount() == 0)
            return Error(Error::Kind::Cancelled, QStringLiteral("The future was cancelled."),
                         Error::Outcome::Unknown);
        return future.resultAt(0);
    }

    //! Awaits the Result. Resumes in the thread of the object that made the reply.
    class Awaiter
    {
    public:
        explicit Awaiter(Reply reply)
            : m_reply(std::move(reply))
        {
        }
        Awaiter(const Awaiter &) = delete;
        Awaiter &operator=(const Awaiter &) = delete;
        ~Awaiter()
        {
            // The coroutine was destroyed while it waited: nobody is to be resumed.
            if (m_waiting && m_reply.m_control)
                m_reply.m_control->waiter = {};
        }
        bool await_ready() const { return m_reply.isFinished() || !m_reply.m_control; }
        void await_suspend(std::coroutine_handle<> handle)
        {
            m_reply.m_control->waiter = handle;
            m_waiting = true;
        }
        Result<T> await_resume()
        {
            m_waiting = false;
            return m_reply.result();
        }

    private:
        Reply m_reply;
        bool m_waiting = false;
    };
    Awaiter operator co_await() const { return Awaiter(*this); }

private:
    std::shared_ptr<Internal::ReplyControl> m_control;
};

} // namespace QAsyncMySql
