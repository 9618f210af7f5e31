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

    HorizontalHeaderView {
        id: header
        anchors { left: table.left; right: parent.right; top: parent.top }
        syncView: table
        clip: true
        delegate: Rectangle {
            id: title

            required property var display
            implicitWidth: 100
            implicitHeight: 28
            color: palette.window

            Text {
                anchors { fill: parent; leftMargin: 8; rightMargin: 8 }
                text: title.display ?? ""
                textFormat: Text.PlainText
                elide: Text.ElideRight
                verticalAlignment: Text.AlignVCenter
                color: palette.text
                font.bold: true
            }
            Rectangle {
                anchors.right: parent.right
                width: 1
                height: parent.height
                color: palette.mid
            }
        }
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

    // A new table unfolds within a few frames: making the cells of a whole screen in one would hold the event loop.
    property real unfolded: 0

    NumberAnimation {
        id: unfolding
        target: result
        property: "unfolded"
        from: 3 * result.rowHeight
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
            unfolding.restart()
            table.forceLayout()
        }
    }
}
