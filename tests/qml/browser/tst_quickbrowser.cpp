// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Runs the QML tests of this folder, each of them on every server of the matrix, with settings of their own.

#include "../types/eachserver.h"

#include <QtCore/QFile>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtQml/QQmlExtensionPlugin>
#include <QtQuickTest/quicktest.h>

Q_IMPORT_QML_PLUGIN(QuickBrowserPlugin)
#ifdef STATIC_QML_MODULE
Q_IMPORT_QML_PLUGIN(QAsyncMySqlPlugin)
#endif

//! What a test needs to look at outside of QML.
class Outside : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    Q_INVOKABLE QString path(const QString &name) const { return m_folder.filePath(name); }
    Q_INVOKABLE QString read(const QString &path) const
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll())
                                              : QStringLiteral("(no file)");
    }
    Q_INVOKABLE QString clipboard() const { return QGuiApplication::clipboard()->text(); }

private:
    QTemporaryDir m_folder;
};

class Setup : public QObject
{
    Q_OBJECT

public:
    Setup()
    {
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
    }

public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine *engine)
    {
        engine->addImportPath(QStringLiteral(BUILD_IMPORT_PATH));
        engine->addImportPath(QStringLiteral(":/qt/qml"));
        setServers(engine);
        engine->rootContext()->setContextProperty(QStringLiteral("outside"), new Outside(engine));
    }

private:
    QTemporaryDir m_settings;
};

QUICK_TEST_MAIN_WITH_SETUP(tst_quickbrowser, Setup)
#include "tst_quickbrowser.moc"
