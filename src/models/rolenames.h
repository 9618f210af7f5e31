// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/column.h>

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QStringList>

namespace QAsyncMySql::Internal {

/*!
    One role name for each of \a columnNames, that QML can use for a property of a delegate: letters, digits
   and underscores, beginning with a lower-case letter or an underscore, unique, not a word of JavaScript, and
   not a name that a delegate or every object has already ("index", "model", "objectName", "__proto__").

    "Customer Name" gives customer_Name, "ID" id, "class" class_, a second "id" id_2, and a column without a
   name column1, by its place. Names come from a server and are not trusted: no more than 64 characters of
   each are used.
*/
QList<QByteArray> columnRoleNames(const QStringList &columnNames);

} // namespace QAsyncMySql::Internal
