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

    // Looked up once: an item that is asked for its palette makes one of its own.
    readonly property color ink: palette.text
    readonly property color quietInk: palette.placeholderText
    readonly property color stripe: palette.alternateBase
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
    // The ground behind every other row: some bars that move with the rows, in place of one for each cell.
    Item {
        id: stripes
        anchors.fill: table
        clip: true

        Repeater {
            model: Math.ceil(stripes.height / (2 * result.rowHeight)) + 1
            delegate: Rectangle {
                required property int index
                y: (2 * index + 1) * result.rowHeight - table.contentY % (2 * result.rowHeight)
                width: Math.min(stripes.width, table.contentWidth)
                height: result.rowHeight
                color: result.stripe
                visible: y + table.contentY < table.contentHeight
            }
        }
    }
    TableView {
        id: table
        anchors { left: parent.left; right: parent.right; top: header.bottom; bottom: parent.bottom }
        clip: true
        model: result.source
        boundsBehavior: Flickable.StopAtBounds
        // Cells are made once and used again as the view scrolls.
        reuseItems: true
        columnWidthProvider: column => result.widths[column] ?? 120
        rowHeightProvider: () => result.rowHeight
        // One item for a cell: hundreds are moved with each step of scrolling.
        delegate: Text {
            required property string display
            required property bool isNull
            required property int textAlignment

            leftPadding: 8
            rightPadding: 8
            text: isNull ? "NULL" : display
            textFormat: Text.PlainText
            elide: Text.ElideRight
            maximumLineCount: 1
            horizontalAlignment: textAlignment & Qt.AlignRight ? Text.AlignRight : Text.AlignLeft
            verticalAlignment: Text.AlignVCenter
            font.italic: isNull
            color: isNull ? result.quietInk : result.ink
        }
        ScrollBar.vertical: ScrollBar { policy: ScrollBar.AlwaysOn }
        ScrollBar.horizontal: ScrollBar {}
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
            table.forceLayout()
        }
    }
}
