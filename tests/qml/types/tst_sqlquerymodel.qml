// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest
import Qt.labs.qmlmodels
import QAsyncMySql

// qmllint disable unqualified
TestCase {
    id: test
    name: "SqlQueryModel"
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
        SqlQueryModel {}
    }
    Component {
        id: tableComponent
        TableView {
            id: table
            anchors.fill: parent
            columnWidthProvider: () => 120
            rowHeightProvider: () => 20
            delegate: Text {
                required property string display
                required property bool isNull
                text: isNull ? "NULL" : display
            }
        }
    }
    // A kind of cell for each type.
    Component {
        id: kindsComponent
        TableView {
            anchors.fill: parent
            columnWidthProvider: () => 120
            rowHeightProvider: () => 20
            delegate: DelegateChooser {
                role: "typeName"

                DelegateChoice {
                    roleValue: "DATE"
                    Text {
                        required property string display
                        readonly property string kind: "date"
                        text: display
                    }
                }
                DelegateChoice {
                    roleValue: "BIGINT UNSIGNED"
                    Text {
                        required property string display
                        readonly property string kind: "number"
                        text: display
                        horizontalAlignment: Text.AlignRight
                    }
                }
                DelegateChoice {
                    Text {
                        required property string display
                        readonly property string kind: "other"
                        text: display
                    }
                }
            }
        }
    }
    Component {
        id: listComponent
        ListView {
            id: list
            anchors.fill: parent
            delegate: Text {
                required property int id
                required property string customer_Name
                text: id + " " + customer_Name
            }
        }
    }

    function makeModel(row, properties) {
        const pool = createTemporaryObject(poolComponent, test, { url: row.url })
        return createTemporaryObject(modelComponent, test, Object.assign({ pool: pool }, properties))
    }

    function test_cellsByType_data() { return servers }
    function test_cellsByType(row) {
        const model = makeModel(row, { query: "SELECT CAST('2024-05-06' AS DATE) d, CAST(18446744073709551615 AS UNSIGNED) n, 'text' t" })
        const view = createTemporaryObject(kindsComponent, test, { model: model })
        tryCompare(model, "status", SqlQueryModel.Ready, 10000)
        tryVerify(() => view.itemAtCell(Qt.point(2, 0)) !== null, 10000)
        const cells = [0, 1, 2].map(column => view.itemAtCell(Qt.point(column, 0)))
        compare(cells.map(cell => cell.kind), ["date", "number", "other"])
        compare(cells.map(cell => cell.text), ["2024-05-06", "18446744073709551615", "text"])
    }

    function ten(name) {
        return "(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 "
               + "UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9) " + name
    }

    function thousand() {
        return "SELECT a.d + 10 * b.d + 100 * c.d AS n FROM " + ten("a") + ", " + ten("b") + ", " + ten("c")
    }

    function test_runsByItself_data() {
        return servers
    }

    function test_runsByItself(row) {
        const model = makeModel(row, { query: "SELECT ? AS a, NULL AS b", parameters: ["x"] })
        tryCompare(model, "status", SqlQueryModel.Ready, 10000)
        compare(model.loading, false)
        compare(model.loadedRows, 1)
        compare(model.columnNames, ["a", "b"])
        compare(model.value(0, 0), "x")
        compare(model.value(0, "a"), "x")
        compare(model.value(0, "b"), null)
        compare(model.value(0, "c"), undefined)
        compare(model.value(1, 0), undefined)
        compare(model.get(0).a, "x")
        model.parameters = ["y"] // runs again
        tryVerify(() => model.value(0, 0) === "y", 10000)
        model.query = "SELECT 'z' AS z, ? AS q"
        tryVerify(() => model.value(0, "z") === "z", 10000)
    }

    function test_inactive_data() {
        return servers
    }

    function test_inactive(row) {
        const model = makeModel(row, { active: false, query: "SELECT 1 AS a" })
        wait(100)
        compare(model.status, SqlQueryModel.Empty)
        model.load()
        tryCompare(model, "status", SqlQueryModel.Ready, 10000)
        model.clear()
        compare(model.status, SqlQueryModel.Empty)
        model.active = true
        tryCompare(model, "status", SqlQueryModel.Ready, 10000)
    }

    function test_inATable_data() {
        return servers
    }

    function test_inATable(row) {
        const model = makeModel(row, { query: thousand(), batchSize: 100 })
        const table = createTemporaryObject(tableComponent, test, { model: model })
        tryCompare(model, "status", SqlQueryModel.Waiting, 10000)
        tryVerify(() => table.rows >= 100)
        compare(table.columns, 1)
        tryVerify(() => table.itemAtCell(Qt.point(0, 3)) !== null)
        compare(table.itemAtCell(Qt.point(0, 3)).text, String(model.value(3, 0)))
        // Scrolling to the end reads on, until there is no more.
        tryVerify(() => {
            table.contentY = Math.max(0, table.contentHeight - table.height)
            return model.status === SqlQueryModel.Ready
        }, 20000)
        compare(model.loadedRows, 1000)
        tryVerify(() => table.rows === 1000)
    }

    function test_sorts_data() {
        return servers
    }

    function test_sorts(row) {
        const model = makeModel(row, { query: "SELECT 1 AS n UNION ALL SELECT 3 UNION ALL SELECT 2" })
        tryCompare(model, "status", SqlQueryModel.Ready, 10000)
        compare(model.sortColumn, -1)
        model.sortBy(0, Qt.DescendingOrder)
        tryVerify(() => model.status === SqlQueryModel.Ready && Number(model.value(0, 0)) === 3, 10000)
        compare(model.sortColumn, 0)
        compare(Number(model.value(2, 0)), 1)
        model.sortBy(0)
        tryVerify(() => model.status === SqlQueryModel.Ready && Number(model.value(0, 0)) === 1, 10000)
    }

    function test_inAList_data() {
        return servers
    }

    // By the names of the columns, which are known only after the list has got its model.
    function test_inAList(row) {
        const model = makeModel(row, { query: "SELECT 7 AS ID, 'Ada' AS `Customer Name`" })
        const list = createTemporaryObject(listComponent, test, { model: model })
        tryCompare(list, "count", 1, 10000)
        tryVerify(() => list.itemAtIndex(0) !== null)
        compare(list.itemAtIndex(0).text, "7 Ada")
    }

    function test_error_data() {
        return servers
    }

    function test_error(row) {
        const model = makeModel(row, { query: "SELECT nonsense" })
        tryCompare(model, "status", SqlQueryModel.Failed, 10000)
        compare(model.error.kind, SqlError.Server)
        compare(model.error.code, 1054)
        verify(model.errorString !== "")
    }

    function test_edits_data() {
        return servers
    }

    function test_edits(row) {
        const name = "qml_edits_" + row.tag.replace(/[^a-z0-9]/g, "_")
        const pool = createTemporaryObject(poolComponent, test, { url: row.url })
        const must = sql => {
            const model = createTemporaryObject(modelComponent, test, { pool: pool, query: sql })
            tryCompare(model, "status", SqlQueryModel.Ready, 10000)
            return model
        }
        must("DROP TABLE IF EXISTS " + name)
        must("CREATE TABLE " + name + " (id INT PRIMARY KEY, name VARCHAR(20) NULL)")
        must("INSERT INTO " + name + " VALUES (1, 'Ada'), (2, 'Grace')")
        const model = makeModel(row, { query: "SELECT id, name, 1 AS one FROM " + name + " ORDER BY id", editable: true })
        tryCompare(model, "status", SqlQueryModel.Ready, 10000)
        tryVerify(() => model.readOnlyReason(model.index(0, 1)) === "", 10000)
        verify(model.readOnlyReason(model.index(0, 2)) !== "")
        verify(!model.edit(0, 2, 7))
        verify(model.edit(0, 1, "Eve"))
        verify(model.edit(1, 1, null))
        compare(model.value(0, "name"), "Eve")
        compare(model.get(1), { id: 2, name: null, one: 1 })
        tryVerify(() => must("SELECT GROUP_CONCAT(IFNULL(name, '-') ORDER BY id) AS n FROM " + name).value(0, 0) === "Eve,-", 10000)
        must("UPDATE " + name + " SET name = 'theirs' WHERE id = 1")
        verify(model.edit(0, 1, "mine"))
        tryVerify(() => model.conflict(model.index(0, 1)).valid, 10000)
        compare(model.conflict(model.index(0, 1)).theirs(1), "theirs")
        verify(model.keepMine(model.index(0, 1)))
        tryVerify(() => !model.conflict(model.index(0, 1)).valid, 10000)
        tryVerify(() => must("SELECT name FROM " + name + " WHERE id = 1").value(0, 0) === "mine", 10000)
        model.clear()
        must("DROP TABLE " + name)
    }

    // GUI life 16: what QML made goes while rows come.
    function test_destroyedInMidstream_data() {
        return servers
    }

    function test_destroyedInMidstream(row) {
        const pool = createTemporaryObject(poolComponent, test, { url: row.url })
        const table = createTemporaryObject(tableComponent, test)
        for (let i = 0; i < 5; ++i) {
            const model = modelComponent.createObject(test, {
                pool: pool, query: thousand(), fetchPolicy: SqlQueryModel.All, batchSize: 10
            })
            table.model = model
            wait(i * 10)
            model.destroy()
            wait(10)
        }
        tryCompare(pool, "leasedCount", 0, 10000)
    }
}
