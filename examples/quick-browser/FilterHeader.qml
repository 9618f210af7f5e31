// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QAsyncMySql

// The names of the columns, which sort by a click, with a line below each to filter by: a text, or = <> < <= > >= and a value, or NULL.
HorizontalHeaderView {
    id: header

    required property SqlTableModel source
    property var texts: ({}) // by the name of the column
    property int writing: -1 // the column whose filter is being written: a filtered table has its header made anew

    clip: true
    implicitHeight: 58

    Timer {
        id: pause // in the writing
        interval: 350
        onTriggered: header.apply()
    }

    function sortBy(column) {
        const again = source.sortColumn === column
        if (again && source.sortOrder === Qt.DescendingOrder)
            source.sortBy(-1)
        else
            source.sortBy(column, again ? Qt.DescendingOrder : Qt.AscendingOrder)
    }

    // What a user writes, as the model wants it; undefined for nothing.
    function condition(text, isNumber) {
        const written = text.trim()
        if (written === "")
            return undefined
        if (written.toUpperCase() === "NULL")
            return null
        const match = written.match(/^(<=|>=|<>|<|>|=)\s*(.*)$/)
        if (!match)
            return isNumber ? { equal: Number(written) } : { contains: written }
        const value = isNumber ? Number(match[2]) : match[2]
        const names = { "=": "equal", "<>": "notEqual", "<": "less", "<=": "lessOrEqual", ">": "greater", ">=": "greaterOrEqual" }
        return { [names[match[1]]]: value }
    }

    // The text is kept here, since the line that it is written in may be made anew at any time.
    function setText(column, text) {
        texts[source.columnNames[column]] = text
        pause.restart()
    }

    function apply() {
        pause.stop()
        const filter = {}
        for (let i = 0; i < source.columnNames.length; ++i) {
            const name = source.columnNames[i]
            const isNumber = (source.headerData(i, Qt.Horizontal, Qt.TextAlignmentRole) & Qt.AlignRight) !== 0
            const wanted = condition(texts[name] ?? "", isNumber)
            if (wanted !== undefined)
                filter[name] = wanted
        }
        source.filter = filter
    }

    delegate: Rectangle {
        id: title

        required property int column
        required property string display
        property alias field: field

        implicitWidth: 100
        implicitHeight: 58
        color: header.palette.window

        Text {
            anchors { left: parent.left; right: parent.right; leftMargin: 8; rightMargin: 8 }
            height: 28
            text: title.display + (header.source.sortColumn !== title.column ? ""
                                   : header.source.sortOrder === Qt.AscendingOrder ? "  ▴" : "  ▾")
            textFormat: Text.PlainText
            elide: Text.ElideRight
            verticalAlignment: Text.AlignVCenter
            color: header.palette.text
            font.bold: true

            TapHandler {
                onTapped: header.sortBy(title.column)
            }
        }
        TextField {
            id: field
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: 3 }
            height: 24
            topPadding: 0
            bottomPadding: 0
            placeholderText: qsTr("filter")
            placeholderTextColor: header.palette.placeholderText
            text: header.texts[title.display] ?? ""
            onTextEdited: header.setText(title.column, text)
            onActiveFocusChanged: if (activeFocus) header.writing = title.column
            Component.onCompleted: if (header.writing === title.column) forceActiveFocus()
            onAccepted: header.apply()
        }
        Rectangle {
            anchors.right: parent.right
            width: 1
            height: parent.height
            color: header.palette.mid
        }
    }
}
