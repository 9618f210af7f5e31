// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/testserveroptions.h>

#include <QtCore/QSharedData>

namespace QAsyncMySql {

class TestServerOptionsData : public QSharedData
{
public:
    //! Reads the defaults from the environment.
    TestServerOptionsData();

    //! What is wrong in the environment; it must not be overlooked, so TestServer::start() fails with it.
    static QString errorOf(const TestServerOptions &options);

    QString image;
    TestServerOptions::Flavor flavor = TestServerOptions::Flavor::Any;
    TestServerOptions::Provider provider = TestServerOptions::Provider::Automatic;
    QString serverUrl;
    QString serverTree;
    QStringList sqlFiles;
    QStringList sqlStatements;
    QStringList serverArguments;
    TestCertificates::Server serverCertificate = TestCertificates::Server::Valid;
    int startTimeout = 60000;
    QString environmentError;
};

} // namespace QAsyncMySql
