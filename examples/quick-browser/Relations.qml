// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QAsyncMySql

// Has the foreign keys of a table shown as texts of the tables that they refer to: of the column that is called a name or title
// there, or of the first one with texts.
QtObject {
    id: relations

    required property SqlTableModel model
    property var byColumn: ({}) // {schema, table, key, display} by the name of the column

    readonly property SqlQuery query: SqlQuery {
        pool: relations.model.pool
        sql: "SELECT k.column_name AS col, k.referenced_table_schema AS ref_schema, k.referenced_table_name AS ref_table, "
             + "k.referenced_column_name AS ref_key, c.column_name AS display FROM information_schema.key_column_usage k "
             + "JOIN information_schema.columns c ON c.table_schema = k.referenced_table_schema AND c.table_name = k.referenced_table_name "
             + "WHERE k.table_schema = COALESCE(NULLIF(?, ''), DATABASE()) AND k.table_name = ? AND c.data_type IN ('char', 'varchar', 'tinytext') "
             + "AND NOT EXISTS (SELECT 1 FROM information_schema.key_column_usage o WHERE o.constraint_schema = k.constraint_schema "
             + "AND o.table_name = k.table_name AND o.constraint_name = k.constraint_name AND o.ordinal_position > 1) "
             + "ORDER BY k.column_name, c.column_name IN ('name', 'title', 'label') DESC, c.ordinal_position"
        onFinished: {
            const found = {}
            const shown = {}
            for (let row = 0; row < rowCount; ++row) {
                const column = value(row, 0)
                if (found[column] !== undefined)
                    continue
                found[column] = { schema: value(row, 1), table: value(row, 2), key: value(row, 3), display: value(row, 4) }
                shown[column] = found[column]
            }
            relations.byColumn = found
            relations.model.relations = shown
        }
    }

    Component.onCompleted: query.run([model.schema, model.table])
}
