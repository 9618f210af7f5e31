// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QAsyncMySql
import QuickBrowser

// The rows of a model, with a header that sorts, and a current cell.
FocusScope {
    id: result

    required property SqlQueryModel source

    readonly property int rowHeight: 24
    property int rows: 0 // that are there
    readonly property real contentsHeight: rows * rowHeight
    property int currentRow: -1
    property int currentColumn: -1

    function takeFocus() {
        table.forceActiveFocus()
        if (result.currentRow < 0)
            result.setCurrent(0, 0, true)
    }

    // Makes a cell the current one, and has it in sight; in the middle if it was not.
    function setCurrent(row, column, middle) {
        result.currentRow = Math.max(-1, Math.min(row, result.rows - 1))
        result.currentColumn = Math.max(0, Math.min(column, result.widths.length - 1))
        if (result.currentRow < 0)
            return
        const y = result.currentRow * result.rowHeight
        const out = y < table.contentY || y + result.rowHeight > table.contentY + table.height
        if (out && middle === true)
            table.contentY = Math.max(0, Math.min(y - table.height / 2, result.contentsHeight - table.height))
        else if (y < table.contentY)
            table.contentY = y
        else if (out)
            table.contentY = y + result.rowHeight - table.height
        const x = result.leftOf(result.currentColumn)
        const width = result.widths[result.currentColumn]
        if (x < table.contentX || width > table.width)
            table.contentX = x
        else if (x + width > table.contentX + table.width)
            table.contentX = x + width - table.width
    }

    function leftOf(column) {
        let sum = 0
        for (let i = 0; i < column; ++i)
            sum += result.widths[i]
        return sum
    }

    function columnAt(x) {
        let column = 0
        while (column + 1 < result.widths.length && leftOf(column + 1) <= x)
            ++column
        return column
    }

    function copy() {
        clipboard.text = result.currentRow < 0 ? "" : result.source.data(result.source.index(result.currentRow, result.currentColumn)) ?? ""
        clipboard.selectAll()
        clipboard.copy()
    }

    function sortBy(column) {
        const again = result.source.sortColumn === column
        if (again && result.source.sortOrder === Qt.DescendingOrder)
            result.source.sortBy(-1)
        else
            result.source.sortBy(column, again ? Qt.DescendingOrder : Qt.AscendingOrder)
    }

    TextEdit {
        id: clipboard
        visible: false
    }

    // Shows the row at share, 0 to 1, of all.
    function showPlace(share) {
        table.positionViewAtRow(Math.floor((result.rows - 1) * share), TableView.AlignBottom)
    }

    function scrollOn(distance) {
        table.contentY = Math.min(table.contentY + distance, Math.max(0, contentsHeight - table.height))
    }

    SteadyRows {
        id: steadyRows
        sourceModel: result.source
    }
    ColumnHeader {
        id: header
        objectName: "titles"
        anchors { left: table.left; right: parent.right; top: parent.top }
        syncView: table
        source: result.source
        onSortRequested: column => result.sortBy(column)
    }
    Stripes {
        anchors.fill: table
        table: table
        rowHeight: result.rowHeight
    }
    CellGrid {
        id: table
        objectName: "cells"
        anchors { left: parent.left; right: parent.right; top: header.bottom }
        height: Math.min(result.unfolded, result.height - header.height)
        // Rows on demand are fetched when the view sees its last one.
        model: result.source.fetchPolicy === SqlQueryModel.All ? steadyRows : result.source
        bottomMargin: model === steadyRows ? result.contentsHeight - contentHeight : 0
        columnWidthProvider: column => result.widths[column] ?? 120
        rowHeightProvider: () => result.rowHeight
        ScrollBar.vertical: ScrollBar { policy: ScrollBar.AlwaysOn }
        ScrollBar.horizontal: ScrollBar {}
        focus: true
        activeFocusOnTab: true
        keyNavigationEnabled: false // it would walk into rows that are not there yet
        Keys.onPressed: event => {
            const page = Math.max(1, Math.floor(table.height / result.rowHeight) - 1)
            const all = event.modifiers & Qt.ControlModifier
            const row = result.currentRow
            const column = result.currentColumn
            event.accepted = true
            switch (event.key) {
            case Qt.Key_Up: result.setCurrent(Math.max(0, row - 1), column); break
            case Qt.Key_Down: result.setCurrent(row + 1, column); break
            case Qt.Key_PageUp: result.setCurrent(Math.max(0, row - page), column); break
            case Qt.Key_PageDown: result.setCurrent(row + page, column); break
            case Qt.Key_Left: result.setCurrent(row, column - 1); break
            case Qt.Key_Right: result.setCurrent(row, column + 1); break
            case Qt.Key_Home: result.setCurrent(all ? 0 : row, 0); break
            case Qt.Key_End: result.setCurrent(all ? result.rows - 1 : row, result.widths.length - 1); break
            case Qt.Key_C:
                event.accepted = all
                if (all)
                    result.copy()
                break
            default: event.accepted = false
            }
        }

        TapHandler {
            onTapped: point => {
                table.forceActiveFocus()
                result.setCurrent(Math.floor((point.position.y + (parent === table ? table.contentY : 0)) / result.rowHeight),
                                  result.columnAt(point.position.x + (parent === table ? table.contentX : 0)))
            }
        }
        Rectangle {
            parent: table.contentItem
            z: 2
            visible: result.currentRow >= 0
            x: result.leftOf(result.currentColumn)
            y: result.currentRow * result.rowHeight
            width: result.widths[result.currentColumn] ?? 0
            height: result.rowHeight
            color: "transparent"
            border.width: table.activeFocus ? 2 : 1
            border.color: table.activeFocus ? result.palette.highlight : result.palette.placeholderText
        }
    }

    Veil {
        anchors.fill: table
        table: table
    }

    // A new table unfolds within a few frames: making the cells of a whole screen in one would hold the event loop.
    property real unfolded: 0

    NumberAnimation {
        id: unfolding
        target: result
        property: "unfolded"
        from: result.rowHeight
        to: 200 * result.rowHeight
        duration: 700
    }

    // The width of each column, from its first rows.
    property var widths: []

    TextMetrics {
        id: metrics
    }
    Connections {
        target: result.source
        function onRowsInserted() {
            result.rows = result.source.rowCount()
        }
        function onRowsRemoved() {
            result.rows = result.source.rowCount()
            result.currentRow = Math.min(result.currentRow, result.rows - 1)
        }
        function onModelReset() {
            result.rows = result.source.rowCount()
            result.currentRow = -1
            const wanted = []
            for (let column = 0; column < result.source.columnCount(); ++column) {
                let width = 60
                metrics.text = result.source.columnNames[column]
                width = Math.max(width, metrics.advanceWidth * 1.1)
                for (let row = 0; row < Math.min(12, result.source.rowCount()); ++row) {
                    metrics.text = result.source.data(result.source.index(row, column)) ?? ""
                    width = Math.max(width, metrics.advanceWidth)
                }
                wanted.push(Math.min(width + 22, 320))
            }
            result.widths = wanted
            unfolding.restart() // the view lays itself out in the next frame
        }
    }
}
