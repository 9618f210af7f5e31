// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "schemamodel.h"

#include "theme.h"

#include <QtGui/QGuiApplication>

using namespace QAsyncMySql;

namespace {

QString quoted(QString name)
{
    return QLatin1Char('`') + name.replace(QLatin1Char('`'), QLatin1String("``")) + QLatin1Char('`');
}

} // namespace

SchemaModel::SchemaModel(QObject *parent)
    : QStandardItemModel(parent)
{
}

void SchemaModel::setPool(Pool *pool)
{
    m_pool = pool;
    refresh();
}

QStandardItem *SchemaModel::makeItem(Kind kind, const QString &name, const QString &detail) const
{
    static constexpr Theme::Symbol symbols[]
        = {Theme::Symbol::Schema, Theme::Symbol::Table, Theme::Symbol::View, Theme::Symbol::Column};
    auto *item = new QStandardItem(name);
    const bool key = kind == Kind::Column && detail.contains(QLatin1String("PRI"));
    item->setIcon(Theme::icon(key ? Theme::Symbol::Key : symbols[int(kind)], QGuiApplication::palette()));
    item->setEditable(false);
    item->setData(int(kind), KindRole);
    item->setData(kind == Kind::Column, FetchedRole);
    item->setToolTip(detail.toHtmlEscaped());
    return item;
}

SchemaModel::Kind SchemaModel::kindOf(const QModelIndex &index) const
{
    return Kind(index.data(KindRole).toInt());
}

void SchemaModel::refresh()
{
    clear();
    if (!m_pool)
        return;
    m_pool->query(
        this,
        [this](const Result<ResultSet> &result) {
            if (!result) {
                Q_EMIT failed(result.error());
                return;
            }
            clear();
            for (const Row &row : *result)
                appendRow(makeItem(Kind::Schema, row.get<QString>(0)));
            Q_EMIT schemasLoaded();
        },
        u"SELECT schema_name FROM information_schema.schemata ORDER BY schema_name IN ('information_schema', "
        u"'mysql', 'performance_schema', 'sys'), schema_name");
}

bool SchemaModel::hasChildren(const QModelIndex &parent) const
{
    if (parent.isValid() && !parent.data(FetchedRole).toBool())
        return true;
    return QStandardItemModel::hasChildren(parent);
}

bool SchemaModel::canFetchMore(const QModelIndex &parent) const
{
    return parent.isValid() && m_pool && !parent.data(FetchedRole).toBool();
}

void SchemaModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    setData(parent, true, FetchedRole);
    if (kindOf(parent) == Kind::Schema)
        fetchTables(parent);
    else
        fetchColumns(parent);
}

void SchemaModel::fetchTables(const QModelIndex &schema)
{
    m_pool->query(
        this,
        [this, place = QPersistentModelIndex(schema)](const Result<ResultSet> &result) {
            if (!result) {
                setData(place, false, FetchedRole);
                Q_EMIT failed(result.error());
                return;
            }
            QList<QStandardItem *> items;
            for (const Row &row : *result) {
                const bool view = row.get<QString>(1).contains(QLatin1String("VIEW"));
                const QString rows
                    = row.isNull(2) ? QString() : tr("about %L1 rows").arg(row.get<quint64>(2));
                items.append(makeItem(view ? Kind::View : Kind::Table, row.get<QString>(0), rows));
            }
            fill(place, items);
        },
        u"SELECT table_name, table_type, table_rows FROM information_schema.tables WHERE table_schema = ? "
        u"ORDER BY table_name",
        schema.data().toString());
}

void SchemaModel::fetchColumns(const QModelIndex &table)
{
    m_pool->query(
        this,
        [this, place = QPersistentModelIndex(table)](const Result<ResultSet> &result) {
            if (!result) {
                setData(place, false, FetchedRole);
                Q_EMIT failed(result.error());
                return;
            }
            QList<QStandardItem *> items;
            for (const Row &row : *result)
                items.append(makeItem(Kind::Column, row.get<QString>(0),
                                      row.get<QString>(1) + QLatin1Char(' ') + row.get<QString>(2)));
            fill(place, items);
        },
        u"SELECT column_name, column_type, column_key FROM information_schema.columns WHERE table_schema = ? "
        u"AND table_name = ? ORDER BY ordinal_position",
        table.parent().data().toString(), table.data().toString());
}

void SchemaModel::fill(const QModelIndex &parent, const QList<QStandardItem *> &items)
{
    QStandardItem *item = itemFromIndex(parent);
    if (item)
        item->appendRows(items);
    else
        qDeleteAll(items); // refreshed meanwhile
}

QString SchemaModel::selectStatement(const QModelIndex &index) const
{
    if (!index.isValid() || (kindOf(index) != Kind::Table && kindOf(index) != Kind::View))
        return QString();
    return QStringLiteral("SELECT *\nFROM ") + quoted(index.parent().data().toString()) + QLatin1Char('.')
        + quoted(index.data().toString());
}
