// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls

// What the word at the cursor may become. The editor keeps the keyboard, and passes on the keys that are for the list.
Popup {
    id: popup

    property list<string> words

    signal taken(string word)

    padding: 1
    focus: false
    closePolicy: Popup.CloseOnPressOutside
    width: 280
    height: Math.min(list.contentHeight, 9 * 24) + 2
    background: Rectangle {
        color: popup.palette.base
        border.color: popup.palette.highlight
    }
    onWordsChanged: list.currentIndex = 0

    // True if the key was for the list.
    function handleKey(key) {
        switch (key) {
        case Qt.Key_Up:
            list.decrementCurrentIndex()
            return true
        case Qt.Key_Down:
            list.incrementCurrentIndex()
            return true
        case Qt.Key_Return:
        case Qt.Key_Enter:
        case Qt.Key_Tab:
            popup.taken(popup.words[list.currentIndex])
            return true
        case Qt.Key_Escape:
            popup.close()
            return true
        }
        return false
    }

    ListView {
        id: list
        objectName: "completions"
        anchors.fill: parent
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: popup.words
        highlightMoveDuration: 0
        ScrollBar.vertical: ScrollBar {}
        delegate: Rectangle {
            id: word

            required property int index
            required property string modelData

            width: ListView.view?.width ?? 0
            height: 24
            color: ListView.isCurrentItem ? popup.palette.highlight : "transparent"

            Text {
                anchors { fill: parent; leftMargin: 8; rightMargin: 8 }
                text: word.modelData
                textFormat: Text.PlainText
                elide: Text.ElideRight
                verticalAlignment: Text.AlignVCenter
                color: word.ListView.isCurrentItem ? popup.palette.highlightedText : popup.palette.text
            }
            TapHandler {
                onTapped: popup.taken(word.modelData)
            }
        }
    }
}
