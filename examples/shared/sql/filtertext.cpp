// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/filtertext.h"

#include <QAsyncMySql/decimal.h>

#include <QtCore/QCoreApplication>

using namespace QAsyncMySql;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("FilterText", text);
}

Error refusal(const QString &why)
{
    return Error(Error::Kind::Usage, why);
}

// A number as such, so that the server need not turn the column into texts to compare.
Result<Parameter> valueOf(const Column &column, const QString &text)
{
    if (!column.isNumeric())
        return Parameter(text);
    const std::optional<Decimal> number = Decimal::fromString(text);
    if (!number)
        return refusal(tr("%1 is not a number.").arg(text));
    return Parameter(*number);
}

Result<RowFilter> compare(const Column &column, RowFilter::Operator comparison, const QString &text)
{
    if (text.isEmpty())
        return refusal(tr("A value is missing."));
    const Result<Parameter> value = valueOf(column, text);
    if (!value)
        return value.error();
    return RowFilter(column.name(), comparison, *value);
}

Result<RowFilter> range(const Column &column, const QString &from, const QString &to)
{
    const Result<Parameter> first = valueOf(column, from);
    const Result<Parameter> last = valueOf(column, to);
    if (!first || !last)
        return first ? last.error() : first.error();
    return RowFilter::between(column.name(), *first, *last);
}

bool isText(const Column &column)
{
    return !column.isNumeric() && column.typeName() != QLatin1String("DATE")
        && !column.typeName().startsWith(QLatin1String("TIME"))
        && column.typeName() != QLatin1String("DATETIME");
}

} // namespace

Result<RowFilter> FilterText::parse(const Column &column, const QString &text)
{
    const QString wanted = text.trimmed();
    if (wanted.isEmpty())
        return RowFilter();
    if (wanted.compare(QLatin1String("NULL"), Qt::CaseInsensitive) == 0)
        return RowFilter(column.name(), RowFilter::IsNull);
    if (wanted.compare(QLatin1String("!NULL"), Qt::CaseInsensitive) == 0)
        return RowFilter(column.name(), RowFilter::IsNotNull);

    // The longer ones first.
    static constexpr std::pair<const char *, RowFilter::Operator> operators[] = {
        {"<>", RowFilter::NotEqual},       {"!=", RowFilter::NotEqual}, {"<=", RowFilter::LessOrEqual},
        {">=", RowFilter::GreaterOrEqual}, {"=", RowFilter::Equal},     {"<", RowFilter::Less},
        {">", RowFilter::Greater},
    };
    for (const auto &[sign, comparison] : operators) {
        if (wanted.startsWith(QLatin1String(sign)))
            return compare(column, comparison, wanted.mid(qsizetype(qstrlen(sign))).trimmed());
    }
    if (wanted.startsWith(QLatin1Char('~')))
        return RowFilter(column.name(), RowFilter::Like, wanted.mid(1).trimmed());
    if (const qsizetype dots = wanted.indexOf(QLatin1String("..")); dots > 0 && dots + 2 < wanted.size())
        return range(column, wanted.left(dots).trimmed(), wanted.mid(dots + 2).trimmed());
    if (isText(column))
        return RowFilter::contains(column.name(), wanted);
    return compare(column, RowFilter::Equal, wanted);
}
