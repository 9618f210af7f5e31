// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick

// The ground behind every other row of a table: some bars that move with the rows, in place of one for each cell.
Item {
    id: stripes

    required property TableView table
    required property int rowHeight

    clip: true

    // Without a GPU, Qt Quick finds out what has changed item by item, and painting within the outline of hundreds of texts
    // costs thrice what one rectangle does. A ground that changes, by a shade, with each step of scrolling makes it one.
    Rectangle {
        id: ground

        readonly property color base: palette.base
        property bool odd: false

        anchors.fill: parent
        visible: GraphicsInfo.api === GraphicsInfo.Software
        color: odd ? Qt.rgba(base.r, base.g, Math.abs(base.b - 1 / 255), 1) : base

        Connections {
            target: stripes.table
            function onContentYChanged() {
                ground.odd = !ground.odd
            }
        }
    }
    ListView {
        y: stripes.rowHeight - stripes.table.contentY % (2 * stripes.rowHeight)
        width: Math.min(stripes.width, stripes.table.contentWidth)
        // Not below the last row.
        height: Math.min(stripes.height + stripes.rowHeight, stripes.table.contentHeight - stripes.table.contentY - y)
        clip: true
        interactive: false
        spacing: stripes.rowHeight
        model: Math.ceil(stripes.height / (2 * stripes.rowHeight)) + 1
        delegate: Rectangle {
            width: ListView.view?.width ?? 0
            height: ListView.view?.spacing ?? 0
            color: palette.alternateBase
        }
    }
}
