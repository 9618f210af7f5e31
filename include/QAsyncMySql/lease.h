// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <memory>

namespace QAsyncMySql {

class Connection;

namespace Internal {
class LeaseData;
}

/*!
    A borrowed connection of a Pool. Goes back when the last copy of the handle is dropped or
    release() is called.

    Handles are shared because a QFuture hands out copies; after release() all of them are empty.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Lease
{
public:
    Lease() noexcept;
    explicit Lease(std::shared_ptr<Internal::LeaseData> data) noexcept;
    ~Lease();
    Lease(const Lease &) noexcept;
    Lease(Lease &&) noexcept;
    Lease &operator=(const Lease &) noexcept;
    Lease &operator=(Lease &&) noexcept;

    //! False once it was released, or its pool is gone.
    bool isValid() const noexcept;
    explicit operator bool() const noexcept { return isValid(); }
    //! The connection, or null if the lease is not valid. Owned by the pool: do not delete it.
    Connection *connection() const noexcept;
    Connection *operator->() const noexcept { return connection(); }
    Connection &operator*() const noexcept { return *connection(); }
    //! Gives the connection back now.
    void release();

private:
    std::shared_ptr<Internal::LeaseData> d;
};

} // namespace QAsyncMySql
