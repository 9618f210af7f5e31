// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QAsyncMySql

// A whole table: to look at, sort, filter and edit. Nothing is written before one says so.
ColumnLayout {
    id: page

    required property SqlPool pool
    required property string schema
    required property string table
    property alias model: rows
    property alias currentRow: grid.currentRow
    property alias currentColumn: grid.currentColumn
    readonly property int rowCount: rows.rows
    property string message // of what is to be said, such as why a value was refused

    signal closed

    spacing: 0

    function takeFocus() {
        grid.takeFocus()
    }

    function focusRows() {
        grid.takeFocus()
    }

    function goToRow(row) {
        grid.showRow(row)
        grid.takeFocus()
    }

    function sortHere() {
        if (grid.currentColumn >= 0)
            grid.header.sortBy(grid.currentColumn)
    }

    function allRows() {
        search.text = ""
        grid.header.clear()
    }

    function revert() {
        grid.takeFocus()
        page.message = ""
        rows.revertAll()
    }

    function findStep(backwards) {
        finder.fromRow = grid.currentRow
        finder.step(rows.columnNames[Math.max(0, grid.currentColumn)], grid.currentRow, backwards)
    }

    function askToClose() {
        loss.open()
    }

    function write() {
        grid.takeFocus() // an open editor gives up its text
        page.message = ""
        rows.submitAll()
    }

    function setNull() {
        if (grid.currentRow >= 0)
            rows.edit(grid.currentRow, grid.currentColumn, null)
    }

    function insertRow() {
        const row = rows.appendRow()
        if (row >= 0)
            grid.editCell(row, Math.min(1, rows.columnNames.length - 1))
    }

    function removeRow() {
        if (grid.currentRow >= 0)
            rows.removeRow(grid.currentRow)
    }

    SqlTableModel {
        id: rows
        pool: page.pool
        schema: page.schema
        table: page.table
        editStrategy: SqlTableModel.OnManualSubmit
        searchText: search.text
        Component.onCompleted: findRelations()
        onEditRefused: (index, reason) => page.message = reason
        onWriteFailed: (row, error) => page.message = error.message
        onConflictFound: row => conflict.show(row)
        onSubmitted: error => {
            if (!error.isValid)
                rows.refresh() // new rows take their places
        }
    }

    Shortcut { sequence: "F5"; enabled: page.visible; onActivated: rows.refresh() }
    Shortcut { sequence: "Ctrl+S"; enabled: page.visible; onActivated: page.write() }
    Shortcut { sequence: "Ctrl+Z"; enabled: page.visible; onActivated: rows.undo() }
    Shortcut { sequence: "Ctrl+Shift+Z"; enabled: page.visible; onActivated: rows.redo() }
    Shortcut { sequence: "Ctrl+I"; enabled: page.visible; onActivated: page.insertRow() }
    Shortcut { sequence: "Ctrl+Del"; enabled: page.visible; onActivated: page.removeRow() }
    Shortcut { sequence: "Ctrl+0"; enabled: page.visible; onActivated: page.setNull() }
    Shortcut { sequence: "Ctrl+F"; enabled: page.visible; onActivated: search.forceActiveFocus() }
    Shortcut { sequence: "Ctrl+Shift+F"; enabled: page.visible; onActivated: grid.header.focusFilter(Math.max(0, grid.currentColumn)) }
    Shortcut { sequence: "Ctrl+Shift+A"; enabled: page.visible; onActivated: page.allRows() }
    Shortcut { sequence: "Ctrl+Shift+O"; enabled: page.visible; onActivated: page.sortHere() }
    Shortcut { sequence: "Ctrl+Shift+R"; enabled: page.visible && rows.dirty; onActivated: page.revert() }
    Shortcut { sequence: "Ctrl+R"; enabled: page.visible; onActivated: conflict.next() }
    Shortcut { sequence: "F3"; enabled: page.visible; onActivated: page.findStep(false) }
    Shortcut { sequence: "Shift+F3"; enabled: page.visible; onActivated: page.findStep(true) }

    ToolBar {
        Layout.fillWidth: true
        Layout.preferredHeight: 44
        padding: 8
        background: Rectangle { color: palette.window }

        RowLayout {
            anchors.fill: parent

            Button { text: "+"; enabled: rows.editable; onClicked: page.insertRow(); implicitWidth: 34 }
            Button { text: "−"; enabled: rows.editable; onClicked: page.removeRow(); implicitWidth: 34 }
            Button { text: qsTr("NULL"); enabled: rows.editable; onClicked: page.setNull() }
            Button { text: qsTr("Undo"); enabled: rows.canUndo; onClicked: rows.undo() }
            Button { text: qsTr("Redo"); enabled: rows.canRedo; onClicked: rows.redo() }
            Button { text: qsTr("Write"); enabled: rows.dirty && !rows.submitting; highlighted: rows.dirty; onClicked: page.write() }
            Button { text: qsTr("Revert"); enabled: rows.dirty && !rows.submitting; onClicked: page.revert() }
            Item { Layout.fillWidth: true; Layout.minimumWidth: 0 }
            TextField {
                id: search
                objectName: "search"
                Layout.fillWidth: true
                Layout.minimumWidth: 60
                Layout.maximumWidth: 220
                placeholderText: qsTr("Search in all texts (Ctrl+F)")
                placeholderTextColor: palette.placeholderText
            }
        }
    }
    ErrorBanner {
        Layout.fillWidth: true
        error: rows.error
    }
    Label {
        Layout.fillWidth: true
        visible: page.message !== ""
        text: page.message
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        padding: 10
        background: Rectangle { color: palette.window.hslLightness < 0.5 ? "#45391c" : "#fff3cf" }
    }
    FindBar {
        id: finder
        objectName: "finder"
        Layout.fillWidth: true
        source: rows
        fromRow: grid.currentRow
        onFound: row => grid.showRow(row)
        onLeaving: grid.takeFocus()
    }
    EditGrid {
        id: grid
        Layout.fillWidth: true
        Layout.fillHeight: true
        source: rows
    }
    Rectangle {
        Layout.fillWidth: true
        implicitHeight: 30
        color: palette.window

        Label {
            anchors { left: parent.left; leftMargin: 12; verticalCenter: parent.verticalCenter }
            text: rows.submitting ? qsTr("Writing …") : rows.dirty ? qsTr("Changes that are not written (Ctrl+S)")
                : rows.streaming ? qsTr("Read-only: %1").arg(rows.streamingReason) : qsTr("Ready")
        }
        Label {
            objectName: "count"
            anchors { right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter }
            text: (rows.countExact ? qsTr("%1 rows") : qsTr("about %1 rows")).arg(rows.rows.toLocaleString(Qt.locale("en"), "f", 0))
        }
    }

    ConflictDialog {
        id: conflict
        objectName: "conflict"
        source: rows
    }
    Dialog {
        id: loss
        anchors.centerIn: Overlay.overlay
        modal: true
        title: qsTr("Close %1?").arg(page.table)
        standardButtons: Dialog.Discard | Dialog.Cancel
        onDiscarded: page.closed()

        Label { text: qsTr("It has changes that are not written yet.") }
    }
}
