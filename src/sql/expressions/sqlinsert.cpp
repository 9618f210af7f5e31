// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/sqlinsert.h>

#include "sql/expressions/clauses.h"
#include "sql/expressions/token.h"

namespace QAsyncMySql::Sql::Internal {

namespace {

// Bytes that a column and its value mostly take, and all the rest.
constexpr qsizetype UsualColumn = 20;
constexpr qsizetype UsualRest = 64;

} // namespace

class InsertData : public QSharedData
{
public:
    Fragment table;
    Fragment columns;
    Fragment rows; // "(?, ?), (?, ?"; the last parenthesis is open
    Fragment source;
    Fragment updates;
    Fragment returning;
    InsertBuilder::Verb verb = InsertBuilder::Verb::Insert;
    bool ignore = false;
    bool rowIsEmpty = true;
};

InsertBuilder::InsertBuilder(Verb verb, const Fragment &table)
    : d(new InsertData)
{
    d->table = table;
    d->verb = verb;
}
InsertBuilder::InsertBuilder(const InsertBuilder &other) = default;
InsertBuilder::InsertBuilder(InsertBuilder &&other) noexcept = default;
InsertBuilder &InsertBuilder::operator=(const InsertBuilder &other) = default;
InsertBuilder &InsertBuilder::operator=(InsertBuilder &&other) noexcept = default;
InsertBuilder::~InsertBuilder() = default;

void InsertBuilder::setIgnore()
{
    d->ignore = true;
}

void InsertBuilder::reserve(qsizetype columns)
{
    d->columns.reserve(columns * UsualColumn);
    d->rows.reserve(columns * 3 + 1, columns);
}

void InsertBuilder::addColumn(std::string_view column)
{
    if (!d->columns.isEmpty())
        d->columns.append(", ");
    d->columns.appendName(column);
}

void InsertBuilder::beginRow()
{
    d->rows.append(d->rows.isEmpty() ? "(" : "), (");
    d->rowIsEmpty = true;
}

void InsertBuilder::addValue(const Operand &value)
{
    if (!d->rowIsEmpty)
        d->rows.append(", ");
    d->rowIsEmpty = false;
    value.appendTo(d->rows);
}

void InsertBuilder::setSource(const Fragment &select)
{
    d->source = select;
}

void InsertBuilder::addUpdate(std::string_view column, const Operand &value)
{
    if (!d->updates.isEmpty())
        d->updates.append(", ");
    d->updates.appendName(column).append(" = ");
    value.appendTo(d->updates);
}

void InsertBuilder::addReturning(const Operand &field, std::string_view alias)
{
    appendField(d->returning, field, alias);
}

Fragment InsertBuilder::toFragment() const
{
    Fragment insert;
    insert.reserve(UsualRest + d->columns.code().size() + d->rows.code().size() + d->source.code().size()
                   + d->updates.code().size() + d->returning.code().size());
    insert.append(d->verb == Verb::Insert ? "INSERT " : "REPLACE ");
    if (d->ignore)
        insert.append("IGNORE ");
    insert.append("INTO ").append(d->table).append(" (").append(d->columns).append(") ");
    if (!d->source.isEmpty()) {
        insert.append(d->source);
    } else {
        insert.append("VALUES ").append(d->rows).append(")");
        if (d->rows.isEmpty())
            insert.fail(
                QStringLiteral("the insert has no rows; leave out the statement where there are none"));
    }
    if (!d->updates.isEmpty()) {
        // The alias stands behind VALUES only; a select has none, and VALUES() on all servers.
        if (d->source.isEmpty())
            insert.append(Token::InsertAlias).append(" ON DUPLICATE KEY UPDATE ").append(d->updates);
        else
            insert.append(" ON DUPLICATE KEY UPDATE ").append(withValuesFunction(d->updates));
    }
    if (!d->returning.isEmpty())
        insert.append(Token::InsertReturning).append(" RETURNING ").append(d->returning);
    return insert;
}

Fragment insertedValue(std::string_view column)
{
    Fragment value;
    return value.append(Token::InsertedBegin).appendName(column).append(Token::InsertedEnd);
}

} // namespace QAsyncMySql::Sql::Internal
