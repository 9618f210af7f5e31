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
#include <mutex>

namespace QAsyncMySql {

namespace Internal {

/*!
    What a Reply and the operation behind it share: the wish to cancel, and who waits.

    The operation lives in one thread. Where the reply may be used in another (a Pool is called from
    anywhere), setPost() says how to reach the operation's; else all is called in that one thread.
*/
class QASYNCMYSQL_EXPORT ReplyControl : public std::enable_shared_from_this<ReplyControl>
{
public:
    //! Runs a function in the operation's thread; false if that can no longer be.
    using Post = std::function<bool(std::function<void()>)>;

    ReplyControl();
    ~ReplyControl();
    ReplyControl(const ReplyControl &) = delete;
    ReplyControl &operator=(const ReplyControl &) = delete;

    //! Before the reply is given to anybody.
    void setPost(Post post) { m_post = std::move(post); }

    void requestCancel();
    bool isCancelRequested() const noexcept { return m_cancelRequested.load(std::memory_order_relaxed); }
    //! False if waiting in this thread would stop the very event loop that finishes the operation.
    bool mayBlockHere() const noexcept;
    //! False if the operation has ended: then \a handle is not kept.
    bool suspend(std::coroutine_handle<> handle);
    //! The coroutine that waits is being destroyed.
    void forgetWaiter() noexcept;

    // For the operation, in its thread.
    //! \a cancel is called by requestCancel(). Cleared when the operation has ended.
    void setOnCancel(std::function<void()> cancel) { m_onCancel = std::move(cancel); }
    //! The future has finished: resumes who waits, in the thread in which they wait.
    void finished();

private:
    class Resumer;

    Post m_post;
    std::function<void()> m_onCancel;
    std::atomic<void *> m_waiter = nullptr; // a coroutine's address, or the address of this: finished
    std::mutex m_mutex; // of m_resumer
    std::unique_ptr<Resumer> m_resumer; // of a coroutine in another thread
    const Qt::HANDLE m_madeIn; // a thread; the operation's, unless there is m_post
    std::atomic<bool> m_cancelRequested = false;
};

//! What Reply::result() gives where waiting would never end.
QASYNCMYSQL_EXPORT Error wouldDeadlock();

} // namespace Internal

/*!
    The future outcome of an operation: a QFuture<Result<T>> that can also be awaited and cancelled.

    It finishes exactly once, always with a Result, in the thread of the object that made it. As it
    is a QFuture, \c{.then(context, f)}, QFutureWatcher, QtFuture::whenAll() and QCoro work on it.
    \c{co_await reply} gives the Result in any coroutine type; one coroutine may await it.

    Where an operation takes time, the future's progress value tells how far it is: rows received of a large
    result or sent of a bulk, bytes of a file. It is an int, so large numbers of bytes are given in KiB.

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

    /*! The result. In another thread than the operation's it blocks until there is one; in that thread, where
        it would wait for ever, it gives an Error of kind Usage instead. */
    Result<T> result() const
    {
        QFuture<Result<T>> future(*this);
        if (m_control && !future.isFinished() && !m_control->mayBlockHere())
            return Internal::wouldDeadlock();
        future.waitForFinished();
        if (future.resultCount() == 0)
            return Error(Error::Kind::Cancelled, QStringLiteral("The future was cancelled."),
                         Error::Outcome::Unknown);
        return future.resultAt(0);
    }

    //! Awaits the Result. Resumes in the thread that awaits, which needs an event loop.
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
                m_reply.m_control->forgetWaiter();
        }
        bool await_ready() const { return m_reply.isFinished() || !m_reply.m_control; }
        bool await_suspend(std::coroutine_handle<> handle)
        {
            m_waiting = true; // before: the coroutine may be resumed, and gone, when suspend() returns
            if (m_reply.m_control->suspend(handle))
                return true;
            m_waiting = false;
            return false;
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
