// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/rowfilter.h>

#include <QAsyncMySql/sql.h>
#include <QAsyncMySql/sqlstatement.h>

namespace QAsyncMySql {

class RowFilterData : public QSharedData
{
public:
    enum class Kind : quint8
    {
        Comparison,
        Condition, // a typed one
        And,
        Or,
        Not
    };
    Kind kind = Kind::Comparison;
    RowFilter::Operator comparison = RowFilter::Equal;
    QString column;
    Parameter value;
    Sql::Fragment condition;
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

Result<Sql::Fragment> comparisonSql(const RowFilterData &data)
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
    Sql::Fragment sql;
    if (comparison == RowFilter::NotEqual)
        sql.append("NOT (");
    sql.append(Sql::Fragment(column->toUtf8())).append(" ").append(symbolOf(comparison));
    if (comparison == RowFilter::IsNull || comparison == RowFilter::IsNotNull)
        return sql;
    switch (comparison) {
    case RowFilter::NotEqual:
        return sql.append(" ").appendValue(data.value).append(")");
    case RowFilter::Like:
    case RowFilter::NotLike:
        return sql.append(" ").appendValue(data.value).append(" ESCAPE '!'");
    case RowFilter::In:
    case RowFilter::NotIn:
        return sql.append(" (").appendValue(data.value).append(")");
    default:
        return sql.append(" ").appendValue(data.value);
    }
}

Result<Sql::Fragment> checked(const Sql::Fragment &condition)
{
    for (const Parameter &value : condition.parameters()) {
        if (!value.isValid())
            return value.error().withContext(QStringLiteral("The filter's condition"));
    }
    return condition;
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

RowFilterData *RowFilter::conditionData(const Sql::Condition &condition)
{
    if (condition.isEmpty())
        return nullptr;
    auto *data = new RowFilterData;
    data->kind = RowFilterData::Kind::Condition;
    data->condition = condition.fragment();
    return data;
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
        && a.d->value == b.d->value && a.d->condition.code() == b.d->condition.code()
        && a.d->condition.parameters() == b.d->condition.parameters() && a.d->left == b.d->left
        && a.d->right == b.d->right;
}

bool RowFilter::isTyped() const noexcept
{
    return d && (d->kind == RowFilterData::Kind::Condition || d->left.isTyped() || d->right.isTyped());
}

Result<Sql::Fragment> RowFilter::toFragment() const
{
    if (!d)
        return Sql::Fragment();
    if (d->kind == RowFilterData::Kind::Comparison)
        return comparisonSql(*d);
    if (d->kind == RowFilterData::Kind::Condition)
        return checked(d->condition);
    Result<Sql::Fragment> left = d->left.toFragment();
    if (!left)
        return left;
    Sql::Fragment sql;
    if (d->kind == RowFilterData::Kind::Not) {
        // NULL counts as false.
        return left->isEmpty() ? sql.append("FALSE")
                               : sql.append("NOT COALESCE(").append(*left).append(", FALSE)");
    }
    const Result<Sql::Fragment> right = d->right.toFragment();
    if (!right)
        return right.error();
    sql.append("(").append(*left).append(d->kind == RowFilterData::Kind::And ? ") AND (" : ") OR (");
    sql.append(*right).append(")");
    sql.setPrecedence(d->kind == RowFilterData::Kind::And ? Sql::Precedence::And : Sql::Precedence::Or);
    return sql;
}

Result<QString> RowFilter::toSql(Parameters &parameters) const
{
    const Result<Sql::Fragment> sql = toFragment();
    if (!sql)
        return sql.error();
    const SqlStatement statement(*sql);
    if (statement.dependsOnServer()) {
        return Error(
            Error::Kind::Usage,
            QStringLiteral("The filter has a condition that servers write differently; put it into a "
                           "statement by toFragment()."));
    }
    parameters += statement.parameters();
    return statement.text();
}

} // namespace QAsyncMySql
