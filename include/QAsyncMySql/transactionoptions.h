// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QtGlobal>

#include <chrono>

namespace QAsyncMySql {

/*!
    How a transaction is begun. By default as the session is set: usually REPEATABLE READ, for reading
    and writing.

    \since 1.0
*/
class TransactionOptions
{
public:
    enum class Isolation : quint8
    {
        Default, //!< the session's
        ReadUncommitted,
        ReadCommitted,
        RepeatableRead,
        Serializable,
    };

    TransactionOptions() noexcept { }

    Isolation isolation() const noexcept { return m_isolation; }
    TransactionOptions &setIsolation(Isolation isolation) noexcept
    {
        m_isolation = isolation;
        return *this;
    }
    //! The server refuses to write (error 1792).
    bool isReadOnly() const noexcept { return m_readOnly; }
    TransactionOptions &setReadOnly(bool on) noexcept
    {
        m_readOnly = on;
        return *this;
    }
    //! The snapshot is taken at once instead of by the first read (START TRANSACTION WITH CONSISTENT
    //! SNAPSHOT).
    bool hasConsistentSnapshot() const noexcept { return m_snapshot; }
    TransactionOptions &setConsistentSnapshot(bool on) noexcept
    {
        m_snapshot = on;
        return *this;
    }

private:
    Isolation m_isolation = Isolation::Default;
    bool m_readOnly = false;
    bool m_snapshot = false;
};

/*!
    How often and how soon runTransaction() repeats a transaction.

    \since 1.0
*/
class RetryPolicy
{
public:
    RetryPolicy() noexcept { }

    //! The first attempt counts too; 5 by default, 1 never repeats.
    int maximumAttempts() const noexcept { return m_attempts; }
    RetryPolicy &setMaximumAttempts(int count) noexcept
    {
        m_attempts = count;
        return *this;
    }
    //! The wait before the second attempt; doubled each time, up to longestDelay(), and shortened by a random
    //! part of up to a half. 10 ms by default.
    std::chrono::milliseconds firstDelay() const noexcept { return m_first; }
    RetryPolicy &setFirstDelay(std::chrono::milliseconds delay) noexcept
    {
        m_first = delay;
        return *this;
    }
    //! 1 s by default.
    std::chrono::milliseconds longestDelay() const noexcept { return m_longest; }
    RetryPolicy &setLongestDelay(std::chrono::milliseconds delay) noexcept
    {
        m_longest = delay;
        return *this;
    }

private:
    std::chrono::milliseconds m_first{10};
    std::chrono::milliseconds m_longest{1000};
    int m_attempts = 5;
};

} // namespace QAsyncMySql
