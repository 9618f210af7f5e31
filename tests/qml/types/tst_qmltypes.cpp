// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Runs the QML tests of this folder, each of them on every server of the matrix.

#include "support/servermatrix.h"

#include <QtQml/QQmlContext>
#include <QtQml/QQmlEngine>
#include <QtQuickTest/quicktest.h>

#ifdef STATIC_QML_MODULE
#include <QtQml/QQmlExtensionPlugin>
Q_IMPORT_QML_PLUGIN(QAsyncMySqlPlugin)
#endif

class Setup : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine *engine)
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
};

QUICK_TEST_MAIN_WITH_SETUP(tst_qmltypes, Setup)
#include "tst_qmltypes.moc"
