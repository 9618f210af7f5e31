// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest
import QAsyncMySql

// qmllint disable unqualified
TestCase {
    id: test
    name: "SqlPoolModel"
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
        SqlPoolModel {}
    }
    Component {
        id: viewComponent
        ListView {
            anchors.fill: parent
            delegate: Text {
                required property string stateName
                required property string statement
                required property double stateMs
                text: stateName + ": " + statement + (stateMs < 0 ? "!" : "")
            }
        }
    }

    function test_follows_data() { return servers; }
    function test_follows(data) {
        const pool = createTemporaryObject(poolComponent, test, { url: data.url, password: data.password });
        const model = createTemporaryObject(modelComponent, test, { pool: pool, refreshInterval: 10 });
        const view = createTemporaryObject(viewComponent, test, { model: model });
        compare(view.count, 0);
        const query = createTemporaryObject(queryComponent, test, { pool: pool, sql: "SELECT 'geheim', SLEEP(20)" });
        query.run();
        tryVerify(() => view.count === 1 && view.itemAtIndex(0) !== null, 10000);
        tryVerify(() => view.itemAtIndex(0).text === "Leased: SELECT '…', SLEEP(20)", 10000);
        query.cancel();
        tryVerify(() => view.itemAtIndex(0).text === "Idle: ", 10000);
        model.pool = null;
        compare(view.count, 0);
    }
}
