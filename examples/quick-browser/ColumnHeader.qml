// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QAsyncMySql

// The names of a grid's columns, in the grid's colours. A click on one asks to sort by it.
HorizontalHeaderView {
    id: header

    required property SqlQueryModel source

    signal sortRequested(int column)

    clip: true
    delegate: Rectangle {
        id: title

        required property int column
        required property string display
        readonly property CellGrid grid: TableView.view?.syncView as CellGrid

        implicitWidth: 100
        implicitHeight: 28
        color: grid?.headerGround ?? "white"

        Text {
            anchors { fill: parent; leftMargin: 8; rightMargin: 8 }
            text: title.display + (header.source.sortColumn !== title.column ? ""
                                   : header.source.sortOrder === Qt.AscendingOrder ? "  ▴" : "  ▾")
            textFormat: Text.PlainText
            elide: Text.ElideRight
            verticalAlignment: Text.AlignVCenter
            color: title.grid?.ink ?? "black"
            font.bold: true
        }
        TapHandler {
            onTapped: header.sortRequested(title.column)
        }
        Rectangle {
            anchors.right: parent.right
            width: 1
            height: parent.height
            color: title.grid?.line ?? "gray"
        }
    }
}
