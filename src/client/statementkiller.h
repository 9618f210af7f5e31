// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/connectoptions.h>

#include <QtNetwork/QHostAddress>

#include <functional>
#include <memory>

namespace QAsyncMySql::Internal {

class ConnectionCore;
class KillChannel;
struct KillTarget;

/*! A connection for KILL to the server at \a address: without what the options ask of a session. \a done is
    told how opening went. */
std::shared_ptr<ConnectionCore> openControlConnection(const ConnectOptions &options,
                                                      const QHostAddress &address,
                                                      std::function<void(const Result<void> &)> done);
//! KILL QUERY on \a control; \a done is called whatever comes of it.
void enqueueKill(ConnectionCore &control, quint64 connectionId, std::function<void()> done);

/*!
    Stops the statement of another session with KILL QUERY, over a channel that is there already or
    else over a connection of its own to the same address. Where another server answers there (its
    version differs), nothing is stopped: that session would be somebody else's. Dropping it before it
    is through closes that connection.
*/
class StatementKiller : public std::enable_shared_from_this<StatementKiller>
{
public:
    //! \a done is called once, from the event loop: the server has answered, or could not be reached.
    static std::shared_ptr<StatementKiller> start(const ConnectOptions &options, const KillTarget &target,
                                                  const std::shared_ptr<KillChannel> &channel,
                                                  std::function<void()> done);
    ~StatementKiller();

private:
    StatementKiller() = default;
    void finish();

    std::shared_ptr<ConnectionCore> m_connection; // null with a channel
    std::function<void()> m_done;
};

} // namespace QAsyncMySql::Internal
