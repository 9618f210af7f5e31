// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/roworder.h"

#include <QAsyncMySql/valuedecoder.h>

namespace QAsyncMySql::Internal {

namespace {

// Four bytes a character make at most 1,020, which is within the default of max_sort_length.
constexpr qint64 SortedCharacters = 255;

} // namespace

Parameter parameterOf(const Cell &cell)
{
    if (cell.isNull())
        return Parameter();
    const Column &column = cell.column();
    switch (column.type()) {
    case ColumnType::Tiny:
    case ColumnType::Short:
    case ColumnType::Long:
    case ColumnType::Int24:
    case ColumnType::LongLong:
    case ColumnType::Year:
        if (cell.isUnsigned())
            return Parameter(cell.as<quint64>().valueOr(0));
        return Parameter(cell.as<qint64>().valueOr(0));
    case ColumnType::Bit:
        return Parameter(cell.as<quint64>().valueOr(0));
    case ColumnType::Float:
    case ColumnType::Double:
        return Parameter(cell.as<double>().valueOr(0));
    default:
        break;
    }
    if (column.isBinary() && !column.isNumeric() && column.type() != ColumnType::Date
        && column.type() != ColumnType::DateTime && column.type() != ColumnType::Timestamp
        && column.type() != ColumnType::Time && column.type() != ColumnType::NewDate)
        return Parameter(cell.bytes().toByteArray());
    return Parameter::fromUtf8(cell.toText());
}

Result<RowOrder> RowOrder::make(const TableSchema &schema, int sortColumn, Qt::SortOrder order,
                                const QStringList &key)
{
    RowOrder rows;
    QStringList names = schema.quotedColumns();
    rows.m_width = int(names.size());
    QString sorted;
    if (sortColumn >= 0 && sortColumn < schema.columns.size()) {
        sorted = schema.columns.at(sortColumn).name;
        const Result<void> added = rows.append(schema, sorted, order == Qt::DescendingOrder);
        if (!added)
            return added.error();
    }
    for (const QString &column : key) {
        if (column.compare(sorted, Qt::CaseInsensitive) == 0)
            continue;
        // The key follows the column that is sorted by, so that one index serves both ways.
        const Result<void> added
            = rows.append(schema, column, !sorted.isEmpty() && order == Qt::DescendingOrder);
        if (!added)
            return added.error();
    }
    for (Term &term : rows.m_terms) {
        if (term.column < 0) {
            term.column = int(names.size());
            names.append(term.value);
        }
    }
    rows.m_selectList = names.join(QLatin1String(", "));
    return rows;
}

Result<void> RowOrder::append(const TableSchema &schema, const QString &column, bool descending)
{
    const int place = schema.indexOf(column);
    if (place < 0) {
        return Error(
            Error::Kind::Usage,
            QStringLiteral("The table %1 has no column \"%2\" to sort by.").arg(schema.table, column));
    }
    const TableColumn &definition = schema.columns.at(place);
    if (definition.isSpatial()) {
        return Error(Error::Kind::Usage,
                     QStringLiteral("The column \"%1\" has the type %2, which has no order to sort by.")
                         .arg(column, definition.dataType));
    }
    Term term;
    term.descending = descending;
    term.nullable = definition.nullable;
    term.integer = definition.isInteger();
    const QString name = schema.quotedColumn(definition.name);
    term.expression = term.value = name;
    term.column = place;
    if (definition.dataType == QLatin1String("float")) {
        term.value = name + QLatin1String(" + 0e0");
        term.column = -1;
    } else if (definition.dataType == QLatin1String("enum") || definition.dataType == QLatin1String("set")) {
        term.expression = term.value = name + QLatin1String(" + 0");
        term.column = -1;
    } else if (definition.dataType == QLatin1String("json")) {
        term.expression = term.value = QStringLiteral("CAST(%1 AS CHAR(%2))").arg(name).arg(SortedCharacters);
        term.column = -1;
    } else if ((definition.isText() || definition.isBinary())
               && definition.maximumLength > SortedCharacters) {
        term.expression = term.value = QStringLiteral("LEFT(%1, %2)").arg(name).arg(SortedCharacters);
        term.column = -1;
    }
    m_terms.append(term);
    return {};
}

QString RowOrder::placeList() const
{
    QStringList values;
    for (const Term &term : m_terms)
        values.append(term.value);
    return values.join(QLatin1String(", "));
}

QString RowOrder::orderBy(bool backwards) const
{
    QStringList terms;
    for (const Term &term : m_terms)
        terms.append(term.expression
                     + (term.descending != backwards ? QLatin1String(" DESC") : QLatin1String("")));
    return terms.isEmpty() ? QString() : QLatin1String(" ORDER BY ") + terms.join(QLatin1String(", "));
}

// (a > 1) OR (a = 1 AND ((b > 2) OR …)), which servers can find in an index, unlike (a, b) > (1, 2). NULL
// sorts before all values.
SqlFragment RowOrder::beyond(const Place &place, bool backwards, bool inclusive) const
{
    SqlFragment condition;
    for (qsizetype i = m_terms.size(); i-- > 0;) {
        const Term &term = m_terms.at(i);
        const Parameter &value = place.at(i);
        const bool down = term.descending != backwards;
        const bool last = i == m_terms.size() - 1;
        SqlFragment strict;
        SqlFragment equal;
        const QLatin1String sign(last && inclusive ? (down ? " <= " : " >= ") : (down ? " < " : " > "));
        if (value.isNull()) {
            equal << term.expression << u" IS NULL";
            if (!down)
                strict << (last && inclusive ? QStringLiteral("TRUE")
                                             : term.expression + QLatin1String(" IS NOT NULL"));
            else
                strict << (last && inclusive ? term.expression + QLatin1String(" IS NULL")
                                             : QStringLiteral("FALSE"));
        } else {
            equal << term.expression << u" = " << bound(value);
            strict << term.expression << QString(sign) << bound(value);
            if (down && term.nullable)
                strict << u" OR " << term.expression << u" IS NULL";
        }
        if (last) {
            condition = strict;
            continue;
        }
        SqlFragment both;
        both << u"(" << strict << u") OR (" << equal << u" AND (" << condition << u"))";
        // Said once more as one range, which the servers find where they do not see it in the rest.
        if (!value.isNull() && !(down && term.nullable)) {
            SqlFragment range;
            range << term.expression << (down ? QStringView(u" <= ") : QStringView(u" >= ")) << bound(value);
            both = range && both;
        }
        condition = both;
    }
    return condition;
}

RowOrder::Place RowOrder::valuesOf(const Row &row, bool alone) const
{
    Place place;
    for (qsizetype i = 0; i < m_terms.size(); ++i)
        place.append(parameterOf(row.cell(alone ? int(i) : m_terms.at(i).column)));
    return place;
}

bool RowOrder::canInterpolate() const
{
    return !m_terms.isEmpty() && m_terms.first().integer && !m_terms.first().nullable;
}

SqlFragment RowOrder::beyondGuess(const Place &first, const Place &last, double part) const
{
    const auto number = [](const Parameter &value) {
        return value.kind() == Parameter::Kind::Unsigned ? static_cast<long double>(value.unsignedInteger())
                                                         : static_cast<long double>(value.signedInteger());
    };
    const long double from = number(first.first());
    const long double to = number(last.first());
    const long double guess = from + (to - from) * static_cast<long double>(qBound(0.0, part, 1.0));
    const Term &term = m_terms.first();
    SqlFragment condition;
    condition << term.expression << (term.descending ? QStringView(u" <= ") : QStringView(u" >= "));
    if (guess < 0)
        condition << bound(qint64(guess));
    else
        condition << bound(quint64(guess));
    return condition;
}

} // namespace QAsyncMySql::Internal
