// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/sqlschema.h>

#include "sql/expressions/clauses.h"
#include "sql/expressions/token.h"

namespace QAsyncMySql::Sql {

namespace Internal {

namespace {

std::string_view actionName(ReferenceAction action)
{
    static constexpr std::string_view Names[] = {"RESTRICT", "CASCADE", "SET NULL", "NO ACTION"};
    return Names[int(action)];
}

} // namespace

Fragment indexPart(const Order &order)
{
    const QByteArray &code = order.fragment().code();
    const qsizetype point = code.indexOf("`.`");
    return point < 0 ? order.fragment() : Fragment(code.sliced(point + 2));
}

Fragment keyClause(std::string_view kind, std::string_view name, const Fragment &columns)
{
    Fragment clause;
    clause.append(kind).append(" ");
    if (!name.empty())
        clause.appendName(name).append(" ");
    return clause.append("(").append(columns).append(")");
}

Fragment foreignKeyClause(std::string_view name, const Fragment &columns, std::string_view table,
                          const Fragment &referenced, ReferenceAction onDelete, ReferenceAction onUpdate)
{
    Fragment clause;
    clause.append("CONSTRAINT ").appendName(name).append(" FOREIGN KEY (").append(columns);
    clause.append(") REFERENCES ").appendName(table).append(" (").append(referenced).append(")");
    clause.append(" ON DELETE ").append(actionName(onDelete));
    return clause.append(" ON UPDATE ").append(actionName(onUpdate));
}

Fragment checkClause(std::string_view name, const Fragment &condition)
{
    Fragment clause;
    clause.append("CONSTRAINT ").appendName(name).append(" CHECK (");
    return clause.append(forDefinition(condition)).append(")");
}

Fragment dropTable(const Fragment &table, bool ifExists)
{
    Fragment drop;
    return drop.append(ifExists ? "DROP TABLE IF EXISTS " : "DROP TABLE ").append(table);
}

Fragment createIndex(std::string_view name, std::string_view table, const Fragment &parts, bool unique,
                     bool ifNotExists)
{
    Fragment create;
    create.append(unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    if (ifNotExists)
        create.append(Token::CreateIndexIfNotExists);
    return create.appendName(name).append(" ON ").appendName(table).append(" (").append(parts).append(")");
}

Fragment dropIndex(std::string_view name, const Fragment &table, bool ifExists)
{
    Fragment drop;
    drop.append("DROP INDEX ");
    if (ifExists)
        drop.append(Token::DropIndexIfExists);
    return drop.appendName(name).append(" ON ").append(table);
}

} // namespace Internal

CreateTable::CreateTable(const Fragment &table)
    : m_table(table)
{
}

CreateTable CreateTable::ifNotExists() const
{
    CreateTable copy(*this);
    copy.m_ifNotExists = true;
    return copy;
}

CreateTable CreateTable::temporary() const
{
    CreateTable copy(*this);
    copy.m_temporary = true;
    return copy;
}

CreateTable CreateTable::check(std::string_view name, const Condition &condition) const
{
    return with(Internal::checkClause(name, condition.fragment()));
}

CreateTable CreateTable::options(QAnyStringView options) const
{
    CreateTable copy(*this);
    copy.m_options = options.toString().toUtf8();
    return copy;
}

void CreateTable::add(const Fragment &item)
{
    Internal::appendListItem(m_items, item);
}

CreateTable CreateTable::with(const Fragment &item) const
{
    CreateTable copy(*this);
    Internal::appendListItem(copy.m_items, item);
    return copy;
}

SqlStatement CreateTable::statement() const
{
    Fragment create;
    create.append(m_temporary ? "CREATE TEMPORARY TABLE " : "CREATE TABLE ");
    if (m_ifNotExists)
        create.append("IF NOT EXISTS ");
    create.append(m_table).append(" (").append(m_items).append(")");
    if (!m_options.isEmpty())
        create.append(" ").append(Fragment(m_options));
    return SqlStatement(create);
}

AlterTable::AlterTable(const Fragment &table)
    : m_table(table)
{
}

AlterTable AlterTable::addColumn(const ColumnDefinition &definition) const
{
    AlterTable copy(*this);
    Fragment action;
    Internal::appendListItem(copy.m_actions, action.append("ADD COLUMN ").append(definition.fragment()));
    return copy;
}

AlterTable AlterTable::modifyColumn(const ColumnDefinition &definition) const
{
    AlterTable copy(*this);
    Fragment action;
    Internal::appendListItem(copy.m_actions, action.append("MODIFY COLUMN ").append(definition.fragment()));
    return copy;
}

AlterTable AlterTable::addCheck(std::string_view name, const Condition &condition) const
{
    return with(Internal::checkClause(name, condition.fragment()));
}

AlterTable AlterTable::with(std::string_view action, std::string_view name) const
{
    AlterTable copy(*this);
    Fragment item;
    Internal::appendListItem(copy.m_actions, item.append(action).appendName(name));
    return copy;
}

AlterTable AlterTable::with(const Fragment &clause) const
{
    AlterTable copy(*this);
    Fragment item;
    Internal::appendListItem(copy.m_actions, item.append("ADD ").append(clause));
    return copy;
}

SqlStatement AlterTable::statement() const
{
    Fragment alter;
    alter.append("ALTER TABLE ").append(m_table).append(" ").append(m_actions);
    if (m_actions.isEmpty())
        alter.fail(QStringLiteral("alterTable() without anything to alter"));
    return SqlStatement(alter);
}

} // namespace QAsyncMySql::Sql
