// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// ConnectOptions from a URL, and back.

#include "client/connectkeys.h"
#include "client/connectoptionsdata.h"
#include "client/endpoint.h"

#include <QtCore/QSet>
#include <QtCore/QUrlQuery>

namespace QAsyncMySql {

using Internal::canonicalKey;
using Internal::ConnectKey;
using Internal::connectKeys;
using Internal::findConnectKey;
using Internal::optionError;

namespace {

/* A / ? or # in a password that is not encoded ends the host part, and the rest of the password is taken for
   path, query or fragment: the @ behind it gives that away. Nothing of such a URL may be shown. */
bool mayHoldPassword(const QUrl &url)
{
    const bool behind
        = url.path(QUrl::FullyEncoded).contains(u'@') || url.fragment(QUrl::FullyEncoded).contains(u'@');
    if (behind)
        return true;
    const QString query = url.query(QUrl::FullyEncoded);
    const qsizetype at = query.indexOf(u'@');
    if (at < 0)
        return false;
    // init-command=SET @a=1 is honest; what has no user before the host, or no name before the @, is not.
    const qsizetype start = query.lastIndexOf(u'&', at) + 1;
    const QString name = query.mid(start, query.indexOf(u'=', start) - start);
    return url.userInfo().isEmpty() || !findConnectKey(canonicalKey(name));
}

} // namespace

Result<ConnectOptions> ConnectOptions::fromUrl(const QString &text)
{
    ConnectOptions options;
    const Result<void> read = options.readUrl(text);
    return read ? Result<ConnectOptions>(options) : Result<ConnectOptions>(read.error());
}

Result<ConnectOptions> ConnectOptions::fromUrl(const QUrl &url)
{
    ConnectOptions options;
    const Result<void> read = options.readUrl(url);
    return read ? Result<ConnectOptions>(options) : Result<ConnectOptions>(read.error());
}

Result<void> ConnectOptions::readUrl(const QString &text)
{
    // The text itself is not shown: it may hold the password.
    const auto [single, further] = Internal::splitHosts(text.trimmed());
    if (!further.isEmpty()) {
        ConnectOptions options = *this;
        const Result<void> read = options.readUrl(single);
        if (!read)
            return read;
        options.setAlternativeHosts(further + options.alternativeHosts());
        const auto wrong = std::find_if(further.begin(), further.end(),
                                        [](const QString &host) { return !Internal::Endpoint::parse(host); });
        if (wrong != further.end()) {
            // Not shown: where the URL is malformed, it may be a piece of the password.
            return optionError(
                QStringLiteral("Host %1 of the %2 in the URL is malformed: write host, host:port or "
                               "[IPv6]:port, with commas between them.")
                    .arg(wrong - further.begin() + 2)
                    .arg(further.size() + 1));
        }
        *this = options;
        return {};
    }
    const QUrl url(text.trimmed(), QUrl::StrictMode);
    if (!url.isValid()) {
        return optionError(QStringLiteral(
            "The URL is malformed. It must look like mysql://user:password@host:3306/schema; "
            "characters such as @ : / # ? % in user, password or schema are written as %40 %3A …"));
    }
    return readUrl(url);
}

Result<void> ConnectOptions::readUrl(const QUrl &url)
{
    if (!url.isValid())
        return optionError(QStringLiteral("The URL is empty or malformed."));
    if (mayHoldPassword(url)) {
        return optionError(QStringLiteral(
            "The URL has an @ behind its host. In user and password, @ : / ? # % are written as %40 %3A %2F "
            "%3F %23 %25; an @ elsewhere is written as %40, too."));
    }
    if (url.scheme() != u"mysql" && url.scheme() != u"mariadb") {
        return optionError(
            url.scheme().isEmpty()
                ? QStringLiteral("The URL has no scheme; it must begin with mysql:// or mariadb://.")
                : QStringLiteral("\"%1\" is not a scheme for a MySQL server; use mysql:// or mariadb://.")
                      .arg(url.scheme()));
    }
    if (url.hasFragment())
        return optionError(QStringLiteral("The URL has a part behind #. Write a # in a password as %23."));
    ConnectOptions options = *this;
    if (!url.host().isEmpty())
        options.setHost(url.host());
    if (url.port() != -1) {
        if (url.port() < 1)
            return optionError(QStringLiteral("Port %1 in the URL is no port of a server.").arg(url.port()));
        options.setPort(quint16(url.port()));
    }
    if (!url.userName().isEmpty())
        options.setUser(url.userName(QUrl::FullyDecoded));
    if (!url.password().isEmpty())
        options.setPassword(url.password(QUrl::FullyDecoded));
    const QString schema = url.path(QUrl::FullyDecoded).mid(1);
    if (schema.contains(u'/'))
        return optionError(
            QStringLiteral("The URL names the schema \"%1\"; there is to be one name behind the host.")
                .arg(schema));
    if (!schema.isEmpty())
        options.setDatabase(schema);

    QSet<QString> seen;
    const QList<std::pair<QString, QString>> items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items) {
        const QString canonical = canonicalKey(name);
        const ConnectKey *key = findConnectKey(canonical);
        if (!key)
            return optionError(QStringLiteral("The URL has the unknown option \"%1\".").arg(name));
        if (seen.contains(canonical) && canonical != u"init-command")
            return optionError(QStringLiteral("The URL gives the option \"%1\" twice.").arg(name));
        seen.insert(canonical);
        if (!key->set(options, value)) {
            return optionError(
                QStringLiteral("The URL gives the option \"%1\" the value \"%2\"; it takes %3.")
                    .arg(name, value, QLatin1StringView(key->expects)));
        }
    }
    *this = options;
    return {};
}

QUrl ConnectOptions::toUrl() const
{
    QUrl url;
    url.setScheme(QStringLiteral("mysql"));
    url.setHost(d->host);
    if (d->port != 3306)
        url.setPort(d->port);
    url.setUserName(user(), QUrl::DecodedMode);
    if (!d->database.isEmpty())
        url.setPath(u'/' + d->database, QUrl::DecodedMode);
    else
        url.setPath(QStringLiteral("/"));
    QStringList query;
    for (const ConnectKey &key : connectKeys()) {
        const QStringList values = key.get(*this);
        for (const QString &value : values)
            query.append(QLatin1StringView(key.name) + u'='
                         + QString::fromLatin1(QUrl::toPercentEncoding(value)));
    }
    if (!query.isEmpty())
        url.setQuery(query.join(u'&'), QUrl::StrictMode);
    return url;
}

QString ConnectOptions::toString() const
{
    return toUrl().toString(QUrl::RemovePassword);
}

} // namespace QAsyncMySql
