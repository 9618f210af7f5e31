// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QAsyncMySql

// The vertical scroll bar of a TableView whose model is a SqlRowWindow: it spans all rows of the source, and moves the window as it
// is moved itself, or as the view is scrolled. The rows of the view must have one height.
ScrollBar {
    id: bar

    required property TableView table
    required property SqlRowWindow rows
    required property real rowHeight
    readonly property int rowsInView: Math.max(1, Math.floor(table.height / rowHeight))
    // The row of the source at the top.
    readonly property int topRow: rows.first + Math.floor(Math.max(0, table.contentY) / rowHeight)
    property bool scrolling: false

    // Scrolls so that this row of the source is the first one seen, or as far as there are rows.
    function goTo(sourceRow) {
        const last = rows.sourceRows - rowsInView
        const atEnd = sourceRow >= last
        const row = rows.bringIn(Math.max(0, Math.min(sourceRow, rows.sourceRows - 1)))
        const end = rows.rowCount() * rowHeight - table.height
        table.contentY = Math.max(0, atEnd ? end : Math.min(row * rowHeight, end))
    }

    // Scrolls no further than it must to have this row of the source in sight; says which row of the view it is.
    function show(sourceRow) {
        if (sourceRow < topRow || sourceRow >= topRow + rowsInView)
            goTo(Math.max(0, sourceRow - (sourceRow < topRow ? 0 : rowsInView - 1)))
        return rows.windowRow(sourceRow)
    }

    function track() {
        if (pressed || rows.sourceRows === 0)
            return
        scrolling = true
        position = (rows.first + table.contentY / rowHeight) / rows.sourceRows
        scrolling = false
    }

    function follow() {
        const first = Math.floor(Math.max(0, table.contentY) / rowHeight)
        rows.follow(first, first + rowsInView)
    }

    orientation: Qt.Vertical
    policy: ScrollBar.AlwaysOn
    size: rows.sourceRows > 0 ? Math.min(1, table.height / rowHeight / rows.sourceRows) : 1
    minimumSize: 0.06
    onPositionChanged: if (pressed && !scrolling) goTo(Math.round(position * rows.sourceRows))
    onPressedChanged: if (!pressed) track()

    Connections {
        target: bar.table
        function onContentYChanged() {
            bar.track()
            // Not under a finger, nor while the table moves by itself: the window is large enough for that.
            if (!bar.table.moving || bar.table.atYEnd || bar.table.atYBeginning)
                bar.follow()
        }
        function onMovementEnded() {
            bar.follow()
        }
    }
    Connections {
        target: bar.rows
        function onMoved(rows) {
            bar.table.contentY -= rows * bar.rowHeight
        }
        function onFirstChanged() {
            bar.track()
        }
        function onSourceRowsChanged() {
            bar.track()
        }
    }
}
