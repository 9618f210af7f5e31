// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/treeprovider.h"

#include "testing/cachedirectory.h"
#include "testing/serverimage.h"

#include <QtCore/QDir>

namespace QAsyncMySql::Internal {

ServerInstallation TreeProvider::findInstallation(QString *reason)
{
    const ServerImage image = ServerImage::fromOptions(options());
    if (!image.isNative()) {
        *reason = QStringLiteral("'%1' is an image for containers.").arg(image.description());
        return {};
    }
    QStringList roots;
    const QString servers = cacheDirectory() + QLatin1String("/servers");
    if (!options().serverTree().isEmpty()) {
        roots.append(QDir(options().serverTree()).absolutePath());
    } else {
        const QStringList names = QDir(servers).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        for (const QString &name : names)
            roots.append(servers + u'/' + name);
    }
    QStringList others;
    for (const QString &root : qAsConst(roots)) {
        QString error;
        const ServerInstallation installation = ServerInstallation::fromTree(root, &error);
        if (installation.isValid() && image.accepts(installation.flavor, installation.version))
            return installation;
        others.append(installation.isValid() ? installation.description() : error);
    }
    if (others.isEmpty())
        *reason = QStringLiteral("there is no unpacked server in %1; fetch-server makes one.").arg(servers);
    else
        *reason
            = QStringLiteral("the unpacked servers do not fit: %1.").arg(others.join(QLatin1String("; ")));
    return {};
}

} // namespace QAsyncMySql::Internal
