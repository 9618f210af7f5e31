// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/chaos/chaosproxy.h"

#include "support/chaos/chaoslane.h"
#include "testing/fake/resetconnection.h"

#include <QtCore/QFile>
#include <QtNetwork/QSslCertificate>
#include <QtNetwork/QSslKey>
#include <QtNetwork/QSslSocket>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace {

constexpr qsizetype HeaderSize = 4;
constexpr qsizetype TlsRequestSize = 32; // bytes of the packet that asks for TLS; a login is longer

// Reads no more than it is asked for: what follows a wish for TLS must stay in the socket.
class ClientSocket final : public QSslSocket
{
public:
    bool adopt(qintptr descriptor)
    {
        if (!setSocketDescriptor(descriptor))
            return false;
        setOpenMode(openMode() | Unbuffered);
        return true;
    }
};

//! At once: QSslSocket can wait for ever to close while it has something to write.
void end(QTcpSocket &socket)
{
    socket.flush();
    socket.disconnectFromHost();
    if (socket.state() != QAbstractSocket::UnconnectedState)
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
    ChaosConnection(std::unique_ptr<QSslSocket> client, const QHostAddress &host, quint16 port,
                    const ChaosPlan &plan, const QSslConfiguration &tls)
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
        // A server that is not there; one that goes is told of by disconnected().
        QObject::connect(&m_server, &QTcpSocket::errorOccurred, &m_toClient, [this] {
            if (m_server.state() == QAbstractSocket::UnconnectedState)
                m_toClient.sourceEnded();
        });
        if (!tls.isNull()) {
            m_toServer.close();
            m_client->setSslConfiguration(tls);
            m_server.setPeerVerifyMode(QSslSocket::VerifyNone);
            QObject::connect(m_client.get(), &QIODevice::readyRead, &m_toServer, [this] { readLogin(); });
            for (QSslSocket *socket : {m_client.get(), &m_server}) {
                QObject::connect(socket, &QSslSocket::encrypted, &m_toServer, [this] {
                    if (m_client->isEncrypted() && m_server.isEncrypted())
                        m_toServer.open({});
                });
            }
        }
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

    ChaosLane &lane(ChaosPlan::Direction direction)
    {
        return direction == ChaosPlan::ToServer ? m_toServer : m_toClient;
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
            QAsyncMySql::Internal::resetConnection(*m_client);
        else
            end(*m_client);
        end(m_server);
    }
    void cut(ChaosPlan::Cut how) { cut(how, *m_client); }
    bool hasEnded() const
    {
        return m_client->state() == QAbstractSocket::UnconnectedState
            && m_server.state() == QAbstractSocket::UnconnectedState;
    }
    QString describe() const
    {
        return QStringLiteral("to the server: %1 | to the client: %2")
            .arg(m_toServer.describe(), m_toClient.describe());
    }

private:
    //! The first packet of the client may ask for TLS.
    void readLogin()
    {
        if (m_loginRead)
            return;
        const auto more = [this](qsizetype size) {
            if (m_login.size() < size)
                m_login += m_client->read(size - m_login.size());
            return m_login.size() == size;
        };
        if (m_login.size() < HeaderSize && !more(HeaderSize))
            return;
        const auto *header = reinterpret_cast<const uchar *>(m_login.constData());
        const qsizetype size = header[0] | header[1] << 8 | header[2] << 16;
        if (!more(HeaderSize + size))
            return;
        m_loginRead = true;
        if (size != TlsRequestSize) {
            m_toServer.open(m_login);
            return;
        }
        m_server.write(m_login);
        m_server.flush();
        m_server.startClientEncryption();
        m_client->startServerEncryption();
    }

    std::unique_ptr<QSslSocket> m_client;
    QSslSocket m_server;
    QByteArray m_login; // as far as it was read, where TLS may end here
    bool m_loginRead = false;
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

void ChaosProxy::Listener::incomingConnection(qintptr descriptor)
{
    auto socket = std::make_unique<ClientSocket>();
    if (socket->adopt(descriptor))
        addPendingConnection(socket.release());
}

void ChaosProxy::terminateTls(const QString &certificatePath, const QString &keyPath)
{
    QFile key(keyPath);
    m_tls = QSslConfiguration::defaultConfiguration();
    m_tls.setLocalCertificateChain(QSslCertificate::fromPath(certificatePath));
    if (key.open(QIODevice::ReadOnly))
        m_tls.setPrivateKey(QSslKey(&key, QSsl::Ec));
    m_tls.setPeerVerifyMode(QSslSocket::VerifyNone);
}

void ChaosProxy::accept()
{
    while (auto *client = qobject_cast<QSslSocket *>(m_server.nextPendingConnection())) {
        client->setParent(nullptr);
        const qsizetype index = qsizetype(m_connections.size());
        m_connections.push_back(
            std::make_unique<ChaosConnection>(std::unique_ptr<QSslSocket>(client), m_host, m_port,
                                              index < m_plans.size() ? m_plans[index] : ChaosPlan(), m_tls));
    }
}

qint64 ChaosProxy::passed(int index, ChaosPlan::Direction direction) const
{
    return index < connectionCount() ? m_connections[size_t(index)]->passed(direction) : 0;
}

void ChaosProxy::holdAt(int index, ChaosPlan::Direction direction, qint64 byte)
{
    m_connections.at(size_t(index))->lane(direction).holdAt(byte);
}

void ChaosProxy::release(int index)
{
    for (const auto direction : {ChaosPlan::ToServer, ChaosPlan::ToClient})
        m_connections.at(size_t(index))->lane(direction).release();
}

bool ChaosProxy::isHeld(int index) const
{
    ChaosConnection &connection = *m_connections.at(size_t(index));
    return connection.lane(ChaosPlan::ToServer).isHeld() || connection.lane(ChaosPlan::ToClient).isHeld();
}

void ChaosProxy::cutAll(ChaosPlan::Cut how)
{
    for (const auto &connection : m_connections)
        connection->cut(how);
}

QStringList ChaosProxy::describeOpen() const
{
    QStringList all;
    for (size_t i = 0; i < m_connections.size(); ++i) {
        if (!m_connections[i]->hasEnded())
            all.append(QStringLiteral("%1: %2").arg(i).arg(m_connections[i]->describe()));
    }
    return all;
}
