// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "schema/schematree.h"

#include "schema/schemadelegate.h"

#include <QtWidgets/QHeaderView>

using namespace QAsyncMySql;

SchemaTree::SchemaTree(QWidget *parent)
    : QTreeView(parent)
    , m_schemas(new SchemaModel(this))
{
    setModel(m_schemas);
    setItemDelegate(new SchemaDelegate(this));
    setHeaderHidden(true);
    setColumnHidden(1, true); // the delegate writes it behind the name
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setIndentation(16);
    setExpandsOnDoubleClick(false); // a double click opens the table
    viewport()->setBackgroundRole(QPalette::Window);
    connect(this, &QTreeView::activated, this, &SchemaTree::activate);
    connect(m_schemas, &SchemaModel::loaded, this, &SchemaTree::opened);
}

void SchemaTree::setPool(Pool *pool, const QString &schema)
{
    m_first = schema;
    m_schemas->clear();
    m_schemas->setPool(pool);
    m_schemas->fetchMore(QModelIndex());
}

QString SchemaTree::currentSchema() const
{
    return currentIndex().data(SchemaModel::SchemaRole).toString();
}

QString SchemaTree::currentTable() const
{
    return currentIndex().data(SchemaModel::TableRole).toString();
}

void SchemaTree::activate(const QModelIndex &index)
{
    const auto kind = SchemaModel::Kind(index.data(SchemaModel::KindRole).toInt());
    if (kind == SchemaModel::Kind::Schema) {
        setExpanded(index, !isExpanded(index));
        return;
    }
    Q_EMIT tableActivated(index.data(SchemaModel::SchemaRole).toString(),
                          index.data(SchemaModel::TableRole).toString());
}

void SchemaTree::opened(const QModelIndex &parent)
{
    if (parent.isValid() || currentIndex().isValid() || m_schemas->rowCount() == 0)
        return;
    const QModelIndex named = m_first.isEmpty() ? QModelIndex() : m_schemas->find(m_first);
    const QModelIndex first = named.isValid() ? named : m_schemas->index(0, 0);
    expand(first);
    setCurrentIndex(first);
}
