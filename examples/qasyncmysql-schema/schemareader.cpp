// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "schemareader.h"

#include <algorithm>

using namespace QAsyncMySql;

Reply<ResultSet> requestSchema(Connection &connection)
{
    // MariaDB has no type JSON: it makes a LONGTEXT of it, with a check by the column's name.
    const QString isJson = connection.isMariaDb()
        ? QStringLiteral(
            "EXISTS (SELECT 1 FROM information_schema.check_constraints k WHERE k.constraint_schema = "
            "c.table_schema AND k.table_name = c.table_name AND k.constraint_name = c.column_name AND "
            "k.check_clause LIKE 'json_valid(%')")
        : QStringLiteral("c.data_type = 'json'");
    return connection.execute(QString(
        u"SELECT c.table_name, c.column_name, c.data_type, c.column_type, c.is_nullable = 'YES', " % isJson
        % u" FROM information_schema.columns c WHERE c.table_schema = DATABASE() "
          "ORDER BY c.table_name, c.ordinal_position"));
}

Result<QList<SchemaTable>> readSchema(const ResultSet &rows, const QStringList &only,
                                      const QStringList &except)
{
    QList<SchemaTable> tables;
    for (const Row &row : rows) {
        const QString table = row.get<QString>(0);
        if (except.contains(table) || (!only.isEmpty() && !only.contains(table)))
            continue;
        if (tables.isEmpty() || tables.last().name != table)
            tables.append(SchemaTable{table, {}});
        SchemaColumn column;
        column.name = row.get<QString>(1);
        column.dataType = row.get<QString>(2).toLower();
        column.columnType = row.get<QString>(3).toLower();
        column.nullable = row.get<bool>(4);
        column.isJson = row.get<bool>(5);
        tables.last().columns.append(column);
    }
    // By bytes: servers and collations sort names differently, and the output is to be the same.
    std::stable_sort(tables.begin(), tables.end(), [](const SchemaTable &a, const SchemaTable &b) {
        return a.name.toUtf8() < b.name.toUtf8();
    });
    for (const QString &name : only) {
        const bool found = std::any_of(tables.cbegin(), tables.cend(),
                                       [&name](const SchemaTable &table) { return table.name == name; });
        if (!found)
            return Error(Error::Kind::Usage, QStringLiteral("The schema has no table \"%1\".").arg(name));
    }
    if (tables.isEmpty())
        return Error(Error::Kind::Usage,
                     QStringLiteral("The schema has no tables; does the URL name the right one?"));
    return tables;
}
