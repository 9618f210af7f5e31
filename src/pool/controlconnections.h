// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/killchannel.h"

#include <QtCore/QDeadlineTimer>

#include <map>
#include <memory>
#include <vector>

namespace QAsyncMySql::Internal {

class ConnectionCore;

/*!
    The connections over which a pool has statements stopped: one to each server that its connections
    are at, opened with the first loan. So a statement can be stopped when the server takes no more
    connections, and without the time that a login takes.
*/
class ControlConnections
{
public:
    ControlConnections();
    ~ControlConnections();

    const std::shared_ptr<KillChannel> &channel() const noexcept { return m_channel; }
    //! Sees to it that there is one to where \a connection is.
    void reserve(const std::shared_ptr<ConnectionCore> &connection);
    using Connections = std::vector<std::shared_ptr<ConnectionCore>>;
    /*! Has the server end the sessions of \a connections, without waiting for an answer; for a program that
        ends. Gives back those that no control connection leads to. */
    [[nodiscard]] Connections endSessions(const Connections &connections);
    //! True if reserve() has been called since all were closed.
    bool isReserved() const;
    //! Closes all.
    void clear();
    //! Closes all before it returns.
    void abandon();

private:
    class Channel;
    std::shared_ptr<KillChannel> m_channel;
    Channel *m_own; // the same, as what it is
};

} // namespace QAsyncMySql::Internal
