// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QAsyncMySql
import QuickBrowser

// The rows of a model, with a header and the numbers of the rows.
Item {
    id: result

    required property SqlQueryModel source

    readonly property int rowHeight: 24
    property int rows: 0 // that are there
    readonly property real contentsHeight: rows * rowHeight

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
        anchors { left: table.left; right: parent.right; top: parent.top }
        syncView: table
    }
    Stripes {
        anchors.fill: table
        table: table
        rowHeight: result.rowHeight
    }
    CellGrid {
        id: table
        anchors { left: parent.left; right: parent.right; top: header.bottom }
        height: Math.min(result.unfolded, result.height - header.height)
        // Rows on demand are fetched when the view sees its last one.
        model: result.source.fetchPolicy === SqlQueryModel.All ? steadyRows : result.source
        bottomMargin: model === steadyRows ? result.contentsHeight - contentHeight : 0
        columnWidthProvider: column => result.widths[column] ?? 120
        rowHeightProvider: () => result.rowHeight
        ScrollBar.vertical: ScrollBar { policy: ScrollBar.AlwaysOn }
        ScrollBar.horizontal: ScrollBar {}
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
        }
        function onModelReset() {
            result.rows = result.source.rowCount()
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
