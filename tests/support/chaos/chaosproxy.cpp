// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/chaos/chaosproxy.h"

#include "support/chaos/chaoslane.h"

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace {

// With a linger time of zero a socket is reset instead of closed (RFC 9293, 3.9.1, "ABORT").
void reset(QTcpSocket &socket)
{
    linger option{};
    option.l_onoff = 1;
#ifdef Q_OS_WIN
    ::setsockopt(SOCKET(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER,
                 reinterpret_cast<const char *>(&option), sizeof option);
#else
    ::setsockopt(int(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &option, sizeof option);
#endif
    socket.abort();
}

void halfClose(QTcpSocket &socket)
{
#ifdef Q_OS_WIN
    ::shutdown(SOCKET(socket.socketDescriptor()), SD_SEND);
#else
    ::shutdown(int(socket.socketDescriptor()), SHUT_WR);
#endif
}

} // namespace

//! One client with its own connection to the server.
class ChaosConnection
{
public:
    ChaosConnection(std::unique_ptr<QTcpSocket> client, const QHostAddress &host, quint16 port,
                    const ChaosPlan &plan)
        : m_client(std::move(client))
        , m_toServer(m_client.get(), &m_server, plan[ChaosPlan::ToServer],
                     [this](ChaosPlan::Cut how) { cut(how, m_server); })
        , m_toClient(&m_server, m_client.get(), plan[ChaosPlan::ToClient],
                     [this](ChaosPlan::Cut how) { cut(how, *m_client); })
    {
        // What the client sends before the server is reached waits in the socket.
        m_client->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        QObject::connect(&m_server, &QTcpSocket::connected, &m_server,
                         [this] { m_server.setSocketOption(QAbstractSocket::LowDelayOption, 1); });
        QObject::connect(m_client.get(), &QTcpSocket::disconnected, &m_toServer,
                         [this] { m_toServer.sourceEnded(); });
        QObject::connect(&m_server, &QTcpSocket::disconnected, &m_toClient,
                         [this] { m_toClient.sourceEnded(); });
        m_server.connectToHost(host, port);
    }
    ~ChaosConnection()
    {
        m_client->disconnect();
        m_server.disconnect();
    }

    qint64 passed(ChaosPlan::Direction direction) const
    {
        return direction == ChaosPlan::ToServer ? m_toServer.passed() : m_toClient.passed();
    }

    //! \a target is the side that \a how is meant for.
    void cut(ChaosPlan::Cut how, QTcpSocket &target)
    {
        if (how == ChaosPlan::Cut::HalfClose) {
            halfClose(target);
            return;
        }
        m_toServer.silence();
        m_toClient.silence();
        if (how == ChaosPlan::Cut::Silence)
            return;
        if (how == ChaosPlan::Cut::Reset)
            reset(*m_client);
        else
            m_client->disconnectFromHost();
        m_server.disconnectFromHost();
    }
    void cut(ChaosPlan::Cut how) { cut(how, *m_client); }

private:
    std::unique_ptr<QTcpSocket> m_client;
    QTcpSocket m_server;
    ChaosLane m_toServer;
    ChaosLane m_toClient;
};

ChaosProxy::ChaosProxy(const QHostAddress &host, quint16 port)
    : m_host(host)
    , m_port(port)
{
    connect(&m_server, &QTcpServer::newConnection, this, &ChaosProxy::accept);
}

ChaosProxy::~ChaosProxy() = default;

void ChaosProxy::accept()
{
    while (QTcpSocket *client = m_server.nextPendingConnection()) {
        client->setParent(nullptr);
        const qsizetype index = qsizetype(m_connections.size());
        m_connections.push_back(
            std::make_unique<ChaosConnection>(std::unique_ptr<QTcpSocket>(client), m_host, m_port,
                                              index < m_plans.size() ? m_plans[index] : ChaosPlan()));
    }
}

qint64 ChaosProxy::passed(int index, ChaosPlan::Direction direction) const
{
    return index < connectionCount() ? m_connections[size_t(index)]->passed(direction) : 0;
}

void ChaosProxy::cutAll(ChaosPlan::Cut how)
{
    for (const auto &connection : m_connections)
        connection->cut(how);
}
