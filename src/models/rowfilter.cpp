// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/rowfilter.h>

#include <QAsyncMySql/sql.h>

namespace QAsyncMySql {

class RowFilterData : public QSharedData
{
public:
    enum class Kind : quint8
    {
        Comparison,
        And,
        Or,
        Not
    };
    Kind kind = Kind::Comparison;
    RowFilter::Operator comparison = RowFilter::Equal;
    QString column;
    Parameter value;
    RowFilter left;
    RowFilter right;
};

namespace {

const char *symbolOf(RowFilter::Operator comparison)
{
    switch (comparison) {
    case RowFilter::Equal:
        return "=";
    case RowFilter::NotEqual:
        return "<=>"; // and NOT before it
    case RowFilter::Less:
        return "<";
    case RowFilter::LessOrEqual:
        return "<=";
    case RowFilter::Greater:
        return ">";
    case RowFilter::GreaterOrEqual:
        return ">=";
    case RowFilter::Like:
        return "LIKE";
    case RowFilter::NotLike:
        return "NOT LIKE";
    case RowFilter::In:
        return "IN";
    case RowFilter::NotIn:
        return "NOT IN";
    case RowFilter::IsNull:
        return "IS NULL";
    case RowFilter::IsNotNull:
        return "IS NOT NULL";
    }
    Q_UNREACHABLE();
}

QString pattern(QStringView before, QAnyStringView text, QStringView after)
{
    return before + escapeLike(text) + after;
}

Result<QString> comparisonSql(const RowFilterData &data, Parameters &parameters)
{
    const Result<QString> column = quoteIdentifier(data.column);
    if (!column)
        return column.error().withContext(QStringLiteral("The filter's column"));
    if (!data.value.isValid())
        return data.value.error().withContext(
            QStringLiteral("The filter's value for \"%1\"").arg(data.column));
    RowFilter::Operator comparison = data.comparison;
    if (data.value.isNull() && comparison == RowFilter::Equal)
        comparison = RowFilter::IsNull;
    else if (data.value.isNull() && comparison == RowFilter::NotEqual)
        comparison = RowFilter::IsNotNull;
    const QString start = *column + QLatin1Char(' ') + QLatin1String(symbolOf(comparison));
    if (comparison == RowFilter::IsNull || comparison == RowFilter::IsNotNull)
        return start;
    parameters.append(data.value);
    switch (comparison) {
    case RowFilter::NotEqual:
        return QString(QLatin1String("NOT (") + start + QLatin1String(" ?)"));
    case RowFilter::Like:
    case RowFilter::NotLike:
        return QString(start + QLatin1String(" ? ESCAPE '!'"));
    case RowFilter::In:
    case RowFilter::NotIn:
        return QString(start + QLatin1String(" (?)"));
    default:
        return QString(start + QLatin1String(" ?"));
    }
}

} // namespace

RowFilter::RowFilter() noexcept = default;
RowFilter::RowFilter(const RowFilter &other) noexcept = default;
RowFilter::RowFilter(RowFilter &&other) noexcept = default;
RowFilter &RowFilter::operator=(const RowFilter &other) noexcept = default;
RowFilter &RowFilter::operator=(RowFilter &&other) noexcept = default;
RowFilter::~RowFilter() = default;

RowFilter::RowFilter(RowFilterData *data)
    : d(data)
{
}

RowFilter::RowFilter(QAnyStringView column, Operator comparison, const Parameter &value)
    : d(new RowFilterData)
{
    d->column = column.toString();
    d->comparison = comparison;
    d->value = value;
}

RowFilter RowFilter::contains(QAnyStringView column, QAnyStringView text)
{
    return RowFilter(column, Like, pattern(u"%", text, u"%"));
}

RowFilter RowFilter::startsWith(QAnyStringView column, QAnyStringView text)
{
    return RowFilter(column, Like, pattern(u"", text, u"%"));
}

RowFilter RowFilter::endsWith(QAnyStringView column, QAnyStringView text)
{
    return RowFilter(column, Like, pattern(u"%", text, u""));
}

RowFilter RowFilter::between(QAnyStringView column, const Parameter &from, const Parameter &to)
{
    return RowFilter(column, GreaterOrEqual, from) && RowFilter(column, LessOrEqual, to);
}

RowFilter RowFilter::search(const QStringList &columns, QAnyStringView text)
{
    RowFilter all;
    for (const QString &column : columns)
        all = all.isEmpty() ? contains(column, text) : all || contains(column, text);
    return all;
}

RowFilter operator&&(const RowFilter &a, const RowFilter &b)
{
    if (a.isEmpty() || b.isEmpty())
        return a.isEmpty() ? b : a;
    auto *data = new RowFilterData;
    data->kind = RowFilterData::Kind::And;
    data->left = a;
    data->right = b;
    return RowFilter(data);
}

RowFilter operator||(const RowFilter &a, const RowFilter &b)
{
    if (a.isEmpty() || b.isEmpty())
        return RowFilter(); // what lets all rows pass lets all pass
    auto *data = new RowFilterData;
    data->kind = RowFilterData::Kind::Or;
    data->left = a;
    data->right = b;
    return RowFilter(data);
}

RowFilter operator!(const RowFilter &a)
{
    auto *data = new RowFilterData;
    data->kind = RowFilterData::Kind::Not;
    data->left = a;
    return RowFilter(data);
}

bool operator==(const RowFilter &a, const RowFilter &b)
{
    if (a.d == b.d)
        return true;
    if (!a.d || !b.d)
        return false;
    return a.d->kind == b.d->kind && a.d->comparison == b.d->comparison && a.d->column == b.d->column
        && a.d->value == b.d->value && a.d->left == b.d->left && a.d->right == b.d->right;
}

Result<QString> RowFilter::toSql(Parameters &parameters) const
{
    if (!d)
        return QString();
    if (d->kind == RowFilterData::Kind::Comparison)
        return comparisonSql(*d, parameters);
    const Result<QString> left = d->left.toSql(parameters);
    if (!left)
        return left.error();
    if (d->kind == RowFilterData::Kind::Not) {
        // NULL counts as false.
        return left->isEmpty() ? QStringLiteral("FALSE")
                               : QString(QLatin1String("NOT COALESCE(") + *left + QLatin1String(", FALSE)"));
    }
    const Result<QString> right = d->right.toSql(parameters);
    if (!right)
        return right.error();
    const QLatin1String word(d->kind == RowFilterData::Kind::And ? ") AND (" : ") OR (");
    return QString(QLatin1Char('(') + *left + word + *right + QLatin1Char(')'));
}

} // namespace QAsyncMySql
