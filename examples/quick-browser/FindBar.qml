// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QAsyncMySql

// Finds the next row whose text in one column contains something, without hiding the others.
Rectangle {
    id: bar

    required property SqlTableModel source
    property string columnName
    property int fromRow: -1
    property string outcome

    signal found(int row)
    signal leaving

    visible: false
    implicitHeight: visible ? 40 : 0
    color: palette.window

    function show(columnName) {
        bar.columnName = columnName
        bar.outcome = ""
        bar.visible = true
        text.forceActiveFocus()
        text.selectAll()
    }

    // With nothing to look for yet, asks for it.
    function step(columnName, fromRow, backwards) {
        if (text.text === "") {
            bar.show(columnName)
            return
        }
        bar.columnName = columnName
        bar.outcome = qsTr("Looking …")
        bar.visible = true
        bar.source.findText(columnName, text.text, fromRow, backwards)
    }

    Connections {
        target: bar.source
        function onFound(row) {
            bar.outcome = ""
            bar.found(row)
        }
        function onNotFound() {
            bar.outcome = qsTr("No further row has it")
        }
    }
    RowLayout {
        anchors { fill: parent; leftMargin: 12; rightMargin: 12 }
        spacing: 8

        Label {
            text: qsTr("Find in %1:").arg(bar.columnName)
            textFormat: Text.PlainText
        }
        TextField {
            id: text
            objectName: "findText"
            Layout.preferredWidth: 240
            onAccepted: bar.step(bar.columnName, bar.fromRow, false)
            Keys.onEscapePressed: {
                bar.visible = false
                bar.leaving()
            }
        }
        Button { text: qsTr("Next"); onClicked: bar.step(bar.columnName, bar.fromRow, false) }
        Button { text: qsTr("Before"); onClicked: bar.step(bar.columnName, bar.fromRow, true) }
        Label {
            objectName: "findOutcome"
            Layout.fillWidth: true
            text: bar.outcome
            color: palette.placeholderText
        }
    }
}
