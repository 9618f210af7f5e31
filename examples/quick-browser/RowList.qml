// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls

// A table of some rows, of which one is chosen.
FocusScope {
    id: list

    required property var model
    property int currentRow: -1
    property var widths: []

    function select(row) {
        list.currentRow = Math.max(-1, Math.min(row, table.rows - 1))
        if (list.currentRow >= 0)
            table.positionViewAtRow(list.currentRow, TableView.Contain)
    }

    HorizontalHeaderView {
        id: header
        anchors { left: parent.left; right: parent.right; top: parent.top }
        clip: true
        syncView: table
        delegate: Rectangle {
            id: title

            required property string display

            implicitWidth: 100
            implicitHeight: 26
            color: list.palette.window

            Text {
                anchors { fill: parent; leftMargin: 8; rightMargin: 8 }
                text: title.display
                textFormat: Text.PlainText
                elide: Text.ElideRight
                verticalAlignment: Text.AlignVCenter
                font.bold: true
                color: list.palette.text
            }
        }
    }
    TableView {
        id: table
        anchors { left: parent.left; right: parent.right; top: header.bottom; bottom: parent.bottom }
        clip: true
        focus: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        model: list.model
        columnWidthProvider: column => column === table.columns - 1 ? Math.max(list.widths[column] ?? 200, table.width - list.before(column)) : list.widths[column] ?? 110
        rowHeightProvider: () => 24
        onWidthChanged: forceLayout()
        onRowsChanged: list.currentRow = Math.min(list.currentRow, rows - 1)
        ScrollBar.vertical: ScrollBar {}
        Keys.onUpPressed: list.select(Math.max(0, list.currentRow - 1))
        Keys.onDownPressed: list.select(list.currentRow + 1)
        delegate: Rectangle {
            id: cell

            required property int row
            required property var display
            readonly property bool current: row === list.currentRow

            implicitWidth: 100
            implicitHeight: 24
            color: !current ? (row % 2 === 1 ? list.palette.alternateBase : list.palette.base)
                 : table.activeFocus ? list.palette.highlight : list.palette.midlight

            Text {
                anchors { fill: parent; leftMargin: 8; rightMargin: 8 }
                text: cell.display ?? ""
                textFormat: Text.PlainText
                elide: Text.ElideRight
                maximumLineCount: 1
                verticalAlignment: Text.AlignVCenter
                color: cell.current && table.activeFocus ? list.palette.highlightedText : list.palette.text
            }
            TapHandler {
                onTapped: {
                    table.forceActiveFocus()
                    list.select(cell.row)
                }
            }
        }
    }

    function before(column) {
        let sum = 0
        for (let i = 0; i < column; ++i)
            sum += list.widths[i] ?? 110
        return sum
    }
}
