// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/schemanode.h"

#include <iterator>

namespace QAsyncMySql::Internal {

const SchemaNode *SchemaNode::table() const
{
    if (isTable())
        return this;
    return parent && parent->isTable() ? parent : nullptr;
}

QString SchemaNode::schemaName() const
{
    const SchemaNode *node = this;
    while (node->parent && node->kind != Kind::Schema)
        node = node->parent;
    return node->name;
}

bool SchemaNode::update(const SchemaNode &other)
{
    const bool changed = description != other.description || comment != other.comment
        || referenced != other.referenced || primary != other.primary || nullable != other.nullable;
    description = other.description;
    comment = other.comment;
    referenced = other.referenced;
    primary = other.primary;
    nullable = other.nullable;
    return changed;
}

void SchemaNode::insert(size_t at, Nodes nodes)
{
    for (const auto &node : nodes)
        node->parent = this;
    children.insert(children.begin() + std::ptrdiff_t(at), std::make_move_iterator(nodes.begin()),
                    std::make_move_iterator(nodes.end()));
    number(at);
}

void SchemaNode::remove(size_t from, size_t count)
{
    const auto first = children.begin() + std::ptrdiff_t(from);
    children.erase(first, first + std::ptrdiff_t(count));
    number(from);
}

void SchemaNode::number(size_t from)
{
    for (size_t i = from; i < children.size(); ++i)
        children[i]->row = int(i);
}

SqlFragment schemasQuery(bool systemSchemas)
{
    SqlFragment query(
        QStringLiteral("SELECT schema_name, default_collation_name FROM information_schema.schemata"));
    if (!systemSchemas) {
        query << u" WHERE LOWER(schema_name) NOT IN ('information_schema', 'mysql', 'performance_schema', "
                 u"'sys')";
    }
    query << u" ORDER BY schema_name";
    return query;
}

SqlFragment tablesQuery(const QString &schema)
{
    SqlFragment query(QStringLiteral("SELECT table_name, table_type, table_comment FROM "
                                     "information_schema.tables WHERE table_schema = "));
    query << bound(schema) << u" AND table_type <> 'SEQUENCE' ORDER BY table_name";
    return query;
}

SqlFragment tableContentsQuery(SchemaModel::Content content, const QString &schema, const QString &table)
{
    const auto ofTable = [&](const QString &what, QStringView behind) {
        SqlFragment query(what);
        query << u"table_schema = " << bound(schema) << u" AND table_name = " << bound(table) << behind;
        return query;
    };
    switch (content) {
    case SchemaModel::Columns:
        return ofTable(
            QStringLiteral("SELECT column_name, column_type, is_nullable, column_key, extra, column_comment "
                           "FROM information_schema.columns WHERE "),
            u" ORDER BY ordinal_position");
    case SchemaModel::Indexes:
        return ofTable(QStringLiteral("SELECT index_name, non_unique, index_type, column_name, sub_part FROM "
                                      "information_schema.statistics WHERE "),
                       u" ORDER BY index_name <> 'PRIMARY', index_name, seq_in_index");
    default:
        return ofTable(
            QStringLiteral("SELECT constraint_name, column_name, referenced_table_schema, "
                           "referenced_table_name, referenced_column_name FROM "
                           "information_schema.key_column_usage WHERE referenced_table_name IS NOT "
                           "NULL AND "),
            u" ORDER BY constraint_name, ordinal_position");
    }
}

namespace {

using Kind = SchemaModel::Kind;

std::unique_ptr<SchemaNode> makeNode(Kind kind, const QString &name)
{
    return std::make_unique<SchemaNode>(kind, name);
}

//! The last of \a nodes, if it is called \a name; else a new one. Rows of one thing follow each other.
SchemaNode &nodeFor(SchemaNode::Nodes &nodes, Kind kind, const QString &name)
{
    if (nodes.empty() || nodes.back()->name != name)
        nodes.push_back(makeNode(kind, name));
    return *nodes.back();
}

SchemaNode::Nodes columnNodes(const ResultSet &rows)
{
    SchemaNode::Nodes nodes;
    for (const Row &row : rows) {
        auto node = makeNode(Kind::Column, row.get<QString>(0));
        node->nullable = row.get<QString>(2) == u"YES";
        node->primary = row.get<QString>(3) == u"PRI";
        node->description = row.get<QString>(1);
        if (!node->nullable)
            node->description += u" NOT NULL";
        if (const QString extra = row.get<QString>(4); !extra.isEmpty())
            node->description += u' ' + extra;
        node->comment = row.get<QString>(5);
        nodes.push_back(std::move(node));
    }
    return nodes;
}

SchemaNode::Nodes indexNodes(const ResultSet &rows)
{
    SchemaNode::Nodes nodes;
    for (const Row &row : rows) {
        SchemaNode &node = nodeFor(nodes, Kind::Index, row.get<QString>(0));
        QString part = row.isNull(3) ? QStringLiteral("(expression)") : row.get<QString>(3);
        if (!row.isNull(4))
            part += u'(' + row.get<QString>(4) + u')';
        if (!node.description.isEmpty()) {
            node.description.insert(node.description.lastIndexOf(u')'), u", " + part);
            continue;
        }
        node.primary = node.name == u"PRIMARY";
        const QString type = row.get<QString>(2);
        const bool unique = row.get<int>(1) == 0;
        node.description = node.primary ? QStringLiteral("PRIMARY KEY (%1)").arg(part)
            : unique                    ? QStringLiteral("UNIQUE (%1)").arg(part)
            : type == u"BTREE"          ? QStringLiteral("(%1)").arg(part)
                                        : QStringLiteral("%1 (%2)").arg(type, part);
    }
    return nodes;
}

SchemaNode::Nodes foreignKeyNodes(const ResultSet &rows)
{
    SchemaNode::Nodes nodes;
    QString from;
    QString to;
    for (const Row &row : rows) {
        SchemaNode &node = nodeFor(nodes, Kind::ForeignKey, row.get<QString>(0));
        const bool isFirst = node.description.isEmpty();
        node.referenced = row.get<QString>(2) + u'.' + row.get<QString>(3);
        from = isFirst ? row.get<QString>(1) : QString(from % u", " % row.get<QString>(1));
        to = isFirst ? row.get<QString>(4) : QString(to % u", " % row.get<QString>(4));
        node.description = QStringLiteral("(%1) → %2 (%3)").arg(from, row.get<QString>(3), to);
    }
    return nodes;
}

} // namespace

SchemaNode::Nodes schemaNodes(const ResultSet &rows)
{
    SchemaNode::Nodes nodes;
    for (const Row &row : rows) {
        nodes.push_back(makeNode(Kind::Schema, row.get<QString>(0)));
        nodes.back()->description = row.get<QString>(1);
    }
    return nodes;
}

SchemaNode::Nodes tableNodes(const ResultSet &rows)
{
    SchemaNode::Nodes nodes;
    for (const Row &row : rows) {
        const bool isView = row.get<QString>(1).contains(u"VIEW");
        auto node = makeNode(isView ? Kind::View : Kind::Table, row.get<QString>(0));
        if (!isView) // for a view the servers say VIEW
            node->description = node->comment = row.get<QString>(2);
        nodes.push_back(std::move(node));
    }
    return nodes;
}

SchemaNode::Nodes contentNodes(SchemaModel::Content content, const ResultSet &rows)
{
    return content == SchemaModel::Columns ? columnNodes(rows)
        : content == SchemaModel::Indexes  ? indexNodes(rows)
                                           : foreignKeyNodes(rows);
}

} // namespace QAsyncMySql::Internal
