// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/tablemodel.h>

#include <QAsyncMySql/lookupmodel.h>

#include "models/celldata.h"
#include "models/relationtexts.h"
#include "models/tableeditor.h"
#include "models/tablemodelcore.h"

namespace QAsyncMySql {

TableModel::TableModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_core(std::make_unique<Internal::TableModelCore>(this))
    , m_editor(std::make_unique<Internal::TableEditor>(this, m_core.get()))
    , m_relations(std::make_unique<Internal::RelationTexts>(this))
{
    m_core->onReset = [this](bool all) {
        if (all)
            m_editor->forgetAll();
        else
            m_editor->forgetWrittenRows();
    };
    m_core->onCounted = [this] { m_editor->removeWrittenRows(); };
}

TableModel::~TableModel() = default;

void TableModel::setPool(Pool *pool)
{
    if (m_core->pool != pool || m_core->connection)
        m_relations->setPool(pool);
    m_core->pool = pool;
    m_core->connection = nullptr;
}

Pool *TableModel::pool() const
{
    return m_core->pool;
}

void TableModel::setConnection(Connection *connection)
{
    m_relations->setConnection(connection);
    m_core->connection = connection;
    m_core->pool = nullptr;
}

Connection *TableModel::connection() const
{
    return m_core->connection;
}

void TableModel::setTable(const QString &table, const QString &schema)
{
    if (m_core->table == table && m_core->schemaName == schema)
        return;
    m_core->table = table;
    m_core->schemaName = schema;
    // What was said of the columns of another table.
    m_core->sortColumn = -1;
    m_core->filter = RowFilter();
    m_core->keyOverride.clear();
    m_relations->clear();
    if (m_core->status() != Status::Empty)
        m_core->clear(); // with the edits, which are of other rows
    Q_EMIT tableChanged();
}

void TableModel::setTableName(const QString &table)
{
    setTable(table, schema());
}

void TableModel::setSchemaName(const QString &schema)
{
    setTable(table(), schema);
}

QString TableModel::table() const
{
    return m_core->table;
}

QString TableModel::schema() const
{
    return m_core->schemaName;
}

void TableModel::setKeyColumns(const QStringList &columns)
{
    m_core->keyOverride = columns;
}

QStringList TableModel::keyColumns() const
{
    return m_core->key();
}

void TableModel::setRelation(const QString &column, const TableRelation &relation)
{
    m_relations->set(column, relation);
    const int shown = int(columnCount());
    for (int i = 0; i < shown && rowCount() > 0; ++i) {
        if (m_core->columns().at(i).name().compare(column, Qt::CaseInsensitive) == 0) {
            Q_EMIT dataChanged(index(0, i), index(rowCount() - 1, i),
                               {Qt::DisplayRole, Qt::TextAlignmentRole});
            return;
        }
    }
}

void TableModel::findRelations()
{
    m_relations->findAll();
}

TableRelation TableModel::relation(const QString &column) const
{
    return m_relations->relation(column);
}

LookupModel *TableModel::createLookup(int column, QObject *parent) const
{
    const QString name
        = column >= 0 && column < columnCount() ? m_core->columns().at(column).name() : QString();
    if (!m_relations->has(name))
        return nullptr;
    auto *const lookup = new LookupModel(parent);
    if (m_core->connection)
        lookup->setConnection(m_core->connection);
    else
        lookup->setPool(m_core->pool);
    m_relations->whenComplete(name, lookup,
                              [lookup](const TableRelation &relation) { lookup->setRelation(relation); });
    return lookup;
}

void TableModel::setFilter(const RowFilter &filter)
{
    if (m_core->filter == filter)
        return;
    m_core->filter = filter;
    const QPointer<TableModel> self(this);
    Q_EMIT filterChanged();
    if (self)
        m_core->reselect();
}

RowFilter TableModel::filter() const
{
    return m_core->filter;
}

void TableModel::setSearchText(const QString &text)
{
    if (m_core->searchText == text)
        return;
    m_core->searchText = text;
    const QPointer<TableModel> self(this);
    Q_EMIT filterChanged();
    if (self)
        m_core->reselect();
}

QString TableModel::searchText() const
{
    return m_core->searchText;
}

int TableModel::sortColumn() const
{
    return m_core->sortColumn;
}

Qt::SortOrder TableModel::sortOrder() const
{
    return m_core->sortOrder;
}

void TableModel::sort(int column, Qt::SortOrder order)
{
    column = qMax(-1, column);
    if (m_core->sortColumn == column && m_core->sortOrder == order)
        return;
    m_core->sortColumn = column;
    m_core->sortOrder = order;
    const QPointer<TableModel> self(this);
    Q_EMIT sortChanged();
    if (self)
        m_core->reselect();
}

int TableModel::refreshInterval() const
{
    return m_core->refreshInterval();
}

void TableModel::setRefreshInterval(int milliseconds)
{
    const int interval = qMax(0, milliseconds);
    if (interval == m_core->refreshInterval())
        return;
    m_core->setRefreshInterval(interval);
    Q_EMIT refreshIntervalChanged();
}

void TableModel::setChangeSource(ChangeSource *source)
{
    m_core->setChangeSource(source);
}

ChangeSource *TableModel::changeSource() const
{
    return m_core->changeSource();
}

TableModel::Status TableModel::status() const
{
    return m_core->status();
}

bool TableModel::isStreaming() const
{
    return m_core->isStreaming();
}

QString TableModel::streamingReason() const
{
    return m_core->streamingReason();
}

bool TableModel::isCounting() const
{
    return m_core->isCounting();
}

bool TableModel::isCountExact() const
{
    return m_core->isCountExact();
}

Error TableModel::error() const
{
    return m_core->error();
}

QString TableModel::errorString() const
{
    return m_core->error().message();
}

QList<Column> TableModel::columns() const
{
    return m_core->columns();
}

Row TableModel::row(int index) const
{
    return m_core->row(index);
}

bool TableModel::isLoaded(int row) const
{
    return m_core->isLoaded(row);
}

qint64 TableModel::memoryLimit() const
{
    return m_core->pages().memoryLimit();
}

void TableModel::setMemoryLimit(qint64 bytes)
{
    m_core->pages().setMemoryLimit(qMax(Q_INT64_C(0), bytes));
}

qint64 TableModel::memoryBytes() const
{
    return m_core->pages().memoryBytes();
}

int TableModel::anchorCount() const
{
    return m_core->anchorCount();
}

void TableModel::find(const RowFilter &condition, int fromRow, bool backwards)
{
    m_core->find(condition, fromRow, backwards);
}

int TableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_core->rowCount() + m_editor->newRowCount();
}

int TableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_core->columns().size());
}

QVariant TableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
        return QVariant();
    if ((role == Qt::DisplayRole || role == Qt::TextAlignmentRole) && !m_relations->isEmpty()) {
        const QString name = m_core->columns().at(index.column()).name();
        if (m_relations->has(name)) {
            if (role == Qt::TextAlignmentRole)
                return int(Qt::AlignLeft | Qt::AlignVCenter);
            QVariantList keys{data(index, Qt::EditRole)};
            for (const QString &further : m_relations->relation(name).furtherColumns) {
                keys.append(
                    data(index.siblingAtColumn(m_core->tableSchema().indexOf(further)), Qt::EditRole));
            }
            const QString text = m_relations->text(name, index.row(), keys);
            if (!text.isNull())
                return text;
        }
    }
    const bool isNew = index.row() >= m_core->rowCount();
    const Row &row = m_core->row(index.row());
    if (role == LoadedRole)
        return isNew || row.isValid();
    if (const Internal::RowEdit *edit = m_editor->editAt(index.row(), row)) {
        const QVariant edited = Internal::editedData(*edit, m_core->columns(), index.column(), role);
        if (edited.isValid() || isNew)
            return edited;
    }
    switch (role) {
    case CellStateRole:
        return int(CellState::Clean);
    case RowStateRole:
        return int(RowState::Clean);
    case ChoicesRole:
        return m_core->tableSchema().columns.at(index.column()).choices;
    case BaseValueRole:
        role = Qt::EditRole;
        break;
    default:
        break;
    }
    if (!row.isValid()) {
        // What is known of a cell without its row.
        const bool known = role == Qt::TextAlignmentRole || role == QueryModel::TypeNameRole
            || role == QueryModel::ColumnNameRole;
        return known ? headerData(index.column(), Qt::Horizontal, role) : QVariant();
    }
    if (role - FirstColumnRole >= columnCount())
        return QVariant();
    // A QDateTime would lose microseconds when it is written back.
    if (role == Qt::EditRole && Internal::isFinerThanQt(m_core->columns().at(index.column()))
        && !row.isNull(index.column()))
        role = Qt::DisplayRole;
    return Internal::cellData(row, index.column(), role);
}

QVariant TableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Vertical) {
        const bool shown = role == Qt::DisplayRole || role == Qt::EditRole;
        return shown && section >= 0 && section < rowCount() ? QVariant(section + 1) : QVariant();
    }
    if (section < 0 || section >= columnCount())
        return QVariant();
    const Column &column = m_core->columns().at(section);
    if (role == Qt::TextAlignmentRole && m_relations->has(column.name()))
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    return Internal::columnHeader(column, role);
}

QHash<int, QByteArray> TableModel::roleNames() const
{
    QHash<int, QByteArray> names
        = Internal::modelRoleNames(QAbstractTableModel::roleNames(), m_core->roleNames());
    names.insert(LoadedRole, QByteArrayLiteral("loaded"));
    Internal::addEditingRoleNames(names);
    return names;
}

void TableModel::select()
{
    m_core->select();
}

void TableModel::refresh()
{
    m_relations->refresh();
    m_core->refresh();
}

void TableModel::clear()
{
    m_core->clear();
}

} // namespace QAsyncMySql
