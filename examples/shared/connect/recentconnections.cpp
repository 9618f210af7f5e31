// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "connect/recentconnections.h"

#include <QtCore/QSettings>

using namespace QAsyncMySql;

namespace {
constexpr qsizetype MostConnections = 12;

QString settingsKey()
{
    return QStringLiteral("recentConnections");
}
} // namespace

QStringList RecentConnections::urls()
{
    return QSettings().value(settingsKey()).toStringList();
}

void RecentConnections::add(const ConnectOptions &options)
{
    const QString url = options.toString(); // without the password
    QStringList kept = urls();
    kept.removeAll(url);
    kept.prepend(url);
    kept.resize(qMin(kept.size(), MostConnections));
    QSettings().setValue(settingsKey(), kept);
}
