// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Runs the QML tests of this folder, each of them on every server of the matrix.

#include "eachserver.h"

#include <QtQuickTest/quicktest.h>

#ifdef STATIC_QML_MODULE
#include <QtQml/QQmlExtensionPlugin>
Q_IMPORT_QML_PLUGIN(QAsyncMySqlPlugin)
#endif

class Setup : public QObject
{
    Q_OBJECT

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine *engine) { setServers(engine); }
};

QUICK_TEST_MAIN_WITH_SETUP(tst_qmltypes, Setup)
#include "tst_qmltypes.moc"
