// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <coroutine>
#include <exception>

/*
    The smallest coroutine type there is: runs until its first co_await, ends by itself. Outcomes are
    left in variables of the test, since QVERIFY returns from a function and a coroutine cannot.
*/
struct Task
{
    struct promise_type
    {
        Task get_return_object() { return Task{}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() { }
        void unhandled_exception() { std::terminate(); }
    };
};
