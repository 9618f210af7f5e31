// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick

// The ground behind every other row of a table: some bars that move with the rows, in place of one for each cell.
Item {
    id: stripes

    required property TableView table
    required property int rowHeight

    clip: true

    Rectangle {
        anchors.fill: parent
        color: palette.base
    }
    ListView {
        y: stripes.rowHeight - stripes.table.contentY % (2 * stripes.rowHeight)
        width: Math.min(stripes.width, stripes.table.contentWidth)
        // Not below the last row.
        height: Math.min(stripes.height + stripes.rowHeight, stripes.table.contentHeight + stripes.table.bottomMargin - stripes.table.contentY - y)
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
