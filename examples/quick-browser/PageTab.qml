// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls

// A tab with a cross to close it.
TabButton {
    id: tab

    property bool closable: false

    signal closeRequested

    width: Math.min(200, implicitWidth + (closable ? 24 : 0))
    rightPadding: closable ? 30 : 12
    leftPadding: 12

    Text {
        anchors { right: parent.right; rightMargin: 9; verticalCenter: parent.verticalCenter }
        visible: tab.closable
        text: "×"
        font.pixelSize: 16
        color: hover.hovered ? tab.palette.buttonText : tab.palette.placeholderText

        HoverHandler {
            id: hover
        }
        TapHandler {
            onTapped: tab.closeRequested()
        }
    }
}
