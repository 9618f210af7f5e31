// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QAsyncMySql

// An error in plain words; nothing at all where there is none.
Rectangle {
    id: banner

    required property sqlError error

    visible: banner.error.isValid
    implicitHeight: visible ? message.implicitHeight + 20 : 0
    color: palette.window.hslLightness < 0.5 ? "#40242a" : "#fdecee"
    radius: 3

    Label {
        id: message
        anchors { fill: parent; margins: 10 }
        text: banner.error.code > 0 ? qsTr("%1 (%2, %3)").arg(banner.error.message).arg(banner.error.code).arg(banner.error.sqlState)
                                    : banner.error.message
        textFormat: Text.PlainText // it may hold text of the server
        wrapMode: Text.Wrap
        color: palette.window.hslLightness < 0.5 ? "#f0717b" : "#c9303e"
    }
}
