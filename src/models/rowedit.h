// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/tablemodel.h>

namespace QAsyncMySql::Internal {

//! What is to be written of one row.
class RowEdit
{
public:
    using CellState = TableModel::CellState;

    quint64 id = 0;
    QByteArray key; // of the row as it was read; empty for a new row
    qint64 position = -1; // where it was last seen
    Row base; // as it was read; of a new row that was written: as it is on the server
    QHash<int, QVariant> values; // by column
    QHash<int, QVariant> sent; // what is being written
    CellState state = CellState::Dirty;
    Error error;
    Row theirs; // of a conflict
    bool isNew = false;
    bool removed = false;
    bool uncertain = false; // it may have been written: the connection was lost on the way
    bool remake = false; // it was deleted by somebody else, and is to be made anew

    //! It is not on the server.
    bool isUnwritten() const noexcept { return (isNew && !base.isValid()) || remake; }
    //! Nothing of it is left to write.
    bool isClean() const noexcept { return values.isEmpty() && !removed && !isUnwritten(); }
    bool isWaiting() const noexcept { return !isClean() && state != CellState::Pending; }
    //! The cell in \a column is to be \a value.
    void set(int column, const QVariant &value);
    //! The row is on the server as \a fresh; what was edited since it was sent stays so.
    void written(const Row &fresh);
};

//! What a cell of the edited row gives for \a role; invalid where that is what the row as it was read gives.
QVariant editedData(const RowEdit &edit, const QList<Column> &columns, int column, int role);
//! The text of \a value as the server would print it.
QString valueText(const QVariant &value);
//! \a value as it is kept: NULL is a valid QVariant, which stands out from none.
QVariant editedValue(const QVariant &value, const Column &column);
//! What is bound to write \a value into a column.
Parameter writtenValue(const QVariant &value, const Column &column);
//! Whether \a cell holds \a value already.
bool sameValue(const Cell &cell, const QVariant &value);

} // namespace QAsyncMySql::Internal
