// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick

// A table of texts in one line each. Its cells share colours: an item that is asked for its palette makes one of its own.
TableView {
    readonly property color ink: palette.text
    readonly property color quietInk: palette.placeholderText

    clip: true
    boundsBehavior: Flickable.StopAtBounds
    // Cells are made once and used again as the view scrolls.
    reuseItems: true
    // One item for a cell: hundreds are moved with each step of scrolling.
    delegate: Text {
        required property string display
        required property bool isNull
        required property int textAlignment
        readonly property CellGrid grid: TableView.view as CellGrid

        leftPadding: 8
        rightPadding: 8
        text: isNull ? "NULL" : display
        textFormat: Text.PlainText
        elide: Text.ElideRight
        maximumLineCount: 1
        horizontalAlignment: textAlignment & Qt.AlignRight ? Text.AlignRight : Text.AlignLeft
        verticalAlignment: Text.AlignVCenter
        font.italic: isNull
        color: isNull ? grid?.quietInk ?? "gray" : grid?.ink ?? "black"
    }
}
