// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "support/servermatrix.h"

#include <QtQml/QQmlContext>
#include <QtQml/QQmlEngine>

//! What a _data() function of a QML test returns: one row for each server of the matrix.
inline void setServers(QQmlEngine *engine)
{
    QVariantList rows;
    for (const QString &id : ServerMatrix::ids()) {
        const MatrixServer server = ServerMatrix::server(id);
        if (!server.isRunning() && ServerMatrix::isRequired(id))
            qFatal("%s", qPrintable(server.error));
        if (server.isRunning())
            rows.append(QVariantMap{{QStringLiteral("tag"), id},
                                    {QStringLiteral("url"), server.url().toString(QUrl::FullyEncoded)},
                                    {QStringLiteral("user"), server.user},
                                    {QStringLiteral("password"), server.password}});
    }
    // One row for each server: what a _data() function gives.
    engine->rootContext()->setContextProperty(QStringLiteral("servers"), rows);
}
