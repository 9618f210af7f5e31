// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/chaos/chaosplan.h"

#include <QtCore/QList>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QTcpServer>

#include <memory>
#include <vector>

class ChaosConnection;

/*!
    Stands between a client and a server and damages what goes through: delays, slices, cuts, duplicates,
    swaps and corrupts it, as a ChaosPlan says. Lives in its thread's event loop.
*/
class ChaosProxy : public QObject
{
    Q_OBJECT

public:
    //! In front of the server at \a host and \a port.
    ChaosProxy(const QHostAddress &host, quint16 port);
    ~ChaosProxy() override;

    bool listen() { return m_server.listen(QHostAddress::LocalHost); }
    quint16 port() const { return m_server.serverPort(); }
    //! The plan of the next connection without one; those beyond the last go through unharmed.
    void addPlan(const ChaosPlan &plan) { m_plans.append(plan); }

    int connectionCount() const { return int(m_connections.size()); }
    //! Bytes passed on in connection \a index.
    qint64 passed(int index, ChaosPlan::Direction direction) const;
    //! Cuts all connections that there are.
    void cutAll(ChaosPlan::Cut how);

private:
    void accept();

    QTcpServer m_server;
    QList<ChaosPlan> m_plans;
    std::vector<std::unique_ptr<ChaosConnection>> m_connections;
    QHostAddress m_host;
    quint16 m_port;
};
