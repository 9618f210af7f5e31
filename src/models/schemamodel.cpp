// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/schemamodel.h>

#include "models/schemamodelcore.h"

#include <utility>

namespace QAsyncMySql {

SchemaModel::SchemaModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_core(std::make_unique<Internal::SchemaModelCore>(this))
{
}

SchemaModel::~SchemaModel() = default;

void SchemaModel::setPool(Pool *pool)
{
    if (m_core->pool == pool && !m_core->connection)
        return;
    m_core->pool = pool;
    m_core->connection = nullptr;
    m_core->clear();
}

Pool *SchemaModel::pool() const
{
    return m_core->pool;
}

void SchemaModel::setConnection(Connection *connection)
{
    if (m_core->connection == connection && !m_core->pool)
        return;
    m_core->connection = connection;
    m_core->pool = nullptr;
    m_core->clear();
}

Connection *SchemaModel::connection() const
{
    return m_core->connection;
}

QString SchemaModel::schema() const
{
    return m_core->root().name;
}

void SchemaModel::setSchema(const QString &schema)
{
    if (std::exchange(m_core->root().name, schema) == schema)
        return;
    const QPointer<SchemaModel> self(this);
    m_core->clear();
    if (self)
        Q_EMIT schemaChanged();
}

SchemaModel::Contents SchemaModel::contents() const
{
    return m_core->contents;
}

void SchemaModel::setContents(Contents contents)
{
    if (std::exchange(m_core->contents, contents) == contents)
        return;
    const QPointer<SchemaModel> self(this);
    m_core->clear();
    if (self)
        Q_EMIT contentsChanged();
}

bool SchemaModel::systemSchemas() const
{
    return m_core->systemSchemas;
}

void SchemaModel::setSystemSchemas(bool shown)
{
    if (std::exchange(m_core->systemSchemas, shown) == shown)
        return;
    const QPointer<SchemaModel> self(this);
    if (m_core->root().name.isEmpty() && m_core->root().state != Internal::SchemaNode::State::Unread)
        m_core->refresh();
    if (self)
        Q_EMIT systemSchemasChanged();
}

bool SchemaModel::isLoading() const
{
    return m_core->isLoading();
}

Error SchemaModel::error() const
{
    return m_core->error();
}

QString SchemaModel::errorString() const
{
    return m_core->error().message();
}

QModelIndex SchemaModel::find(const QString &schema, const QString &table) const
{
    const auto named = [this](const QModelIndex &parent, const QString &name) {
        for (const auto &node : m_core->nodeOf(parent)->children) {
            if (node->name == name)
                return m_core->indexOf(*node);
        }
        return QModelIndex();
    };
    if (!m_core->root().name.isEmpty())
        return m_core->root().name == schema && !table.isEmpty() ? named({}, table) : QModelIndex();
    const QModelIndex found = named({}, schema);
    return found.isValid() && !table.isEmpty() ? named(found, table) : found;
}

QModelIndex SchemaModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || row >= rowCount(parent) || column < 0 || column >= columnCount(parent))
        return QModelIndex();
    return m_core->indexOf(*m_core->nodeOf(parent)->children[size_t(row)], column);
}

QModelIndex SchemaModel::parent(const QModelIndex &child) const
{
    const Internal::SchemaNode *above = child.isValid() ? m_core->nodeOf(child)->parent : nullptr;
    return above ? m_core->indexOf(*above) : QModelIndex();
}

int SchemaModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(m_core->nodeOf(parent)->children.size());
}

int SchemaModel::columnCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : 2;
}

bool SchemaModel::hasChildren(const QModelIndex &parent) const
{
    return parent.column() <= 0 && m_core->mayHaveChildren(*m_core->nodeOf(parent));
}

bool SchemaModel::canFetchMore(const QModelIndex &parent) const
{
    return parent.column() <= 0 && m_core->canRead(*m_core->nodeOf(parent));
}

void SchemaModel::fetchMore(const QModelIndex &parent)
{
    if (parent.column() <= 0)
        m_core->read(*m_core->nodeOf(parent));
}

QVariant SchemaModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return QVariant();
    const Internal::SchemaNode &node = *m_core->nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return index.column() == 0 ? node.name : node.description;
    case Qt::ToolTipRole: {
        const QString text = node.comment.isEmpty() ? node.description : node.comment;
        return text.isEmpty() ? QVariant() : QVariant(text.toHtmlEscaped());
    }
    case KindRole:
        return int(node.kind);
    case DescriptionRole:
        return node.description;
    case SchemaRole:
        return node.schemaName();
    case TableRole:
        return node.table() ? QVariant(node.table()->name) : QVariant(QString());
    case CommentRole:
        return node.comment;
    case PrimaryRole:
        return node.primary;
    case NullableRole:
        return node.nullable;
    case ReferencedTableRole:
        return node.referenced;
    case BusyRole:
        return node.busy;
    default:
        return QVariant();
    }
}

QVariant SchemaModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QVariant();
    return section == 0 ? QVariant(tr("Name")) : section == 1 ? QVariant(tr("Description")) : QVariant();
}

QHash<int, QByteArray> SchemaModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractItemModel::roleNames();
    names.insert(KindRole, QByteArrayLiteral("kind"));
    names.insert(DescriptionRole, QByteArrayLiteral("description"));
    names.insert(SchemaRole, QByteArrayLiteral("schemaName"));
    names.insert(TableRole, QByteArrayLiteral("tableName"));
    names.insert(CommentRole, QByteArrayLiteral("comment"));
    names.insert(PrimaryRole, QByteArrayLiteral("primary"));
    names.insert(NullableRole, QByteArrayLiteral("nullable"));
    names.insert(ReferencedTableRole, QByteArrayLiteral("referencedTable"));
    names.insert(BusyRole, QByteArrayLiteral("busy"));
    return names;
}

void SchemaModel::refresh()
{
    m_core->refresh();
}

void SchemaModel::clear()
{
    m_core->clear();
}

} // namespace QAsyncMySql
