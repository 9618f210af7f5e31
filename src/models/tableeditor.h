// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/edithistory.h"
#include "models/modelchange.h"
#include "models/modelchannel.h"
#include "models/rowjob.h"

#include <QAsyncMySql/tablemodel.h>

#include <map>

namespace QAsyncMySql::Internal {

class TableModelCore;

/*!
    The edits of a TableModel: what was edited and how it stands, and writing it.

    Rows are written one after the other, on a connection of their own. Each is read again after it was
   written, for defaults, triggers and what the server has made of the values. In a transaction, what was
   written is final once COMMIT has succeeded, and all is as it was before if anything fails.
*/
class TableEditor : public QObject
{
public:
    using CellState = TableModel::CellState;
    using RowState = TableModel::RowState;
    using Strategy = TableModel::EditStrategy;

    TableEditor(TableModel *model, TableModelCore *core);

    Strategy strategy = Strategy::OnFieldChange;
    TableModel::Locking locking = TableModel::Locking::EditedColumns;
    QString versionColumn;

    int newRowCount() const noexcept { return int(m_newRows.size()); }
    bool isDirty() const;
    bool isSubmitting() const noexcept { return !m_batch.empty(); }
    bool canUndo() const { return m_history.canUndo(); }
    bool canRedo() const { return m_history.canRedo(); }
    //! The edit of the row at \a row, or null. \a known is its row, where it is here.
    const RowEdit *editAt(int row, const Row &known) const;
    //! The edit of new row \a index.
    const RowEdit *newRow(int index) const;
    RowConflict conflict(int row) const;

    bool setData(const QModelIndex &index, const QVariant &value);
    //! Several cells of the row of \a index, by column, in one step.
    bool setCells(const QModelIndex &index, const QList<std::pair<int, QVariant>> &cells);
    bool insertRows(int count);
    bool removeRows(int row, int count);
    void submitRows(bool evenManual);
    void revertRow(int row);
    void revertAll();
    void resolve(int row, TableModel::Resolution resolution);
    void undo() { m_history.undo(); }
    void redo() { m_history.redo(); }
    QUndoStack *undoStack() const noexcept { return m_history.stack(); }
    //! Rows that were written and stand at the end: they are in the table now. Without signals, for a reset.
    void forgetWrittenRows();
    //! The same, with signals.
    void removeWrittenRows();
    //! Of another table.
    void forgetAll();

private:
    using Step = EditStep;

    RowWriter writer() const;
    RowEdit *find(int row, bool make);
    RowEdit *byId(quint64 id);
    int rowOf(RowEdit &edit);
    bool apply(const Step &step, bool undone);
    QString stepText(const Step &step) const;
    void drop(quint64 id);
    bool tellRow(RowEdit &edit);
    void tellEditing();
    void removeNewRow(quint64 id);

    // tablewriting.cpp
    void startBatch(std::vector<quint64> ids, bool transaction);
    void next();
    void write(quint64 id);
    void rowDone(quint64 id, const RowOutcome &outcome);
    void rowFailed(quint64 id, const RowOutcome &outcome);
    void endTransaction();
    void finish(quint64 id, const RowBatch &fresh, bool removed);
    void endBatch(const Error &error);

    TableModel *const m_model;
    TableModelCore *const m_core;
    ModelChannel m_channel;
    std::map<quint64, RowEdit> m_edits;
    QHash<QByteArray, quint64> m_byKey;
    QList<quint64> m_newRows; // in the order of their rows
    EditHistory m_history;
    quint64 m_lastId = 0;
    quint64 m_currentRow = 0; // the edit that OnRowChange is about

    // What is being written.
    std::vector<quint64> m_batch;
    size_t m_next = 0;
    bool m_transaction = false;
    std::vector<std::pair<quint64, RowOutcome>> m_done; // in the transaction
    Error m_firstError;
    bool m_readAgain = false; // rows behind one that was removed
    bool m_again = false; // more was edited meanwhile
};

} // namespace QAsyncMySql::Internal
