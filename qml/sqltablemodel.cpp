// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sqltablemodel.h"

#include "models/scriptvalue.h"
#include "plainvalue.h"

#include <utility>

namespace QAsyncMySql {

namespace {

using Internal::plainValue;

Parameter parameterOf(const QVariant &value)
{
    const QVariant plain = plainValue(value);
    return plain.typeId() == QMetaType::Nullptr ? Parameter() : Parameter(plain);
}

RowFilter comparison(const QString &column, const QString &name, const QVariant &value)
{
    static const QHash<QString, RowFilter::Operator> operators = {
        {QStringLiteral("equal"), RowFilter::Equal},
        {QStringLiteral("notEqual"), RowFilter::NotEqual},
        {QStringLiteral("less"), RowFilter::Less},
        {QStringLiteral("lessOrEqual"), RowFilter::LessOrEqual},
        {QStringLiteral("greater"), RowFilter::Greater},
        {QStringLiteral("greaterOrEqual"), RowFilter::GreaterOrEqual},
        {QStringLiteral("like"), RowFilter::Like},
    };
    if (name == QLatin1String("contains"))
        return RowFilter::contains(column, value.toString());
    if (name == QLatin1String("startsWith"))
        return RowFilter::startsWith(column, value.toString());
    if (name == QLatin1String("endsWith"))
        return RowFilter::endsWith(column, value.toString());
    const auto found = operators.constFind(name);
    if (found == operators.constEnd()) {
        return RowFilter(column, RowFilter::Equal,
                         Parameter::invalid(QStringLiteral("\"%1\" is no comparison").arg(name)));
    }
    return RowFilter(column, *found, parameterOf(value));
}

RowFilter columnFilter(const QString &column, const QVariant &value)
{
    if (value.typeId() == QMetaType::QVariantList || value.typeId() == QMetaType::QStringList) {
        QList<Parameter> values;
        for (const QVariant &one : value.toList())
            values.append(parameterOf(one));
        return RowFilter(column, RowFilter::In, InList(values));
    }
    if (value.typeId() != QMetaType::QVariantMap)
        return RowFilter(column, RowFilter::Equal, parameterOf(value));
    RowFilter all;
    const QVariantMap comparisons = value.toMap();
    for (auto one = comparisons.cbegin(); one != comparisons.cend(); ++one)
        all = all && comparison(column, one.key(), one.value());
    return all;
}

} // namespace

SqlTableModel::SqlTableModel(QObject *parent)
    : TableModel(parent)
{
    m_selectTimer.setSingleShot(true);
    m_selectTimer.setInterval(0);
    connect(&m_selectTimer, &QTimer::timeout, this, &SqlTableModel::select);
    connect(this, &TableModel::tableChanged, this, &SqlTableModel::applyRelations); // those before are gone
    connect(this, &TableModel::tableChanged, this, &SqlTableModel::selectSoon);
    connect(this, &QAbstractItemModel::modelReset, this, &SqlTableModel::columnNamesChanged);
    connect(this, &QAbstractItemModel::modelReset, this, &SqlTableModel::rowsChanged);
    connect(this, &QAbstractItemModel::rowsInserted, this, &SqlTableModel::rowsChanged);
    connect(this, &QAbstractItemModel::rowsRemoved, this, &SqlTableModel::rowsChanged);
}

void SqlTableModel::setSqlPool(SqlPool *pool)
{
    if (!m_sqlPool.set(pool, this))
        return;
    const QPointer<SqlTableModel> self(this);
    Q_EMIT poolChanged();
    if (self)
        selectSoon();
}

void SqlTableModel::setActive(bool active)
{
    if (std::exchange(m_active, active) == active)
        return;
    selectSoon();
    Q_EMIT activeChanged();
}

QStringList SqlTableModel::columnNames() const
{
    QStringList names;
    for (const Column &column : columns())
        names.append(column.name());
    return names;
}

void SqlTableModel::setFilterMap(const QVariantMap &filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    RowFilter all;
    for (auto column = filter.cbegin(); column != filter.cend(); ++column)
        all = all && columnFilter(column.key(), Internal::plainValue(column.value()));
    const QPointer<SqlTableModel> self(this);
    setFilter(all);
    if (self)
        Q_EMIT filterMapChanged();
}

void SqlTableModel::setLockingOf(Locking locking)
{
    if (locking == this->locking())
        return;
    setLocking(locking);
    Q_EMIT lockingChanged();
}

void SqlTableModel::setVersionColumnOf(const QString &column)
{
    if (column == m_versionColumn)
        return;
    m_versionColumn = column;
    setVersionColumn(column);
    Q_EMIT lockingChanged();
}

void SqlTableModel::setRelationMap(const QVariantMap &relations)
{
    if (m_relations == relations)
        return;
    for (auto column = m_relations.cbegin(); column != m_relations.cend(); ++column)
        setRelation(column.key(), TableRelation());
    m_relations = relations;
    applyRelations();
    Q_EMIT relationMapChanged();
}

void SqlTableModel::applyRelations()
{
    for (auto column = m_relations.cbegin(); column != m_relations.cend(); ++column) {
        const QVariant value = Internal::plainValue(column.value());
        const QVariantMap map = value.toMap();
        const auto part = [&map](QLatin1String name) { return map.value(name).toString(); };
        TableRelation relation = map.isEmpty()
            ? TableRelation(value.toString())
            : TableRelation(part(QLatin1String("table")), part(QLatin1String("key")),
                            part(QLatin1String("display")), part(QLatin1String("schema")));
        // Of a key of several columns, the others: what they are there, by column.
        const QVariantMap with = Internal::plainValue(map.value(QStringLiteral("with"))).toMap();
        for (auto further = with.cbegin(); further != with.cend(); ++further)
            relation.with(further.key(), further.value().toString());
        setRelation(column.key(), relation);
    }
}

QVariantMap SqlTableModel::relationOf(int column) const
{
    const TableRelation found = relation(columnNames().value(column));
    if (!found.isComplete())
        return {};
    return {{QStringLiteral("schema"), found.schema},
            {QStringLiteral("table"), found.table},
            {QStringLiteral("key"), found.keyColumn},
            {QStringLiteral("display"), found.displayColumn},
            {QStringLiteral("furtherKeys"), found.furtherKeyColumns}};
}

QVariant SqlTableModel::value(int row, int column) const
{
    return column < 0 ? QVariant() : index(row, column).data(FirstColumnRole + column);
}

QVariantMap SqlTableModel::get(int row) const
{
    QVariantMap values;
    const QModelIndex cell = index(row, 0);
    if (!cell.data(LoadedRole).toBool())
        return values;
    const QList<Column> all = columns();
    for (int column = 0; column < int(all.size()); ++column)
        values.insert(all.at(column).name(), cell.data(FirstColumnRole + column));
    return values;
}

bool SqlTableModel::edit(int row, int column, const QVariant &value)
{
    const QVariant plain = Internal::plainValue(value);
    return setData(index(row, column), plain.typeId() == QMetaType::Nullptr ? QVariant() : plain);
}

int SqlTableModel::appendRow()
{
    const int row = rowCount();
    return insertRows(row, 1) ? row : -1;
}

bool SqlTableModel::removeRow(int row)
{
    return removeRows(row, 1);
}

void SqlTableModel::findText(const QString &columnName, const QString &text, int fromRow, bool backwards)
{
    find(RowFilter::contains(columnName, text), fromRow, backwards);
}

QVariantMap SqlTableModel::conflictOf(int row) const
{
    const RowConflict found = conflict(row);
    if (!found.isValid())
        return {};
    QVariantList changed;
    for (const int column : found.columns()) {
        changed.append(QVariantMap{{QStringLiteral("column"), column},
                                   {QStringLiteral("name"), columns().at(column).name()},
                                   {QStringLiteral("base"), found.base(column)},
                                   {QStringLiteral("mine"), found.mine(column)},
                                   {QStringLiteral("theirs"), found.theirs(column)}});
    }
    return {{QStringLiteral("gone"), found.isGone()}, {QStringLiteral("columns"), changed}};
}

void SqlTableModel::selectSoon()
{
    if (m_complete && m_active && pool() && !table().isEmpty())
        m_selectTimer.start();
    else
        m_selectTimer.stop();
}

void SqlTableModel::classBegin()
{
    m_complete = false;
}

void SqlTableModel::componentComplete()
{
    m_complete = true;
    selectSoon();
}

} // namespace QAsyncMySql
