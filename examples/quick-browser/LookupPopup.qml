// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QAsyncMySql

// Finds the row of another table that a cell is to refer to, as one types its text.
Popup {
    id: popup

    required property TableView table
    required property SqlTableModel source
    property int row: -1
    property int column: -1

    parent: table.contentItem
    width: 260
    height: 240
    padding: 6

    // Below the item "cell", which is this cell of the source.
    function show(cell, row, column, relation) {
        popup.row = row
        popup.column = column
        rows.schema = relation.schema
        rows.table = relation.table
        rows.keyColumn = relation.key
        rows.furtherKeyColumns = relation.furtherKeys
        rows.displayColumn = relation.display
        search.text = ""
        x = cell ? cell.x : 0
        y = cell ? cell.y : 0
        rows.refresh()
        open()
        search.forceActiveFocus()
    }

    function take(index) {
        if (index >= 0 && index < list.count)
            source.setKeys(source.index(row, column), rows.keys(index))
        close()
    }

    SqlLookupModel {
        id: rows
        pool: popup.source.pool
        searchText: search.text
    }

    Column {
        anchors.fill: parent
        spacing: 4

        TextField {
            id: search
            objectName: "lookupSearch"
            width: parent.width
            placeholderText: qsTr("Search …")
            placeholderTextColor: palette.placeholderText
            onAccepted: popup.take(Math.max(0, list.currentIndex))
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onUpPressed: list.decrementCurrentIndex()
        }
        ListView {
            id: list
            objectName: "lookupList"
            width: parent.width
            height: parent.height - search.height - 4
            clip: true
            model: rows
            delegate: ItemDelegate {
                required property int index
                required property var model // "display" is a property of the button

                width: ListView.view?.width ?? 0
                height: 26
                text: model.display
                highlighted: ListView.isCurrentItem
                onClicked: popup.take(index)
            }
        }
    }
}
