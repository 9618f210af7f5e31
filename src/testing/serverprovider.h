// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/testserveroptions.h>

#include <QtCore/QDeadlineTimer>

#include <memory>
#include <vector>

namespace QAsyncMySql::Internal {

//! Where a started server is and who may log in.
class ServerEndpoint
{
public:
    QString host = QStringLiteral("127.0.0.1");
    quint16 port = 0;
    QString socketPath;
    QString user;
    QString password;
    QString rootPassword;
    QString database;
    QString serverVersion;
    TestServerOptions::Flavor flavor = TestServerOptions::Flavor::Any;
    qint64 processId = 0;
    QString directory;
};

/*!
    One way to get a server: an object is made for one TestServer and starts at most one server at a time.

    Functions that can fail return false and set errorString(). They block until \a deadline at the longest.
*/
class ServerProvider
{
public:
    explicit ServerProvider(const TestServerOptions &options);
    virtual ~ServerProvider();
    ServerProvider(const ServerProvider &) = delete;
    ServerProvider &operator=(const ServerProvider &) = delete;

    //! The name as in QASYNCMYSQL_TEST_PROVIDER.
    virtual QString name() const = 0;
    //! Empty if this provider has the wanted server; otherwise why not and what would help.
    virtual QString whyUnavailable() = 0;
    virtual bool start(const QDeadlineTimer &deadline) = 0;
    virtual void stop() = 0;
    virtual bool kill();
    virtual bool restart(const QDeadlineTimer &deadline);
    virtual bool isRunning() = 0;
    virtual QString logText();

    const ServerEndpoint &endpoint() const { return m_endpoint; }
    const TestCertificates &certificates() const { return m_certificates; }
    const QString &errorString() const { return m_error; }

protected:
    bool fail(const QString &message);
    const TestServerOptions &options() const { return m_options; }

    ServerEndpoint m_endpoint;
    TestCertificates m_certificates;

private:
    TestServerOptions m_options;
    QString m_error;
};

//! The providers that \a options and the environment allow, in the order in which to try them.
std::vector<std::unique_ptr<ServerProvider>> makeProviders(const TestServerOptions &options);

} // namespace QAsyncMySql::Internal
