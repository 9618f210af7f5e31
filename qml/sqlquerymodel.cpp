// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sqlquerymodel.h"

#include "plainvalue.h"

#include <utility>

namespace QAsyncMySql {

SqlQueryModel::SqlQueryModel(QObject *parent)
    : QueryModel(parent)
{
    m_loadTimer.setSingleShot(true);
    m_loadTimer.setInterval(0);
    connect(&m_loadTimer, &QTimer::timeout, this, &SqlQueryModel::load);
    connect(this, &QueryModel::queryChanged, this, &SqlQueryModel::loadSoon);
    connect(this, &QAbstractItemModel::modelReset, this, &SqlQueryModel::columnNamesChanged);
}

void SqlQueryModel::setSqlPool(SqlPool *pool)
{
    if (!m_sqlPool.set(pool, this))
        return;
    const QPointer<SqlQueryModel> self(this);
    Q_EMIT poolChanged();
    if (self)
        loadSoon();
}

void SqlQueryModel::setActive(bool active)
{
    if (std::exchange(m_active, active) == active)
        return;
    loadSoon();
    Q_EMIT activeChanged();
}

QStringList SqlQueryModel::columnNames() const
{
    QStringList names;
    for (const Column &column : columns())
        names.append(column.name());
    return names;
}

QVariant SqlQueryModel::value(int row, int column) const
{
    return column < 0 || column >= columnCount() ? QVariant()
                                                 : index(row, column).data(FirstColumnRole + column);
}

QVariant SqlQueryModel::value(int row, const QString &name) const
{
    return value(row, this->row(row).indexOf(name));
}

QVariantMap SqlQueryModel::get(int row) const
{
    QVariantMap values;
    for (int column = 0; row >= 0 && row < rowCount() && column < columnCount(); ++column)
        values.insert(columns().at(column).name(), value(row, column));
    return values;
}

bool SqlQueryModel::edit(int row, int column, const QVariant &value)
{
    const QVariant plain = Internal::plainValue(value);
    return setData(index(row, column), plain.typeId() == QMetaType::Nullptr ? QVariant() : plain);
}

void SqlQueryModel::loadSoon()
{
    if (m_complete && m_active && pool() && !query().isEmpty())
        m_loadTimer.start();
    else
        m_loadTimer.stop();
}

void SqlQueryModel::classBegin()
{
    m_complete = false;
}

void SqlQueryModel::componentComplete()
{
    m_complete = true;
    loadSoon();
}

} // namespace QAsyncMySql
