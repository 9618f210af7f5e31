// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/connection.h>

#include <QtCore/QPointer>

#include <atomic>
#include <memory>

namespace QAsyncMySql::Internal {

class PoolCore;

//! In what state a borrower leaves the session, by its own word.
enum class SessionLeft : quint8
{
    Used, // as it may be
    Unchanged
};

//! What a Lease holds: one borrowed connection. Gives it back when the last copy goes, in whatever thread.
class LeaseData
{
public:
    LeaseData(std::weak_ptr<PoolCore> pool, quint64 entry, Connection *connection)
        : m_pool(std::move(pool))
        , m_connection(connection)
        , m_entry(entry)
    {
    }
    ~LeaseData() { release(); }
    LeaseData(const LeaseData &) = delete;
    LeaseData &operator=(const LeaseData &) = delete;

    Connection *connection() const noexcept
    {
        return m_released.load(std::memory_order_acquire) ? nullptr : m_connection.data();
    }
    void release(SessionLeft left = SessionLeft::Used);

private:
    std::weak_ptr<PoolCore> m_pool;
    QPointer<Connection> m_connection;
    quint64 m_entry;
    std::atomic<bool> m_released = false;
};

} // namespace QAsyncMySql::Internal
