// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "benchmarks/parts/part.h"

#include "models/celldata.h"
#include "models/rowstore.h"
#include "unit/values/rowbuilder.h"

#include <memory>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Test;

namespace Parts {

namespace {

Internal::RowStore filledStore()
{
    const QList<ColumnSpec> specs{plain(ColumnType::LongLong), plain(ColumnType::Long), text(),
                                  plain(ColumnType::Double), plain(ColumnType::DateTime)};
    const Cells cells{QByteArray("123456"), QByteArray("-42"), QByteArray("a-user-name000001"),
                      QByteArray("17636.571428571428"), QByteArray("2020-03-27 21:43:12.123000")};
    Internal::RowStore store;
    for (int batch = 0; batch < 100; ++batch)
        store.append(makeRows(specs, RowFormat::Text, QList<Cells>(1000, cells)));
    return store;
}

//! What a view asks for: all cells of a screen of rows, row by row.
Work displayData()
{
    return [store = std::make_shared<Internal::RowStore>(filledStore())](qint64 count) {
        constexpr int Columns = 5;
        for (qint64 i = 0; i < count; ++i) {
            const qsizetype row = (i / Columns * 7) % store->size();
            use(Internal::cellData(store->row(row), int(i % Columns), Qt::DisplayRole));
        }
    };
}

} // namespace

std::vector<Part> modelParts()
{
    return {{"model data()", "cell", displayData}};
}

} // namespace Parts
