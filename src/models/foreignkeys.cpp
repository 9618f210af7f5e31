// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/foreignkeys.h"

#include <QtCore/QSet>

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

//! A foreign key: columns of the table, and what they are in the other one.
class ForeignKey
{
public:
    QString schema;
    QString table;
    QStringList columns;
    QStringList keys;
    QString display;

    //! As a relation of its column \a place.
    TableRelation relation(qsizetype place) const
    {
        TableRelation relation(table, keys.at(place), display, schema);
        for (qsizetype i = 0; i < columns.size(); ++i) {
            if (i != place)
                relation.with(columns.at(i), keys.at(i));
        }
        return relation;
    }
};

// What people know a row by: a name, or else the first short text that is no part of the key.
QString bestDisplay(const QStringList &texts, const QStringList &keys)
{
    QString first;
    for (const QString &text : texts) {
        if (keys.contains(text))
            continue;
        for (const auto name : {QLatin1String("name"), QLatin1String("title"), QLatin1String("label")}) {
            if (text.compare(name, Qt::CaseInsensitive) == 0)
                return text;
        }
        if (first.isEmpty())
            first = text;
    }
    return first;
}

// Each row has a column of a key, and one of the texts of the other table, or NULL.
QList<ForeignKey> foreignKeysOf(const ResultSet &rows)
{
    QList<ForeignKey> all;
    for (qsizetype first = 0, last = 0; first < rows.size(); first = last) {
        ForeignKey key;
        QStringList texts;
        for (last = first; last < rows.size() && rows.at(last).raw(0) == rows.at(first).raw(0); ++last) {
            const Row row = rows.at(last);
            key.schema = row.get<QString>(2);
            key.table = row.get<QString>(3);
            const QString column = row.get<QString>(1);
            if (!key.columns.contains(column)) {
                key.columns.append(column);
                key.keys.append(row.get<QString>(4));
            }
            const QString text = row.get<QString>(5);
            if (!text.isEmpty() && !texts.contains(text))
                texts.append(text);
        }
        key.display = bestDisplay(texts, key.keys);
        all.append(key);
    }
    std::stable_sort(all.begin(), all.end(), [](const ForeignKey &a, const ForeignKey &b) {
        return a.columns.size() < b.columns.size();
    });
    return all;
}

} // namespace

SqlFragment foreignKeysQuery(const QString &schema, const QString &table)
{
    SqlFragment query;
    query << u"SELECT k.constraint_name, k.column_name, k.referenced_table_schema, k.referenced_table_name, "
             u"k.referenced_column_name, c.column_name FROM information_schema.key_column_usage k "
             u"LEFT JOIN information_schema.columns c ON c.table_schema = k.referenced_table_schema "
             u"AND c.table_name = k.referenced_table_name AND c.data_type IN ('char', 'varchar', 'tinytext') "
             u"WHERE k.table_schema = COALESCE("
          << bound(schema.isEmpty() ? Parameter() : Parameter(schema)) << u", DATABASE()) AND k.table_name = "
          << bound(table)
          << u" AND k.referenced_table_name IS NOT NULL "
             u"ORDER BY k.constraint_name, k.ordinal_position, c.ordinal_position";
    return query;
}

TableRelation relationOf(const QString &column, const ResultSet &foreignKeys)
{
    for (const ForeignKey &key : foreignKeysOf(foreignKeys)) {
        for (qsizetype i = 0; i < key.columns.size(); ++i) {
            if (key.columns.at(i).compare(column, Qt::CaseInsensitive) == 0)
                return key.relation(i);
        }
    }
    return TableRelation();
}

QList<std::pair<QString, TableRelation>> relationsOf(const ResultSet &foreignKeys)
{
    QList<std::pair<QString, TableRelation>> relations;
    QSet<QString> taken;
    for (const ForeignKey &key : foreignKeysOf(foreignKeys)) {
        if (key.display.isEmpty())
            continue;
        for (qsizetype i = key.columns.size() - 1; i >= 0; --i) {
            const QString &column = key.columns.at(i);
            if (taken.contains(column))
                continue;
            taken.insert(column);
            relations.append({column, key.relation(i)});
            break;
        }
    }
    return relations;
}

} // namespace QAsyncMySql::Internal
