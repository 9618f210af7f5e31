// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/tableschema.h"

#include <QAsyncMySql/sql.h>

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

SqlFragment schemaQuery(QStringView columns, QStringView table, const QString &schema, const QString &name,
                        QStringView order)
{
    SqlFragment query;
    query << u"SELECT " << columns << u" FROM information_schema." << table << u" WHERE table_schema = ";
    if (schema.isEmpty())
        query << u"DATABASE()";
    else
        query << bound(schema);
    query << u" AND table_name = " << bound(name) << order;
    return query;
}

// The words of "enum('a','it''s')".
QStringList choicesOf(const QString &typeText)
{
    QStringList choices;
    qsizetype at = typeText.indexOf(QLatin1Char('('));
    while (at >= 0 && (at = typeText.indexOf(QLatin1Char('\''), at)) >= 0) {
        QString choice;
        for (++at; at < typeText.size(); ++at) {
            if (typeText.at(at) == QLatin1Char('\'')) {
                if (at + 1 >= typeText.size() || typeText.at(at + 1) != QLatin1Char('\''))
                    break;
                ++at;
            }
            choice += typeText.at(at);
        }
        choices.append(choice);
        ++at;
    }
    return choices;
}

} // namespace

QString quoted(const QString &name)
{
    return quoteIdentifier(name).valueOr(QStringLiteral("``"));
}

bool TableColumn::isInteger() const
{
    return dataType.endsWith(QLatin1String("int")) && dataType != QLatin1String("point");
}

bool TableColumn::isBinary() const
{
    return dataType.endsWith(QLatin1String("blob")) || dataType.endsWith(QLatin1String("binary"));
}

bool TableColumn::isText() const
{
    return dataType.endsWith(QLatin1String("char")) || dataType.endsWith(QLatin1String("text"));
}

bool TableColumn::isSpatial() const
{
    static const QStringList types = {QStringLiteral("geometry"),       QStringLiteral("point"),
                                      QStringLiteral("linestring"),     QStringLiteral("polygon"),
                                      QStringLiteral("multipoint"),     QStringLiteral("multilinestring"),
                                      QStringLiteral("multipolygon"),   QStringLiteral("geometrycollection"),
                                      QStringLiteral("geomcollection"), QStringLiteral("vector")};
    return types.contains(dataType);
}

SqlFragment TableSchema::columnsQuery(const QString &schema, const QString &table)
{
    return schemaQuery(u"column_name, data_type, column_type, is_nullable, character_maximum_length, "
                       u"numeric_precision, numeric_scale, column_default, extra, generation_expression, "
                       u"table_schema, table_name",
                       u"columns", schema, table, u" ORDER BY ordinal_position");
}

SqlFragment TableSchema::indexesQuery(const QString &schema, const QString &table)
{
    return schemaQuery(u"index_name, non_unique, column_name, sub_part, index_type", u"statistics", schema,
                       table, u" ORDER BY index_name, seq_in_index");
}

SqlFragment TableSchema::tableQuery(const QString &schema, const QString &table)
{
    return schemaQuery(u"table_type, table_rows", u"tables", schema, table, u"");
}

void TableSchema::readColumns(const ResultSet &result)
{
    columns.clear();
    for (const Row &row : result) {
        TableColumn column;
        column.name = row.get<QString>(0);
        column.dataType = row.get<QString>(1).toLower();
        column.typeText = row.get<QString>(2).toLower();
        column.nullable = row.get<QString>(3) == QLatin1String("YES");
        if (!row.isNull(4))
            column.maximumLength = qint64(qMin(row.get<quint64>(4), quint64(1) << 40));
        if (!row.isNull(5))
            column.precision = int(row.get<qint64>(5));
        if (!row.isNull(6))
            column.scale = int(row.get<qint64>(6));
        column.hasDefault = !row.isNull(7);
        column.defaultText = row.get<QString>(7);
        const QString extra = row.get<QString>(8).toLower();
        column.autoIncrement = extra.contains(QLatin1String("auto_increment"));
        column.generated = !row.get<QString>(9).isEmpty();
        if (column.dataType == QLatin1String("enum") || column.dataType == QLatin1String("set"))
            column.choices = choicesOf(row.get<QString>(2));
        columns.append(column);
        schema = row.get<QString>(10);
        table = row.get<QString>(11);
    }
}

void TableSchema::readIndexes(const ResultSet &result)
{
    indexes.clear();
    for (const Row &row : result) {
        const QString name = row.get<QString>(0);
        if (indexes.isEmpty() || indexes.last().name != name) {
            TableIndex index;
            index.name = name;
            index.unique = row.get<int>(1) == 0;
            index.ordered = row.get<QString>(4).compare(QLatin1String("BTREE"), Qt::CaseInsensitive) == 0;
            indexes.append(index);
        }
        TableIndex &index = indexes.last();
        if (row.isNull(2)) {
            index.complete = false; // an expression
        } else {
            index.columns.append(row.get<QString>(2));
            index.complete = index.complete && row.isNull(3);
        }
    }
}

void TableSchema::readTable(const ResultSet &result)
{
    if (result.isEmpty())
        return;
    isView = result.at(0).get<QString>(0).contains(QLatin1String("VIEW"));
    estimatedRows = result.at(0).isNull(1) ? -1 : result.at(0).get<qint64>(1);
}

int TableSchema::indexOf(const QString &column) const
{
    for (int i = 0; i < int(columns.size()); ++i) {
        if (columns.at(i).name.compare(column, Qt::CaseInsensitive) == 0)
            return i;
    }
    return -1;
}

QString quotedTable(const QString &schema, const QString &table)
{
    return schema.isEmpty() ? quoted(table) : quoted(schema) + QLatin1Char('.') + quoted(table);
}

QString TableSchema::quotedName() const
{
    return quotedTable(schema, table);
}

QString TableSchema::quotedColumn(const QString &column) const
{
    return quoted(table) + QLatin1Char('.') + quoted(column);
}

QStringList TableSchema::quotedColumns() const
{
    QStringList names;
    names.reserve(columns.size());
    for (const TableColumn &column : columns)
        names.append(quotedColumn(column.name));
    return names;
}

QStringList TableSchema::findKey() const
{
    const TableIndex *best = nullptr;
    int bestCost = 0;
    for (const TableIndex &index : indexes) {
        if (!index.unique || !index.complete || !index.ordered)
            continue;
        int cost = index.name == QLatin1String("PRIMARY") ? 0 : 10;
        bool usable = true;
        for (const QString &name : index.columns) {
            const int place = indexOf(name);
            usable = usable && place >= 0 && !columns.at(place).nullable && !columns.at(place).isSpatial();
            cost += usable && columns.at(place).isInteger() ? 1 : 2;
        }
        if (usable && (!best || cost < bestCost)) {
            best = &index;
            bestCost = cost;
        }
    }
    return best ? best->columns : QStringList();
}

bool TableSchema::isOrderedBy(const QString &column) const
{
    return std::any_of(indexes.begin(), indexes.end(), [&column](const TableIndex &index) {
        return index.ordered && index.complete && !index.columns.isEmpty()
            && index.columns.first().compare(column, Qt::CaseInsensitive) == 0;
    });
}

} // namespace QAsyncMySql::Internal
