// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// A small browser for MySQL and MariaDB in QML. What a QML program needs to read and write tables is the
// import of QAsyncMySql; the C++ here is for the command line, the figures, and what an editor of SQL has.

#include "commandline.h"
#include "quickdemonstration.h"

#include <QAsyncMySql/querymodel.h>

#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTimer>
#include <QtGui/QGuiApplication>
#include <QtQml/QQmlApplicationEngine>
#include <QtQuick/QQuickItem>
#include <QtQuick/QQuickWindow>
#include <QtQuickControls2/QQuickStyle>

#include <QtQml/QQmlExtensionPlugin>
Q_IMPORT_QML_PLUGIN(QuickBrowserPlugin)
#ifdef STATIC_QML_MODULE
Q_IMPORT_QML_PLUGIN(QAsyncMySqlPlugin)
#endif

int main(int argc, char *argv[])
{
    QGuiApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("qasyncmysql-quick-browser"));
    QCoreApplication::setOrganizationName(QStringLiteral("QAsyncMySql"));
    const CommandLine commandLine = CommandLine::parse();
    QTemporaryDir elsewhere; // a demonstration neither finds nor leaves settings
    if (commandLine.isDemonstration()) {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, elsewhere.path());
    }
    if (!commandLine.theme.isEmpty())
        QSettings().setValue(QStringLiteral("theme"), commandLine.theme);
    QQuickStyle::setStyle(QStringLiteral("Fusion"));

    QQmlApplicationEngine engine;
    engine.addImportPath(QStringLiteral(BUILD_IMPORT_PATH));
    engine.addImportPath(QStringLiteral(":/qt/qml"));
    engine.setInitialProperties(
        {{QStringLiteral("url"), commandLine.url}, {QStringLiteral("sql"), commandLine.sql}});
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
