// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sqlquerymodel.h"

#include "models/scriptvalue.h"

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
    const Row found = this->row(row);
    return column < 0 || column >= found.columnCount() ? QVariant() : Internal::scriptValue(found, column);
}

QVariant SqlQueryModel::value(int row, const QString &name) const
{
    return value(row, this->row(row).indexOf(name));
}

QVariantMap SqlQueryModel::get(int row) const
{
    return Internal::scriptRow(this->row(row));
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
