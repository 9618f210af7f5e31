// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QAsyncMySql

// What runs: the connections of this program, and those of the whole server as far as the account may see them. A statement can
// be cancelled; its connection stays.
Rectangle {
    id: panel

    required property SqlPool pool
    property alias page: tabs.currentIndex

    color: palette.base

    function takeFocus() {
        (tabs.currentIndex === 0 ? own : server).forceActiveFocus()
    }

    function cancel() {
        const id = tabs.currentIndex === 0 ? connections.data(connections.index(own.currentRow, 0), SqlPoolModel.ConnectionIdRole)
                                           : processes.value(server.currentRow, 0)
        if (id === undefined || id === null)
            return
        kill.sql = "KILL QUERY " + id // a number
        kill.run()
    }

    SqlPoolModel {
        id: connections
        pool: panel.pool
    }
    SqlQueryModel {
        id: processes
        pool: panel.pool
        active: false
        fetchPolicy: SqlQueryModel.All
        query: "SHOW FULL PROCESSLIST"
    }
    SqlQuery {
        id: kill
        pool: panel.pool
        onFinished: if (looking.running) processes.refresh()
    }
    Timer {
        id: looking
        interval: 2000
        repeat: true
        triggeredOnStart: true
        running: panel.visible && tabs.currentIndex === 1
        onTriggered: if (!processes.loading) processes.refresh()
    }
    Shortcut {
        sequence: "Del"
        enabled: own.activeFocus || server.activeFocus
        onActivated: panel.cancel()
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.fillWidth: true

            TabBar {
                id: tabs
                objectName: "runningPages"
                Layout.preferredWidth: 260

                TabButton { text: qsTr("This program") }
                TabButton { text: qsTr("The server") }
            }
            Item { Layout.fillWidth: true }
            Button {
                text: qsTr("Cancel the statement (Del)")
                enabled: (tabs.currentIndex === 0 ? own : server).currentRow >= 0
                onClicked: panel.cancel()
            }
        }
        ErrorBanner {
            Layout.fillWidth: true
            error: kill.error.isValid ? kill.error : processes.error
        }
        StackLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            currentIndex: tabs.currentIndex

            RowList {
                id: own
                objectName: "ownConnections"
                model: connections
                widths: [90, 90, 150, 420]
            }
            RowList {
                id: server
                objectName: "serverProcesses"
                model: processes
                widths: [70, 90, 140, 110, 80, 60, 120, 420]
            }
        }
    }
}
