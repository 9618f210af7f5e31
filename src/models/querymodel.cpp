// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/querymodel.h>

#include "models/celldata.h"
#include "models/queryeditor.h"
#include "models/querymodelcore.h"

#include <utility>

namespace QAsyncMySql {

QueryModel::QueryModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_core(std::make_unique<Internal::QueryModelCore>(this))
{
}

QueryModel::~QueryModel() = default;

void QueryModel::setPool(Pool *pool)
{
    m_core->pool = pool;
    m_core->connection = nullptr;
}

Pool *QueryModel::pool() const
{
    return m_core->pool;
}

void QueryModel::setConnection(Connection *connection)
{
    m_core->connection = connection;
    m_core->pool = nullptr;
}

Connection *QueryModel::connection() const
{
    return m_core->connection;
}

QString QueryModel::query() const
{
    return m_core->query.text();
}

QVariantList QueryModel::parameterValues() const
{
    return m_core->parameterValues;
}

void QueryModel::setParameterValues(const QVariantList &values)
{
    if (m_core->narrowed
        || (m_core->parameterValues == values && m_core->query.parameters().size() == values.size()))
        return; // a typed query has its values
    m_core->parameterValues = values;
    m_core->query = SqlStatement(m_core->query.text(), Internal::makeParameters(values));
    Q_EMIT queryChanged();
}

void QueryModel::setQuery(const QString &sql)
{
    if (m_core->query.text() == sql && !m_core->narrowed)
        return;
    m_core->query = SqlStatement(sql, m_core->narrowed ? Parameters() : m_core->query.parameters());
    m_core->narrowed = nullptr;
    Q_EMIT queryChanged();
}

void QueryModel::setQuery(const QString &sql, const Parameters &parameters)
{
    setStatement(SqlStatement(sql, parameters), nullptr);
}

void QueryModel::setStatement(const SqlStatement &statement,
                              std::function<SqlStatement(const Sql::Condition &)> narrowed)
{
    m_core->query = statement;
    m_core->narrowed = std::move(narrowed);
    m_core->parameterValues.clear();
    Q_EMIT queryChanged();
}

QueryModel::FetchPolicy QueryModel::fetchPolicy() const
{
    return m_core->policy;
}

void QueryModel::setFetchPolicy(FetchPolicy policy)
{
    if (std::exchange(m_core->policy, policy) == policy)
        return;
    const QPointer<QueryModel> self(this);
    m_core->settingsChanged();
    if (self)
        Q_EMIT fetchPolicyChanged();
}

int QueryModel::batchSize() const
{
    return m_core->batchSize;
}

void QueryModel::setBatchSize(int rows)
{
    const int size = qMax(1, rows);
    if (std::exchange(m_core->batchSize, size) != size)
        Q_EMIT batchSizeChanged();
}

int QueryModel::holdTime() const
{
    return m_core->holdTime;
}

void QueryModel::setHoldTime(int milliseconds)
{
    const int time = qMax(-1, milliseconds);
    if (std::exchange(m_core->holdTime, time) != time)
        Q_EMIT holdTimeChanged();
}

qint64 QueryModel::memoryLimit() const
{
    return m_core->rows().memoryLimit();
}

void QueryModel::setMemoryLimit(qint64 bytes)
{
    m_core->rows().setMemoryLimit(qMax(Q_INT64_C(0), bytes));
}

int QueryModel::sortColumn() const
{
    return m_core->sortColumn;
}

Qt::SortOrder QueryModel::sortOrder() const
{
    return m_core->sortOrder;
}

void QueryModel::setFilter(const RowFilter &filter)
{
    if (m_core->filter == filter)
        return;
    m_core->filter = filter;
    Q_EMIT queryChanged();
}

RowFilter QueryModel::filter() const
{
    return m_core->filter;
}

QueryModel::Status QueryModel::status() const
{
    return m_core->status();
}

int QueryModel::loadedRows() const
{
    return int(m_core->rowCount());
}

qint64 QueryModel::spilledBytes() const
{
    return m_core->rows().spilledBytes();
}

bool QueryModel::isComplete() const
{
    return m_core->isComplete();
}

qint64 QueryModel::loadedBytes() const
{
    return m_core->rows().byteSize();
}

double QueryModel::rowsPerSecond() const
{
    return m_core->rowsPerSecond();
}

Error QueryModel::error() const
{
    return m_core->error();
}

QString QueryModel::errorString() const
{
    return m_core->error().message();
}

const QList<Column> &QueryModel::columns() const
{
    return m_core->columns();
}

Row QueryModel::row(int index) const
{
    return m_core->row(index);
}

int QueryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_core->rowCount());
}

int QueryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_core->columns().size());
}

QVariant QueryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
        return QVariant();
    if (const Internal::QueryEditor *const editor = m_core->editor()) {
        const QVariant value = editor->data(index.row(), index.column(), role);
        if (value.isValid())
            return value;
    }
    return Internal::cellData(m_core->row(index.row()), index.column(), role);
}

bool QueryModel::isEditable() const
{
    return m_core->editor() != nullptr;
}

void QueryModel::setEditable(bool on)
{
    if (isEditable() == on)
        return;
    m_core->setEditable(on);
    Q_EMIT editableChanged();
}

QString QueryModel::readOnlyReason(const QModelIndex &index) const
{
    if (!isEditable())
        return tr("The model is not to be edited.");
    return index.isValid() && index.row() < rowCount() && index.column() < columnCount()
        ? m_core->editor()->refusal(index.row(), index.column())
        : tr("There is no such cell.");
}

RowConflict QueryModel::conflict(const QModelIndex &index) const
{
    return isEditable() && index.isValid() ? m_core->editor()->conflict(index) : RowConflict();
}

bool QueryModel::keepMine(const QModelIndex &index)
{
    return isEditable() && index.isValid() && m_core->editor()->keepMine(index);
}

void QueryModel::takeTheirs(const QModelIndex &index)
{
    if (isEditable() && index.isValid())
        m_core->editor()->takeTheirs(index);
}

Qt::ItemFlags QueryModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return isEditable() && readOnlyReason(index).isEmpty() ? flags | Qt::ItemIsEditable : flags;
}

bool QueryModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !isEditable() || !index.isValid() || index.row() >= rowCount()
        || index.column() >= columnCount())
        return false;
    return m_core->editor()->setData(index, value);
}

QVariant QueryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool shown = role == Qt::DisplayRole || role == Qt::EditRole;
    if (orientation == Qt::Vertical)
        return shown && section >= 0 && section < rowCount() ? QVariant(section + 1) : QVariant();
    if (section < 0 || section >= columnCount())
        return QVariant();
    if (shown) {
        const auto own = m_core->headers().constFind(section);
        if (own != m_core->headers().constEnd())
            return *own;
    }
    return Internal::columnHeader(m_core->columns().at(section), role);
}

bool QueryModel::setHeaderData(int section, Qt::Orientation orientation, const QVariant &value, int role)
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()
        || (role != Qt::EditRole && role != Qt::DisplayRole))
        return false;
    if (value.isValid())
        m_core->headers().insert(section, value);
    else
        m_core->headers().remove(section); // the column's name again
    Q_EMIT headerDataChanged(orientation, section, section);
    return true;
}

QHash<int, QByteArray> QueryModel::roleNames() const
{
    QHash<int, QByteArray> names
        = Internal::modelRoleNames(QAbstractTableModel::roleNames(), m_core->roleNames());
    Internal::addEditingRoleNames(names);
    return names;
}

bool QueryModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && m_core->canFetchMore();
}

void QueryModel::fetchMore(const QModelIndex &parent)
{
    if (!parent.isValid())
        m_core->fetchMore();
}

void QueryModel::sort(int column, Qt::SortOrder order)
{
    if (m_core->sortColumn == column && m_core->sortOrder == order)
        return;
    m_core->sortColumn = qMax(-1, column);
    m_core->sortOrder = order;
    const QPointer<QueryModel> self(this);
    Q_EMIT sortChanged();
    if (self && status() != Status::Empty)
        load();
}

void QueryModel::refresh()
{
    m_core->load(true);
}

void QueryModel::load()
{
    m_core->load();
}

void QueryModel::cancel()
{
    m_core->cancel();
}

void QueryModel::clear()
{
    m_core->clear();
}

} // namespace QAsyncMySql
