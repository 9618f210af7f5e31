// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/servermatrix.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QUrlQuery>

#include <map>

using namespace QAsyncMySql;

namespace {

//! The servers that this program has started itself; they end with its QCoreApplication.
std::map<QString, std::unique_ptr<TestServer>> &ownServers()
{
    static std::map<QString, std::unique_ptr<TestServer>> servers;
    static const bool registered = [] {
        qAddPostRoutine([] { ownServers().clear(); });
        return true;
    }();
    Q_UNUSED(registered);
    return servers;
}

//! The servers that the ctest fixture has started, or none.
const std::map<QString, MatrixServer> &fixtureServers()
{
    static const std::map<QString, MatrixServer> servers = [] {
        std::map<QString, MatrixServer> result;
        QFile file(qEnvironmentVariable("QASYNCMYSQL_TEST_SERVERS_FILE"));
        if (file.fileName().isEmpty() || !file.open(QIODevice::ReadOnly))
            return result;
        const QJsonArray array = QJsonDocument::fromJson(file.readAll()).object().value(u"servers").toArray();
        for (const QJsonValue &value : array) {
            const MatrixServer server = MatrixServer::fromJson(value.toObject());
            result[server.id] = server;
        }
        return result;
    }();
    return servers;
}

} // namespace

MatrixServer MatrixServer::fromServer(const QString &id, const TestServer &server)
{
    MatrixServer result;
    result.id = id;
    if (!server.isRunning()) {
        result.error = server.errorString().isEmpty()
            ? QStringLiteral("%1 has ended.\n%2").arg(id, server.logText())
            : server.errorString();
        return result;
    }
    result.host = server.host();
    result.port = server.port();
    result.socketPath = server.socketPath();
    result.user = server.user();
    result.password = server.password();
    result.rootPassword = server.rootPassword();
    result.database = server.database();
    result.serverVersion = server.serverVersion();
    result.caCertificatePath = server.caCertificatePath();
    result.clientCertificatePath = server.clientCertificatePath();
    result.clientKeyPath = server.clientKeyPath();
    result.flavor = server.flavor();
    result.processId = server.processId();
    return result;
}

MatrixServer MatrixServer::fromJson(const QJsonObject &object)
{
    const auto text = [&](QStringView key) { return object.value(key).toString(); };
    MatrixServer result;
    result.id = text(u"id");
    result.error = text(u"error");
    result.host = text(u"host");
    result.port = quint16(object.value(u"port").toInt());
    result.socketPath = text(u"socketPath");
    result.user = text(u"user");
    result.password = text(u"password");
    result.rootPassword = text(u"rootPassword");
    result.database = text(u"database");
    result.serverVersion = text(u"serverVersion");
    result.caCertificatePath = text(u"caCertificatePath");
    result.clientCertificatePath = text(u"clientCertificatePath");
    result.clientKeyPath = text(u"clientKeyPath");
    result.flavor = Flavor(object.value(u"flavor").toInt());
    result.processId = object.value(u"processId").toInteger();
    return result;
}

QJsonObject MatrixServer::toJson() const
{
    return {
        {QStringLiteral("id"), id},
        {QStringLiteral("error"), error},
        {QStringLiteral("host"), host},
        {QStringLiteral("port"), port},
        {QStringLiteral("socketPath"), socketPath},
        {QStringLiteral("user"), user},
        {QStringLiteral("password"), password},
        {QStringLiteral("rootPassword"), rootPassword},
        {QStringLiteral("database"), database},
        {QStringLiteral("serverVersion"), serverVersion},
        {QStringLiteral("caCertificatePath"), caCertificatePath},
        {QStringLiteral("clientCertificatePath"), clientCertificatePath},
        {QStringLiteral("clientKeyPath"), clientKeyPath},
        {QStringLiteral("flavor"), int(flavor)},
        {QStringLiteral("processId"), processId},
    };
}

QUrl MatrixServer::url(const QString &otherUser, const QString &otherPassword) const
{
    QUrl result;
    result.setScheme(QStringLiteral("mysql"));
    result.setHost(host);
    result.setPort(port);
    result.setUserName(otherUser, QUrl::DecodedMode);
    result.setPassword(otherPassword, QUrl::DecodedMode);
    result.setPath(u'/' + database, QUrl::DecodedMode);
    QUrlQuery query;
    // A busy server takes its time.
    query.addQueryItem(QStringLiteral("cancel-timeout"), QStringLiteral("20000"));
    if (!caCertificatePath.isEmpty()) {
        query.addQueryItem(QStringLiteral("ssl-mode"), QStringLiteral("VERIFY_IDENTITY"));
        query.addQueryItem(QStringLiteral("ssl-ca"),
                           QString::fromLatin1(QUrl::toPercentEncoding(caCertificatePath)));
    }
    result.setQuery(query);
    return result;
}

QStringList ServerMatrix::ids()
{
    if (qEnvironmentVariableIsSet("QASYNCMYSQL_TEST_SERVER_URL"))
        return {QStringLiteral("url")};
    return {QStringLiteral("mariadb-10.11"), QStringLiteral("mariadb-11.8"), QStringLiteral("mysql-9.7")};
}

void ServerMatrix::addRows()
{
    QTest::addColumn<QString>("server");
    const QStringList all = ids();
    for (const QString &id : all)
        QTest::newRow(qPrintable(id)) << id;
}

TestServerOptions ServerMatrix::options(const QString &id)
{
    TestServerOptions result;
    if (id == QLatin1String("url"))
        return result;
    // The name of a tree, not the version, says what is meant: Debian sid may have a newer MySQL by now.
    const QString version = id.section(u'-', 1);
    const bool isMariaDb = id.startsWith(QLatin1String("mariadb"));
    result.setImage((isMariaDb ? QLatin1String("mariadb:") : QLatin1String("mysql:"))
                    + version.section(u'.', 0, isMariaDb ? 1 : 0));
    result.addServerArgument(QStringLiteral("--local-infile=ON"));
    if (isMariaDb) {
        // Only a line in the log where the plugin is not installed.
        result.addServerArgument(QStringLiteral("--plugin-load-add=auth_ed25519"));
        if (version != QLatin1String("10.11"))
            result.addServerArgument(QStringLiteral("--plugin-load-add=auth_parsec"));
    }
    return result;
}

MatrixServer ServerMatrix::server(const QString &id)
{
    const auto found = fixtureServers().find(id);
    if (found != fixtureServers().end())
        return found->second;
    std::unique_ptr<TestServer> &own = ownServers()[id];
    if (!own) {
        own = std::make_unique<TestServer>(options(id));
        own->start();
    }
    return MatrixServer::fromServer(id, *own);
}

std::unique_ptr<TestServer> ServerMatrix::startPrivate(const QString &id, const QStringList &extraArguments)
{
    TestServerOptions wanted = options(id);
    for (const QString &argument : extraArguments)
        wanted.addServerArgument(argument);
    auto result = std::make_unique<TestServer>(wanted);
    result->start();
    return result;
}

bool ServerMatrix::isRequired(const QString &id)
{
    const QStringList required
        = qEnvironmentVariable("QASYNCMYSQL_REQUIRE_SERVERS").split(u',', Qt::SkipEmptyParts);
    return required.contains(id) || required.contains(QLatin1String("all"));
}
