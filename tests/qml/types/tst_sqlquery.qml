// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest
import QAsyncMySql

// qmllint disable unqualified
TestCase {
    id: test
    name: "SqlQuery"

    Component {
        id: poolComponent
        SqlPool {}
    }
    Component {
        id: queryComponent
        SqlQuery {
            id: query

            property int finishedCount: 0
            property int failedCount: 0

            onFinished: ++query.finishedCount
            onFailed: ++query.failedCount
        }
    }

    function makeQuery(row, properties) {
        const pool = createTemporaryObject(poolComponent, test, { url: row.url })
        return createTemporaryObject(queryComponent, test, Object.assign({ pool: pool }, properties))
    }

    function run(query) {
        query.run()
        compare(query.running, true)
        tryCompare(query, "running", false, 10000)
    }

    function test_rows_data() {
        return servers
    }

    function test_rows(row) {
        const query = makeQuery(row, { sql: "SELECT 1 AS a, 'two' AS b, NULL AS c UNION ALL SELECT 3, 'four', NULL" })
        run(query)
        compare(query.finishedCount, 1)
        compare(query.rowCount, 2)
        compare(query.columnNames, ["a", "b", "c"])
        compare(query.rows.length, 2)
        compare(Object.keys(query.rows[0]), ["a", "b", "c"])
        compare(query.rows[0].a, 1)
        compare(query.rows[1].b, "four")
        compare(query.rows[1].c, null)
        compare(query.value(1, 0), 3)
        compare(query.value(5, 0), undefined)
    }

    function test_values_data() {
        return servers
    }

    function test_values(row) {
        const query = makeQuery(row, {
            sql: "SELECT CAST(9007199254740992 AS SIGNED) a, CAST(9007199254740993 AS SIGNED) b, "
                 + "CAST(18446744073709551615 AS UNSIGNED) c, x'00FF10' d, 1.5e0 e, CAST('1.10' AS DECIMAL(5,2)) f"
        })
        run(query)
        const values = query.rows[0]
        compare(values.a, 9007199254740992)
        compare(values.b, "9007199254740993") // a number would be another
        compare(values.c, "18446744073709551615")
        compare(values.e, 1.5)
        compare(String(values.f), "1.10") // not a double
        const bytes = new Uint8Array(values.d)
        compare(bytes.length, 3)
        compare(bytes[1], 255)
    }

    function test_parameters_data() {
        return servers
    }

    function test_parameters(row) {
        for (const prepared of [false, true]) {
            const query = makeQuery(row, {
                sql: "SELECT ? AS a, ? AS b, ? AS c", parameters: [42, "it's", null], prepared: prepared
            })
            run(query)
            verify(!query.error.isValid, query.error.message)
            compare(Number(query.rows[0].a), 42)
            compare(query.rows[0].b, "it's")
            compare(query.rows[0].c, null)
            query.run([1, "again", "c"])
            tryCompare(query, "running", false, 10000)
            compare(query.rows[0].b, "again")
        }
    }

    function test_changes_data() {
        return servers
    }

    function test_changes(row) {
        const pool = createTemporaryObject(poolComponent, test, { url: row.url, maximumSize: 1 })
        const database = "qml_changes_" + Math.floor(Math.random() * 1e9)
        const query = createTemporaryObject(queryComponent, test, { pool: pool, sql: "CREATE DATABASE " + database })
        run(query)
        verify(!query.error.isValid, query.error.message)
        query.sql = "CREATE TABLE " + database + ".t (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(20))"
        run(query)
        query.sql = "INSERT INTO " + database + ".t (v) VALUES (?), (?)"
        query.parameters = ["x", "y"]
        run(query)
        compare(query.affectedRows, 2)
        compare(query.lastInsertId, 1)
        compare(query.rowCount, 0)
        compare(query.rows.length, 0)
        query.parameters = []
        query.sql = "DROP DATABASE " + database
        run(query)
        verify(!query.error.isValid, query.error.message)
    }

    function test_error_data() {
        return servers
    }

    function test_error(row) {
        const query = makeQuery(row, { sql: "SELEC 1" })
        run(query)
        compare(query.failedCount, 1)
        compare(query.finishedCount, 0)
        compare(query.error.isValid, true)
        compare(query.error.kind, SqlError.Server)
        compare(query.error.code, 1064)
        compare(query.error.sqlState, "42000")
        query.sql = "SELECT 1"
        run(query)
        compare(query.error.isValid, false)
    }

    function test_usage() {
        const query = createTemporaryObject(queryComponent, test, { sql: "SELECT 1" })
        run(query)
        compare(query.error.kind, SqlError.Usage)
        query.pool = createTemporaryObject(poolComponent, test)
        query.sql = "  "
        run(query)
        compare(query.error.kind, SqlError.Usage)
    }

    function test_cancel_data() {
        return servers
    }

    function test_cancel(row) {
        const query = makeQuery(row, { sql: "SELECT SLEEP(30)" })
        query.run()
        wait(100)
        query.cancel()
        tryCompare(query, "running", false, 1000)
        compare(query.error.kind, SqlError.Cancelled)
        tryCompare(query.pool, "leasedCount", 0, 10000)
        query.cancel() // of nothing
        compare(query.failedCount, 1)
    }

    function test_runInFinished_data() {
        return servers
    }

    function test_runInFinished(row) {
        const query = makeQuery(row, { sql: "SELECT 1 AS n" })
        let runs = 0
        query.finished.connect(() => {
            if (++runs < 3)
                query.run()
        })
        query.run()
        tryVerify(() => runs === 3, 10000)
    }

    function test_destroyedWhileRunning_data() {
        return servers
    }

    function test_destroyedWhileRunning(row) {
        const pool = createTemporaryObject(poolComponent, test, { url: row.url })
        const query = queryComponent.createObject(test, { pool: pool, sql: "SELECT SLEEP(30)" })
        query.run()
        wait(50)
        query.destroy()
        tryCompare(pool, "leasedCount", 0, 10000)
    }
}
