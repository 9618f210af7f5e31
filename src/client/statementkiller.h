// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/connectoptions.h>

#include <QtNetwork/QHostAddress>

#include <functional>
#include <memory>

namespace QAsyncMySql::Internal {

class ConnectionCore;

/*!
    Stops the statement of another session with KILL QUERY, over a connection of its own to the same
    address. Dropping it before it is through closes that connection.
*/
class StatementKiller : public std::enable_shared_from_this<StatementKiller>
{
public:
    //! \a done is called once, from the event loop: the server has answered, or could not be reached.
    static std::shared_ptr<StatementKiller> start(const ConnectOptions &options, const QHostAddress &address,
                                                  quint64 connectionId, std::function<void()> done);
    ~StatementKiller();

private:
    StatementKiller() = default;
    void kill(quint64 connectionId);
    void finish();

    std::shared_ptr<ConnectionCore> m_connection;
    std::function<void()> m_done;
};

} // namespace QAsyncMySql::Internal
