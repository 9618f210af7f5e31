// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/testserver.h>

#include "testing/serverimage.h"
#include "testing/serverprovider.h"
#include "testing/sqlloader.h"
#include "testing/testserveroptionsdata.h"

#include <QtCore/QLoggingCategory>
#include <QtCore/QUrlQuery>

namespace QAsyncMySql {

Q_LOGGING_CATEGORY(lcTesting, "qasyncmysql.testing", QtWarningMsg)

class TestServer::Private
{
public:
    bool tryProvider(Internal::ServerProvider &candidate, QStringList *reasons, bool *giveUp);
    const Internal::ServerEndpoint &endpoint() const
    {
        static const Internal::ServerEndpoint none;
        return provider ? provider->endpoint() : none;
    }

    TestServerOptions options;
    std::unique_ptr<Internal::ServerProvider> provider;
    QString error;
};

TestServer::TestServer()
    : TestServer(TestServerOptions())
{
}

TestServer::TestServer(const TestServerOptions &options)
    : d(std::make_unique<Private>())
{
    d->options = options;
}

TestServer::~TestServer()
{
    stop();
}

TestServerOptions TestServer::options() const
{
    return d->options;
}

void TestServer::setOptions(const TestServerOptions &options)
{
    if (isRunning()) {
        qCWarning(lcTesting, "TestServer::setOptions(): the server is running; call stop() first");
        return;
    }
    d->options = options;
}

bool TestServer::Private::tryProvider(Internal::ServerProvider &candidate, QStringList *reasons, bool *giveUp)
{
    const QDeadlineTimer deadline(options.startTimeout());
    if (const QString reason = candidate.whyUnavailable(); !reason.isEmpty()) {
        reasons->append(QStringLiteral("  %1: %2").arg(candidate.name(), reason));
        return false;
    }
    if (!candidate.start(deadline)) {
        reasons->append(QStringLiteral("  %1: %2").arg(candidate.name(), candidate.errorString()));
        candidate.stop();
        return false;
    }
    QString sqlError;
    if (!Internal::loadSql(options, candidate.endpoint(), candidate.certificates(), deadline, &sqlError)) {
        // Another server would refuse the same statement: do not hide the mistake behind a list of providers.
        *giveUp = true;
        error = sqlError;
        candidate.stop();
        return false;
    }
    qCInfo(lcTesting).noquote() << "started" << candidate.name() << candidate.endpoint().serverVersion
                                << "on port" << candidate.endpoint().port;
    return true;
}

bool TestServer::start()
{
    if (isRunning())
        return true;
    stop();
    d->error = TestServerOptionsData::errorOf(d->options);
    if (!d->error.isEmpty())
        return false;

    QStringList reasons;
    for (auto &candidate : Internal::makeProviders(d->options)) {
        bool giveUp = false;
        if (d->tryProvider(*candidate, &reasons, &giveUp)) {
            d->provider = std::move(candidate);
            return true;
        }
        if (giveUp)
            return false;
    }
    d->error = QStringLiteral("No test server (%1) could be started.\n%2\n"
                              "Do one of these: install mariadb-server-core (Debian, Ubuntu) or your "
                              "system's MariaDB or MySQL "
                              "server; unpack one with fetch-server; start Docker or Podman; or set "
                              "QASYNCMYSQL_TEST_SERVER_URL=mysql://user:password@host:port/database.")
                   .arg(Internal::ServerImage::fromOptions(d->options).description(), reasons.join(u'\n'));
    return false;
}

void TestServer::stop()
{
    if (d->provider)
        d->provider->stop();
    d->provider.reset();
}

bool TestServer::kill()
{
    if (!d->provider) {
        d->error = QStringLiteral("The test server has not been started.");
        return false;
    }
    if (!d->provider->kill()) {
        d->error = d->provider->errorString();
        return false;
    }
    return true;
}

bool TestServer::restart()
{
    if (!d->provider)
        return start();
    if (!d->provider->restart(QDeadlineTimer(d->options.startTimeout()))) {
        d->error = d->provider->errorString();
        return false;
    }
    return true;
}

bool TestServer::isRunning() const
{
    return d->provider && d->provider->isRunning();
}
QString TestServer::errorString() const
{
    return d->error;
}
QString TestServer::providerName() const
{
    return d->provider ? d->provider->name() : QString();
}
QString TestServer::serverVersion() const
{
    return d->endpoint().serverVersion;
}
TestServer::Flavor TestServer::flavor() const
{
    return d->endpoint().flavor;
}
QString TestServer::host() const
{
    return d->endpoint().host;
}
quint16 TestServer::port() const
{
    return d->endpoint().port;
}
QString TestServer::socketPath() const
{
    return d->endpoint().socketPath;
}
QString TestServer::user() const
{
    return d->endpoint().user;
}
QString TestServer::password() const
{
    return d->endpoint().password;
}
QString TestServer::rootPassword() const
{
    return d->endpoint().rootPassword;
}
QString TestServer::database() const
{
    return d->endpoint().database;
}
qint64 TestServer::processId() const
{
    return isRunning() ? d->endpoint().processId : 0;
}
QString TestServer::directory() const
{
    return d->endpoint().directory;
}
QString TestServer::logText() const
{
    return d->provider ? d->provider->logText() : QString();
}

QUrl TestServer::url() const
{
    return url(user(), password());
}

QUrl TestServer::url(const QString &user, const QString &password) const
{
    QUrl result;
    result.setScheme(QStringLiteral("mysql"));
    result.setHost(host());
    result.setPort(port());
    result.setUserName(user, QUrl::DecodedMode);
    result.setPassword(password, QUrl::DecodedMode);
    result.setPath(u'/' + database(), QUrl::DecodedMode);
    if (certificates().isValid()) {
        QUrlQuery query;
        query.addQueryItem(QStringLiteral("ssl-mode"), QStringLiteral("VERIFY_IDENTITY"));
        query.addQueryItem(QStringLiteral("ssl-ca"),
                           QString::fromLatin1(QUrl::toPercentEncoding(caCertificatePath())));
        result.setQuery(query);
    }
    return result;
}

const TestCertificates &TestServer::certificates() const
{
    static const TestCertificates none;
    return d->provider ? d->provider->certificates() : none;
}

} // namespace QAsyncMySql
