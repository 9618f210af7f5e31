// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/sqlselect.h>

#include "sql/expressions/clauses.h"
#include "sql/expressions/clausetext.h"
#include "sql/expressions/token.h"

namespace QAsyncMySql::Sql::Internal {

namespace {

// Bytes that a select mostly takes.
constexpr qsizetype UsualSize = 256;

// The clauses, as they stand in a select.
enum Clause : std::size_t
{
    Head, // SELECT DISTINCT; of a compound, nothing
    Fields, // of a compound, the selects with UNION between them
    From, // with the joins
    Where,
    Group,
    Rollup,
    Having,
    OrderBy,
    Limit,
    Lock,
};
static_assert(Lock < ClauseText::MaximumClauses);

} // namespace

class SelectData : public QSharedData
{
public:
    ClauseText text{UsualSize};
    Fragment tables; // of WITH
    QByteArray hint;
    std::optional<quint64> limit;
    std::optional<quint64> offset;
    Precedence where = Precedence::Primary;
    Precedence having = Precedence::Primary;
    bool distinct = false;
    bool recursive = false;
    bool compound = false;
    bool unionOnly = true; // of the set operations of a compound

    void fail(Clause clause, const QString &why)
    {
        text.add(clause, [&why](Fragment &to) { to.fail(why); });
    }
    //! Where a select may have the clause, and a compound not.
    void refuseInCompound(const char *clause)
    {
        if (compound)
            fail(Fields,
                 QStringLiteral("%1 behind a UNION; make a table of the union with as<>()")
                     .arg(QLatin1StringView(clause)));
    }
    void writeHead();
    void conjoin(Clause clause, std::string_view name, Precedence &precedence, Condition &&condition);
};

void SelectData::writeHead()
{
    text.clear(Head);
    text.add(Head, [this](Fragment &to) {
        to.append("SELECT ");
        if (!hint.isEmpty())
            to.append("/*+ ").append(Fragment(hint)).append(" */ ");
        if (distinct)
            to.append("DISTINCT ");
    });
}

void SelectData::conjoin(Clause clause, std::string_view name, Precedence &precedence, Condition &&condition)
{
    if (condition.isEmpty())
        return;
    if (text.isEmpty(clause)) {
        precedence = condition.fragment().precedence();
        text.add(clause, [&](Fragment &to) { to.append(name).append(std::move(condition).takeFragment()); });
        return;
    }
    if (precedence < Precedence::And) { // the first of several
        const Fragment before = text.mid(clause, clause);
        text.clear(clause);
        text.add(clause, [&](Fragment &to) {
            const auto behind = qsizetype(name.size());
            to.append(name).append("(").append(
                Fragment(before.code().sliced(behind), before.parameters(), precedence));
            to.append(")");
        });
    }
    text.add(clause, [&](Fragment &to) {
        to.append(" AND ").append(std::move(condition).operand(), Precedence::And);
    });
    precedence = Precedence::And;
}

namespace {

std::string_view waitText(LockWait wait)
{
    return wait == LockWait::NoWait ? " NOWAIT" : "";
}

bool isPlain(const SelectData &data)
{
    return data.text.isEmpty(OrderBy) && !data.limit && data.text.isEmpty(Lock) && data.tables.isEmpty();
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
    d->text.add(Head, [](Fragment &to) { to.append("SELECT "); });
}
SelectBuilder::SelectBuilder(const SelectBuilder &other) = default;
SelectBuilder::SelectBuilder(SelectBuilder &&other) noexcept = default;
SelectBuilder &SelectBuilder::operator=(const SelectBuilder &other) = default;
SelectBuilder &SelectBuilder::operator=(SelectBuilder &&other) noexcept = default;
SelectBuilder::~SelectBuilder() = default;

void SelectBuilder::addField(const Operand &field, std::string_view alias)
{
    const std::string_view separator = d->text.isEmpty(Fields) ? "" : ", ";
    d->text.add(Fields, [&](Fragment &to) {
        to.append(separator);
        field.appendTo(to);
        if (!alias.empty())
            to.append(" AS ").appendName(alias);
    });
}

void SelectBuilder::setDistinct()
{
    d->refuseInCompound("distinct()");
    d->distinct = true;
    d->writeHead();
}

void SelectBuilder::setFrom(const Fragment &source)
{
    d->refuseInCompound("from()");
    if (!d->text.isEmpty(From))
        d->fail(From, QStringLiteral("the select has two from(); the second table is to be joined"));
    else
        d->text.add(From, [&source](Fragment &to) { to.append(" FROM ").append(source); });
}

void SelectBuilder::addJoin(Join kind, const Fragment &source, const Fragment &on)
{
    d->refuseInCompound("join()");
    if (d->text.isEmpty(From))
        d->fail(From, QStringLiteral("the select has a join() and no from() before it"));
    d->text.add(From, [&](Fragment &to) { appendJoin(to, kind, source, on); });
}

void SelectBuilder::addWhere(Condition &&condition)
{
    d->refuseInCompound("where()");
    d->conjoin(Where, " WHERE ", d->where, std::move(condition));
}

void SelectBuilder::addGroup(const Fragment &expression)
{
    d->refuseInCompound("groupBy()");
    const std::string_view before = d->text.isEmpty(Group) ? " GROUP BY " : ", ";
    d->text.add(Group, [&](Fragment &to) { to.append(before).append(expression); });
}

void SelectBuilder::setRollup()
{
    if (d->text.isEmpty(Rollup))
        d->text.add(Rollup, [](Fragment &to) { to.append(" WITH ROLLUP"); });
}

void SelectBuilder::addHaving(Condition &&condition)
{
    d->refuseInCompound("having()");
    d->conjoin(Having, " HAVING ", d->having, std::move(condition));
}

void SelectBuilder::addOrder(const Order &order)
{
    const std::string_view before = d->text.isEmpty(OrderBy) ? " ORDER BY " : ", ";
    d->text.add(OrderBy, [&](Fragment &to) {
        to.append(before).append(d->compound ? unqualified(order.fragment()) : order.fragment());
    });
}

void SelectBuilder::setLimit(quint64 rows)
{
    d->limit = rows;
    writeLimit();
}

void SelectBuilder::setOffset(quint64 rows)
{
    d->offset = rows;
    writeLimit();
}

void SelectBuilder::writeLimit()
{
    d->text.clear(Limit);
    d->text.add(Limit, [this](Fragment &to) {
        if (d->limit)
            to.append(" LIMIT ").appendValue(*d->limit);
        if (d->offset && d->limit)
            to.append(" OFFSET ").appendValue(*d->offset);
        else if (d->offset)
            to.fail(QStringLiteral("the select has an offset() and no limit(), which SQL does not have"));
    });
}

void SelectBuilder::setLock(bool update, LockWait wait, std::string_view of)
{
    d->text.clear(Lock);
    d->text.add(Lock, [=](Fragment &to) {
        if (update)
            to.append(" FOR UPDATE");
        else
            to.append(Token::ForShare);
        if (!of.empty())
            to.append(Token::LockOf).appendName(of);
        if (wait == LockWait::SkipLocked)
            to.append(Token::SkipLocked);
        to.append(waitText(wait));
    });
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
    d->refuseInCompound("hint()");
    d->hint = hint.toString().toUtf8();
    if (d->hint.contains("*/"))
        d->fail(Fields, QStringLiteral("the optimizer hint holds the end of a comment"));
    d->writeHead();
}

void SelectBuilder::combine(Set operation, const SelectBuilder &other)
{
    const bool isUnion = operation == Set::Union || operation == Set::UnionAll;
    // INTERSECT binds tighter than UNION, so that a mixture needs parentheses; a chain of one kind reads
    // better without.
    const bool plain = isPlain(*d) && (!d->compound || (isUnion && d->unionOnly));
    const bool otherPlain = isPlain(*other.d) && !other.d->compound;
    Fragment compound = plain ? d->text.whole() : inParentheses();
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
    compound.append(otherPlain ? other.d->text.whole() : other.inParentheses());
    d = new SelectData;
    d->text.add(Fields, [&compound](Fragment &to) { to.append(compound); });
    d->compound = true;
    d->unionOnly = isUnion;
}

Fragment SelectBuilder::toFragment() const
{
    Fragment select;
    if (!d->tables.isEmpty())
        select.append(d->recursive ? "WITH RECURSIVE " : "WITH ").append(d->tables).append(" ");
    if (select.isEmpty())
        select = d->text.whole();
    else
        select.append(d->text.whole());
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
    Fragment source;
    source.reserve(qsizetype(schema.size() + table.size() + alias.size()) + 16);
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
