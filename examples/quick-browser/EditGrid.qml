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
    property alias header: header
    // In the whole table, of which the view may have a part.
    readonly property int currentRow: window.first >= 0 ? window.sourceRow(table.currentRow) : -1
    readonly property int currentColumn: table.currentColumn
    readonly property bool dark: palette.window.hslLightness < 0.5
    property var widths: []

    function takeFocus() {
        table.forceActiveFocus()
    }

    function setCurrent(row, column) {
        const shown = bar.show(row)
        table.selectionModel.setCurrentIndex(window.index(shown, column), ItemSelectionModel.ClearAndSelect)
        return shown
    }

    // Makes a cell of this row the current one, in the middle of the view.
    function showRow(row) {
        if (row < bar.topRow || row >= bar.topRow + bar.rowsInView)
            bar.goTo(Math.max(0, row - Math.floor(bar.rowsInView / 2)))
        setCurrent(row, Math.max(0, table.currentColumn))
    }

    function copy() {
        clipboard.text = grid.currentRow < 0 ? "" : grid.source.data(grid.source.index(grid.currentRow, table.currentColumn)) ?? ""
        clipboard.selectAll()
        clipboard.copy()
    }

    // What a key does that leads beyond the rows in sight.
    function step(key, control) {
        const last = grid.source.rows - 1
        const page = Math.max(1, bar.rowsInView - 1)
        switch (key) {
        case Qt.Key_Home:
            return control ? [0, 0] : [grid.currentRow, 0]
        case Qt.Key_End:
            return control ? [last, table.columns - 1] : [grid.currentRow, table.columns - 1]
        case Qt.Key_PageUp:
            return [Math.max(0, grid.currentRow - page), table.currentColumn]
        case Qt.Key_PageDown:
            return [Math.min(last, grid.currentRow + page), table.currentColumn]
        case Qt.Key_Up:
            return [Math.max(0, grid.currentRow - 1), table.currentColumn]
        case Qt.Key_Down:
            return [Math.min(last, grid.currentRow + 1), table.currentColumn]
        }
        return []
    }

    function editCell(row, column) {
        if (!grid.source.editable)
            return
        table.forceLayout() // with a row that was just made
        const shown = setCurrent(row, column)
        table.forceLayout()
        table.positionViewAtCell(Qt.point(column, shown), TableView.Contain)
        const cell = table.itemAtCell(Qt.point(column, shown))
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

    TextEdit {
        id: clipboard
        visible: false
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
        anchors { left: parent.left; right: bar.left; top: parent.top }
        syncView: table
        source: grid.source
        onLeaving: grid.takeFocus()
    }
    TableView {
        id: table
        objectName: "cells"
        anchors { left: parent.left; right: bar.left; top: header.bottom; bottom: parent.bottom }
        clip: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        model: SqlRowWindow {
            id: window
            sourceModel: grid.source
            size: 20000 // of 24 pixels: a scene has places of 24 bits
        }
        selectionModel: SqlRowWindowSelection {
            model: window
        }
        columnWidthProvider: column => grid.widths[column] ?? 120
        rowHeightProvider: () => 24
        ScrollBar.horizontal: ScrollBar {}
        onActiveFocusChanged: if (activeFocus) header.writing = -1
        Keys.onPressed: event => {
            if (event.key === Qt.Key_F2 || event.key === Qt.Key_Return) {
                grid.editCell(grid.currentRow, table.currentColumn)
                event.accepted = true
            } else if (event.key === Qt.Key_C && (event.modifiers & Qt.ControlModifier)) {
                grid.copy()
                event.accepted = true
            } else {
                const place = grid.step(event.key, event.modifiers & Qt.ControlModifier)
                if (place.length === 2) {
                    grid.setCurrent(place[0], place[1])
                    event.accepted = true
                }
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
                 : (row + window.first) % 2 === 1 ? grid.palette.alternateBase : grid.palette.base
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
                    grid.setCurrent(window.sourceRow(cell.row), cell.column)
                }
                onDoubleTapped: grid.editCell(window.sourceRow(cell.row), cell.column)
            }
        }
    }
    WindowScrollBar {
        id: bar
        objectName: "scrollBar"
        anchors { right: parent.right; top: table.top; bottom: table.bottom }
        table: table
        rows: window
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
