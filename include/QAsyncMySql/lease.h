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
    /*! The same for who has left the session as it was, which saves the round trip of the reset, and keeps
       what the server has prepared. It is reset all the same if something still runs or waits on it, if a
        transaction is open, or if the server has told that the schema or a variable that it tracks is another
        one; see "Session state" in the manual for what that is. All else is the caller's word: what it leaves
        behind (user variables, locks, temporary tables, a role), the next borrower finds. */
    void releaseUnchanged();

private:
    std::shared_ptr<Internal::LeaseData> d;
};

} // namespace QAsyncMySql
