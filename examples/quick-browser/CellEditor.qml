// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QAsyncMySql

// A line of text over a cell. (TableView has an edit delegate from Qt 6.5 on.)
TextField {
    id: editor

    required property TableView table
    required property SqlTableModel source
    property int row: -1
    property int column: -1
    property string before

    signal finished

    parent: table.contentItem
    visible: false
    z: 10
    leftPadding: 7
    topPadding: 0
    bottomPadding: 0
    placeholderTextColor: palette.placeholderText

    // Over the item "cell", which is this cell of the source.
    function show(cell, row, column) {
        if (!cell)
            return
        editor.row = row
        editor.column = column
        const value = source.value(row, column)
        before = typeof value === "string" ? value : source.data(source.index(row, column)) ?? "" // whole, and exact
        placeholderText = value === null ? "NULL" : ""
        text = before
        x = cell.x
        y = cell.y
        width = Math.max(cell.width, 80)
        height = cell.height
        visible = true
        forceActiveFocus()
        selectAll()
    }

    // Takes the text, if it is another.
    function commit() {
        if (!visible)
            return
        close()
        if (text !== before)
            source.edit(row, column, text)
        finished()
    }

    // Without the focus, which the view would give it again and again.
    function close() {
        visible = false
        focus = false
    }

    Keys.onReturnPressed: commit() // which a view would open the editor by, too
    Keys.onEnterPressed: commit()
    onActiveFocusChanged: if (!activeFocus) commit()
    Keys.onEscapePressed: {
        close()
        finished()
    }
}
