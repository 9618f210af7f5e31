// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// A small browser for MySQL and MariaDB in QML. The C++ here is for the command line and the figures; what a
// QML program needs of it is the import of QAsyncMySql.

#include "../shared/commandline.h"
#include "quickdemonstration.h"

#include <QAsyncMySql/querymodel.h>

#include <QtCore/QTimer>
#include <QtGui/QGuiApplication>
#include <QtQml/QQmlApplicationEngine>
#include <QtQuick/QQuickItem>
#include <QtQuick/QQuickWindow>
#include <QtQuickControls2/QQuickStyle>

#ifdef STATIC_QML_MODULE
#include <QtQml/QQmlExtensionPlugin>
Q_IMPORT_QML_PLUGIN(QAsyncMySqlPlugin)
#endif

int main(int argc, char *argv[])
{
    QGuiApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("qasyncmysql-quick-browser"));
    const CommandLine commandLine = CommandLine::parse();
    QQuickStyle::setStyle(QStringLiteral("Fusion"));

    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral(BUILD_IMPORT_PATH));
    engine.addImportPath(QStringLiteral(":/qt/qml"));
    engine.setInitialProperties(
        {{QStringLiteral("url"), commandLine.url},
         {QStringLiteral("sql"), commandLine.sql},
         {QStringLiteral("themeMode"),
          commandLine.theme.isEmpty() ? QStringLiteral("system") : commandLine.theme}});
    engine.load(QUrl(QStringLiteral("qrc:/qt/qml/QuickBrowser/Main.qml")));
    auto *window = engine.rootObjects().isEmpty()
        ? nullptr
        : qobject_cast<QQuickWindow *>(engine.rootObjects().first());
    if (!window)
        return 1; // the engine has said why

    auto *model = window->property("model").value<QAsyncMySql::QueryModel *>();
    if (commandLine.onDemand)
        model->setFetchPolicy(QAsyncMySql::QueryModel::FetchPolicy::OnDemand);
    if (commandLine.isDemonstration())
        new QuickDemonstration(window, model, commandLine); // the window's child
    if (commandLine.run)
        QTimer::singleShot(0, window, [window] { QMetaObject::invokeMethod(window, "run"); });
    return QGuiApplication::exec();
}
