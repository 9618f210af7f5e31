// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/testcertificates.h>

#include <QtCore/QSharedDataPointer>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace QAsyncMySql {

class TestServerOptionsData;

/*!
    What server a TestServer is to start. An implicitly shared value; the defaults take any server there is.

    \since 1.0
*/
class QASYNCMYSQL_TESTING_EXPORT TestServerOptions
{
public:
    enum class Flavor
    {
        Any,
        MariaDB,
        MySQL
    };

    //! Where a server comes from. Automatic tries Local, Tree, Docker and Podman, in this order.
    enum class Provider
    {
        Automatic,
        Url, //!< a server that runs already; see setServerUrl()
        Docker, //!< a container; see setImage()
        Podman, //!< a container; see setImage()
        Local, //!< mariadbd or mysqld of this machine
        Tree, //!< a server unpacked into the cache, as fetch-server makes them
    };

    TestServerOptions();
    TestServerOptions(const TestServerOptions &other);
    TestServerOptions &operator=(const TestServerOptions &other);
    ~TestServerOptions();

    /*! The server in the words of container images, for all providers: "mariadb:11", "mysql:9.7", "mysql".
       For a server that is no container the version must begin with the given one. A name other than mariadb
       or mysql
        ("registry.example/db/mariadb:11") is for containers only. Default: $QASYNCMYSQL_TEST_IMAGE, or any
       server. */
    QString image() const;
    void setImage(const QString &image);
    //! Takes any version of that server; what a set image() says goes before.
    Flavor flavor() const;
    void setFlavor(Flavor flavor);

    //! Default: $QASYNCMYSQL_TEST_PROVIDER (automatic, url, docker, podman, local, tree), or Automatic.
    Provider provider() const;
    void setProvider(Provider provider);
    /*! "mysql://user:password@host:port/database", of an account that may do what the tests do. Used by
       Provider::Url, and by Automatic if it is set. Query items: `socket` (path), `ssl-ca` (path). Default:
        $QASYNCMYSQL_TEST_SERVER_URL. */
    QString serverUrl() const;
    void setServerUrl(const QString &url);
    //! The root of the unpacked server for Provider::Tree. Default: $QASYNCMYSQL_SERVER_TREE, or one from the
    //! cache.
    QString serverTree() const;
    void setServerTree(const QString &path);

    //! Files with SQL to run at the first start, in order; see addSqlStatement() for the rules.
    QStringList sqlFiles() const;
    void addSqlFile(const QString &path);
    /*! SQL to run at the first start, after the files, as the account of TestServer::user() in its database.
       Several statements are separated by semicolons as the server itself reads them, so the bodies of
       procedures need (and may have) no DELIMITER lines. One file or text is at most 60 MB. A failing
       statement fails start(). */
    QStringList sqlStatements() const;
    void addSqlStatement(const QString &sql);

    //! Further options for the server, such as "--sql-mode=ANSI". They come last, so they win.
    QStringList serverArguments() const;
    void addServerArgument(const QString &argument);

    //! The certificate that the server shows.
    TestCertificates::Server serverCertificate() const;
    void setServerCertificate(TestCertificates::Server kind);

    //! How long start() and restart() may take, in milliseconds. Default: 60,000 (a container may be
    //! downloaded first).
    int startTimeout() const;
    void setStartTimeout(int msecs);

private:
    friend class TestServerOptionsData;
    QSharedDataPointer<TestServerOptionsData> d;
};

} // namespace QAsyncMySql
