// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/testserver.h>

#include <QtCore/QJsonObject>
#include <QtCore/QVersionNumber>
#include <QtTest/QtTest>

/*
    The servers that every integration test runs on: MariaDB 10.11, MariaDB 11.8 and MySQL 9.7.

        class tst_Ping : public QObject
        {
            Q_OBJECT
        private Q_SLOTS:
            void ping_data() { ServerMatrix::addRows(); } // a row for each server: column "server"
            void ping()
            {
                MATRIX_SERVER(live); // const MatrixServer live; skips aloud, or fails where it is required
                const auto options = ConnectOptions::fromUrl(live.url());
            }
        };

    CMake: qasyncmysql_add_test(tst_ping SOURCES tst_ping.cpp LIBS QAsyncMySql::Core qasyncmysql_test_support
                                LABELS integration)

    The servers are shared: under ctest by all test programs, which run at the same time (a fixture starts
   them once, see servers/), else within one program. So make a database of your own (the account may do
   everything), do not change global variables or count connections, and use ServerMatrix::startPrivate() for
   whatever disturbs others: killing, restarting, other options. That takes 0.3 s for MariaDB and 1.5 s for
   MySQL.

    In data-driven tests with more columns, loop over ServerMatrix::ids() and give the column "server" the id.
    QASYNCMYSQL_REQUIRE_SERVERS=mariadb-10.11,mysql-9.7 (or "all") turns a skip into a failure.
    QASYNCMYSQL_TEST_SERVER_URL puts one server of yours, called "url", in the place of all.
*/

//! A running server, as a value.
class MatrixServer
{
public:
    using Flavor = QAsyncMySql::TestServerOptions::Flavor;

    static MatrixServer fromServer(const QString &id, const QAsyncMySql::TestServer &server);
    static MatrixServer fromJson(const QJsonObject &object);
    QJsonObject toJson() const;

    bool isRunning() const { return error.isEmpty(); }
    bool isMariaDb() const { return flavor == Flavor::MariaDB; }
    bool isMySql() const { return flavor == Flavor::MySQL; }
    QVersionNumber version() const { return QVersionNumber::fromString(serverVersion); }
    //! mysql://…, over TCP with verified identity, or for another account.
    QUrl url() const { return url(user, password); }
    QUrl url(const QString &otherUser, const QString &otherPassword) const;

    QString id; //!< "mariadb-10.11"
    QString error; //!< why it is not running
    QString host;
    quint16 port = 0;
    QString socketPath;
    QString user; //!< may do everything, from everywhere
    QString password;
    QString rootPassword; //!< over TCP; none over the socket
    QString database;
    QString serverVersion;
    QString caCertificatePath;
    QString clientCertificatePath;
    QString clientKeyPath;
    Flavor flavor = Flavor::Any;
    qint64 processId = 0;
};

class ServerMatrix
{
public:
    static QStringList ids();
    //! For a _data() function: the column "server" and a row for each server.
    static void addRows();
    //! The shared server called \a id, started if need be; with an error if that is not possible.
    static MatrixServer server(const QString &id);
    //! How a server of the matrix is started; add arguments and use it with a TestServer of your own.
    static QAsyncMySql::TestServerOptions options(const QString &id);
    //! A server like \a id for the caller alone; check with QASYNCMYSQL_REQUIRE_SERVER or isRunning().
    static std::unique_ptr<QAsyncMySql::TestServer> startPrivate(const QString &id,
                                                                 const QStringList &extraArguments = {});
    //! True if the environment says that \a id must be there.
    static bool isRequired(const QString &id);
};

//! Declares \a name, the server of the current data row. Ends the test function where it cannot be had.
#define MATRIX_SERVER(name)                                                                                  \
    QFETCH(QString, server);                                                                                 \
    const MatrixServer name = ServerMatrix::server(server);                                                  \
    if (!name.isRunning()) {                                                                                 \
        if (ServerMatrix::isRequired(server))                                                                \
            QFAIL(qPrintable(name.error));                                                                   \
        QSKIP(qPrintable(name.error));                                                                       \
    }                                                                                                        \
    static_assert(true, "for the semicolon")
