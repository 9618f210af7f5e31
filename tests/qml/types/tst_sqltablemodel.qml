// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest
import QAsyncMySql

// qmllint disable unqualified
TestCase {
    id: test
    name: "SqlTableModel"
    width: 600
    height: 400
    visible: true
    when: windowShown

    Component {
        id: poolComponent
        SqlPool {}
    }
    Component {
        id: queryComponent
        SqlQuery {}
    }
    Component {
        id: modelComponent
        SqlTableModel {}
    }
    Component {
        id: viewComponent
        TableView {
            id: view
            anchors.fill: parent
            columnWidthProvider: () => 120
            rowHeightProvider: () => 20
            delegate: Text {
                required property var display
                required property bool loaded
                required property int cellState
                text: loaded ? display : "…"
            }
        }
    }

    // Runs one statement, which has to work.
    function must(pool, sql) {
        const query = createTemporaryObject(queryComponent, test, { pool: pool, sql: sql });
        query.run();
        tryVerify(() => !query.running, 10000);
        verify(!query.error.isValid, query.error.message);
    }

    function test_tables_data() { return servers; }
    function test_tables(data) {
        const pool = createTemporaryObject(poolComponent, test, { url: data.url, password: data.password });
        const name = "qml_table_" + data.tag.replace(/[^a-z0-9]/g, "_");
        must(pool, "DROP TABLE IF EXISTS " + name);
        must(pool, "CREATE TABLE " + name + " (id INT AUTO_INCREMENT PRIMARY KEY, `Full Name` VARCHAR(20) NOT NULL, n INT)");
        must(pool, "INSERT INTO " + name + " (`Full Name`, n) SELECT CONCAT('name ', a.d * 10 + b.d), a.d FROM "
             + "(SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 "
             + "UNION SELECT 8 UNION SELECT 9) a, (SELECT 0 d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION "
             + "SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9) b ORDER BY a.d, b.d");

        const model = createTemporaryObject(modelComponent, test, { pool: pool, table: name });
        const view = createTemporaryObject(viewComponent, test, { model: model });
        verify(view);
        tryCompare(model, "status", SqlTableModel.Ready, 10000);
        compare(model.rows, 100);
        verify(model.countExact);
        verify(model.editable);
        compare(model.columnNames, ["id", "Full Name", "n"]);
        compare(model.get(3)["Full Name"], "name 3");
        compare(model.value(99, 2), 9);
        tryCompare(view, "rows", 100);

        // Editing.
        verify(model.edit(0, 1, "edited"));
        tryVerify(() => !model.dirty && !model.submitting, 10000);
        verify(model.edit(0, 2, null));
        tryVerify(() => !model.dirty && !model.submitting, 10000);
        compare(model.value(0, 2), null);
        verify(!model.edit(0, 1, null)); // must have a value
        model.undo();
        tryVerify(() => !model.dirty && !model.submitting, 10000);
        compare(model.value(0, 2), 0);

        // A conflict.
        must(pool, "UPDATE " + name + " SET n = 50 WHERE id = 2");
        verify(model.edit(1, 2, 60));
        tryVerify(() => model.conflictOf(1).columns !== undefined, 10000);
        compare(model.conflictOf(1).columns[0].theirs, 50);
        compare(model.conflictOf(1).columns[0].mine, 60);
        model.keepMine(1);
        tryVerify(() => !model.dirty && !model.submitting, 10000);
        compare(model.value(1, 2), 60);

        // How conflicts are seen.
        compare(model.locking, SqlTableModel.EditedColumns);
        model.versionColumn = "n";
        compare(model.locking, SqlTableModel.VersionColumn);
        must(pool, "UPDATE " + name + " SET n = 51 WHERE id = 2");
        verify(model.edit(1, 1, "of an older version"));
        tryVerify(() => model.conflictOf(1).columns !== undefined, 10000);
        model.takeTheirs(1);
        tryVerify(() => !model.dirty, 10000);
        compare(model.value(1, 2), 51);
        model.locking = SqlTableModel.EditedColumns;

        // Rows come and go.
        const row = model.appendRow();
        compare(row, 100);
        verify(model.edit(row, 1, "added"));
        verify(model.submit());
        tryVerify(() => !model.dirty && !model.submitting, 10000);
        verify(model.value(row, 0) > 100);
        verify(model.removeRow(row));
        tryCompare(model, "rows", 100, 10000);

        // Filters, search and order.
        model.filter = { n: { greaterOrEqual: 5, less: 7 } };
        tryCompare(model, "rows", 20, 10000);
        model.filter = { n: [1, 2], "Full Name": { endsWith: "5" } };
        tryCompare(model, "rows", 2, 10000);
        model.filter = {};
        model.searchText = "NAME 9";
        tryCompare(model, "rows", 11, 10000); // 9, and 90 to 99
        model.searchText = "";
        tryCompare(model, "rows", 100, 10000);
        model.sortBy(0, Qt.DescendingOrder);
        tryVerify(() => model.status === SqlTableModel.Ready && model.value(0, 0) === 100, 10000);
        model.filter = { n: { strange: 1 } };
        tryCompare(model, "status", SqlTableModel.Failed, 10000);
        verify(model.errorString.includes("strange"));
        must(pool, "DROP TABLE " + name);
    }
}
