// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "testing/cachedirectory.h"

#include <QtCore/QDir>

namespace QAsyncMySql::Internal {

QString cacheDirectory()
{
    const QString own = qEnvironmentVariable("QASYNCMYSQL_CACHE");
    if (!own.isEmpty())
        return QDir::cleanPath(own);
    const QString xdg = qEnvironmentVariable("XDG_CACHE_HOME");
    if (QDir::isAbsolutePath(xdg))
        return QDir::cleanPath(xdg + QLatin1String("/qasyncmysql"));
    const QString home = QDir::homePath();
    if (home.isEmpty() || home == QDir::rootPath())
        return {};
    return home + QLatin1String("/.cache/qasyncmysql");
}

} // namespace QAsyncMySql::Internal
