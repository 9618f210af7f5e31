// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "unit/models/longtable.h"

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
        engine->rootContext()->setContextProperty(QStringLiteral("longTable"), &m_table);
    }

private:
    LongTable m_table{2'000'000'000};
};

QUICK_TEST_MAIN_WITH_SETUP(tst_qmlrowwindow, Setup)
#include "tst_qmlrowwindow.moc"
