// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest
import QAsyncMySql
import QuickBrowser

// The whole QML browser, by keyboard and mouse.
// qmllint disable unqualified
Item {
    id: root
    width: 1100
    height: 700

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
        BrowserPage {
            anchors.fill: parent
        }
    }
    Component {
        id: connectComponent
        ConnectPage {
            anchors.fill: parent
        }
    }

    TestCase {
        id: test
        name: "BrowserPage"
        when: windowShown

        property var pool
        property string fruit

        function must(sql) {
            const query = createTemporaryObject(queryComponent, root, { pool: pool, sql: sql })
            query.run()
            tryVerify(() => !query.running, 20000)
            verify(!query.error.isValid, query.error.message)
            return query.rowCount > 0 ? query.value(0, 0) : undefined
        }

        // The browser on a server with a table of fruit; the first query has the keyboard.
        function open(data) {
            pool = createTemporaryObject(poolComponent, root, { url: data.url, password: data.password })
            fruit = "quick_" + data.tag.replace(/[^a-z0-9]/g, "_") + "_basket"
            must("DROP TABLE IF EXISTS " + fruit)
            must("CREATE TABLE " + fruit + " (id INT PRIMARY KEY, name VARCHAR(20) NOT NULL, price DECIMAL(6,2) NULL, details JSON NULL, picture BLOB NULL)")
            must("INSERT INTO " + fruit + " VALUES (1, 'pear', 1.50, '{\"sweet\": true}', NULL), (2, 'apple', 0.75, NULL, x'00ff41'), "
                 + "(3, 'quince', NULL, NULL, x'89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082')")
            const page = createTemporaryObject(pageComponent, root, { pool: pool })
            page.takeFocus()
            tryVerify(() => editor(page).activeFocus)
            return page
        }

        function cleanup() {
            if (fruit !== "")
                must("DROP TABLE IF EXISTS " + fruit)
            fruit = ""
        }

        function editor(page) {
            return findChild(page.currentPage, "editor")
        }

        function write(text) {
            for (const c of text)
                keyClick(c)
        }

        function runSql(page, sql) {
            editor(page).text = sql
            editor(page).cursorPosition = sql.length
            editor(page).forceActiveFocus()
            keyClick(Qt.Key_Return, Qt.ControlModifier)
            tryCompare(page.currentPage.model, "status", SqlQueryModel.Ready, 20000)
        }

        function text(page, row, column) {
            const model = page.currentPage.model
            return model.data(model.index(row, column))
        }

        function test_tabs_data() { return servers }
        function test_tabs(data) {
            const page = open(data)
            write("SELECT 1 AS first")
            keyClick(Qt.Key_T, Qt.ControlModifier)
            compare(page.tabs.count, 2)
            compare(page.tabs.currentIndex, 1)
            tryVerify(() => editor(page).activeFocus)
            compare(editor(page).text, "")
            write("SELECT 2 AS second")
            keyClick(Qt.Key_Return, Qt.ControlModifier)
            tryCompare(page.currentPage.model, "status", SqlQueryModel.Ready, 20000)
            tryVerify(() => page.tabs.itemAt(1).text.startsWith("SELECT 2 AS second"))
            keyClick(Qt.Key_Tab, Qt.ControlModifier)
            compare(page.tabs.currentIndex, 0)
            compare(editor(page).text, "SELECT 1 AS first")
            mouseClick(page.tabs.itemAt(1))
            compare(page.tabs.currentIndex, 1)
            keyClick(Qt.Key_W, Qt.ControlModifier)
            compare(page.tabs.count, 1)
            // The first one stays.
            keyClick(Qt.Key_W, Qt.ControlModifier)
            compare(page.tabs.count, 1)
            tryVerify(() => editor(page).activeFocus)
        }

        function test_schemaTree_data() { return servers }
        function test_schemaTree(data) {
            const page = open(data)
            const tree = findChild(page, "schemas")
            tryVerify(() => tree.rows > 1, 20000)
            keyClick(Qt.Key_1, Qt.AltModifier)
            verify(tree.activeFocus)
            // Down to the table, wherever it is.
            const current = () => tree.model.data(tree.modelIndex(Qt.point(0, tree.currentRow)))
            for (let i = 0; i < 3000 && current() !== fruit; ++i)
                keyClick(Qt.Key_Down)
            compare(current(), fruit)
            keyClick(Qt.Key_Right) // its columns
            tryVerify(() => tree.isExpanded(tree.currentRow))
            keyClick(Qt.Key_Return)
            tryVerify(() => page.tabs.count === 2 && page.currentPage.table === fruit)
            tryVerify(() => page.currentPage.model.countExact && text(page, 0, 1) === "pear", 20000)
            // The same again is the same tab.
            page.openTable(page.currentPage.schema, fruit)
            compare(page.tabs.count, 2)
        }

        function test_completion_data() { return servers }
        function test_completion(data) {
            const page = open(data)
            tryVerify(() => findChild(page, "schemas").rows > 1, 20000)
            const list = () => findChild(page.currentPage.editor.completions.contentItem, "completions")
            const shown = () => page.currentPage.editor.completing
            write("SELECT * FROM ")
            verify(!shown())
            write(fruit.slice(0, fruit.length - 2))
            tryVerify(() => shown() && list().model.includes(fruit), 20000)
            while (list().model[list().currentIndex] !== fruit)
                keyClick(Qt.Key_Down)
            keyClick(Qt.Key_Return)
            tryVerify(() => !shown())
            compare(editor(page).text, "SELECT * FROM " + fruit)
            // A column, which is read first.
            write(" WHERE pri")
            tryVerify(() => shown() && list().model[0] === "price", 20000)
            keyClick(Qt.Key_Tab)
            tryVerify(() => !shown())
            verify(editor(page).text.endsWith(" WHERE price"))
            verify(editor(page).activeFocus)
            // All there is, when asked; and sent away.
            write(" > ")
            verify(!shown())
            keyClick(Qt.Key_Space, Qt.ControlModifier)
            tryVerify(() => shown() && list().model.includes("details") && list().model.includes("SELECT"))
            keyClick(Qt.Key_Escape)
            tryVerify(() => !shown())
            write("1")
            keyClick(Qt.Key_Return, Qt.ControlModifier)
            tryCompare(page.currentPage.model, "status", SqlQueryModel.Ready, 20000)
            compare(page.currentPage.model.rowCount(), 1)
        }

        function test_history_data() { return servers }
        function test_history(data) {
            const page = open(data)
            runSql(page, "SELECT 'older'")
            runSql(page, "SELECT 'newer'")
            write(" -- draft")
            keyClick(Qt.Key_Up, Qt.ControlModifier)
            compare(editor(page).text, "SELECT 'newer'")
            keyClick(Qt.Key_Up, Qt.ControlModifier)
            compare(editor(page).text, "SELECT 'older'")
            keyClick(Qt.Key_Down, Qt.ControlModifier)
            keyClick(Qt.Key_Down, Qt.ControlModifier)
            compare(editor(page).text, "SELECT 'newer' -- draft")
            keyClick(Qt.Key_H, Qt.ControlModifier)
            const dialog = findChild(page.currentPage, "history")
            tryCompare(dialog, "opened", true)
            write("old")
            tryCompare(findChild(dialog.contentItem, "historyList"), "count", 1)
            keyClick(Qt.Key_Return)
            tryCompare(dialog, "visible", false)
            compare(editor(page).text, "SELECT 'older'")
            tryVerify(() => editor(page).activeFocus)
        }

        function test_errors_data() { return servers }
        function test_errors(data) {
            const page = open(data)
            keyClick(Qt.Key_Return, Qt.ControlModifier)
            verify(findChild(page.currentPage, "nothing").visible)
            write("SELECT nam FROM " + fruit)
            keyClick(Qt.Key_Return, Qt.ControlModifier)
            tryCompare(page.currentPage.model, "status", SqlQueryModel.Failed, 20000)
            verify(!findChild(page.currentPage, "nothing").visible)
            verify(findChild(page.currentPage, "message").text.startsWith("Unknown column: "))
            compare(editor(page).cursorPosition, "SELECT ".length) // where the writing goes on
            compare(page.currentPage.editor.marked, "nam".length)
            write("e")
            compare(page.currentPage.editor.marked, 0)
            keyClick(Qt.Key_Backspace)
            compare(editor(page).text, "SELECT nam FROM " + fruit)
        }

        function test_rows_data() { return servers }
        function test_rows(data) {
            const page = open(data)
            runSql(page, "SELECT id, name FROM " + fruit + " ORDER BY id")
            keyClick(Qt.Key_3, Qt.AltModifier)
            compare(page.currentPage.currentRow, 0)
            keyClick(Qt.Key_Down)
            keyClick(Qt.Key_Right)
            compare(page.currentPage.currentColumn, 1)
            keyClick(Qt.Key_C, Qt.ControlModifier)
            compare(outside.clipboard(), "apple")
            keyClick(Qt.Key_End, Qt.ControlModifier)
            keyClick(Qt.Key_Down) // no further
            compare(page.currentPage.currentRow, 2)
            const titles = findChild(page.currentPage, "titles")
            const clickName = () => mouseClick(titles.itemAtCell(Qt.point(1, 0)))
            clickName()
            tryVerify(() => text(page, 0, 1) === "apple", 20000)
            tryCompare(page.currentPage.model, "status", SqlQueryModel.Ready, 20000)
            clickName()
            tryVerify(() => text(page, 0, 1) === "quince", 20000)
            tryCompare(page.currentPage.model, "status", SqlQueryModel.Ready, 20000)
            clickName()
            tryVerify(() => text(page, 0, 1) === "pear", 20000)
            tryCompare(page.currentPage.model, "status", SqlQueryModel.Ready, 20000)
            // A click makes a cell the current one.
            const cells = findChild(page.currentPage, "cells")
            tryVerify(() => cells.height > 3 * 24) // it unfolds
            mouseClick(cells, 20, 2 * 24 + 12)
            compare(page.currentPage.currentRow, 2)
            compare(page.currentPage.currentColumn, 0)
        }

        function test_viewers_data() { return servers }
        function test_viewers(data) {
            const page = open(data)
            runSql(page, "SELECT name, details, picture FROM " + fruit + " ORDER BY id")
            keyClick(Qt.Key_3, Qt.AltModifier)
            keyClick(Qt.Key_F4)
            verify(page.viewer.visible)
            const title = findChild(page.viewer, "cellTitle")
            tryVerify(() => title.text.startsWith("name   VARCHAR"))
            compare(page.viewer.page, 0)
            compare(findChild(page.viewer, "cellText").text, "pear")
            page.currentPage.focusRows()
            keyClick(Qt.Key_Right)
            tryCompare(page.viewer, "page", 1)
            verify(findChild(page.viewer, "cellJson").text.includes("    \"sweet\": true\n"))
            keyClick(Qt.Key_Right)
            tryVerify(() => title.text.endsWith("NULL"))
            keyClick(Qt.Key_Down)
            tryCompare(page.viewer, "page", 3)
            const bytes = findChild(page.viewer, "cellBytes")
            tryCompare(bytes, "count", 1)
            tryVerify(() => bytes.itemAtIndex(0)?.text.startsWith("00000000  00 ff 41") ?? false)
            keyClick(Qt.Key_Down)
            tryCompare(page.viewer, "page", 2)
            compare(findChild(page.viewer, "cellPicture").size, Qt.size(1, 1))
            keyClick(Qt.Key_F4)
            verify(!page.viewer.visible)
        }

        function test_export_data() { return servers }
        function test_export(data) {
            const page = open(data)
            const path = outside.path(fruit + ".csv")
            runSql(page, "SELECT id, name, price FROM " + fruit + " ORDER BY id")
            keyClick(Qt.Key_E, Qt.ControlModifier)
            const dialog = findChild(page, "export")
            tryCompare(dialog, "opened", true)
            const file = findChild(dialog.contentItem, "exportFile")
            verify(file.activeFocus)
            file.text = path
            keyClick(Qt.Key_Return)
            const state = findChild(dialog.contentItem, "exportState")
            tryVerify(() => state.text.startsWith("3 rows written, "), 20000)
            compare(outside.read(path), "id,name,price\r\n1,pear,1.50\r\n2,apple,0.75\r\n3,quince,\r\n")
            // A file that is there is written over only when that is said twice.
            mouseClick(findChild(dialog.footer, "exportStart"))
            verify(findChild(dialog.contentItem, "overwrite").visible)
            // One that cannot be written is told of.
            file.text = "/nowhere/at/all.csv"
            file.textEdited()
            file.forceActiveFocus()
            keyClick(Qt.Key_Return)
            tryVerify(() => findChild(dialog.contentItem, "exportFailure").text.includes("/nowhere/at/all.csv"))
            keyClick(Qt.Key_Escape)
            tryCompare(dialog, "visible", false)
        }

        function test_running_data() { return servers }
        function test_running(data) {
            const page = open(data)
            write("SELECT SLEEP(120) AS long_nap")
            keyClick(Qt.Key_Return, Qt.ControlModifier)
            tryCompare(page.currentPage.model, "loading", true, 20000)
            keyClick(Qt.Key_F8)
            verify(page.running.visible)
            const own = findChild(page.running, "ownConnections")
            const runs = row => own.model.data(own.model.index(row, 0), SqlPoolModel.StatementRole) ?? ""
            let row = -1
            tryVerify(() => {
                for (row = 0; row < own.model.rowCount(); ++row) {
                    if (runs(row).includes("long_nap"))
                        return true
                }
                return false
            }, 20000)
            verify(own.activeFocus)
            while (own.currentRow < row)
                keyClick(Qt.Key_Down)
            keyClick(Qt.Key_Delete)
            tryCompare(page.currentPage.model, "loading", false, 20000)
            keyClick(Qt.Key_F8)
            verify(!page.running.visible)
            tryVerify(() => editor(page).activeFocus)
            // Or by Escape.
            keyClick(Qt.Key_Return, Qt.ControlModifier)
            tryCompare(page.currentPage.model, "loading", true, 20000)
            keyClick(Qt.Key_Escape)
            tryCompare(page.currentPage.model, "status", SqlQueryModel.Cancelled, 20000)
        }

        function test_find_data() { return servers }
        function test_find(data) {
            const page = open(data)
            page.openTable(must("SELECT DATABASE()"), fruit)
            tryVerify(() => page.currentPage.model.countExact && text(page, 2, 1) === "quince", 20000)
            tryVerify(() => findChild(page.currentPage, "cells").activeFocus)
            keyClick(Qt.Key_G, Qt.ControlModifier)
            tryCompare(findChild(page, "goToRow"), "opened", true)
            write("2")
            keyClick(Qt.Key_Return)
            tryCompare(findChild(page, "goToRow"), "visible", false)
            compare(page.currentPage.currentRow, 1)
            keyClick(Qt.Key_Home, Qt.ControlModifier)
            page.currentPage.goToRow(0)
            keyClick(Qt.Key_Right)
            compare(page.currentPage.currentColumn, 1)
            keyClick(Qt.Key_F3) // what for?
            const field = findChild(page.currentPage, "findText")
            tryVerify(() => field.activeFocus)
            write("p")
            keyClick(Qt.Key_Return)
            tryCompare(page.currentPage, "currentRow", 1, 20000) // apple, behind pear
            keyClick(Qt.Key_F3)
            tryCompare(findChild(page.currentPage, "findOutcome"), "text", "No further row has it", 20000)
            keyClick(Qt.Key_F3, Qt.ShiftModifier)
            tryCompare(page.currentPage, "currentRow", 0, 20000)
            field.forceActiveFocus()
            keyClick(Qt.Key_Escape)
            tryVerify(() => findChild(page.currentPage, "cells").activeFocus)
            verify(!findChild(page.currentPage, "finder").visible)
        }

        function test_shortcuts() {
            const page = open(servers[0])
            keyClick(Qt.Key_F1)
            const dialog = findChild(page, "shortcutPage")
            tryCompare(dialog, "opened", true)
            verify(findChild(dialog.contentItem, "shortcuts").count > 20)
            keyClick(Qt.Key_Escape)
            tryCompare(dialog, "visible", false)
            tryVerify(() => editor(page).activeFocus)
        }

        function test_connecting_data() { return servers }
        function test_connecting(data) {
            pool = createTemporaryObject(poolComponent, root, { url: data.url, password: "wrong" })
            const page = createTemporaryObject(connectComponent, root, { pool: pool })
            const password = findChild(page, "password")
            password.forceActiveFocus()
            write("nonsense")
            keyClick(Qt.Key_Return)
            tryVerify(() => findChild(page, "message").text.startsWith("Access denied: "), 20000)
            verify(findChild(page, "message").text.includes("Check user name and password"))
            // The schema that there is not.
            password.text = data.password
            const database = findChild(page, "database")
            mouseClick(database)
            keyClick(Qt.Key_A, Qt.ControlModifier)
            write("no_such_schema")
            keyClick(Qt.Key_Return)
            tryVerify(() => findChild(page, "message").text.startsWith("Unknown schema: ")
                            || findChild(page, "message").text.startsWith("No access to this schema: "), 20000)
            keyClick(Qt.Key_A, Qt.ControlModifier)
            keyClick(Qt.Key_Delete)
            keyClick(Qt.Key_Return)
            tryVerify(() => pool.connected && !pool.lastError.isValid, 20000)
            page.done()
            compare(password.text, "")
            verify(Preferences.servers[0].length > 0 && !Preferences.servers[0].includes(data.password === "" ? "\n" : data.password))
        }
    }
}
