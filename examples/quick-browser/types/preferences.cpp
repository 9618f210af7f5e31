// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "types/preferences.h"

#include "connect/recentconnections.h"

#include <QAsyncMySql/connectoptions.h>

#include <QtCore/QSettings>

using namespace QAsyncMySql;

namespace {

QString themeKey()
{
    return QStringLiteral("theme");
}

} // namespace

QString Preferences::theme() const
{
    return QSettings().value(themeKey(), QStringLiteral("system")).toString();
}

void Preferences::setTheme(const QString &theme)
{
    if (theme == this->theme())
        return;
    QSettings().setValue(themeKey(), theme);
    Q_EMIT themeChanged();
}

QStringList Preferences::servers() const
{
    return RecentConnections::urls();
}

QVariant Preferences::server(const QString &url) const
{
    const Result<ConnectOptions> options = ConnectOptions::fromUrl(url);
    if (!options)
        return QVariantMap(); // of another version of the program
    return QVariantMap{{QStringLiteral("host"), options->host()},
                       {QStringLiteral("port"), options->port()},
                       {QStringLiteral("socketPath"), options->socketPath()},
                       {QStringLiteral("user"), options->user()},
                       {QStringLiteral("database"), options->database()},
                       {QStringLiteral("sslMode"), int(options->sslMode())},
                       {QStringLiteral("sslCaFile"), options->sslCaFile()}};
}

void Preferences::remember(const QVariantMap &server)
{
    const auto text = [&server](const char *key) { return server.value(QLatin1String(key)).toString(); };
    ConnectOptions options;
    options.setHost(text("host"));
    options.setPort(quint16(server.value(QStringLiteral("port")).toUInt()));
    options.setSocketPath(text("socketPath"));
    options.setUser(text("user"));
    options.setDatabase(text("database"));
    options.setSslMode(SslMode(server.value(QStringLiteral("sslMode")).toInt()));
    options.setSslCaFile(text("sslCaFile"));
    RecentConnections::add(options);
    Q_EMIT serversChanged();
}
