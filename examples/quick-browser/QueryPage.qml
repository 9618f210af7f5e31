// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QAsyncMySql

// SQL above, rows below.
ColumnLayout {
    id: page

    required property SqlPool pool
    property alias model: rows
    property alias sql: editor.text
    readonly property string title: rows.query === "" ? qsTr("Query") : rows.query.replace(/\s+/g, " ").slice(0, 22)

    spacing: 0

    function showPlace(share) {
        result.showPlace(share)
    }

    function scrollOn(distance) {
        result.scrollOn(distance)
    }

    function takeFocus() {
        editor.forceActiveFocus()
    }

    function run() {
        rows.query = editor.text
        rows.load()
    }

    SqlQueryModel {
        id: rows
        pool: page.pool
        active: false // it runs when it is told to
        fetchPolicy: SqlQueryModel.All
    }

    Shortcut {
        sequences: ["Ctrl+Return", "Ctrl+Enter"]
        enabled: page.visible
        onActivated: page.run()
    }
    Shortcut {
        sequence: "Escape"
        enabled: page.visible && rows.loading
        onActivated: rows.cancel()
    }

    ScrollView {
        Layout.fillWidth: true
        Layout.preferredHeight: 130

        TextArea {
            id: editor
            objectName: "editor"
            focus: true
            color: palette.text
            placeholderText: qsTr("SELECT …     Ctrl+Enter runs it, Esc cancels")
            placeholderTextColor: palette.placeholderText
            font.family: "monospace"
            font.pixelSize: 15
            leftPadding: 12
            topPadding: 10
            background: Rectangle { color: palette.base }
        }
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
            Item { Layout.fillWidth: true }
        }
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
}
