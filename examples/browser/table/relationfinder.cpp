// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "table/relationfinder.h"

using namespace QAsyncMySql;

void findRelations(TableModel *model)
{
    if (!model->pool())
        return;
    model->pool()->query(
        model,
        [model](const Result<ResultSet> &result) {
            if (!result)
                return; // then keys are shown as they are
            for (const Row &row : *result) {
                const QString column = row.get<QString>(0);
                if (model->relation(column).isNull())
                    model->setRelation(column, TableRelation(row.get<QString>(1)));
            }
        },
        u"SELECT k.column_name, c.column_name FROM information_schema.key_column_usage k "
        u"JOIN information_schema.columns c ON c.table_schema = k.referenced_table_schema "
        u"AND c.table_name = k.referenced_table_name "
        u"WHERE k.table_schema = COALESCE(NULLIF(?, ''), DATABASE()) AND k.table_name = ? "
        u"AND c.data_type IN ('char', 'varchar', 'tinytext') "
        u"AND NOT EXISTS (SELECT 1 FROM information_schema.key_column_usage o "
        u"WHERE o.constraint_schema = k.constraint_schema AND o.table_name = k.table_name "
        u"AND o.constraint_name = k.constraint_name AND o.ordinal_position > 1) "
        u"ORDER BY k.column_name, c.column_name IN ('name', 'title', 'label') DESC, c.ordinal_position",
        model->schema(), model->table());
}
