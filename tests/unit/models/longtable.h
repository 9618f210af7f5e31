// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtCore/QAbstractTableModel>
#include <QtCore/QHash>

#include <limits>

//! A table of any number of rows that takes no memory but for what is edited: "row, column".
class LongTable : public QAbstractTableModel
{
public:
    static constexpr int Columns = 3;

    explicit LongTable(int rows = std::numeric_limits<int>::max())
        : m_rows(rows)
    {
    }

    static QString textOf(int row, int column) { return QStringLiteral("%1, %2").arg(row).arg(column); }

    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : m_rows; }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : Columns; }
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override
    {
        if (role != Qt::DisplayRole && role != Qt::EditRole)
            return QVariant();
        return m_edits.value({index.row(), index.column()}, textOf(index.row(), index.column()));
    }
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override
    {
        if (role != Qt::EditRole)
            return false;
        m_edits.insert({index.row(), index.column()}, value.toString());
        Q_EMIT dataChanged(index, index);
        return true;
    }
    Qt::ItemFlags flags(const QModelIndex &index) const override
    {
        return index.isValid() ? QAbstractTableModel::flags(index) | Qt::ItemIsEditable : Qt::ItemFlags();
    }

private:
    const int m_rows;
    QHash<std::pair<int, int>, QString> m_edits;
};
