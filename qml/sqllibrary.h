// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QObject>
#include <QtQml/qqmlregistration.h>

namespace QAsyncMySql::Internal {

/*! The QML singleton \c SqlLibrary: what a program runs with, for an "About" page or a bug report.

    \since 1.0
*/
class SqlLibrary : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString version READ version CONSTANT FINAL)
    QML_ELEMENT
    QML_SINGLETON

public:
    explicit SqlLibrary(QObject *parent = nullptr);

    /*! The version of the library, such as "1.0.0". */
    QString version() const;
};

} // namespace QAsyncMySql::Internal
