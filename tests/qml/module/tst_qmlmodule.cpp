// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QQmlComponent>
#include <QQmlEngine>
#include <QTest>

#include <memory>

#ifdef STATIC_QML_MODULE
#include <QtQml/QQmlExtensionPlugin>
Q_IMPORT_QML_PLUGIN(QAsyncMySqlPlugin)
#endif

class tst_QmlModule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void imports();
};

void tst_QmlModule::imports()
{
    QQmlEngine engine;
    QQmlComponent component(&engine);
    component.setData("import QtQuick\nimport QAsyncMySql\nItem { property string text: SqlLibrary.version }",
                      {});
    const std::unique_ptr<QObject> object(component.create());
    QVERIFY2(object, qPrintable(component.errorString()));
    QCOMPARE(object->property("text").toString(), QStringLiteral(EXPECTED_VERSION));
}

QTEST_MAIN(tst_QmlModule)
#include "tst_qmlmodule.moc"
