// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QObject>
#include <QtCore/QStringList>
#include <QtCore/QVariantMap>
#include <QtQml/qqmlregistration.h>

//! What is kept for the next time: the theme, and the servers that were connected to, without passwords.
class Preferences : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString theme READ theme WRITE setTheme NOTIFY themeChanged FINAL)
    Q_PROPERTY(QStringList servers READ servers NOTIFY serversChanged FINAL)
    QML_ELEMENT
    QML_SINGLETON

public:
    using QObject::QObject;

    //! system, light or dark.
    QString theme() const;
    void setTheme(const QString &theme);
    //! As URLs, the last one first.
    QStringList servers() const;
    //! The parts of the URL of a server: host, port, socketPath, user, database, sslMode, sslCaFile.
    Q_INVOKABLE QVariant server(const QString &url) const;
    Q_INVOKABLE void remember(const QVariantMap &server);

Q_SIGNALS:
    void themeChanged();
    void serversChanged();
};
