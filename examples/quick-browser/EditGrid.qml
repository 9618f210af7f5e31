// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QAsyncMySql

// The rows of a table model, with a header that sorts and filters, and cells that are edited in place. How a cell stands is its
// ground: edited, being written, refused or in conflict; of a new or a removed row.
Item {
    id: grid

    required property SqlTableModel source
    property alias view: table
    readonly property int currentRow: table.currentRow < 0 ? -1 : rows.first + table.currentRow // of the source
    readonly property int currentColumn: table.currentColumn
    readonly property bool dark: palette.window.hslLightness < 0.5
    property var widths: []

    function takeFocus() {
        table.forceActiveFocus()
    }

    // A row of the table, not of the source.
    function setCurrent(row, column) {
        table.selectionModel.setCurrentIndex(rows.index(row, column), ItemSelectionModel.ClearAndSelect)
    }

    function editCell(row, column) {
        if (!grid.source.editable)
            return
        const tableRow = bar.show(row)
        table.positionViewAtCell(Qt.point(column, tableRow), TableView.Contain)
        setCurrent(tableRow, column)
        const cell = table.itemAtCell(Qt.point(column, tableRow))
        const related = grid.source.relationOf(column)
        if (related.table !== undefined)
            lookup.show(cell, row, column, related)
        else
            editor.show(cell, row, column)
    }

    function ground(cellState, rowState) {
        switch (cellState) {
        case SqlTableModel.Pending:
            return grid.dark ? "#22344f" : "#dfeafc"
        case SqlTableModel.Failed:
        case SqlTableModel.Conflict:
            return grid.dark ? "#40242a" : "#fdecee"
        case SqlTableModel.Dirty:
            return rowState === SqlTableModel.Removed ? (grid.dark ? "#40242a" : "#fdecee") : (grid.dark ? "#45391c" : "#fff3cf")
        }
        return rowState === SqlTableModel.New ? (grid.dark ? "#1f3a2a" : "#e4f6ea") : "transparent"
    }

    Rectangle {
        anchors.fill: parent
        color: grid.palette.base
    }

    // The width of each column, from its name and its first rows.
    function fit() {
        const wanted = []
        for (let column = 0; column < grid.source.columnNames.length; ++column) {
            metrics.text = grid.source.columnNames[column]
            let width = Math.max(70, metrics.advanceWidth * 1.2 + 20)
            for (let row = 0; row < Math.min(12, grid.source.rows); ++row) {
                metrics.text = grid.source.data(grid.source.index(row, column)) ?? ""
                width = Math.max(width, metrics.advanceWidth)
            }
            wanted.push(Math.min(width + 22, 320))
        }
        grid.widths = wanted
        table.forceLayout()
    }

    TextMetrics {
        id: metrics
    }
    Connections {
        target: grid.source
        function onStatusChanged() {
            if (grid.source.status === SqlTableModel.Ready && grid.widths.length === 0)
                grid.fit()
        }
    }
    FilterHeader {
        id: header
        objectName: "filters"
        anchors { left: parent.left; right: parent.right; top: parent.top }
        syncView: table
        source: grid.source
    }
    TableView {
        id: table
        objectName: "cells"
        anchors { left: parent.left; right: bar.left; top: header.bottom; bottom: parent.bottom }
        clip: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        model: SqlRowWindow {
            id: rows
            sourceModel: grid.source
        }
        selectionModel: SqlRowWindowSelection {
            model: rows
        }
        columnWidthProvider: column => grid.widths[column] ?? 120
        rowHeightProvider: () => bar.rowHeight
        ScrollBar.horizontal: ScrollBar {}
        onActiveFocusChanged: if (activeFocus) header.writing = -1
        Keys.onPressed: event => {
            if (event.key === Qt.Key_F2 || event.key === Qt.Key_Return) {
                grid.editCell(grid.currentRow, table.currentColumn)
                event.accepted = true
            }
        }
        delegate: Rectangle {
            id: cell

            required property int row
            required property int column
            required property bool current
            required property var display
            required property bool isNull
            required property bool loaded
            required property int cellState
            required property int rowState
            required property int textAlignment

            implicitWidth: 100
            implicitHeight: 24
            color: cellState !== SqlTableModel.Clean || rowState !== SqlTableModel.Clean ? grid.ground(cellState, rowState)
                 : (rows.first + row) % 2 === 1 ? grid.palette.alternateBase : grid.palette.base
            border.width: current ? 2 : 0
            border.color: grid.palette.highlight

            Text {
                anchors { fill: parent; leftMargin: 8; rightMargin: 8 }
                text: !cell.loaded ? "" : cell.isNull ? "NULL" : cell.display ?? ""
                textFormat: Text.PlainText
                elide: Text.ElideRight
                maximumLineCount: 1
                verticalAlignment: Text.AlignVCenter
                horizontalAlignment: (cell.textAlignment & Qt.AlignRight) ? Text.AlignRight : Text.AlignLeft
                font.italic: cell.isNull
                font.strikeout: cell.rowState === SqlTableModel.Removed
                color: cell.isNull ? grid.palette.placeholderText : grid.palette.text
            }
            TapHandler {
                onTapped: {
                    table.forceActiveFocus()
                    grid.setCurrent(cell.row, cell.column)
                }
                onDoubleTapped: grid.editCell(rows.sourceRow(cell.row), cell.column)
            }
        }
    }
    WindowScrollBar {
        id: bar
        objectName: "scrollBar"
        anchors { right: parent.right; top: table.top; bottom: table.bottom }
        table: table
        rows: rows
        rowHeight: 24
    }
    CellEditor {
        id: editor
        objectName: "cellEditor"
        table: table
        source: grid.source
        onFinished: grid.takeFocus()
    }
    LookupPopup {
        id: lookup
        objectName: "lookup"
        table: table
        source: grid.source
        onClosed: grid.takeFocus()
    }
}
