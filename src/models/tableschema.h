// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/sqlfragment.h"

#include <QAsyncMySql/resultset.h>

#include <QtCore/QStringList>
#include <QtCore/QVariant>

namespace QAsyncMySql::Internal {

//! A column of a table as the schema describes it.
class TableColumn
{
public:
    QString name;
    QString dataType; // in small letters: "int", "varchar"
    QString typeText; // in full: "int(10) unsigned"
    QString defaultText;
    qint64 maximumLength = -1; // characters of texts, bytes of binary strings; -1 for none
    int precision = -1; // of DECIMAL
    int scale = -1;
    QStringList choices; // of ENUM and SET
    bool nullable = true;
    bool hasDefault = false;
    bool autoIncrement = false;
    bool generated = false;

    bool isInteger() const;
    bool isUnsigned() const { return typeText.contains(QLatin1String("unsigned")); }
    bool isBinary() const;
    bool isText() const;
    bool isSpatial() const;

    /*! Why \a value cannot be written to this column, or an empty text: the rules that the schema tells, so
        that the server need not be asked. It may know better. */
    QString refusal(const QVariant &value) const;
};

//! An index, as far as it can be used to find rows in order.
class TableIndex
{
public:
    QString name;
    QStringList columns;
    bool unique = false;
    bool complete = true; // whole columns, not parts or expressions
    bool ordered = true; // a B-tree
};

/*! What a model must know of a table: read from information_schema, by the statements below.

    The names of the server's columns differ in their case, so rows are read by place. */
class TableSchema
{
public:
    QString schema;
    QString table;
    QList<TableColumn> columns;
    QList<TableIndex> indexes;
    bool isView = false;
    qint64 estimatedRows = -1;

    static SqlFragment columnsQuery(const QString &schema, const QString &table);
    static SqlFragment indexesQuery(const QString &schema, const QString &table);
    static SqlFragment tableQuery(const QString &schema, const QString &table);
    void readColumns(const ResultSet &result);
    void readIndexes(const ResultSet &result);
    void readTable(const ResultSet &result);

    int indexOf(const QString &column) const;
    //! "`schema`.`table`"; its columns are those of "`table`" then, as typed conditions name them.
    QString quotedName() const;
    //! "`table`.`column`".
    QString quotedColumn(const QString &column) const;
    //! All columns, in order, as a SELECT names them.
    QStringList quotedColumns() const;
    /*! The columns that tell each row from all others and can be walked in order: those of the primary key,
        or of another unique index without NULL; empty if there are none. */
    QStringList findKey() const;
    //! Whether an index gives the rows in the order of \a column.
    bool isOrderedBy(const QString &column) const;
};

//! \a name in backticks; for names that come from the server. One that cannot be one is found by the server.
QString quoted(const QString &name);
//! With its schema in front, if that is not empty.
QString quotedTable(const QString &schema, const QString &table);

} // namespace QAsyncMySql::Internal
