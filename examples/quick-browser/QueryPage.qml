// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QAsyncMySql
import QuickBrowser

// SQL above, rows below.
ColumnLayout {
    id: page

    required property SqlPool pool
    required property SqlSchemaModel schemas
    required property HistorySearch history
    property alias model: rows
    property alias sql: editor.text
    property alias editor: editor
    property alias currentRow: result.currentRow
    property alias currentColumn: result.currentColumn
    readonly property int rowCount: rows.loadedRows
    readonly property string title: rows.query === "" ? qsTr("Query") : rows.query.replace(/\s+/g, " ").slice(0, 22)

    spacing: 0

    function showPlace(share) {
        result.showPlace(share)
    }

    function scrollOn(distance) {
        result.scrollOn(distance)
    }

    function takeFocus() {
        editor.takeFocus()
    }

    function focusRows() {
        result.takeFocus()
    }

    function goToRow(row) {
        result.setCurrent(row, Math.max(0, result.currentColumn), true)
        result.takeFocus()
    }

    function run() {
        const sql = editor.takeStatement()
        nothing.visible = sql === ""
        if (sql === "")
            return
        rows.query = sql
        rows.load()
    }

    SqlQueryModel {
        id: rows
        pool: page.pool
        active: false // it runs when it is told to
        fetchPolicy: SqlQueryModel.All
        onErrorChanged: editor.showError(rows.error)
    }

    Shortcut {
        sequences: ["Ctrl+Return", "Ctrl+Enter"]
        enabled: page.visible
        onActivated: page.run()
    }
    Shortcut {
        sequence: "Escape"
        enabled: page.visible && rows.loading && !editor.completing
        onActivated: rows.cancel()
    }
    Shortcut { sequence: "F5"; enabled: page.visible && rows.query !== ""; onActivated: rows.refresh() }
    Shortcut { sequence: "Ctrl+H"; enabled: page.visible; onActivated: past.open() }
    Shortcut { sequence: "Alt+2"; enabled: page.visible; onActivated: editor.takeFocus() }

    SqlEditor {
        id: editor
        Layout.fillWidth: true
        Layout.preferredHeight: 130
        schemas: page.schemas
        history: page.history
        defaultSchema: page.pool?.database ?? ""
    }
    ToolBar {
        Layout.fillWidth: true
        Layout.preferredHeight: 44
        padding: 8
        background: Rectangle { color: palette.window }

        RowLayout {
            anchors.fill: parent

            Button {
                text: qsTr("Run")
                highlighted: true
                onClicked: page.run()
            }
            Button {
                text: qsTr("Cancel")
                enabled: rows.loading
                onClicked: rows.cancel()
            }
            Label {
                Layout.leftMargin: 8
                text: qsTr("Ctrl+Enter runs, Esc cancels")
                color: palette.placeholderText
            }
            Item { Layout.fillWidth: true }
            ComboBox {
                objectName: "policy"
                Layout.preferredWidth: 190
                model: [qsTr("Read all rows"), qsTr("Read as you scroll")]
                currentIndex: rows.fetchPolicy === SqlQueryModel.OnDemand ? 1 : 0
                onActivated: rows.fetchPolicy = currentIndex === 1 ? SqlQueryModel.OnDemand : SqlQueryModel.All
            }
        }
    }
    Label {
        id: nothing
        objectName: "nothing"
        Layout.fillWidth: true
        visible: false
        text: qsTr("There is no statement to run yet.")
        padding: 10
        background: Rectangle { color: page.palette.window.hslLightness < 0.5 ? "#45391c" : "#fff3cf" }
    }
    ErrorBanner {
        Layout.fillWidth: true
        error: rows.error
    }
    ResultTable {
        id: result
        Layout.fillWidth: true
        Layout.fillHeight: true
        source: rows
    }
    FigureBar {
        Layout.fillWidth: true
        source: rows
    }

    HistoryDialog {
        id: past
        objectName: "history"
        history: page.history
        onTaken: sql => {
            editor.replaceText(sql)
            editor.takeFocus()
        }
    }
}
