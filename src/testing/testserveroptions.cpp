// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/testserveroptions.h>

#include "testing/testserveroptionsdata.h"

namespace QAsyncMySql {

TestServerOptions::TestServerOptions()
    : d(new TestServerOptionsData)
{
}

TestServerOptions::TestServerOptions(const TestServerOptions &other) = default;
TestServerOptions &TestServerOptions::operator=(const TestServerOptions &other) = default;
TestServerOptions::~TestServerOptions() = default;

QString TestServerOptions::image() const
{
    return d->image;
}
void TestServerOptions::setImage(const QString &image)
{
    d->image = image;
}
TestServerOptions::Flavor TestServerOptions::flavor() const
{
    return d->flavor;
}
void TestServerOptions::setFlavor(Flavor flavor)
{
    d->flavor = flavor;
}
TestServerOptions::Provider TestServerOptions::provider() const
{
    return d->provider;
}
QString TestServerOptions::serverUrl() const
{
    return d->serverUrl;
}
void TestServerOptions::setServerUrl(const QString &url)
{
    d->serverUrl = url;
}
QString TestServerOptions::serverTree() const
{
    return d->serverTree;
}
void TestServerOptions::setServerTree(const QString &path)
{
    d->serverTree = path;
}
QStringList TestServerOptions::sqlFiles() const
{
    return d->sqlFiles;
}
void TestServerOptions::addSqlFile(const QString &path)
{
    d->sqlFiles.append(path);
}
QStringList TestServerOptions::sqlStatements() const
{
    return d->sqlStatements;
}
void TestServerOptions::addSqlStatement(const QString &sql)
{
    d->sqlStatements.append(sql);
}
QStringList TestServerOptions::serverArguments() const
{
    return d->serverArguments;
}
void TestServerOptions::addServerArgument(const QString &argument)
{
    d->serverArguments.append(argument);
}
TestCertificates::Server TestServerOptions::serverCertificate() const
{
    return d->serverCertificate;
}
void TestServerOptions::setServerCertificate(TestCertificates::Server kind)
{
    d->serverCertificate = kind;
}
int TestServerOptions::startTimeout() const
{
    return d->startTimeout;
}
void TestServerOptions::setStartTimeout(int msecs)
{
    d->startTimeout = qMax(0, msecs);
}

void TestServerOptions::setProvider(Provider provider)
{
    d->provider = provider;
    d->environmentError.clear();
}

TestServerOptionsData::TestServerOptionsData()
    : image(qEnvironmentVariable("QASYNCMYSQL_TEST_IMAGE"))
    , serverUrl(qEnvironmentVariable("QASYNCMYSQL_TEST_SERVER_URL"))
    , serverTree(qEnvironmentVariable("QASYNCMYSQL_SERVER_TREE"))
{
    using Provider = TestServerOptions::Provider;
    static constexpr std::pair<const char *, Provider> names[] = {
        {"automatic", Provider::Automatic}, {"url", Provider::Url},     {"docker", Provider::Docker},
        {"podman", Provider::Podman},       {"local", Provider::Local}, {"tree", Provider::Tree},
    };
    const QString name = qEnvironmentVariable("QASYNCMYSQL_TEST_PROVIDER");
    if (name.isEmpty())
        return;
    for (const auto &[known, value] : names) {
        if (name.compare(QLatin1String(known), Qt::CaseInsensitive) == 0) {
            provider = value;
            return;
        }
    }
    environmentError
        = QStringLiteral("QASYNCMYSQL_TEST_PROVIDER is '%1', which is no provider: use automatic, url, "
                         "docker, podman, local or tree.")
              .arg(name);
}

QString TestServerOptionsData::errorOf(const TestServerOptions &options)
{
    return options.d->environmentError;
}

} // namespace QAsyncMySql
