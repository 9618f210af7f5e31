// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/expressions/clauses.h"

#include "sql/expressions/token.h"

namespace QAsyncMySql::Sql::Internal {

namespace {

// Bytes that the columns of a select mostly take.
constexpr qsizetype UsualFields = 160;

} // namespace

void appendListItem(Fragment &list, const Fragment &item)
{
    if (!list.isEmpty())
        list.append(", ");
    list.append(item);
}

void appendArguments(Fragment &to, std::initializer_list<Operand> arguments)
{
    std::string_view separator;
    for (const Operand &argument : arguments) {
        to.append(separator);
        argument.appendTo(to);
        separator = ", ";
    }
}

void appendField(Fragment &list, const Operand &field, std::string_view alias)
{
    if (!list.isEmpty())
        list.append(", ");
    else
        list.reserve(UsualFields);
    field.appendTo(list);
    if (!alias.empty())
        list.append(" AS ").appendName(alias);
}

void appendClause(Fragment &to, std::string_view name, const Fragment &clause)
{
    if (!clause.isEmpty())
        to.append(name).append(clause);
}

void appendJoin(Fragment &source, SelectBuilder::Join kind, const Fragment &table, const Fragment &on)
{
    static constexpr std::string_view Names[] = {" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " CROSS JOIN "};
    source.append(Names[int(kind)]).append(table);
    appendClause(source, " ON ", on);
}

void conjoin(Fragment &condition, Condition &&other)
{
    condition = binary(Operand(std::move(condition)), " AND ", Precedence::And, std::move(other).operand());
}

Fragment withValuesFunction(const Fragment &updates)
{
    QByteArray code = updates.code();
    const char begin[] = {TokenMark, char(Token::InsertedBegin)};
    const char end[] = {TokenMark, char(Token::InsertedEnd)};
    code.replace(QByteArrayView(begin, 2), "VALUES(");
    code.replace(QByteArrayView(end, 2), ")");
    return Fragment(code, updates.parameters(), updates.precedence());
}

} // namespace QAsyncMySql::Sql::Internal
