// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/urlprovider.h"

#include "testing/readiness.h"
#include "testing/serverimage.h"

#include <QtCore/QUrl>
#include <QtCore/QUrlQuery>

namespace QAsyncMySql::Internal {

static constexpr qint64 PatienceMs = 5000;

QString UrlProvider::whyUnavailable()
{
    if (options().serverUrl().isEmpty())
        return QStringLiteral("no server is named: set QASYNCMYSQL_TEST_SERVER_URL.");
    const QUrl url(options().serverUrl(), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty()
        || (url.scheme() != QLatin1String("mysql") && url.scheme() != QLatin1String("mariadb"))) {
        // The text may hold a password: it is not repeated.
        return QStringLiteral(
            "the server's URL is not of the form mysql://user:password@host:port/database.");
    }
    return {};
}

bool UrlProvider::start(const QDeadlineTimer &deadline)
{
    const QUrl url(options().serverUrl(), QUrl::StrictMode);
    m_endpoint.host = url.host();
    m_endpoint.port = quint16(url.port(3306));
    m_endpoint.user = url.userName(QUrl::FullyDecoded);
    m_endpoint.password = url.password(QUrl::FullyDecoded);
    m_endpoint.database = url.path(QUrl::FullyDecoded).mid(1);
    m_endpoint.socketPath = QUrlQuery(url).queryItemValue(QStringLiteral("socket"), QUrl::FullyDecoded);

    // It is said to run already: a moment's patience is enough.
    const QDeadlineTimer patience(qMin<qint64>(deadline.remainingTime(), PatienceMs));
    const Greeting greeting = readTcpGreeting(m_endpoint.host, m_endpoint.port, patience);
    if (!greeting.isReady()) {
        return fail(QStringLiteral("no MySQL or MariaDB server answers at %1 port %2: %3.")
                        .arg(m_endpoint.host, QString::number(m_endpoint.port), greeting.error));
    }
    m_endpoint.serverVersion = greeting.version;
    m_endpoint.flavor = greeting.flavor;
    const ServerImage image = ServerImage::fromOptions(options());
    if (!greeting.version.isEmpty() && !image.accepts(greeting.flavor, greeting.version)) {
        return fail(QStringLiteral("the server at %1 port %2 is %3 %4, but the test wants %5.")
                        .arg(m_endpoint.host, QString::number(m_endpoint.port), flavorName(greeting.flavor),
                             greeting.version, image.description()));
    }
    m_running = true;
    return true;
}

} // namespace QAsyncMySql::Internal
