// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest
import QAsyncMySql

// qmllint disable unqualified
TestCase {
    id: test
    name: "SqlSchemaModel"
    width: 600
    height: 400
    visible: true
    when: windowShown

    Component {
        id: poolComponent
        SqlPool {}
    }
    Component {
        id: modelComponent
        SqlSchemaModel {}
    }
    Component {
        id: viewComponent
        TreeView {
            anchors.fill: parent
            delegate: Text {
                required property string display
                required property int kind
                required property string description
                // Of TreeView.
                required property bool expanded
                text: (kind === SqlSchemaModel.Schema ? "schema " : "") + display + " " + description
            }
        }
    }

    function test_tree_data() { return servers; }
    function test_tree(data) {
        const pool = createTemporaryObject(poolComponent, test, { url: data.url, password: data.password });
        const model = createTemporaryObject(modelComponent, test, { pool: pool, systemSchemas: true });
        const view = createTemporaryObject(viewComponent, test, { model: model });
        tryVerify(() => view.rows > 2, 10000);
        tryCompare(model, "loading", false, 10000);
        verify(!model.error.isValid, model.errorString);
        const before = view.rows;
        const schema = model.find("mysql");
        verify(schema.valid);
        compare(model.rowCount(schema), 0); // not before it is opened
        view.expand(schema.row);
        tryVerify(() => model.rowCount(schema) > 5, 10000);
        tryVerify(() => view.rows > before + 5, 10000);
        const table = model.find("mysql", "db");
        verify(table.valid);
        compare(model.data(table, Qt.DisplayRole), "db");

        const one = createTemporaryObject(modelComponent, test, { pool: pool, schema: "mysql",
                                                                  contents: SqlSchemaModel.Columns });
        one.refresh();
        tryVerify(() => one.find("mysql", "db").valid, 10000);
    }
}
