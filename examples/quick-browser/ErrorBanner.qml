// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QAsyncMySql
import QuickBrowser

// An error in plain words: what it means, what was said, and what to do about it. Nothing at all where there is none.
Rectangle {
    id: banner

    required property sqlError error
    readonly property bool dark: palette.window.hslLightness < 0.5
    readonly property var why: assistant.explain(banner.error)
    property alias text: message.text

    visible: banner.error.isValid
    implicitHeight: visible ? message.implicitHeight + 20 : 0
    color: banner.dark ? "#40242a" : "#fdecee"

    SqlAssistant {
        id: assistant
    }
    Rectangle {
        width: 3
        height: parent.height
        color: banner.dark ? "#f0717b" : "#c9303e"
    }
    TextEdit {
        id: message
        objectName: "message"
        anchors { fill: parent; margins: 10; leftMargin: 14 }
        text: banner.why.title + ": " + banner.why.message + (banner.why.advice !== "" ? "\n" + banner.why.advice : "")
        textFormat: TextEdit.PlainText // it may hold text of the server
        readOnly: true
        selectByMouse: true
        wrapMode: TextEdit.Wrap
        color: banner.palette.text
        selectionColor: banner.palette.highlight
    }
}
