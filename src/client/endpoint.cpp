// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/endpoint.h"

#include "client/connectkeys.h"

#include <QAsyncMySql/connectoptions.h>

#include <algorithm>

namespace QAsyncMySql::Internal {

std::optional<Endpoint> Endpoint::parse(const QString &text, quint16 defaultPort)
{
    const QString trimmed = text.trimmed();
    Endpoint endpoint;
    endpoint.port = defaultPort;
    qsizetype colon = -1;
    if (trimmed.startsWith(u'[')) {
        const qsizetype close = trimmed.indexOf(u']');
        if (close < 0)
            return std::nullopt;
        endpoint.host = trimmed.mid(1, close - 1);
        if (close + 1 < trimmed.size()) {
            if (trimmed.at(close + 1) != u':')
                return std::nullopt;
            colon = close + 1;
        }
    } else {
        // More than one colon: an IPv6 address without brackets, which has no port.
        if (trimmed.count(u':') == 1)
            colon = trimmed.indexOf(u':');
        endpoint.host = trimmed.left(colon < 0 ? trimmed.size() : colon);
    }
    if (colon >= 0) {
        bool ok = false;
        endpoint.port = trimmed.mid(colon + 1).toUShort(&ok);
        if (!ok || endpoint.port == 0)
            return std::nullopt;
    }
    for (const QChar c : endpoint.host) {
        if (c.isSpace() || c.unicode() < 0x20 || c == u'/' || c == u'@' || c == u',')
            return std::nullopt;
    }
    if (endpoint.host.isEmpty())
        return std::nullopt;
    return endpoint;
}

QList<Endpoint> Endpoint::allOf(const ConnectOptions &options)
{
    Endpoint first;
    first.host = options.host();
    first.port = options.port();
    QList<Endpoint> all{first};
    if (!options.socketPath().isEmpty())
        return all;
    const QStringList alternatives = options.alternativeHosts();
    for (const QString &text : alternatives) {
        const std::optional<Endpoint> endpoint = parse(text);
        if (endpoint && !all.contains(*endpoint))
            all.append(*endpoint);
    }
    return all;
}

QString Endpoint::toString() const
{
    return (host.contains(u':') ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(host).arg(port);
}

ConnectOptions Endpoint::applyTo(ConnectOptions options) const
{
    options.setHost(host).setPort(port).setAlternativeHosts({});
    return options;
}

std::pair<QString, QStringList> splitHosts(const QString &url)
{
    const qsizetype scheme = url.indexOf(u"://");
    if (scheme < 0)
        return {url, {}};
    qsizetype end = scheme + 3;
    while (end < url.size() && !QStringView(u"/?#").contains(url.at(end)))
        ++end;
    const qsizetype start = std::max(url.lastIndexOf(u'@', end - 1) + 1, scheme + 3);
    QStringList hosts = url.mid(start, end - start).split(u',');
    if (hosts.size() < 2)
        return {url, {}};
    return {url.left(start) + hosts.takeFirst() + url.mid(end), hosts};
}

} // namespace QAsyncMySql::Internal
