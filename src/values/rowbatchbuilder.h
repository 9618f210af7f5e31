// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/rowblock.h"

#include <QAsyncMySql/rowbatch.h>

namespace QAsyncMySql::Internal {

/*!
    A batch of \a count rows, beginning with row \a first of \a blocks taken as one run. Blocks of
    which no row is used are left out. \a first and \a count are cut to what there is.
*/
RowBatch makeBatch(const RowColumnsPointer &columns, std::vector<RowBlockPointer> blocks, qsizetype first,
                   qsizetype count);

//! The rows of \a a followed by those of \a b, which must have the same columns. No row is copied.
RowBatch joinBatches(const RowBatch &a, const RowBatch &b);

} // namespace QAsyncMySql::Internal
