// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/rowimporter.h>

#include "transfer/importrun.h"

#include <QAsyncMySql/connection.h>
#include <QAsyncMySql/pool.h>

namespace QAsyncMySql {

RowImporter &RowImporter::setTable(const QString &table, const QString &schema)
{
    m_table = table;
    m_schema = schema;
    return *this;
}

RowImporter &RowImporter::setFormat(const TransferFormat &format)
{
    m_format = format;
    return *this;
}

RowImporter &RowImporter::setColumns(const QStringList &columns)
{
    m_columns = columns;
    return *this;
}

RowImporter &RowImporter::setColumnFor(const QString &name, const QString &column)
{
    m_columnNames.insert(name.toCaseFolded(), column);
    return *this;
}

RowImporter &RowImporter::setErrorPolicy(ErrorPolicy policy)
{
    m_policy = policy;
    return *this;
}

RowImporter &RowImporter::setMaximumFailedRows(qsizetype count)
{
    m_maximumFailedRows = qMax<qsizetype>(count, 0);
    return *this;
}

RowImporter &RowImporter::setAtomicity(Atomicity atomicity)
{
    m_atomicity = atomicity;
    return *this;
}

RowImporter &RowImporter::setBatchRows(qsizetype rows)
{
    m_batchRows = qMax<qsizetype>(rows, 1);
    return *this;
}

Reply<ImportReport> RowImporter::run(Pool &pool, QIODevice *device) const
{
    const QPointer<Pool> guarded(&pool);
    return Internal::ImportRun::start(
        *this, [guarded]() -> Executor * { return guarded; },
        [guarded]() -> Reply<Transaction> { return guarded->begin(); }, device);
}

Reply<ImportReport> RowImporter::run(Connection &connection, QIODevice *device) const
{
    const QPointer<Connection> guarded(&connection);
    return Internal::ImportRun::start(
        *this, [guarded]() -> Executor * { return guarded; },
        [guarded]() -> Reply<Transaction> { return guarded->begin(); }, device);
}

Reply<ImportReport> RowImporter::run(const Transaction &transaction, QIODevice *device) const
{
    const auto kept = std::make_shared<Transaction>(transaction);
    return Internal::ImportRun::start(
        *this, [kept]() -> Executor * { return kept.get(); },
        [kept]() -> Reply<Transaction> { return kept->savepoint(); }, device);
}

} // namespace QAsyncMySql
