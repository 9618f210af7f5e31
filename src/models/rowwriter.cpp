// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/rowwriter.h"

#include "models/roworder.h"

#include <QtCore/QtEndian>

#include <algorithm>

namespace QAsyncMySql::Internal {

RowWriter::RowWriter(const TableSchema &schema, const QString &selectList, const QStringList &key,
                     const QList<Column> &columns)
    : m_schema(schema)
    , m_selectList(selectList)
    , m_columns(columns)
{
    for (const QString &column : key)
        m_key.append(schema.indexOf(column));
}

QByteArray RowWriter::keyOf(const Row &row) const
{
    return keyBytes(row, m_key);
}

QByteArray keyBytes(const Row &row, const QList<int> &columns)
{
    QByteArray key;
    for (const int column : columns) {
        const QByteArrayView bytes = row.raw(column);
        const auto size = quint32(bytes.size());
        key.append(reinterpret_cast<const char *>(&size), sizeof(size)).append(bytes.data(), bytes.size());
    }
    return key;
}

Result<SqlFragment> RowWriter::write(const RowEdit &edit) const
{
    SqlFragment statement;
    if (edit.removed) {
        statement << u"DELETE FROM " << m_schema.quotedName() << u" WHERE "
                  << (keyCondition(edit, false, 0) && lockCondition(edit));
        return statement;
    }
    QList<int> columns = edit.values.keys();
    std::sort(columns.begin(), columns.end());
    QStringList names;
    SqlFragment list;
    for (const int column : std::as_const(columns)) {
        const Parameter value = writtenValue(edit.values.value(column), m_columns.at(column));
        if (!value.isValid())
            return value.error().withContext(m_columns.at(column).name());
        names.append(quoted(m_schema.columns.at(column).name));
        if (!list.isEmpty())
            list << u", ";
        if (!edit.isUnwritten())
            list << names.last() << u" = ";
        list << bound(value);
    }
    if (edit.isUnwritten()) {
        statement << u"INSERT INTO " << m_schema.quotedName() << u" (" << names.join(QLatin1String(", "))
                  << u") VALUES (" << list << u")";
        return statement;
    }
    statement << u"UPDATE " << m_schema.quotedName() << u" SET " << list << u" WHERE "
              << (keyCondition(edit, false, 0) && lockCondition(edit));
    return statement;
}

bool RowWriter::knowsKeyOf(const RowEdit &edit, quint64 lastInsertId) const
{
    return std::all_of(m_key.begin(), m_key.end(), [this, &edit, lastInsertId](int column) {
        return edit.values.contains(column)
            || (m_schema.columns.at(column).autoIncrement && lastInsertId > 0);
    });
}

SqlFragment RowWriter::readBack(const RowEdit &edit, bool written, quint64 lastInsertId) const
{
    SqlFragment query;
    query << u"SELECT " << m_selectList << u" FROM " << m_schema.quotedName() << u" WHERE "
          << keyCondition(edit, written, lastInsertId);
    return query;
}

SqlFragment RowWriter::keyCondition(const RowEdit &edit, bool written, quint64 lastInsertId) const
{
    SqlFragment condition;
    for (const int column : m_key) {
        Parameter value;
        const TableColumn &definition = m_schema.columns.at(column);
        if (written && edit.values.contains(column))
            value = writtenValue(edit.values.value(column), m_columns.at(column));
        else if (edit.base.isValid())
            value = parameterOf(edit.base.cell(column));
        if (value.isNull() && definition.autoIncrement)
            value = Parameter(lastInsertId);
        SqlFragment equal;
        equal << quoted(definition.name) << u" = " << bound(value);
        condition = condition && equal;
    }
    return condition;
}

// That nobody has changed the row since it was read.
SqlFragment RowWriter::lockCondition(const RowEdit &edit) const
{
    using Locking = TableModel::Locking;
    SqlFragment condition;
    if (locking == Locking::None)
        return condition;
    if (locking == Locking::VersionColumn && versionColumn >= 0)
        return unchanged(edit.base, versionColumn);
    for (int column = 0; column < int(m_schema.columns.size()); ++column) {
        // To delete a row is to edit all of it.
        if (m_schema.columns.at(column).isSpatial()
            || (locking == Locking::EditedColumns && !edit.removed && !edit.values.contains(column)))
            continue;
        condition = condition && unchanged(edit.base, column);
    }
    return condition;
}

// Compared byte by byte, as the server prints the value: by the rules of a collation "a" and "A" may be one,
// and a FLOAT is not equal to the digits that are printed of it.
SqlFragment RowWriter::unchanged(const Row &base, int column) const
{
    const QString name = quoted(m_schema.columns.at(column).name);
    const Cell cell = base.cell(column);
    SqlFragment condition;
    if (cell.isNull()) {
        condition << name << u" IS NULL";
    } else if (m_schema.columns.at(column).isInteger()
               || m_schema.columns.at(column).dataType == QLatin1String("bit")) {
        condition << name << u" = " << bound(parameterOf(cell));
    } else if (m_schema.columns.at(column).isBinary()) {
        condition << name << u" = " << bound(Parameter(cell.bytes().toByteArray()));
    } else {
        condition << u"CAST(CAST(" << name << u" AS CHAR) AS BINARY) = "
                  << bound(Parameter(cell.bytes().toByteArray()));
    }
    return condition;
}

// "Rows matched: 1  Changed: 0  Warnings: 0"; affectedRows() counts what has changed only.
quint64 matchedRows(const ResultSet &result)
{
    const QString info = result.info();
    const QLatin1String label("Rows matched: ");
    if (!info.startsWith(label))
        return result.affectedRows();
    const QString rest = info.mid(label.size());
    return rest.left(rest.indexOf(QLatin1Char(' '))).toULongLong();
}

} // namespace QAsyncMySql::Internal
