// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QAsyncMySql

// What a row was, what it was to become, and what somebody else has made of it; asks what is to stay.
Dialog {
    id: dialog

    required property SqlTableModel source
    property int row: -1
    property var conflict: ({})

    anchors.centerIn: Overlay.overlay
    width: Math.min(640, (Overlay.overlay?.width ?? 700) - 40)
    modal: true
    title: qsTr("Somebody else has changed row %1").arg(row + 1)

    property var waiting: [] // rows that are to be decided

    function show(row) {
        if (!dialog.waiting.includes(row))
            dialog.waiting.push(row)
        if (!dialog.visible)
            dialog.next()
    }

    Timer {
        id: going
        interval: 0
        onTriggered: dialog.next()
    }

    // The next that is in conflict still.
    function next() {
        while (dialog.waiting.length > 0 && dialog.source.conflictOf(dialog.waiting[0]).columns === undefined)
            dialog.waiting.shift()
        if (dialog.waiting.length > 0)
            dialog.ask(dialog.waiting[0])
    }

    function ask(row) {
        dialog.row = row
        dialog.conflict = source.conflictOf(row)
        open()
    }

    function keepMine() {
        close()
        source.keepMine(row)
        going.restart()
    }

    function takeTheirs() {
        close()
        source.takeTheirs(row)
        going.restart()
    }

    function shown(value) {
        return value === null || value === undefined ? "NULL" : String(value)
    }

    component Field: Label {
        Layout.fillWidth: true
        Layout.preferredWidth: 100
        textFormat: Text.PlainText
        elide: Text.ElideRight
        padding: 4
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 6

        Label {
            text: dialog.conflict.gone ? qsTr("Since you read this row, somebody has deleted it. Nothing was written.")
                                       : qsTr("Since you read this row, somebody has changed it. Nothing was written.")
        }
        RowLayout {
            Field { text: qsTr("Column"); font.bold: true }
            Field { text: qsTr("As you read it"); font.bold: true }
            Field { text: qsTr("Mine"); font.bold: true }
            Field { text: qsTr("Theirs"); font.bold: true }
        }
        Repeater {
            model: dialog.conflict.columns ?? []
            RowLayout {
                id: line
                required property var modelData

                Field { text: line.modelData.name }
                Field { text: dialog.shown(line.modelData.base) }
                Field { text: dialog.shown(line.modelData.mine); background: Rectangle { color: dialog.palette.midlight } }
                Field { text: dialog.conflict.gone ? qsTr("(deleted)") : dialog.shown(line.modelData.theirs)
                        background: Rectangle { color: dialog.palette.midlight } }
            }
        }
    }
    footer: DialogButtonBox {
        Button { text: qsTr("Keep &mine"); objectName: "keepMine"; onClicked: dialog.keepMine() }
        Button { text: qsTr("Take &theirs"); objectName: "takeTheirs"; onClicked: dialog.takeTheirs() }
        Button { text: qsTr("Decide &later"); onClicked: dialog.close() }
    }
}
