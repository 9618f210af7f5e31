// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/testserveroptions.h>

#include <QtCore/QUrl>

#include <memory>

namespace QAsyncMySql {

/*!
    A real, throw-away MySQL or MariaDB server for a test suite.

    It has its own data folder, port, socket and TLS certificates, and it goes away with the test, also when
   the test crashes or is killed. Where it comes from (an installed server, an unpacked one, a container, or a
   server that you name) is found out by itself or set by TestServerOptions::setProvider() and the
   environment; see doc/testing.md.

    \code
    class tst_Orders : public QObject
    {
        Q_OBJECT
        QAsyncMySql::TestServer server;

    private Q_SLOTS:
        void initTestCase()
        {
            QASYNCMYSQL_REQUIRE_SERVER(server);
        }
    };
    \endcode

    start(), restart() and stop() block until they are done, as fits the set-up of a test; do not call them
    from a running user interface. An object is used by one thread only. On Linux that thread must live as
   long as the server: the kernel ends the server with the thread that started it.

    Unix only for servers on this machine; elsewhere use a server named by URL or a container.

    \since 1.0
*/
class QASYNCMYSQL_TESTING_EXPORT TestServer
{
public:
    using Options = TestServerOptions;
    using Flavor = TestServerOptions::Flavor;
    using Provider = TestServerOptions::Provider;

    TestServer();
    explicit TestServer(const TestServerOptions &options);
    //! Stops the server and deletes its data.
    ~TestServer();
    TestServer(const TestServer &) = delete;
    TestServer &operator=(const TestServer &) = delete;

    TestServerOptions options() const;
    //! Takes effect at the next start(); ignored (with a warning) while the server is running.
    void setOptions(const TestServerOptions &options);

    /*! Starts the server with fresh data and waits until it can be used. True at once if it is running. On
       failure errorString() names everything that was tried, why it was no good, and what to do. */
    bool start();
    //! Ends the server and deletes its data. Nothing happens to a server named by URL.
    void stop();
    /*! Kills the server like a power cut would (SIGKILL), keeping its data for restart(). False for a server
       named by URL. */
    bool kill();
    /*! Starts the server again on its data, with the same port and socket, after kill() or instead of the
       running one (which is killed). False, with errorString(), where the provider cannot do it: containers
       and servers named by URL. */
    bool restart();
    //! True from a successful start() until stop(), kill() or the server's own end.
    bool isRunning() const;
    QString errorString() const;

    //! What the server came from: "local", "tree", "docker", "podman" or "url"; empty before start().
    QString providerName() const;
    //! The version as the server states it, without the "5.5.5-" of old MariaDB servers: "10.11.6-MariaDB",
    //! "9.7.4".
    QString serverVersion() const;
    Flavor flavor() const;

    QString host() const;
    quint16 port() const;
    //! The local socket, or empty where there is none (containers, servers named by URL without `socket`).
    QString socketPath() const;
    //! An account with all privileges that may log in from anywhere.
    QString user() const;
    QString password() const;
    //! The password of root over TCP. Over the local socket root needs none. Empty for a server named by URL.
    QString rootPassword() const;
    //! An empty database to work in: "test", or the one of the URL.
    QString database() const;
    /*! mysql://user:password@host:port/database, with ssl-mode=VERIFY_IDENTITY and ssl-ca where the server
       has our certificates. */
    QUrl url() const;
    //! The same for another account.
    QUrl url(const QString &user, const QString &password) const;

    //! The server's certificates and those for clients; not valid for a server named by URL.
    const TestCertificates &certificates() const;
    QString caCertificatePath() const { return certificates().caCertificatePath(); }
    QString clientCertificatePath() const { return certificates().clientCertificatePath(); }
    QString clientKeyPath() const { return certificates().clientKeyPath(); }

    //! The process of a server on this machine, otherwise 0.
    qint64 processId() const;
    //! The private folder of a server on this machine, otherwise empty.
    QString directory() const;
    //! What the server has logged.
    QString logText() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace QAsyncMySql

/*!
    Starts \a server if it is not running, and ends the test function (QSKIP, with the reasons) where that is
   not possible. With QASYNCMYSQL_TEST_REQUIRED=1 in the environment it fails instead: set that where a
   missing server must not pass unseen, as in CI. For use in test functions and initTestCase(), in programs
   that include <QtTest>.

    \since 1.0
*/
#define QASYNCMYSQL_REQUIRE_SERVER(server)                                                                   \
    do {                                                                                                     \
        if (!(server).start()) {                                                                             \
            if (qEnvironmentVariableIntValue("QASYNCMYSQL_TEST_REQUIRED"))                                   \
                QFAIL(qPrintable((server).errorString()));                                                   \
            QSKIP(qPrintable((server).errorString()));                                                       \
        }                                                                                                    \
    } while (false)
