// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "types/tablefilters.h"

#include "sql/filtertext.h"

#include <QAsyncMySql/tablemodel.h>

using namespace QAsyncMySql;

QVariantMap TableFilters::apply(QAbstractItemModel *model, const QVariantMap &texts) const
{
    auto *table = qobject_cast<TableModel *>(model);
    QVariantMap wrong;
    if (!table)
        return wrong;
    RowFilter all;
    const QList<Column> columns = table->columns();
    for (const Column &column : columns) {
        const Result<RowFilter> filter = FilterText::parse(column, texts.value(column.name()).toString());
        if (filter)
            all = all && *filter;
        else
            wrong.insert(column.name(), filter.error().message());
    }
    if (wrong.isEmpty())
        table->setFilter(all);
    return wrong;
}
