// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/sqlupdate.h>

#include "sql/expressions/clauses.h"
#include "sql/expressions/token.h"

namespace QAsyncMySql::Sql::Internal {

namespace {

// Bytes that assignments mostly take, and what stands between the clauses.
constexpr qsizetype UsualSize = 128;

} // namespace

class ChangeData : public QSharedData
{
public:
    Fragment source; // the table, with the joins
    QByteArray alias;
    Fragment assignments;
    Fragment where;
    Fragment order;
    Fragment returning;
    std::optional<quint64> limit;
    ChangeBuilder::Verb verb = ChangeBuilder::Verb::Update;
    bool joined = false;
    bool aliased = false;
    bool everyRow = false;
};

ChangeBuilder::ChangeBuilder(Verb verb, const Fragment &source, std::string_view alias)
    : d(new ChangeData)
{
    d->verb = verb;
    d->source = source;
    d->alias = QByteArray(alias.data(), qsizetype(alias.size()));
    d->aliased = source.code().contains(" AS ");
}
ChangeBuilder::ChangeBuilder(const ChangeBuilder &other) = default;
ChangeBuilder::ChangeBuilder(ChangeBuilder &&other) noexcept = default;
ChangeBuilder &ChangeBuilder::operator=(const ChangeBuilder &other) = default;
ChangeBuilder &ChangeBuilder::operator=(ChangeBuilder &&other) noexcept = default;
ChangeBuilder::~ChangeBuilder() = default;

void ChangeBuilder::addJoin(SelectBuilder::Join kind, const Fragment &source, const Fragment &on)
{
    d->joined = true;
    appendJoin(d->source, kind, source, on);
}

void ChangeBuilder::addAssignment(std::string_view table, std::string_view column, const Operand &value)
{
    if (d->assignments.isEmpty())
        d->assignments.reserve(UsualSize);
    else
        d->assignments.append(", ");
    if (!table.empty())
        d->assignments.appendName(table).append(".");
    d->assignments.appendName(column).append(" = ");
    value.appendTo(d->assignments);
}

void ChangeBuilder::addWhere(Condition &&condition)
{
    conjoin(d->where, std::move(condition));
}

void ChangeBuilder::setEveryRow()
{
    d->everyRow = true;
}

void ChangeBuilder::addOrder(const Order &order)
{
    appendListItem(d->order, order.fragment());
}

void ChangeBuilder::setLimit(quint64 rows)
{
    d->limit = rows;
}

void ChangeBuilder::addReturning(const Operand &field, std::string_view alias)
{
    appendField(d->returning, field, alias);
}

Fragment ChangeBuilder::toFragment() const
{
    Fragment change;
    change.reserve(UsualSize + d->source.code().size() + d->assignments.code().size() + d->where.code().size()
                   + d->order.code().size() + d->returning.code().size());
    if (d->verb == Verb::Update) {
        change.append("UPDATE ").append(d->source).append(" SET ").append(d->assignments);
        if (d->assignments.isEmpty())
            change.fail(QStringLiteral("the update has no set()"));
    } else if (d->joined || d->aliased) {
        change.append("DELETE ").appendName({d->alias.constData(), size_t(d->alias.size())});
        change.append(" FROM ").append(d->source);
    } else {
        change.append("DELETE FROM ").append(d->source);
    }
    appendClause(change, " WHERE ", d->where);
    if (d->where.isEmpty() && !d->everyRow) {
        change.fail(
            QStringLiteral(
                "%1 without a condition would change every row; give it a where(), or say everyRow()")
                .arg(d->verb == Verb::Update ? QStringLiteral("an update") : QStringLiteral("a removal")));
    }
    appendClause(change, " ORDER BY ", d->order);
    if (d->limit)
        change.append(" LIMIT ").appendValue(*d->limit);
    if ((d->joined || (d->aliased && d->verb == Verb::Delete)) && (d->limit || !d->order.isEmpty()))
        change.fail(QStringLiteral("UPDATE and DELETE with joins or aliases have no orderBy() and limit()"));
    if (!d->returning.isEmpty())
        change.append(Token::DeleteReturning).append(" RETURNING ").append(d->returning);
    return change;
}

Fragment procedureCall(std::string_view procedure, std::initializer_list<Operand> arguments)
{
    Fragment name;
    name.append("CALL ").appendName(procedure);
    return call({name.code().constData(), size_t(name.code().size())}, arguments);
}

} // namespace QAsyncMySql::Sql::Internal
