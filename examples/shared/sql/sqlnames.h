// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QModelIndex>
#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtCore/QStringList>

namespace QAsyncMySql {
class SchemaModel;
}

/*!
    What a word in a text of SQL may become: keywords, schemas, the tables of the default schema or of the one
    before the point, and the columns of the tables that the text names.

    Names come from a SchemaModel. What it has not read yet is asked for; arrived() follows.
*/
class SqlNames : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    void setSchemas(QAsyncMySql::SchemaModel *schemas, const QString &defaultSchema);

    //! The part of a word that ends at \a cursor.
    static QString wordBefore(const QString &text, int cursor);
    //! Enough is written there for a list to come by itself: some letters, or a point.
    static bool isPromising(const QString &text, int cursor);
    //! All that may stand at \a cursor, whatever the word begins with.
    QStringList candidates(const QString &text, int cursor);

Q_SIGNALS:
    //! Names are there that candidates() had asked for.
    void arrived();

private:
    QModelIndex schemaNode(const QString &name);
    QModelIndex tableNode(const QString &schema, const QString &table);
    QStringList namesBelow(const QModelIndex &parent, bool columns);
    QStringList columnsOfNamedTables(const QString &text);

    QPointer<QAsyncMySql::SchemaModel> m_schemas;
    QString m_defaultSchema;
    bool m_waiting = false; // for names that were asked for
};
