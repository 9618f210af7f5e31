// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/serverimage.h"

namespace QAsyncMySql::Internal {

ServerImage ServerImage::fromOptions(const TestServerOptions &options)
{
    ServerImage result;
    result.m_flavor = options.flavor();
    result.m_image = options.image();
    if (result.m_image.isEmpty())
        return result;

    // A colon before the last slash belongs to a registry's port.
    const qsizetype slash = result.m_image.lastIndexOf(u'/');
    const qsizetype colon = result.m_image.indexOf(u':', slash + 1);
    const QString name = result.m_image.mid(slash + 1, colon < 0 ? -1 : colon - slash - 1);
    const QString tag = colon < 0 ? QString() : result.m_image.mid(colon + 1);
    if (name == QLatin1String("mariadb"))
        result.m_flavor = Flavor::MariaDB;
    else if (name == QLatin1String("mysql"))
        result.m_flavor = Flavor::MySQL;
    result.m_native = slash < 0 && result.m_flavor != Flavor::Any && result.m_image.startsWith(name)
        && (name == QLatin1String("mariadb") || name == QLatin1String("mysql"));
    // "latest" and "lts" name no version; "11.8-noble" is a version with a base system.
    if (!tag.isEmpty() && tag.at(0).isDigit())
        result.m_version = tag.section(u'-', 0, 0);
    return result;
}

bool ServerImage::accepts(Flavor flavor, const QString &version) const
{
    if (m_flavor != Flavor::Any && m_flavor != flavor)
        return false;
    if (m_version.isEmpty())
        return true;
    if (!version.startsWith(m_version))
        return false;
    // "11.1" is not the beginning of "11.11".
    return version.size() == m_version.size() || !version.at(m_version.size()).isDigit();
}

QString ServerImage::containerImage() const
{
    if (!m_image.isEmpty())
        return m_image;
    return m_flavor == Flavor::MySQL ? QStringLiteral("mysql:9") : QStringLiteral("mariadb:11");
}

QString ServerImage::description() const
{
    if (!m_image.isEmpty())
        return m_image;
    return QStringLiteral("any %1 server").arg(flavorName(m_flavor));
}

QString flavorName(TestServerOptions::Flavor flavor)
{
    switch (flavor) {
    case TestServerOptions::Flavor::MariaDB:
        return QStringLiteral("MariaDB");
    case TestServerOptions::Flavor::MySQL:
        return QStringLiteral("MySQL");
    case TestServerOptions::Flavor::Any:
        break;
    }
    return QStringLiteral("MySQL or MariaDB");
}

} // namespace QAsyncMySql::Internal
