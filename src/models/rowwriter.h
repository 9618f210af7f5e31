// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/rowedit.h"
#include "models/tableschema.h"

namespace QAsyncMySql::Internal {

//! The statements that write a row of a table, and read it again.
class RowWriter
{
public:
    /*! \a columns are those of \a schema as results describe them; \a selectList is what is read of a row:
        they, and perhaps more behind them. */
    RowWriter(const TableSchema &schema, const QString &selectList, const QStringList &key,
              const QList<Column> &columns);

    TableModel::Locking locking = TableModel::Locking::EditedColumns;
    int versionColumn = -1;

    //! UPDATE, INSERT or DELETE. An Error for a value that cannot be sent.
    Result<SqlFragment> write(const RowEdit &edit) const;
    //! The row as it is now: by the key that it has once \a edit was written, or has had before.
    SqlFragment readBack(const RowEdit &edit, bool written, quint64 lastInsertId) const;
    /*! Whether the key of a new row is known after it was written. */
    bool knowsKeyOf(const RowEdit &edit, quint64 lastInsertId) const;
    //! The key of \a row, for looking it up.
    QByteArray keyOf(const Row &row) const;

private:
    SqlFragment keyCondition(const RowEdit &edit, bool written, quint64 lastInsertId) const;
    SqlFragment lockCondition(const RowEdit &edit) const;
    SqlFragment unchanged(const Row &base, int column) const;

    TableSchema m_schema;
    QString m_selectList;
    QList<Column> m_columns;
    QList<int> m_key;
};

//! The bytes of \a columns in \a row, for looking it up.
QByteArray keyBytes(const Row &row, const QList<int> &columns);
//! The rows that an UPDATE has found, changed or not.
quint64 matchedRows(const ResultSet &result);

} // namespace QAsyncMySql::Internal
