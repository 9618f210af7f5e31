// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QAsyncMySql
import QuickBrowser

// The names of the columns, which sort by a click, with a line below each to filter by: a text, or what
// FilterText knows.
HorizontalHeaderView {
    id: header

    required property SqlTableModel source
    property var texts: ({}) // by the name of the column
    property var wrong: ({}) // why a text makes no sense, by the name of the column
    property int writing: -1 // the column whose filter is being written: a filtered table has its header made anew

    signal leaving // the user wants to go on below

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

    // The text is kept here, since the line that it is written in may be made anew at any time.
    function setText(column, text) {
        texts[source.columnNames[column]] = text
        pause.restart()
    }

    function apply() {
        pause.stop()
        header.wrong = TableFilters.apply(header.source, header.texts)
    }

    function clear() {
        header.texts = {}
        apply()
    }

    function focusFilter(column) {
        header.writing = column
        const title = itemAtCell(Qt.point(column, 0))
        if (title)
            title.takeFocus()
    }

    delegate: Rectangle {
        id: title

        required property int column
        required property string display
        property alias field: field
        readonly property string reason: header.wrong[title.display] ?? ""

        function takeFocus() {
            field.forceActiveFocus()
            field.selectAll()
        }

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
            color: title.reason !== "" ? (header.palette.window.hslLightness < 0.5 ? "#f0717b" : "#c9303e") : header.palette.text
            ToolTip.visible: (hovered || activeFocus) && title.reason !== ""
            ToolTip.text: title.reason
            Keys.onEscapePressed: header.leaving()
            Keys.onDownPressed: header.leaving()
        }
        Rectangle {
            anchors.right: parent.right
            width: 1
            height: parent.height
            color: header.palette.mid
        }
    }
}
