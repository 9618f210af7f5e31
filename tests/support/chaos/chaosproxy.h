// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "support/chaos/chaosplan.h"

#include <QtCore/QList>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QTcpServer>

#include <memory>
#include <vector>

class ChaosConnection;

/*!
    Stands between a client and a server and damages what goes through: delays, slices, cuts, duplicates,
    swaps and corrupts it, as a ChaosPlan says. Lives in its thread's event loop.

    TLS goes through like anything else, so that plans are about the bytes of its records. With terminateTls()
    it ends in the proxy, and goes on to the server by a session of its own: plans are then about the packets
    inside.
*/
class ChaosProxy : public QObject
{
    Q_OBJECT

public:
    //! In front of the server at \a host and \a port.
    ChaosProxy(const QHostAddress &host, quint16 port);
    ~ChaosProxy() override;

    //! With the certificate of a server and its key, as PEM files.
    void terminateTls(const QString &certificatePath, const QString &keyPath);
    bool listen() { return m_server.listen(QHostAddress::LocalHost); }
    quint16 port() const { return m_server.serverPort(); }
    //! The plan of the next connection without one; those beyond the last go through unharmed.
    void addPlan(const ChaosPlan &plan) { m_plans.append(plan); }

    int connectionCount() const { return int(m_connections.size()); }
    //! Bytes passed on in connection \a index.
    qint64 passed(int index, ChaosPlan::Direction direction) const;
    //! Passes on no more than \a byte bytes, counted from the begin, until release().
    void holdAt(int index, ChaosPlan::Direction direction, qint64 byte);
    //! Passes on what was held.
    void release(int index);
    //! True while there is something that is held.
    bool isHeld(int index) const;
    //! Cuts all connections that there are.
    void cutAll(ChaosPlan::Cut how);
    //! The connections that have not ended on both sides; for messages.
    QStringList describeOpen() const;

private:
    //! Makes sockets that can do TLS.
    class Listener final : public QTcpServer
    {
    public:
        using QTcpServer::QTcpServer;

    protected:
        void incomingConnection(qintptr descriptor) override;
    };
    void accept();

    Listener m_server;
    QSslConfiguration m_tls; // towards clients; null unless TLS ends here
    QList<ChaosPlan> m_plans;
    std::vector<std::unique_ptr<ChaosConnection>> m_connections;
    QHostAddress m_host;
    quint16 m_port;
};
