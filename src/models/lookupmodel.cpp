// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/lookupmodelcore.h"
#include "models/sqlfragment.h"
#include "models/tableschema.h"

#include <QtCore/QTimerEvent>

namespace QAsyncMySql {

namespace Internal {

void LookupModelCore::ask(int milliseconds)
{
    channel.cancel(); // what is overtaken
    if (!relation.isComplete())
        return;
    m_timer.start(milliseconds, this);
    if (!std::exchange(m_loading, true))
        Q_EMIT m_model->statusChanged();
}

void LookupModelCore::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    m_timer.stop();
    start();
}

void LookupModelCore::start()
{
    const RowFilter text = prefix ? RowFilter::startsWith(relation.displayColumn, searchText)
                                  : RowFilter::contains(relation.displayColumn, searchText);
    SqlFragment condition;
    const Result<QString> sql = (searchText.isEmpty() ? filter : filter && text).toSql(condition.values);
    if (!sql) {
        arrived(sql.error());
        return;
    }
    const QString key = quoted(relation.keyColumn);
    const QString display = quoted(relation.displayColumn);
    SqlFragment query;
    QString further;
    for (const QString &column : std::as_const(relation.furtherKeyColumns))
        further += QLatin1String(", ") + quoted(column);
    query << u"SELECT " << key << u", " << display << further << u" FROM "
          << quotedTable(relation.schema, relation.table);
    if (!sql->isEmpty()) {
        condition.text = *sql;
        query << u" WHERE " << condition;
    }
    // One more than is shown says whether there are more.
    query << u" ORDER BY " << display << u", " << key << further << u" LIMIT " << bound(qint64(limit) + 1);
    channel.run(query.text, query.values, [this](const Result<ResultSet> &result) { arrived(result); });
}

void LookupModelCore::arrived(const Result<ResultSet> &result)
{
    const QPointer<LookupModelCore> self(this);
    m_loading = false;
    m_error = result.error();
    if (result) {
        m_model->beginResetModel();
        m_rows = *result;
        m_shown = int(qMin(result->size(), qsizetype(limit)));
        m_complete = result->size() <= limit;
        m_model->endResetModel();
    }
    if (self)
        Q_EMIT m_model->statusChanged();
    if (self)
        Q_EMIT m_model->loaded();
}

} // namespace Internal

LookupModel::LookupModel(QObject *parent)
    : QAbstractListModel(parent)
    , m_core(std::make_unique<Internal::LookupModelCore>(this))
{
}

LookupModel::~LookupModel() = default;

void LookupModel::setPool(Pool *pool)
{
    if (m_core->channel.pool() == pool && pool)
        return;
    m_core->channel.setPool(pool);
    if (pool)
        m_core->ask(0);
}

Pool *LookupModel::pool() const
{
    return m_core->channel.pool();
}

void LookupModel::setConnection(Connection *connection)
{
    m_core->channel.setConnection(connection);
    if (connection)
        m_core->ask(0);
}

Connection *LookupModel::connection() const
{
    return m_core->channel.connection();
}

void LookupModel::setRelation(const TableRelation &relation)
{
    if (m_core->relation == relation)
        return;
    m_core->relation = relation;
    const QPointer<LookupModel> self(this);
    Q_EMIT relationChanged();
    if (self && m_core->channel.hasPlace())
        m_core->ask(0);
}

TableRelation LookupModel::relation() const
{
    return m_core->relation;
}

void LookupModel::setTable(const QString &table)
{
    TableRelation relation = m_core->relation;
    relation.table = table;
    setRelation(relation);
}

void LookupModel::setSchema(const QString &schema)
{
    TableRelation relation = m_core->relation;
    relation.schema = schema;
    setRelation(relation);
}

void LookupModel::setKeyColumn(const QString &column)
{
    TableRelation relation = m_core->relation;
    relation.keyColumn = column;
    setRelation(relation);
}

void LookupModel::setFurtherKeyColumns(const QStringList &columns)
{
    TableRelation relation = m_core->relation;
    relation.furtherKeyColumns = columns;
    setRelation(relation);
}

void LookupModel::setDisplayColumn(const QString &column)
{
    TableRelation relation = m_core->relation;
    relation.displayColumn = column;
    setRelation(relation);
}

void LookupModel::setFilter(const RowFilter &filter)
{
    if (m_core->filter == filter)
        return;
    m_core->filter = filter;
    m_core->ask(0);
}

void LookupModel::setSearchText(const QString &text)
{
    if (m_core->searchText == text)
        return;
    m_core->searchText = text;
    const QPointer<LookupModel> self(this);
    Q_EMIT searchTextChanged();
    if (self)
        m_core->ask(m_core->delay);
}

QString LookupModel::searchText() const
{
    return m_core->searchText;
}

bool LookupModel::isPrefixSearch() const
{
    return m_core->prefix;
}

void LookupModel::setPrefixSearch(bool on)
{
    if (std::exchange(m_core->prefix, on) == on)
        return;
    const QPointer<LookupModel> self(this);
    Q_EMIT settingsChanged();
    if (self)
        m_core->ask(m_core->delay);
}

int LookupModel::limit() const
{
    return m_core->limit;
}

void LookupModel::setLimit(int rows)
{
    rows = qMax(rows, 1);
    if (std::exchange(m_core->limit, rows) == rows)
        return;
    const QPointer<LookupModel> self(this);
    Q_EMIT settingsChanged();
    if (self)
        m_core->ask(m_core->delay);
}

int LookupModel::delay() const
{
    return m_core->delay;
}

void LookupModel::setDelay(int milliseconds)
{
    milliseconds = qMax(milliseconds, 0);
    if (std::exchange(m_core->delay, milliseconds) != milliseconds)
        Q_EMIT settingsChanged();
}

bool LookupModel::isLoading() const
{
    return m_core->isLoading();
}

bool LookupModel::isComplete() const
{
    return m_core->isComplete();
}

Error LookupModel::error() const
{
    return m_core->error();
}

QString LookupModel::errorString() const
{
    return m_core->error().message();
}

QVariant LookupModel::key(int row) const
{
    return row >= 0 && row < rowCount() ? m_core->rows().at(row).value(0) : QVariant();
}

QVariantList LookupModel::keys(int row) const
{
    QVariantList keys;
    if (row < 0 || row >= rowCount())
        return keys;
    const Row &values = m_core->rows().at(row);
    for (int column = 0; column < values.columnCount(); ++column) {
        if (column != 1) // the text
            keys.append(values.value(column));
    }
    return keys;
}

int LookupModel::rowOf(const QString &text) const
{
    int found = -1;
    for (int row = 0; row < rowCount(); ++row) {
        if (m_core->rows().at(row).get<QString>(1) != text)
            continue;
        if (found >= 0)
            return -1;
        found = row;
    }
    return found;
}

int LookupModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_core->rowCount();
}

QVariant LookupModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return QVariant();
    if (role == KeyRole)
        return key(index.row());
    if (role == KeysRole)
        return keys(index.row());
    if (role != Qt::DisplayRole && role != Qt::EditRole)
        return QVariant();
    return m_core->rows().at(index.row()).get<QString>(1);
}

QHash<int, QByteArray> LookupModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert(KeyRole, QByteArrayLiteral("key"));
    names.insert(KeysRole, QByteArrayLiteral("keys"));
    return names;
}

void LookupModel::refresh()
{
    m_core->ask(0);
}

} // namespace QAsyncMySql
