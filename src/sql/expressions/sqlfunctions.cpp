// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/sqlfunctions.h>

#include "sql/expressions/token.h"

namespace QAsyncMySql::Sql::Internal {

Fragment castAs(const Operand &operand, std::string_view type)
{
    Fragment fragment;
    fragment.append("CAST(").append(operand, Precedence::Or);
    return fragment.append(" AS ").append(type).append(")");
}

Fragment castAsJson(const Operand &operand)
{
    Fragment fragment;
    fragment.append(Token::JsonCastBegin).append(operand, Precedence::Or);
    return fragment.append(Token::JsonCastEnd);
}

Fragment castAsDouble(const Operand &operand)
{
    Fragment fragment;
    fragment.append("CAST(").append(operand, Precedence::Or);
    return fragment.append(Token::DoubleCast);
}

std::string_view castType(Category category, bool isUnsigned)
{
    switch (category) {
    case Category::Number:
        return isUnsigned ? "UNSIGNED" : "SIGNED";
    case Category::Bytes:
        return "BINARY";
    case Category::Date:
        return "DATE";
    case Category::DateTime:
        return "DATETIME(6)";
    case Category::Time:
        return "TIME(6)";
    default:
        return "CHAR";
    }
}

Fragment callWithNumber(std::string_view name, const Operand &value, int number)
{
    Fragment fragment;
    fragment.append(name).append(value, Precedence::Or).append(", ");
    return fragment.append(Fragment(QByteArray::number(number))).append(")");
}

Fragment interval(std::string_view name, const Operand &date, const Operand &amount, std::string_view unit)
{
    Fragment fragment;
    fragment.append(name)
        .append(date, Precedence::Or)
        .append(", INTERVAL ")
        .append(amount, Precedence::Primary);
    return fragment.append(" ").append(unit).append(")");
}

Fragment timestampDiff(std::string_view unit, const Operand &from, const Operand &to)
{
    Fragment fragment;
    fragment.append("TIMESTAMPDIFF(").append(unit).append(", ").append(from, Precedence::Or);
    return fragment.append(", ").append(to, Precedence::Or).append(")");
}

Fragment collated(const Operand &operand, std::string_view collation)
{
    Fragment fragment = operand.begin(Precedence::Primary);
    fragment.append(" COLLATE ").appendName(collation).setPrecedence(Precedence::Unary);
    return fragment;
}

std::string_view unitName(Unit unit)
{
    static constexpr std::string_view Names[]
        = {"MICROSECOND", "SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR"};
    return Names[int(unit)];
}

} // namespace QAsyncMySql::Sql::Internal
