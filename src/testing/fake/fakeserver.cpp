// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/fakeserver.h>

#include "testing/fake/fakepeer.h"
#include "testing/fake/memorypipe.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEventLoop>
#include <QtCore/QRandomGenerator>
#include <QtCore/QTimer>
#include <QtNetwork/QLocalServer>
#include <QtNetwork/QLocalSocket>
#include <QtNetwork/QSslSocket>
#include <QtNetwork/QTcpServer>

#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

namespace QAsyncMySql {

using Internal::FakePeer;

namespace {

// Reads no more than it is asked for: what follows a wish for TLS must stay in the socket.
class ServerSocket final : public QSslSocket
{
public:
    bool adopt(qintptr descriptor)
    {
        if (!setSocketDescriptor(descriptor))
            return false;
        setOpenMode(openMode() | Unbuffered);
        setSocketOption(LowDelayOption, 1);
        return true;
    }
};

class Listener final : public QTcpServer
{
public:
    std::function<void(std::unique_ptr<QIODevice>)> onConnection;

protected:
    void incomingConnection(qintptr descriptor) override
    {
        auto socket = std::make_unique<ServerSocket>();
        if (socket->adopt(descriptor))
            onConnection(std::move(socket));
    }
};

} // namespace

class FakeServerPrivate
{
public:
    explicit FakeServerPrivate(FakeServer *server)
        : q(server)
    {
    }
    void take(std::unique_ptr<QIODevice> device);
    void takeLocal();
    void check();
    void fail(const QString &what);

    FakeServer *q;
    Listener tcp;
    QLocalServer local;
    QList<FakeScript> scripts;
    std::optional<FakeScript> defaultScript;
    std::optional<TestCertificates> certificates;
    TestCertificates::Server certificate = TestCertificates::Server::Valid;
    std::vector<std::unique_ptr<FakePeer>> peers;
    QString error;
    bool announced = false;
};

void FakeServerPrivate::take(std::unique_ptr<QIODevice> device)
{
    const auto index = qsizetype(peers.size());
    if (index >= scripts.size() && !defaultScript) {
        fail(QStringLiteral("Connection %1 came, but there is no script for it.").arg(index + 1));
        return;
    }
    const FakeScript script = index < scripts.size() ? scripts[index] : *defaultScript;
    auto owned = std::make_unique<FakePeer>(std::move(device), script);
    FakePeer *peer = owned.get();
    announced = false;
    peers.push_back(std::move(owned));
    if (certificates)
        peer->setCertificates(*certificates, certificate);
    const auto number = int(index);
    QObject::connect(peer, &FakePeer::stepDone, q,
                     [this, number](int step) { Q_EMIT q->stepDone(number, step); });
    QObject::connect(peer, &FakePeer::ended, q, [this] { check(); });
    QObject::connect(peer, &FakePeer::deviated, q, [this, number](const QString &what) {
        fail(QStringLiteral("Connection %1: %2.").arg(number + 1).arg(what));
    });
    peer->start();
}

void FakeServerPrivate::takeLocal()
{
    while (QLocalSocket *socket = local.nextPendingConnection()) {
        socket->setParent(nullptr);
        take(std::unique_ptr<QIODevice>(socket));
    }
}

void FakeServerPrivate::check()
{
    if (!announced && q->isDone()) {
        announced = true;
        Q_EMIT q->done();
    }
}

void FakeServerPrivate::fail(const QString &what)
{
    if (error.isEmpty())
        error = what;
    Q_EMIT q->deviated(what);
}

FakeServer::FakeServer(QObject *parent)
    : QObject(parent)
    , d(std::make_unique<FakeServerPrivate>(this))
{
    d->tcp.onConnection = [this](std::unique_ptr<QIODevice> device) { d->take(std::move(device)); };
    connect(&d->local, &QLocalServer::newConnection, this, [this] { d->takeLocal(); });
}

FakeServer::~FakeServer() = default;

void FakeServer::addScript(const FakeScript &script)
{
    d->scripts.append(script);
    d->announced = false;
}

void FakeServer::setDefaultScript(const FakeScript &script)
{
    d->defaultScript = script;
}

void FakeServer::setCertificates(const TestCertificates &certificates, TestCertificates::Server kind)
{
    d->certificates = certificates;
    d->certificate = kind;
}

bool FakeServer::listen()
{
    if (d->tcp.isListening() || d->tcp.listen(QHostAddress::LocalHost))
        return true;
    d->error = QStringLiteral("FakeServer cannot listen on 127.0.0.1: %1").arg(d->tcp.errorString());
    return false;
}

bool FakeServer::listenLocally()
{
    if (d->local.isListening())
        return true;
    d->local.setSocketOptions(QLocalServer::UserAccessOption);
    const QString name = QStringLiteral("qasyncmysql-fake-%1-%2")
                             .arg(QCoreApplication::applicationPid())
                             .arg(QRandomGenerator::global()->generate(), 0, 36);
    if (d->local.listen(name))
        return true;
    d->error = QStringLiteral("FakeServer cannot listen on a local socket: %1").arg(d->local.errorString());
    return false;
}

std::unique_ptr<QIODevice> FakeServer::connectDevice()
{
    auto [client, server] = Internal::MemoryPipe::makePair();
    d->take(std::move(server));
    return std::move(client);
}

void FakeServer::stopListening()
{
    d->tcp.close();
    d->local.close();
}

quint16 FakeServer::port() const
{
    return d->tcp.serverPort();
}

QString FakeServer::socketPath() const
{
    return d->local.fullServerName();
}

ConnectOptions FakeServer::options() const
{
    ConnectOptions options;
    options.setUser(QStringLiteral("test")).setPassword(QStringLiteral("test"));
    options.setHost(QStringLiteral("127.0.0.1"));
    if (d->tcp.isListening())
        options.setPort(d->tcp.serverPort());
    else if (d->local.isListening())
        options.setSocketPath(d->local.fullServerName());
    options.setSslMode(SslMode::Disabled);
    if (d->certificates)
        options.setSslMode(SslMode::VerifyIdentity).setSslCaFile(d->certificates->caCertificatePath());
    return options;
}

bool FakeServer::isDone() const
{
    if (qsizetype(d->peers.size()) < d->scripts.size())
        return false;
    return std::all_of(d->peers.begin(), d->peers.end(), [](const auto &peer) { return peer->isDone(); });
}

bool FakeServer::waitUntilDone(int timeout)
{
    if (isDone() || !d->error.isEmpty())
        return d->error.isEmpty();
    QEventLoop loop;
    QTimer::singleShot(timeout, &loop, &QEventLoop::quit);
    connect(this, &FakeServer::done, &loop, &QEventLoop::quit);
    connect(this, &FakeServer::deviated, &loop, &QEventLoop::quit);
    loop.exec();
    return isDone() && d->error.isEmpty();
}

QString FakeServer::errorString() const
{
    if (!d->error.isEmpty() || isDone())
        return d->error;
    for (size_t i = 0; i < d->peers.size(); ++i) {
        if (!d->peers[i]->isDone())
            return QStringLiteral("Connection %1 has not got past %2.")
                .arg(i + 1)
                .arg(d->peers[i]->waitsFor());
    }
    return QStringLiteral("Connection %1 has not come.").arg(d->peers.size() + 1);
}

int FakeServer::connectionCount() const
{
    return int(d->peers.size());
}

int FakeServer::openConnectionCount() const
{
    return int(
        std::count_if(d->peers.begin(), d->peers.end(), [](const auto &peer) { return peer->isOpen(); }));
}

QByteArray FakeServer::received(int index) const
{
    return index >= 0 && index < connectionCount() ? d->peers[size_t(index)]->received() : QByteArray();
}

} // namespace QAsyncMySql
