// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// A user's QML program. It does not link our library: the module is found by its import path.

#include <QDebug>
#include <QGuiApplication>
#include <QQmlComponent>
#include <QQmlEngine>

#include <memory>

#ifdef STATIC_QML_MODULE
#include <QtQml/QQmlExtensionPlugin>
Q_IMPORT_QML_PLUGIN(QAsyncMySqlPlugin)
#endif

int main(int argc, char *argv[])
{
    QGuiApplication app(argc, argv);
    QQmlEngine engine;
    QQmlComponent component(&engine, QUrl::fromLocalFile(app.arguments().value(1)));
    const std::unique_ptr<QObject> root(component.create());
    if (!root) {
        qCritical().noquote() << component.errorString();
        return 1;
    }
    const QString version = root->property("libraryVersion").toString();
    if (version != app.arguments().value(2)) {
        qCritical() << "the module is of version" << version;
        return 1;
    }
    const auto *rows = qvariant_cast<QObject *>(root->property("rows"));
    if (!rows || rows->property("query").toString() != "SELECT ?") {
        qCritical() << "there is no model in" << root.get();
        return 1;
    }
    return 0;
}
