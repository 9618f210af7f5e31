// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/error.h>

#include <coroutine>
#include <exception>
#include <utility>

namespace QAsyncMySql::Internal {

//! A part of a longer piece of work, awaited by another coroutine: gives an error, or none. Name it before it
//! is awaited (GCC 12).
class Routine
{
public:
    class promise_type
    {
    public:
        Routine get_return_object()
        {
            return Routine(std::coroutine_handle<promise_type>::from_promise(*this));
        }
        std::suspend_always initial_suspend() noexcept { return {}; }
        auto final_suspend() noexcept { return Last(); }
        void return_value(Error error) noexcept { m_error = std::move(error); }
        void unhandled_exception() noexcept { std::terminate(); }

    private:
        friend class Routine;
        std::coroutine_handle<> m_waiter = std::noop_coroutine();
        Error m_error;
    };

    Routine(Routine &&other) noexcept
        : m_handle(std::exchange(other.m_handle, {}))
    {
    }
    Routine &operator=(Routine &&) = delete;
    ~Routine()
    {
        if (m_handle)
            m_handle.destroy();
    }
    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiter) noexcept
    {
        m_handle.promise().m_waiter = waiter;
        return m_handle;
    }
    Error await_resume() const { return m_handle.promise().m_error; }

private:
    class Last
    {
    public:
        bool await_ready() const noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> handle) const noexcept
        {
            return handle.promise().m_waiter;
        }
        void await_resume() const noexcept { }
    };
    explicit Routine(std::coroutine_handle<promise_type> handle) noexcept
        : m_handle(handle)
    {
    }
    std::coroutine_handle<promise_type> m_handle;
};

//! A whole piece of work, which nobody awaits: it begins at once, and ends by itself.
class LooseRoutine
{
public:
    class promise_type
    {
    public:
        LooseRoutine get_return_object() noexcept { return LooseRoutine(); }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() noexcept { }
        void unhandled_exception() noexcept { std::terminate(); }
    };
};

} // namespace QAsyncMySql::Internal
