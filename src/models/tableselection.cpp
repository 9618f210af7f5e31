// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/rolenames.h"
#include "models/tablemodelcore.h"

namespace QAsyncMySql::Internal {

namespace {

// Above this many rows an order that no index gives is made by the server once, not for every window.
constexpr qint64 SortedTableRows = 50'000;

} // namespace

void TableModelCore::select()
{
    stop();
    m_windows.setPool(pool);
    m_background.setPool(pool);
    m_extra.setPool(pool);
    if (connection) {
        m_windows.setConnection(connection);
        m_background.setConnection(connection);
        m_extra.setConnection(connection);
    }
    if (!setStatus(Status::Loading, Error()))
        return;
    readSchema();
}

void TableModelCore::reselect()
{
    if (m_status != Status::Empty)
        select();
}

void TableModelCore::clear()
{
    stop();
    const QPointer<TableModelCore> self(this);
    const ModelChange change(this, &m_changing);
    m_model->beginResetModel();
    m_columns.clear();
    m_roleNames.clear();
    m_key.clear();
    m_total = 0;
    m_countExact = false;
    m_anchors.clear();
    m_pages.clear();
    m_stream.reset();
    if (onReset)
        onReset(true);
    m_model->endResetModel();
    if (self && setStatus(Status::Empty, Error()))
        tell(&TableModel::countChanged);
}

// Read anew for each selection: a table may have been altered, and it takes a few milliseconds.
void TableModelCore::readSchema()
{
    ask(m_windows, TableSchema::columnsQuery(schemaName, table), [this](const Result<ResultSet> &columns) {
        if (!columns) {
            fail(columns.error());
            return;
        }
        if (columns->isEmpty()) {
            fail(Error(
                Error::Kind::Usage,
                table.isEmpty()
                    ? QStringLiteral("The model has no table: call setTable() before select().")
                    : QStringLiteral("There is no table \"%1\" in %2, or this account may not see it.")
                          .arg(table,
                               schemaName.isEmpty() ? QStringLiteral("the default schema") : schemaName),
                Error::Outcome::NotExecuted));
            return;
        }
        m_schema = TableSchema();
        m_schema.readColumns(*columns);
        ask(m_windows, TableSchema::indexesQuery(m_schema.schema, m_schema.table),
            [this](const Result<ResultSet> &indexes) {
                if (!indexes) {
                    fail(indexes.error());
                    return;
                }
                m_schema.readIndexes(*indexes);
                ask(m_windows, TableSchema::tableQuery(m_schema.schema, m_schema.table),
                    [this](const Result<ResultSet> &tables) {
                        if (!tables) {
                            fail(tables.error());
                            return;
                        }
                        m_schema.readTable(*tables);
                        begin();
                    });
            });
    });
}

Result<SqlFragment> TableModelCore::makeCondition(const RowFilter &extra) const
{
    RowFilter all = filter && extra;
    if (!searchText.isEmpty()) {
        QStringList texts;
        for (const TableColumn &column : m_schema.columns) {
            if (column.isText() || column.dataType == QLatin1String("enum"))
                texts.append(column.name);
        }
        // Without a column of text nothing can be found.
        all = all && (texts.isEmpty() ? !RowFilter() : RowFilter::search(texts, searchText));
    }
    const Result<Sql::Fragment> sql = all.toFragment();
    if (!sql)
        return sql.error();
    const Result<SqlStatement> resolved = SqlStatement(*sql).forServer(m_dialect);
    if (!resolved)
        return resolved.error();
    SqlFragment condition(resolved->text());
    condition.values = resolved->parameters();
    return condition;
}

void TableModelCore::begin()
{
    if (const Connection *here = m_windows.connection())
        m_dialect = Dialect(here->isMariaDb(), here->serverVersionNumber());
    const Result<SqlFragment> condition = makeCondition({});
    if (!condition) {
        fail(condition.error());
        return;
    }
    m_condition = *condition;
    m_key = keyOverride.isEmpty() ? m_schema.findKey() : keyOverride;
    const Result<RowOrder> order = RowOrder::make(m_schema, sortColumn, sortOrder, m_key);
    if (!order) {
        fail(order.error());
        return;
    }
    m_order = *order;
    const bool sorted = sortColumn >= 0 && sortColumn < m_schema.columns.size();
    if (m_key.isEmpty()) {
        startStream(
            QStringLiteral("The table has no primary or unique key without NULL, by which rows could be "
                           "found."));
    } else if (sorted && m_schema.estimatedRows > SortedTableRows
               && !m_schema.isOrderedBy(m_schema.columns.at(sortColumn).name)) {
        startStream(QStringLiteral("The table has no index that gives its rows in the order of the column "
                                   "\"%1\".")
                        .arg(m_schema.columns.at(sortColumn).name));
    } else {
        readFirstPage();
    }
}

void TableModelCore::readFirstPage()
{
    SqlFragment query = selectFrom(m_order.selectList(), {});
    query << m_order.orderBy(false)
          << QString(QLatin1String(" LIMIT ") + QString::number(TablePages::PageRows + 1));
    ask(m_windows, query, [this](const Result<ResultSet> &first) {
        if (!first) {
            fail(first.error());
            return;
        }
        if (first->size() <= TablePages::PageRows) {
            m_lastPlace.clear();
            adopt(*first);
            return;
        }
        m_firstPlace = m_order.placeIn(first->at(0));
        SqlFragment explain;
        explain << u"EXPLAIN " << selectFrom(QStringLiteral("*"), {});
        ask(m_windows, explain, [this, first = *first](const Result<ResultSet> &explained) {
            if (explained && !explained->isEmpty()) {
                const int rows = explained->indexOf(u"rows");
                const int filtered = explained->indexOf(u"filtered");
                if (rows >= 0) {
                    const double part = filtered >= 0 && !m_condition.isEmpty()
                        ? explained->at(0).get<double>(filtered)
                        : 100;
                    const auto estimate = double(explained->at(0).get<quint64>(rows)) * part / 100;
                    m_schema.estimatedRows = qint64(estimate);
                }
            }
            if (!m_order.canInterpolate()) {
                m_lastPlace.clear();
                adopt(first);
                return;
            }
            SqlFragment last = selectFrom(m_order.placeList(), {});
            last << m_order.orderBy(true) << u" LIMIT 1";
            ask(m_windows, last, [this, first](const Result<ResultSet> &end) {
                m_lastPlace.clear();
                if (end && !end->isEmpty())
                    m_lastPlace = m_order.placeOf(end->at(0));
                adopt(first);
            });
        });
    });
}

// The first rows are here: this is the model from now on.
void TableModelCore::adopt(const ResultSet &first)
{
    const bool whole = first.size() <= TablePages::PageRows;
    const quint64 epoch = m_epoch;
    {
        const ModelChange change(this, &m_changing);
        m_model->beginResetModel();
        if (!change.alive() || m_epoch != epoch)
            return;
        m_stream.reset();
        m_streamingReason.clear();
        m_columns = first.columns().mid(0, m_schema.columns.size());
        QStringList names;
        for (const Column &column : m_columns)
            names.append(column.name());
        m_roleNames = columnRoleNames(names);
        m_pages.clear();
        m_anchors.clear();
        if (onReset)
            onReset(false);
        m_lastFetched = 0;
        m_countExact = whole;
        m_total = whole
            ? first.size()
            : qBound(qint64(first.size()), m_schema.estimatedRows, qint64(std::numeric_limits<int>::max()));
        if (!first.isEmpty()) {
            const RowBatch rows = first.rows().mid(0, TablePages::PageRows);
            TablePages::Page page;
            page.first = m_order.placeIn(rows.first());
            page.last = m_order.placeIn(rows.at(rows.size() - 1));
            m_pages.put(0, rows, page);
        }
        m_model->endResetModel();
        if (!change.alive() || m_epoch != epoch)
            return;
    }
    if (!setStatus(Status::Ready, Error()) || !tell(&TableModel::countChanged))
        return;
    if (!whole)
        startCounting();
    else
        m_windows.release();
}

// All rows, in order, through a QueryModel, whose rows are ours.
void TableModelCore::startStream(const QString &reason)
{
    auto stream = std::make_unique<QueryModel>();
    stream->setPool(pool);
    if (connection)
        stream->setConnection(connection);
    stream->setFetchPolicy(QueryModel::FetchPolicy::All);
    SqlFragment query = selectFrom(m_order.selectList(), {});
    query << m_order.orderBy(false);
    stream->setQuery(query.text, query.values);
    QueryModel *rows = stream.get();
    connect(rows, &QAbstractItemModel::modelAboutToBeReset, this, [this] {
        ++m_changing;
        m_model->beginResetModel();
    });
    connect(rows, &QAbstractItemModel::modelReset, this, [this, rows] {
        m_total = rows->rowCount();
        m_columns = rows->columns().mid(0, m_schema.columns.size());
        QStringList names;
        for (const Column &column : m_columns)
            names.append(column.name());
        m_roleNames = columnRoleNames(names);
        const QPointer<TableModelCore> self(this);
        m_model->endResetModel();
        if (self)
            --m_changing;
    });
    connect(rows, &QAbstractItemModel::rowsAboutToBeInserted, this,
            [this](const QModelIndex &, int first, int last) {
                ++m_changing;
                m_model->beginInsertRows({}, first, last);
            });
    connect(rows, &QAbstractItemModel::rowsInserted, this, [this, rows] {
        m_total = rows->rowCount();
        const QPointer<TableModelCore> self(this);
        m_model->endInsertRows();
        if (self)
            --m_changing;
    });
    connect(rows, &QueryModel::progressChanged, this, [this] { tell(&TableModel::countChanged); });
    connect(rows, &QueryModel::statusChanged, this, [this, rows] {
        if (rows->columnCount() > 0 && m_status == Status::Loading && !setStatus(Status::Ready, Error()))
            return;
    });
    connect(rows, &QueryModel::loadFinished, this, [this](const Error &error) {
        m_counting = false;
        m_countExact = !error.isError();
        if (error.isError()) {
            if (setStatus(Status::Failed, error))
                tell(&TableModel::errorOccurred, error);
            return;
        }
        if (setStatus(Status::Ready, Error()))
            tell(&TableModel::countChanged);
    });
    const quint64 epoch = m_epoch;
    {
        const ModelChange change(this, &m_changing);
        m_model->beginResetModel();
        if (!change.alive() || m_epoch != epoch)
            return;
        m_total = 0;
        m_countExact = false;
        m_columns.clear();
        m_roleNames.clear();
        m_pages.clear();
        m_anchors.clear();
        if (onReset)
            onReset(false);
        m_stream = std::move(stream);
        m_streamingReason = reason;
        m_counting = true;
        m_model->endResetModel();
        if (!change.alive() || m_epoch != epoch)
            return;
    }
    m_windows.release();
    m_stream->load();
}

} // namespace QAsyncMySql::Internal
