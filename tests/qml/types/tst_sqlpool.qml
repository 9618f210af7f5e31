// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest
import QAsyncMySql

// qmllint disable unqualified
TestCase {
    id: test
    name: "SqlPool"

    Component {
        id: poolComponent
        SqlPool {}
    }
    Component {
        id: spyComponent
        SignalSpy {}
    }

    function test_options() {
        const pool = createTemporaryObject(poolComponent, test, {
            url: "mysql://anna:geheim@db.example:3307/shop", user: "otto"
        })
        compare(pool.host, "db.example")
        compare(pool.port, 3307)
        compare(pool.user, "otto") // a property wins over the URL
        compare(pool.database, "shop")
        compare(pool.lastError.isValid, false)
        compare(pool.connected, false)
    }

    function test_passwordCannotBeRead() {
        const pool = createTemporaryObject(poolComponent, test, { url: "mysql://anna:geheim@db.example" })
        compare(pool.password, "")
        pool.password = "geheim2"
        compare(pool.password, "")
        verify(!pool.url.includes("geheim"))
        for (const name in pool)
            verify(!String(pool[name]).includes("geheim"), name)
    }

    function test_badUrl() {
        const pool = createTemporaryObject(poolComponent, test, { url: "http://example.com" })
        compare(pool.lastError.isValid, true)
        compare(pool.lastError.kind, SqlError.Usage)
        const failed = createTemporaryObject(spyComponent, test, { target: pool, signalName: "failed" })
        pool.url = ""
        compare(pool.lastError.isValid, false)
        compare(failed.count, 0)
    }

    function test_limits() {
        const pool = createTemporaryObject(poolComponent, test, { minimumSize: 0, maximumSize: 3 })
        compare(pool.maximumSize, 3)
        pool.maximumSize = -1
        compare(pool.maximumSize, 1)
    }

    function test_open_data() {
        return servers
    }

    function test_open(row) {
        const pool = createTemporaryObject(poolComponent, test, { url: row.url })
        const opened = createTemporaryObject(spyComponent, test, { target: pool, signalName: "opened" })
        pool.open()
        compare(pool.opening, true)
        tryCompare(opened, "count", 1, 10000)
        compare(pool.opening, false)
        compare(pool.connected, true)
        compare(pool.size, 1)
        pool.close()
        tryCompare(pool, "size", 0, 10000)
        pool.open() // opens it again
        tryCompare(opened, "count", 2, 10000)
    }

    function test_wrongPassword_data() {
        return servers
    }

    function test_wrongPassword(row) {
        const pool = createTemporaryObject(poolComponent, test, { url: row.url, password: "wrong" })
        const failed = createTemporaryObject(spyComponent, test, { target: pool, signalName: "failed" })
        pool.open()
        tryCompare(failed, "count", 1, 20000)
        compare(pool.lastError.isValid, true)
        verify(!pool.connected)
        verify(!pool.lastError.message.includes("wrong"))
        pool.password = row.password
        pool.open()
        tryCompare(pool, "connected", true, 10000)
        tryVerify(() => !pool.lastError.isValid)
    }
}
