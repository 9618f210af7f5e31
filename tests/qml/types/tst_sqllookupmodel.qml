// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest
import QAsyncMySql

// qmllint disable unqualified
TestCase {
    id: test
    name: "SqlLookupModel"
    width: 300
    height: 200
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
        id: tableComponent
        SqlTableModel {}
    }
    Component {
        id: lookupComponent
        SqlLookupModel { delay: 1 }
    }
    Component {
        id: listComponent
        ListView {
            anchors.fill: parent
            delegate: Text {
                required property string display
                required property var key
                text: key + ": " + display
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

    function test_relations_data() { return servers; }
    function test_relations(data) {
        const pool = createTemporaryObject(poolComponent, test, { url: data.url, password: data.password });
        const name = "qml_lookup_" + data.tag.replace(/[^a-z0-9]/g, "_");
        must(pool, "DROP TABLE IF EXISTS " + name + ", " + name + "_people");
        must(pool, "CREATE TABLE " + name + "_people (id INT PRIMARY KEY, name VARCHAR(20))");
        must(pool, "CREATE TABLE " + name + " (id INT PRIMARY KEY, person INT, FOREIGN KEY (person) REFERENCES " + name + "_people (id))");
        must(pool, "INSERT INTO " + name + "_people VALUES (7, 'Ada'), (8, 'Grace'), (9, 'Adele')");
        must(pool, "INSERT INTO " + name + " VALUES (1, 8), (2, NULL)");

        // By the foreign key, and by name; before the table is known or after.
        const model = createTemporaryObject(tableComponent, test, { pool: pool, relations: { person: "name" }, table: name });
        tryCompare(model, "status", SqlTableModel.Ready, 10000);
        tryVerify(() => model.data(model.index(0, 1)) === "Grace", 10000);
        compare(model.value(0, 1), 8);
        compare(model.data(model.index(1, 1)), "");
        model.relations = {};
        compare(model.data(model.index(0, 1)), "8");
        compare(model.relationOf(1), {});
        // By all foreign keys.
        model.findRelations();
        tryVerify(() => model.data(model.index(0, 1)) === "Grace", 10000);
        compare(model.relationOf(1).table, name + "_people");
        compare(model.relationOf(1).key, "id");
        compare(model.relationOf(1).display, "name");
        compare(model.relationOf(0), {});
        model.relations = { person: { table: name + "_people", key: "id", display: "name" } };
        tryVerify(() => model.data(model.index(0, 1)) === "Grace", 10000);

        const lookup = createTemporaryObject(lookupComponent, test,
                                             { pool: pool, table: name + "_people", keyColumn: "id", displayColumn: "name" });
        const list = createTemporaryObject(listComponent, test, { model: lookup });
        tryCompare(list, "count", 3, 10000);
        lookup.searchText = "ad";
        tryCompare(list, "count", 2, 10000);
        compare(list.itemAtIndex(0).text, "7: Ada");
        compare(lookup.key(1), 9);
        verify(lookup.complete);
        verify(model.edit(0, 1, lookup.key(1)));
        tryVerify(() => !model.dirty && !model.submitting, 10000);
        tryVerify(() => model.data(model.index(0, 1)) === "Adele", 10000);
        lookup.displayColumn = "nothing";
        tryVerify(() => lookup.error.isValid, 10000);

        model.clear();
        must(pool, "DROP TABLE " + name + ", " + name + "_people");
    }

    function test_keysOfSeveralColumns_data() { return servers; }
    function test_keysOfSeveralColumns(data) {
        const pool = createTemporaryObject(poolComponent, test, { url: data.url, password: data.password });
        const name = "qml_keys_" + data.tag.replace(/[^a-z0-9]/g, "_");
        must(pool, "DROP TABLE IF EXISTS " + name + ", " + name + "_orders");
        must(pool, "CREATE TABLE " + name + "_orders (year INT, number INT, title VARCHAR(20), PRIMARY KEY (year, number))");
        must(pool, "CREATE TABLE " + name + " (id INT PRIMARY KEY, number INT, year INT)");
        must(pool, "INSERT INTO " + name + "_orders VALUES (2023, 1, 'apples'), (2024, 1, 'plums')");
        must(pool, "INSERT INTO " + name + " VALUES (1, 1, 2023)");
        const model = createTemporaryObject(tableComponent, test, { pool: pool, table: name, relations: {
            number: { table: name + "_orders", key: "number", display: "title", with: { year: "year" } } } });
        tryCompare(model, "status", SqlTableModel.Ready, 10000);
        tryVerify(() => model.data(model.index(0, 1)) === "apples", 10000);
        const lookup = createTemporaryObject(lookupComponent, test, { pool: pool, table: name + "_orders",
            keyColumn: "number", furtherKeyColumns: ["year"], displayColumn: "title", searchText: "plum" });
        tryVerify(() => lookup.keys(0).length === 2, 10000);
        verify(model.setKeys(model.index(0, 1), lookup.keys(0)));
        tryVerify(() => !model.dirty && !model.submitting, 10000);
        tryVerify(() => model.data(model.index(0, 1)) === "plums", 10000);
        compare(model.value(0, 2), 2024);
        model.clear();
        must(pool, "DROP TABLE " + name + ", " + name + "_orders");
    }
}
