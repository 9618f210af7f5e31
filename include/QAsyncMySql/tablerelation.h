// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

// qasyncmysql_component: Models

#include <QtCore/QString>

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

    bool isNull() const noexcept { return displayColumn.isEmpty(); }
    //! False for one that the foreign key is to complete.
    bool isComplete() const noexcept { return !isNull() && !table.isEmpty() && !keyColumn.isEmpty(); }

    QString table;
    QString keyColumn;
    QString displayColumn;
    QString schema; //!< empty: the default schema of the connection

    friend bool operator==(const TableRelation &, const TableRelation &) = default;
};

} // namespace QAsyncMySql
