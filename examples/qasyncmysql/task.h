// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <coroutine>
#include <exception>
#include <utility>

/*!
    A coroutine that gives an int when it is awaited. It starts when it is called; a Task that is dropped
   destroys its coroutine, wherever that waits.
*/
class Task
{
public:
    class promise_type
    {
    public:
        Task get_return_object() { return Task(Handle::from_promise(*this)); }
        std::suspend_never initial_suspend() noexcept { return {}; }
        auto final_suspend() noexcept { return ResumeWaiter(); }
        void return_value(int value) noexcept { m_value = value; }
        void unhandled_exception() noexcept { std::terminate(); }

    private:
        friend class Task;
        std::coroutine_handle<> m_waiter = std::noop_coroutine();
        int m_value = 0;
    };

    Task(Task &&other) noexcept
        : m_handle(std::exchange(other.m_handle, {}))
    {
    }
    Task &operator=(Task &&) = delete;
    ~Task()
    {
        if (m_handle)
            m_handle.destroy();
    }

    bool await_ready() const noexcept { return m_handle.done(); }
    void await_suspend(std::coroutine_handle<> waiter) noexcept { m_handle.promise().m_waiter = waiter; }
    int await_resume() const noexcept { return m_handle.promise().m_value; }

private:
    using Handle = std::coroutine_handle<promise_type>;

    class ResumeWaiter
    {
    public:
        bool await_ready() const noexcept { return false; }
        std::coroutine_handle<> await_suspend(Handle handle) const noexcept
        {
            return handle.promise().m_waiter;
        }
        void await_resume() const noexcept { }
    };

    explicit Task(Handle handle) noexcept
        : m_handle(handle)
    {
    }

    Handle m_handle;
};
