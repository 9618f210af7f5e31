// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/connectoptions.h>
#include <QAsyncMySql/fakescript.h>

#include <QtCore/QIODevice>
#include <QtCore/QObject>

#include <memory>

namespace QAsyncMySql {

class FakeServerPrivate;

/*!
    A MySQL server that follows a script: for tests of how a program meets slow, failing and lying servers.

    \code
    FakeServer server;
    server.addScript(FakeScript().acceptLogin().expectStatement("SELECT 1").disconnect());
    QVERIFY2(server.listen(), qPrintable(server.errorString()));

    Connection connection;
    connection.open(server.options());
    const auto rows = connection.execute(u"SELECT 1");
    QTRY_VERIFY(rows.isFinished());
    QVERIFY(rows.result().error().isConnectionLost());
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
    \endcode

    The first connection follows the first script, and so on. A client that does something else than its
    script says gets an ERR packet that tells what was expected and what came, and so does errorString().

    It lives in its thread's event loop, which the test must run (QTRY_..., QSignalSpy). Not thread-safe.

    \since 1.0
*/
class QASYNCMYSQL_TESTING_EXPORT FakeServer : public QObject
{
    Q_OBJECT

public:
    explicit FakeServer(QObject *parent = nullptr);
    ~FakeServer() override;

    //! Adds the script of the next connection. Control connections (for KILL) count too.
    void addScript(const FakeScript &script);
    //! What connections do that have no script of their own; without it they are refused.
    void setDefaultScript(const FakeScript &script);
    //! Certificates for TLS; \a certificates must have been created. It is offered from then on.
    void setCertificates(const TestCertificates &certificates,
                         TestCertificates::Server kind = TestCertificates::Server::Valid);

    //! Listens on a free port of 127.0.0.1. False on failure, see errorString().
    bool listen();
    //! Listens on a local socket (a pipe on Windows) of a name of its own, too.
    bool listenLocally();
    //! A connection without network: the client's end, for Connection::open() with a device.
    std::unique_ptr<QIODevice> connectDevice();
    //! No further connections are taken: clients find nobody there.
    void stopListening();
    quint16 port() const;
    QString socketPath() const;
    /*! How to connect: over TCP if listen() was called, else over the local socket. User and password are
        "test"; TLS is verified where there are certificates and off where not. */
    ConnectOptions options() const;

    //! True once every script has been followed to its end.
    bool isDone() const;
    //! Runs the event loop until isDone(), something goes wrong, or the time in milliseconds is over.
    bool waitUntilDone(int timeout = 5000);
    //! The first thing that went wrong, or else what is being waited for; empty when all is done.
    QString errorString() const;

    //! Connections taken so far, and those that are open.
    int connectionCount() const;
    int openConnectionCount() const;
    //! All that the client of connection \a index (from 0) has sent, decrypted.
    QByteArray received(int index = 0) const;

Q_SIGNALS:
    //! The step at \a step of the script of connection \a index has been done.
    void stepDone(int index, int step);
    void done();
    //! A client did something else than its script says.
    void deviated(const QString &what);

private:
    std::unique_ptr<FakeServerPrivate> d;
};

} // namespace QAsyncMySql
