// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QAsyncMySql

// The rows of a model, with a header and the numbers of the rows.
Item {
    id: result

    required property SqlQueryModel source
    property alias view: table

    readonly property int rowHeight: 24

    // Shows the row at share, 0 to 1, of all.
    function showPlace(share) {
        table.positionViewAtRow(Math.floor((result.source.rowCount() - 1) * share), TableView.AlignBottom)
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
        model: result.source
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
        function onModelReset() {
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
