// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/resultset.h>
#include <QAsyncMySql/schemamodel.h>

#include "models/sqlfragment.h"

#include <vector>

namespace QAsyncMySql::Internal {

//! A node of the tree that a SchemaModel is. It owns what is below it, and knows its row.
class SchemaNode
{
public:
    using Kind = SchemaModel::Kind;
    using Nodes = std::vector<std::unique_ptr<SchemaNode>>;

    //! Of what is below it.
    enum class State : quint8
    {
        Unread,
        Read,
        Failed,
    };

    SchemaNode() = default;
    SchemaNode(Kind kind_, const QString &name_)
        : kind(kind_)
        , name(name_)
    {
    }

    //! Whether there may be something below it.
    bool isBranch() const { return kind == Kind::Schema || isTable(); }
    bool isTable() const { return kind == Kind::Table || kind == Kind::View; }
    //! The table and the schema that it is, or is in; null if there is none.
    const SchemaNode *table() const;
    QString schemaName() const;

    bool isSame(const SchemaNode &other) const { return kind == other.kind && name == other.name; }
    //! Takes over what \a other says of itself, and nothing of what is below; whether that is anything new.
    bool update(const SchemaNode &other);
    void insert(size_t at, Nodes nodes);
    void remove(size_t from, size_t count);

    Kind kind = Kind::Schema;
    QString name;
    QString description;
    QString comment;
    QString referenced;
    bool primary = false;
    bool nullable = false;

    SchemaNode *parent = nullptr;
    int row = 0;
    State state = State::Unread;
    bool busy = false; // being read, for the first time or again
    Nodes children;

private:
    void number(size_t from);
};

// What is read for a node, and what becomes of the answers. The names of the servers' columns differ in case:
// rows are read by place.
SqlFragment schemasQuery(bool systemSchemas);
SqlFragment tablesQuery(const QString &schema);
SqlFragment tableContentsQuery(SchemaModel::Content content, const QString &schema, const QString &table);
SchemaNode::Nodes schemaNodes(const ResultSet &rows);
SchemaNode::Nodes tableNodes(const ResultSet &rows);
SchemaNode::Nodes contentNodes(SchemaModel::Content content, const ResultSet &rows);

} // namespace QAsyncMySql::Internal
