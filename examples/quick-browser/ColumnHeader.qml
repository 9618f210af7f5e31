// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls

// The names of a grid's columns, in the grid's colours.
HorizontalHeaderView {
    clip: true
    delegate: Rectangle {
        id: title

        required property string display
        readonly property CellGrid grid: TableView.view?.syncView as CellGrid

        implicitWidth: 100
        implicitHeight: 28
        color: grid?.headerGround ?? "white"

        Text {
            anchors { fill: parent; leftMargin: 8; rightMargin: 8 }
            text: title.display
            textFormat: Text.PlainText
            elide: Text.ElideRight
            verticalAlignment: Text.AlignVCenter
            color: title.grid?.ink ?? "black"
            font.bold: true
        }
        Rectangle {
            anchors.right: parent.right
            width: 1
            height: parent.height
            color: title.grid?.line ?? "gray"
        }
    }
}
