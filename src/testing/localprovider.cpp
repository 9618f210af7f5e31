// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/localprovider.h"

#include "testing/serverimage.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

namespace QAsyncMySql::Internal {

namespace {

//! All server programs in PATH and where servers are usually put, each file once.
QStringList candidatePrograms()
{
    QStringList directories = qEnvironmentVariable("PATH").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    directories += {
        QStringLiteral("/usr/sbin"),
        QStringLiteral("/usr/local/sbin"),
        QStringLiteral("/usr/libexec"),
        QStringLiteral("/usr/local/mysql/bin"),
        QStringLiteral("/opt/homebrew/bin"),
        QStringLiteral("/opt/homebrew/opt/mysql/bin"),
        QStringLiteral("/usr/local/opt/mysql/bin"),
    };
    QStringList result;
    QStringList seen;
    for (const QString &directory : qAsConst(directories)) {
        for (const char *name : {"mariadbd", "mysqld"}) {
            const QFileInfo file(directory + u'/' + QLatin1String(name));
            const QString target = file.canonicalFilePath();
            if (target.isEmpty() || !file.isExecutable() || seen.contains(target))
                continue;
            seen.append(target);
            result.append(file.filePath());
        }
    }
    return result;
}

} // namespace

ServerInstallation LocalProvider::findInstallation(QString *reason)
{
    const ServerImage image = ServerImage::fromOptions(options());
    if (!image.isNative()) {
        *reason = QStringLiteral("'%1' is an image for containers.").arg(image.description());
        return {};
    }
    QStringList others;
    const QStringList programs = candidatePrograms();
    for (const QString &program : programs) {
        QString error;
        const ServerInstallation installation = ServerInstallation::fromProgram(program, &error);
        if (installation.isValid() && image.accepts(installation.flavor, installation.version))
            return installation;
        others.append(installation.isValid() ? installation.description() : error);
    }
    if (others.isEmpty())
        *reason = QStringLiteral(
            "there is no mariadbd and no mysqld in PATH, /usr/sbin and the other usual places.");
    else
        *reason
            = QStringLiteral("the installed servers do not fit: %1.").arg(others.join(QLatin1String("; ")));
    return {};
}

} // namespace QAsyncMySql::Internal
