// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/sqlselect.h>

#include "sql/expressions/clauses.h"
#include "sql/expressions/token.h"

namespace QAsyncMySql::Sql::Internal {

class SelectData : public QSharedData
{
public:
    Fragment fields;
    Fragment from; // with the joins
    Fragment where;
    Fragment group;
    Fragment having;
    Fragment order;
    Fragment tables; // of WITH
    Fragment lock;
    Fragment compound; // selects with UNION between them, in the place of the above up to having
    QByteArray hint;
    std::optional<quint64> limit;
    std::optional<quint64> offset;
    bool distinct = false;
    bool rollup = false;
    bool recursive = false;
    bool unionOnly = true; // of the set operations in compound
};

namespace {

std::string_view waitText(LockWait wait)
{
    return wait == LockWait::NoWait ? " NOWAIT" : "";
}

Fragment body(const SelectData &data)
{
    if (!data.compound.isEmpty())
        return data.compound;
    QByteArray code;
    code.reserve(64 + data.fields.code().size() + data.from.code().size() + data.where.code().size()
                 + data.group.code().size() + data.having.code().size() + data.order.code().size());
    Fragment select(std::move(code)); // with its room
    select.append("SELECT ");
    if (!data.hint.isEmpty())
        select.append("/*+ ").append(Fragment(data.hint)).append(" */ ");
    if (data.distinct)
        select.append("DISTINCT ");
    select.append(data.fields);
    appendClause(select, " FROM ", data.from);
    appendClause(select, " WHERE ", data.where);
    appendClause(select, " GROUP BY ", data.group);
    if (data.rollup)
        select.append(" WITH ROLLUP");
    appendClause(select, " HAVING ", data.having);
    return select;
}

bool isPlain(const SelectData &data)
{
    return data.order.isEmpty() && !data.limit && data.lock.isEmpty() && data.tables.isEmpty();
}

// What ORDER BY of a UNION takes: the names of its columns, not those of the tables in it.
Fragment unqualified(const Fragment &order)
{
    const QByteArray &code = order.code();
    if (!code.startsWith('`'))
        return order;
    const qsizetype point = code.indexOf("`.`");
    return point < 0 ? order : Fragment(code.sliced(point + 2), order.parameters(), order.precedence());
}

} // namespace

SelectBuilder::SelectBuilder()
    : d(new SelectData)
{
}
SelectBuilder::SelectBuilder(const SelectBuilder &other) = default;
SelectBuilder::SelectBuilder(SelectBuilder &&other) noexcept = default;
SelectBuilder &SelectBuilder::operator=(const SelectBuilder &other) = default;
SelectBuilder &SelectBuilder::operator=(SelectBuilder &&other) noexcept = default;
SelectBuilder::~SelectBuilder() = default;

void SelectBuilder::addField(const Operand &field, std::string_view alias)
{
    appendField(d->fields, field, alias);
}

void SelectBuilder::setDistinct()
{
    d->distinct = true;
}

void SelectBuilder::setFrom(const Fragment &source)
{
    if (!d->from.isEmpty())
        d->from.fail(QStringLiteral("the select has two from(); the second table is to be joined"));
    else
        d->from = source;
}

void SelectBuilder::addJoin(Join kind, const Fragment &source, const Fragment &on)
{
    if (d->from.isEmpty())
        d->from.fail(QStringLiteral("the select has a join() and no from() before it"));
    appendJoin(d->from, kind, source, on);
}

void SelectBuilder::addWhere(Condition &&condition)
{
    if (!d->compound.isEmpty())
        d->compound.fail(QStringLiteral("where() behind a UNION; make a table of the union with as<>()"));
    conjoin(d->where, std::move(condition));
}

void SelectBuilder::addGroup(const Fragment &expression)
{
    appendListItem(d->group, expression);
}

void SelectBuilder::setRollup()
{
    d->rollup = true;
}

void SelectBuilder::addHaving(Condition &&condition)
{
    conjoin(d->having, std::move(condition));
}

void SelectBuilder::addOrder(const Order &order)
{
    appendListItem(d->order, d->compound.isEmpty() ? order.fragment() : unqualified(order.fragment()));
}

void SelectBuilder::setLimit(quint64 rows)
{
    d->limit = rows;
}

void SelectBuilder::setOffset(quint64 rows)
{
    d->offset = rows;
}

void SelectBuilder::setLock(bool update, LockWait wait, std::string_view of)
{
    Fragment lock;
    if (update)
        lock.append(" FOR UPDATE");
    else
        lock.append(Token::ForShare);
    if (!of.empty())
        lock.append(Token::LockOf).appendName(of);
    if (wait == LockWait::SkipLocked)
        lock.append(Token::SkipLocked);
    d->lock = lock.append(waitText(wait));
}

void SelectBuilder::addTable(std::string_view name, const Fragment &definition, bool recursive)
{
    if (!d->tables.isEmpty())
        d->tables.append(", ");
    d->tables.appendName(name).append(" AS (").append(definition).append(")");
    d->recursive = d->recursive || recursive;
}

void SelectBuilder::setHint(QAnyStringView hint)
{
    const QByteArray text = hint.toString().toUtf8();
    if (text.contains("*/"))
        d->fields.fail(QStringLiteral("the optimizer hint holds the end of a comment"));
    d->hint = text;
}

void SelectBuilder::combine(Set operation, const SelectBuilder &other)
{
    const bool isUnion = operation == Set::Union || operation == Set::UnionAll;
    // INTERSECT binds tighter than UNION, so that a mixture needs parentheses; a chain of one kind reads
    // better without.
    const bool plain = isPlain(*d) && (d->compound.isEmpty() || (isUnion && d->unionOnly));
    const bool otherPlain = isPlain(*other.d) && other.d->compound.isEmpty();
    Fragment compound = plain ? body(*d) : inParentheses();
    switch (operation) {
    case Set::Union:
        compound.append(" UNION ");
        break;
    case Set::UnionAll:
        compound.append(" UNION ALL ");
        break;
    case Set::Intersect:
        compound.append(Token::Intersect);
        break;
    case Set::IntersectAll:
        compound.append(Token::IntersectAll);
        break;
    case Set::Except:
        compound.append(Token::Except);
        break;
    case Set::ExceptAll:
        compound.append(Token::ExceptAll);
        break;
    }
    compound.append(otherPlain ? body(*other.d) : other.inParentheses());
    d = new SelectData;
    d->compound = std::move(compound);
    d->unionOnly = isUnion;
}

Fragment SelectBuilder::toFragment() const
{
    Fragment select;
    if (!d->tables.isEmpty())
        select.append(d->recursive ? "WITH RECURSIVE " : "WITH ").append(d->tables).append(" ");
    if (select.isEmpty())
        select = body(*d);
    else
        select.append(body(*d));
    appendClause(select, " ORDER BY ", d->order);
    if (d->limit)
        select.append(" LIMIT ").appendValue(*d->limit);
    if (d->offset && d->limit)
        select.append(" OFFSET ").appendValue(*d->offset);
    else if (d->offset)
        select.fail(QStringLiteral("the select has an offset() and no limit(), which SQL does not have"));
    select.append(d->lock);
    select.setPrecedence(Precedence::List);
    return select;
}

Fragment SelectBuilder::inParentheses() const
{
    Fragment select = toFragment();
    return Operand(std::move(select)).begin(Precedence::Primary);
}

Fragment tableSource(std::string_view schema, std::string_view table, std::string_view alias)
{
    QByteArray code;
    code.reserve(qsizetype(schema.size() + table.size() + alias.size()) + 16);
    Fragment source(std::move(code));
    if (!schema.empty())
        source.appendName(schema).append(".");
    source.appendName(table);
    if (alias != table)
        source.append(" AS ").appendName(alias);
    return source;
}

Fragment derivedSource(const Fragment &definition, std::string_view alias, bool lateral)
{
    Fragment source;
    if (lateral)
        source.append(Token::Lateral);
    return source.append(definition).append(" AS ").appendName(alias);
}

Fragment recursiveDefinition(const Fragment &base, const Fragment &step, bool all)
{
    Fragment definition(base);
    return definition.append(all ? " UNION ALL " : " UNION ").append(step);
}

Error wrongRowCount(qsizetype rows, bool atLeast)
{
    return Error(Error::Kind::Usage,
                 rows == 0
                     ? QStringLiteral("The statement gave no row, where %1 was asked for.")
                           .arg(atLeast ? QStringLiteral("a value") : QStringLiteral("one"))
                     : QStringLiteral("The statement gave %1 rows, where one was asked for; add a limit(1), "
                                      "or a condition that only one row fulfils.")
                           .arg(rows),
                 Error::Outcome::Executed, Error::Phase::Value);
}

} // namespace QAsyncMySql::Sql::Internal
