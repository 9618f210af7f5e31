// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/querymodel.h>

#include "models/celltext.h"
#include "models/querymodelcore.h"
#include "models/scriptvalue.h"

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
    return m_core->sql;
}

QVariantList QueryModel::parameterValues() const
{
    return m_core->parameterValues;
}

void QueryModel::setParameterValues(const QVariantList &values)
{
    if (m_core->parameterValues == values && m_core->parameters.size() == values.size())
        return;
    m_core->parameterValues = values;
    m_core->parameters = Internal::makeParameters(values);
    Q_EMIT queryChanged();
}

void QueryModel::setQuery(const QString &sql)
{
    if (m_core->sql == sql)
        return;
    m_core->sql = sql;
    Q_EMIT queryChanged();
}

void QueryModel::setQuery(const QString &sql, const Parameters &parameters)
{
    m_core->sql = sql;
    m_core->parameters = parameters;
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

QueryModel::Status QueryModel::status() const
{
    return m_core->status();
}

int QueryModel::loadedRows() const
{
    return int(m_core->rows().size());
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
    return m_core->rows().row(index);
}

int QueryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_core->rows().size());
}

int QueryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_core->columns().size());
}

QVariant QueryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount() || index.column() >= columnCount())
        return QVariant();
    const int number = index.column();
    const Column &column = m_core->columns().at(number);
    switch (role) {
    case Qt::DisplayRole:
        return Internal::displayText(m_core->rows().row(index.row()).cell(number));
    case Qt::EditRole:
        return m_core->rows().row(index.row()).value(number);
    case Qt::ToolTipRole: {
        const QString text = Internal::toolTipText(m_core->rows().row(index.row()).cell(number));
        return text.isEmpty() ? QVariant() : QVariant(text);
    }
    case Qt::TextAlignmentRole:
        return int((column.isNumeric() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case RawRole:
        return m_core->rows().row(index.row()).raw(number).toByteArray();
    case IsNullRole:
        return m_core->rows().row(index.row()).isNull(number);
    case TypeNameRole:
        return column.typeName();
    case ColumnNameRole:
        return column.name();
    default:
        break;
    }
    if (const int named = role - FirstColumnRole; named >= 0 && named < m_core->columns().size())
        return Internal::scriptValue(m_core->rows().row(index.row()), named);
    return QVariant();
}

QVariant QueryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool shown = role == Qt::DisplayRole || role == Qt::EditRole;
    if (orientation == Qt::Vertical)
        return shown && section >= 0 && section < rowCount() ? QVariant(section + 1) : QVariant();
    if (section < 0 || section >= columnCount())
        return QVariant();
    const Column &column = m_core->columns().at(section);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole: {
        const auto own = m_core->headers().constFind(section);
        return own != m_core->headers().constEnd() ? *own : QVariant(column.name());
    }
    case Qt::ToolTipRole:
        return QVariant(column.name().toHtmlEscaped() + QLatin1String("<br>") + column.typeName()
                        + (column.isNullable() ? QString() : QStringLiteral(" NOT NULL")));
    case Qt::TextAlignmentRole:
        return int((column.isNumeric() ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case TypeNameRole:
        return column.typeName();
    case ColumnNameRole:
        return column.name();
    default:
        return QVariant();
    }
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
    QHash<int, QByteArray> names = QAbstractTableModel::roleNames();
    names.insert(Qt::TextAlignmentRole, QByteArrayLiteral("textAlignment"));
    names.insert(RawRole, QByteArrayLiteral("raw"));
    names.insert(IsNullRole, QByteArrayLiteral("isNull"));
    names.insert(TypeNameRole, QByteArrayLiteral("typeName"));
    names.insert(ColumnNameRole, QByteArrayLiteral("columnName"));
    const QList<QByteArray> &columns = m_core->roleNames();
    for (qsizetype i = 0; i < columns.size(); ++i)
        names.insert(FirstColumnRole + int(i), columns.at(i));
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
