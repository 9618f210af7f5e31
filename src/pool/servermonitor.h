// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "client/endpoint.h"
#include "pool/serverrole.h"

#include <QAsyncMySql/connectoptions.h>

#include <QtCore/QDeadlineTimer>

#include <functional>
#include <memory>

namespace QAsyncMySql::Internal {

class ConnectionCore;

/*!
    Watches one server: keeps a connection to it, over which it is asked what it is. That the connection is
   lost says more, and sooner, than any answer.
*/
class ServerMonitor : public std::enable_shared_from_this<ServerMonitor>
{
public:
    //! \a changed is called, from the event loop, when role() or the like is another.
    static std::shared_ptr<ServerMonitor> create(const Endpoint &endpoint, const ConnectOptions &options,
                                                 std::function<void()> changed);
    ~ServerMonitor();

    const Endpoint &endpoint() const noexcept { return m_endpoint; }
    const ServerRole &role() const noexcept { return m_role; }
    qint64 lag() const noexcept { return m_lag; }
    //! Counts the times at which it has ceased to be the primary, or of use.
    quint64 epoch() const noexcept { return m_epoch; }
    //! It was doubted, and has not answered since.
    bool isDoubted() const noexcept { return m_doubted; }
    //! Why it refuses us for good, such as for a wrong password; else none.
    const Error &refusal() const noexcept { return m_refusal; }

    //! Asks the server how far it is (ServerRole::positionQuestion()); an empty text where it does not say.
    void askPosition(std::function<void(const QString &)> answer);
    /*! Has a node of Galera wait until it has what the cluster has committed, no longer than \a timeout and
       than a server may take to answer; \a answer is told whether it has. On this connection, which is never
       reset: MariaDB ignores wsrep_sync_wait in a session once that has been reset (seen with 10.11). */
    void waitForCluster(std::chrono::milliseconds timeout, std::function<void(bool)> answer);
    //! Asks, unless that is being done; \a withLag: also how far it is behind.
    void ask(bool withLag);
    //! Asks now, whatever was planned: what it said last may be wrong.
    void doubt(bool withLag);

private:
    ServerMonitor(const Endpoint &endpoint, const ConnectOptions &options, std::function<void()> changed);
    void open();
    void opened(const Result<void> &result);
    void askRole(bool groups);
    void askLag();
    void lost();
    void failed(const Error &error);
    void answered();
    void settle(const ServerRole &role);

    Endpoint m_endpoint;
    ConnectOptions m_options;
    std::function<void()> m_changed;
    std::shared_ptr<ConnectionCore> m_connection;
    ServerRole m_role;
    Error m_refusal;
    QDeadlineTimer m_notBefore; // after a refusal
    std::chrono::milliseconds m_pause{0};
    qint64 m_lag = -1;
    quint64 m_epoch = 0;
    bool m_withLag = false;
    bool m_busy = false;
    bool m_again = false;
    bool m_doubted = false;
};

} // namespace QAsyncMySql::Internal
