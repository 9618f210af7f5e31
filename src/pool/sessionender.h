// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

namespace QAsyncMySql::Internal {

class ConnectionCore;

/*!
    Has servers end sessions whose statements still run, by KILL over connections of its own in threads of its
    own: for pools that go, and that no event loop may be left to.

    Nobody waits for it but the program's end, and that for half a second at most.
*/
class SessionEnder
{
public:
    enum class How
    {
        AtOnce,
        /*! They have been told to end, but a server may stop to read that when its sender hangs up. A second
           KILL right behind the first can hold up MariaDB for seconds, so it asks and waits before. */
        IfStillThere
    };
    //! From any thread. \a connections may be gone when it returns.
    static void start(const std::vector<std::shared_ptr<ConnectionCore>> &connections, How how);
    //! Waits until all is done that was started, or its time is over.
    static void wait();
};

} // namespace QAsyncMySql::Internal
