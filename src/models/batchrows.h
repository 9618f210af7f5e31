// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/rowblock.h"

#include <QAsyncMySql/rowbatch.h>

#include <functional>

namespace QAsyncMySql::Internal {

//! The bytes of some rows, in one piece.
struct PackedRows
{
    ByteBuffer bytes;
    std::vector<quint32> ends; // row i lies in [ends[i - 1], ends[i])
};

//! Calls \a visit with the bytes of each row of \a batch, in order.
void visitRows(const RowBatch &batch, const std::function<void(QByteArrayView)> &visit);
PackedRows packRows(const RowBatch &batch);
//! A batch of the rows in \a packed, with the columns of \a like, which may have no rows.
RowBatch unpackRows(PackedRows packed, const RowBatch &like);
//! A row of these values, NULL where one is null, as the text protocol has it.
RowBatch batchOf(const QList<Column> &columns, const std::function<QByteArrayView(int)> &value);
//! \a row, of the text protocol, by itself.
RowBatch batchOf(const Row &row);
//! Whether \a a and \a b have the same bytes in the same cells.
bool sameRow(const Row &a, const Row &b);
/*! Whether rows with these columns can take the place of rows with those. What a column is to a key, and
   whether it may be NULL, comes and goes with the plan by which the server has joined tables. */
bool areAlike(const QList<Column> &these, const QList<Column> &those);
//! No rows, with the columns of \a batch: what unpackRows() needs and what keeps no memory.
RowBatch shapeOf(const RowBatch &batch);
//! The rows of \a batches, one batch after the other, with the columns of the first; copied.
RowBatch concatenate(const QList<RowBatch> &batches);
//! The same rows from the last to the first; copied.
RowBatch reversed(const RowBatch &batch);

} // namespace QAsyncMySql::Internal
