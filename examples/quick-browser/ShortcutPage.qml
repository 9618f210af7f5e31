// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls

// All keys of the program.
Dialog {
    id: dialog

    anchors.centerIn: Overlay.overlay
    width: Math.min(600, (Overlay.overlay?.width ?? 640) - 40)
    height: Math.min(680, (Overlay.overlay?.height ?? 480) - 40)
    modal: true
    title: qsTr("Keyboard shortcuts")
    standardButtons: Dialog.Close
    onOpened: list.forceActiveFocus()

    ListView {
        id: list
        objectName: "shortcuts"
        anchors.fill: parent
        clip: true
        focus: true
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: ScrollBar {}
        Keys.onUpPressed: flick(0, 600)
        Keys.onDownPressed: flick(0, -600)
        model: [
            { group: qsTr("Everywhere"), keys: "" },
            { what: qsTr("Schemas; the editor; the rows"), keys: "Alt+1, Alt+2, Alt+3" },
            { what: qsTr("New query"), keys: "Ctrl+T" },
            { what: qsTr("Close the tab"), keys: "Ctrl+W" },
            { what: qsTr("The next tab, or the one before"), keys: "Ctrl+Tab, Ctrl+Shift+Tab" },
            { what: qsTr("Connect to another server"), keys: "Ctrl+O" },
            { what: qsTr("Export the rows"), keys: "Ctrl+E" },
            { what: qsTr("The current cell, whole"), keys: "F4" },
            { what: qsTr("Running statements"), keys: "F8" },
            { what: qsTr("Light or dark"), keys: "Ctrl+Shift+L" },
            { group: qsTr("Query"), keys: "" },
            { what: qsTr("Run what is selected, or the statement at the cursor"), keys: "Ctrl+Enter" },
            { what: qsTr("Cancel it"), keys: "Esc" },
            { what: qsTr("Run it again, staying here"), keys: "F5" },
            { what: qsTr("Complete a word"), keys: "Ctrl+Space" },
            { what: qsTr("The statement that was run before, or after"), keys: "Ctrl+Up, Ctrl+Down" },
            { what: qsTr("Statements that were run"), keys: "Ctrl+H" },
            { group: qsTr("Table"), keys: "" },
            { what: qsTr("Search in all texts; filter this column"), keys: "Ctrl+F, Ctrl+Shift+F" },
            { what: qsTr("Find the next text in this column, or the one before"), keys: "F3, Shift+F3" },
            { what: qsTr("All rows again"), keys: "Ctrl+Shift+A" },
            { what: qsTr("Sort by this column"), keys: "Ctrl+Shift+O" },
            { what: qsTr("Go to a row"), keys: "Ctrl+G" },
            { what: qsTr("Edit the cell"), keys: "F2, Return" },
            { what: qsTr("Make it NULL"), keys: "Ctrl+0" },
            { what: qsTr("Insert a row; delete the row"), keys: "Ctrl+I, Ctrl+Del" },
            { what: qsTr("Undo; redo"), keys: "Ctrl+Z, Ctrl+Shift+Z" },
            { what: qsTr("Write; forget what is not written"), keys: "Ctrl+S, Ctrl+Shift+R" },
            { what: qsTr("Decide a conflict"), keys: "Ctrl+R" },
            { what: qsTr("Read the rows again"), keys: "F5" },
            { what: qsTr("Copy the cell"), keys: "Ctrl+C" },
        ]
        delegate: Item {
            id: line

            required property var modelData

            width: ListView.view?.width ?? 0
            height: line.modelData.group !== undefined ? 34 : 24

            Label {
                anchors { left: parent.left; right: keys.left; bottom: parent.bottom; bottomMargin: 4; rightMargin: 8 }
                text: line.modelData.group ?? line.modelData.what
                elide: Text.ElideRight
                font.bold: line.modelData.group !== undefined
                leftPadding: line.modelData.group !== undefined ? 0 : 14
            }
            Label {
                id: keys
                anchors { right: parent.right; bottom: parent.bottom; bottomMargin: 4; rightMargin: 14 }
                text: line.modelData.keys
                color: dialog.palette.placeholderText
            }
        }
    }
}
