// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "transfer/recordreader.h"

#include <QAsyncMySql/parameters.h>
#include <QAsyncMySql/resultset.h>
#include <QAsyncMySql/rowimporter.h>

#include <optional>

namespace QAsyncMySql::Internal {

/*!
    The table of an import: which field of a record goes to which of its columns, as what, and by which
   statement.
*/
class ImportTarget
{
public:
    explicit ImportTarget(const RowImporter &importer);

    //! What the table has, by these statements (which temporary tables answer, too), in this order.
    Result<QString> columnsQuery() const;
    QString generatedQuery() const;
    QString engineQuery() const;
    Parameters engineValues() const;
    void readColumns(const ResultSet &result) { m_columns = result.columns(); }
    void readGenerated(const ResultSet &result);
    void readEngine(const ResultSet &result);
    //! Whether a statement that fails is undone as a whole.
    bool isTransactional() const noexcept { return m_transactional.value_or(false); }
    //! Whether the table is known to have no transactions.
    bool hasNoTransactions() const noexcept { return !m_transactional.value_or(true); }

    //! The first record has the names of the columns.
    bool wantsHeader() const;
    //! Assigns fields to columns, by names or by place: an error of kind Usage if they do not fit.
    Error assign(const QStringList &names);
    Error assignByPlace();
    bool isAssigned() const noexcept { return !m_statement.isEmpty(); }
    //! How many fields a record has; -1 for JSON lines.
    qsizetype fieldCount() const noexcept;
    const QString &statement() const noexcept { return m_statement; }
    //! The values for the statement, or an error of kind Conversion.
    Result<Parameters> values(const Record &record) const;

private:
    QString quotedTable() const;
    int indexOf(const QString &column) const;
    Error take(const QString &column, QList<int> &taken);
    Error makeStatement();
    Result<Parameters> valuesByName(const Record &record) const;
    Error convert(const Field &field, int column, Parameters &values) const;

    RowImporter m_settings;
    QList<Column> m_columns; // of the table
    QList<bool> m_generated;
    QList<int> m_targets; // for each field the number of its column, or -1
    QStringList m_members; // JSON lines: the names of these fields
    QString m_statement;
    std::optional<bool> m_transactional; // nothing is told of views and temporary tables
};

} // namespace QAsyncMySql::Internal
