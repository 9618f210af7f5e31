// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest
import QAsyncMySql
import QuickBrowser

// A table of the QML browser, by keyboard and mouse.
// qmllint disable unqualified
Item {
    id: root
    width: 900
    height: 500

    Component {
        id: poolComponent
        SqlPool {}
    }
    Component {
        id: queryComponent
        SqlQuery {}
    }
    Component {
        id: pageComponent
        TablePage {
            anchors.fill: parent
        }
    }

    TestCase {
        id: test
        name: "TablePage"
        when: windowShown

        property var pool
        property string prefix

        function must(sql) {
            const query = createTemporaryObject(queryComponent, root, { pool: pool, sql: sql })
            query.run()
            tryVerify(() => !query.running, 10000)
            verify(!query.error.isValid, query.error.message)
            return query.rowCount > 0 ? query.value(0, 0) : undefined
        }

        // A page with three kinds of fruit, or another table.
        function open(data, table) {
            pool = createTemporaryObject(poolComponent, root, { url: data.url, password: data.password })
            prefix = "quick_" + data.tag.replace(/[^a-z0-9]/g, "_") + "_"
            must("DROP TABLE IF EXISTS " + prefix + "orders")
            must("DROP TABLE IF EXISTS " + prefix + "fruit")
            must("CREATE TABLE " + prefix + "fruit (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(20) NOT NULL, price DECIMAL(6,2) NULL)")
            must("INSERT INTO " + prefix + "fruit (name, price) VALUES ('pear', 1.50), ('apple', 0.75), ('quince', NULL)")
            must("CREATE TABLE " + prefix + "orders (id INT PRIMARY KEY, fruit_id INT, FOREIGN KEY (fruit_id) REFERENCES " + prefix + "fruit (id))")
            must("INSERT INTO " + prefix + "orders VALUES (10, 1), (11, 2)")
            const schema = must("SELECT DATABASE()")
            const page = createTemporaryObject(pageComponent, root, { pool: pool, schema: schema, table: prefix + table })
            tryVerify(() => page.model.countExact && page.model.isLoaded !== null && cell(page, 0, 0) !== null, 10000)
            return page
        }

        function cleanup() {
            must("DROP TABLE " + prefix + "orders")
            must("DROP TABLE " + prefix + "fruit")
        }

        function cell(page, row, column) {
            return findChild(page, "cells").itemAtCell(Qt.point(column, row))
        }

        function text(page, row, column) {
            return page.model.data(page.model.index(row, column))
        }

        function write(text) {
            for (const c of text)
                keyClick(c)
        }

        function editCell(page, row, column, value) {
            mouseClick(cell(page, row, column))
            keyClick(Qt.Key_F2)
            tryVerify(() => findChild(page, "cellEditor").activeFocus)
            write(value)
            keyClick(Qt.Key_Return)
            tryVerify(() => !findChild(page, "cellEditor").visible)
        }

        function test_sortAndFilter_data() { return servers }
        function test_sortAndFilter(data) {
            const page = open(data, "fruit")
            const title = column => findChild(page, "filters").itemAtCell(Qt.point(column, 0))
            const clickName = () => mouseClick(title(1), 20, 12)
            clickName()
            tryVerify(() => text(page, 0, 1) === "apple")
            clickName()
            tryVerify(() => text(page, 0, 1) === "quince")
            clickName()
            tryVerify(() => text(page, 0, 1) === "pear")
            compare(page.model.sortColumn, -1)

            mouseClick(title(1).field)
            write("p")
            tryCompare(page.model, "rows", 2) // without Return, when the writing pauses
            keyClick(Qt.Key_Backspace)
            keyClick(Qt.Key_Return)
            tryCompare(page.model, "rows", 3)
            mouseClick(title(2).field)
            write("null")
            keyClick(Qt.Key_Return)
            tryCompare(page.model, "rows", 1)
            tryVerify(() => text(page, 0, 1) === "quince")
            mouseClick(title(2).field)
            keyClick(Qt.Key_A, Qt.ControlModifier)
            write("> 1")
            keyClick(Qt.Key_Return)
            tryVerify(() => text(page, 0, 1) === "pear")
        }

        function test_edit_data() { return servers }
        function test_edit(data) {
            const page = open(data, "fruit")
            const name = "SELECT name FROM " + prefix + "fruit WHERE id = 2"
            editCell(page, 1, 1, "red apple")
            compare(text(page, 1, 1), "red apple")
            verify(page.model.dirty)
            mouseClick(cell(page, 1, 2))
            keyClick(Qt.Key_0, Qt.ControlModifier)
            compare(page.model.value(1, 2), null)
            keyClick(Qt.Key_Z, Qt.ControlModifier)
            compare(text(page, 1, 2), "0.75")
            keyClick(Qt.Key_Z, Qt.ControlModifier | Qt.ShiftModifier)
            compare(page.model.value(1, 2), null)
            compare(must(name), "apple") // not written yet
            keyClick(Qt.Key_S, Qt.ControlModifier)
            tryVerify(() => !page.model.dirty, 10000)
            compare(must(name), "red apple")
            // What the schema does not allow is said.
            editCell(page, 0, 2, "cheap")
            tryVerify(() => page.message.includes("number"))
            compare(text(page, 0, 2), "1.50")
            // A new row, and one less.
            keyClick(Qt.Key_I, Qt.ControlModifier)
            tryVerify(() => findChild(page, "cellEditor").activeFocus)
            write("fig")
            keyClick(Qt.Key_Return)
            mouseClick(cell(page, 2, 1))
            keyClick(Qt.Key_Delete, Qt.ControlModifier)
            keyClick(Qt.Key_S, Qt.ControlModifier)
            tryVerify(() => !page.model.dirty, 10000)
            compare(must("SELECT GROUP_CONCAT(name ORDER BY id) FROM " + prefix + "fruit"), "pear,red apple,fig")
            tryCompare(page.model, "rows", 3)
        }

        function test_conflict_data() {
            const rows = []
            for (const server of servers) {
                rows.push(Object.assign({}, server, { mine: true }))
                rows.push(Object.assign({}, server, { mine: false, tag: server.tag + " theirs" }))
            }
            return rows
        }
        function test_conflict(data) {
            const page = open(data, "fruit")
            const name = "SELECT name FROM " + prefix + "fruit WHERE id = 2"
            editCell(page, 1, 1, "my apple")
            must("UPDATE " + prefix + "fruit SET name = 'their apple' WHERE id = 2")
            keyClick(Qt.Key_S, Qt.ControlModifier)
            const dialog = findChild(page, "conflict")
            tryCompare(dialog, "opened", true, 10000)
            compare(must(name), "their apple")
            compare(dialog.conflict.columns[0].mine, "my apple")
            compare(dialog.conflict.columns[0].theirs, "their apple")
            mouseClick(findChild(dialog.footer, data.mine ? "keepMine" : "takeTheirs"))
            tryCompare(dialog, "visible", false)
            tryVerify(() => text(page, 1, 1) === (data.mine ? "my apple" : "their apple"))
            if (data.mine) {
                keyClick(Qt.Key_S, Qt.ControlModifier)
                tryVerify(() => !page.model.dirty, 10000)
            }
            compare(must(name), data.mine ? "my apple" : "their apple")
        }

        function test_relation_data() { return servers }
        function test_relation(data) {
            const page = open(data, "orders")
            tryVerify(() => text(page, 0, 1) === "pear", 10000) // by its name
            mouseClick(cell(page, 0, 1))
            keyClick(Qt.Key_F2)
            write("uin")
            const list = findChild(page, "lookup").contentItem
            tryVerify(() => findChild(list, "lookupList").count === 1, 10000)
            keyClick(Qt.Key_Return)
            compare(page.model.data(page.model.index(0, 1), Qt.EditRole), 3)
            keyClick(Qt.Key_S, Qt.ControlModifier)
            tryVerify(() => !page.model.dirty, 10000)
            compare(must("SELECT fruit_id FROM " + prefix + "orders WHERE id = 10"), 3)
        }
    }
}
