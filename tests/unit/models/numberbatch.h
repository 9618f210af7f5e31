// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/columndata.h"
#include "values/rowbatchbuilder.h"

//! Rows with one number each: first, first + 1, …
inline QAsyncMySql::RowBatch makeNumbers(int first, int count)
{
    using namespace QAsyncMySql;
    auto *data = new ColumnData;
    data->name = "n";
    data->type = ColumnType::LongLong;
    const Internal::RowColumnsPointer columns(new Internal::RowColumns({Column(data)}, RowFormat::Text));
    Internal::RowBlockPointer block(new Internal::RowBlock(columns));
    for (int i = first; i < first + count; ++i) {
        const QByteArray number = QByteArray::number(i);
        block->append(QByteArray(1, char(number.size())).append(number));
    }
    return Internal::makeBatch(columns, {block}, 0, count);
}
