// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "watchedtable.h"

// A table to edit, with a generated column and a trigger that counts the changes of each row.
inline void makeTable(ScratchSchema &schema, int rows = 20)
{
    schema.must(QStringLiteral("CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) NOT "
                               "NULL, amount DECIMAL(10,2) NULL, "
                               "kind ENUM('plain','odd') NOT NULL DEFAULT 'plain', twice INT AS (id_copy * "
                               "2), id_copy INT DEFAULT 7, "
                               "changed INT NOT NULL DEFAULT 0)"));
    schema.must(QStringLiteral(
        "CREATE TRIGGER t_up BEFORE UPDATE ON t FOR EACH ROW SET NEW.changed = OLD.changed + 1"));
    schema.fill(QStringLiteral("t"), QStringLiteral("id, name, amount"),
                QStringLiteral("n + 1, CONCAT('name ', n + 1), n / 4"), rows);
}

enum Columns
{
    Id,
    Name,
    Amount,
    Kind,
    Twice,
    IdCopy,
    Changed
};

inline QAsyncMySql::TableModel::CellState stateOf(const QAsyncMySql::TableModel &model, int row, int column)
{
    return QAsyncMySql::TableModel::CellState(
        model.index(row, column).data(QAsyncMySql::TableModel::CellStateRole).toInt());
}
inline QAsyncMySql::TableModel::RowState rowStateOf(const QAsyncMySql::TableModel &model, int row)
{
    return QAsyncMySql::TableModel::RowState(
        model.index(row, 0).data(QAsyncMySql::TableModel::RowStateRole).toInt());
}
inline QString onServer(ScratchSchema &schema, const QString &what)
{
    const QAsyncMySql::ResultSet result = schema.must(what);
    return result.isEmpty() ? QStringLiteral("(no row)") : result.at(0).get<QString>(0);
}
