// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

// qasyncmysql_component: Models

#include <QtCore/QStringList>

namespace QAsyncMySql {

/*!
    What a column refers to: the rows of another table by their key, and the column there that people know
   them by. For TableModel::setRelation() and LookupModel. A value.

    \since 1.0
*/
class TableRelation
{
public:
    TableRelation() { }
    //! By the foreign key of the column: it says which table and which key.
    explicit TableRelation(const QString &display)
        : displayColumn(display)
    {
    }
    TableRelation(const QString &referencedTable, const QString &key, const QString &display,
                  const QString &itsSchema = {})
        : table(referencedTable)
        , keyColumn(key)
        , displayColumn(display)
        , schema(itsSchema)
    {
    }

    /*! A key of several columns: \a column of the table that refers is \a key there, too. In the order in
       which they are said, behind that of the relation itself. */
    TableRelation &with(const QString &column, const QString &key)
    {
        furtherColumns.append(column);
        furtherKeyColumns.append(key);
        return *this;
    }

    bool isNull() const noexcept { return displayColumn.isEmpty(); }
    //! False for one that the foreign key is to complete.
    bool isComplete() const noexcept { return !isNull() && !table.isEmpty() && !keyColumn.isEmpty(); }

    QString table;
    QString keyColumn;
    QString displayColumn;
    QStringList furtherColumns; //!< of a key of several columns: those that refer, besides the column itself
    QStringList furtherKeyColumns; //!< what they are in the other table, besides keyColumn
    QString schema; //!< empty: the default schema of the connection

    friend bool operator==(const TableRelation &, const TableRelation &) = default;
};

} // namespace QAsyncMySql
