// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QByteArrayView>
#include <QtCore/QList>
#include <QtCore/QString>

namespace QAsyncMySql::Internal {

/*!
    The tables that a SELECT reads its columns from, as its text names them.

    What servers say of the origin of a column is not enough to write to it: a column of a view or of a
   derived table may come with the name of a table and column that it is not from (MySQL 9 names the table
   below, and the column by its alias; MariaDB names the derived table, which may be called as a table is). So
   only what the outermost FROM names itself is taken for a table.
*/
class QuerySources
{
public:
    //! A table, or a view: the text does not tell.
    struct Source
    {
        QString alias; // its own name where it has no other
        QString table;
        QString schema; // empty: the default one
    };

    //! Reads \a sql, which is a statement of any kind.
    static QuerySources read(QByteArrayView sql);

    //! Why no row of the result is a row of a table, for people; empty if they may be.
    const QString &reason() const noexcept { return m_reason; }
    const QList<Source> &sources() const noexcept { return m_sources; }
    //! Whether columns that are said to be of \a table in \a schema, called \a alias in the statement, are.
    bool has(const QString &alias, const QString &table, const QString &schema) const;
    //! A row of a table may be in several rows of the result.
    bool isJoin() const noexcept { return m_parts > 1; }

private:
    QString m_reason;
    QList<Source> m_sources;
    int m_parts = 0; // with derived tables and the like

    friend class FromReader;
};

} // namespace QAsyncMySql::Internal
