// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QuickBrowser

// The statements that were run, to look for one; Enter takes it.
Dialog {
    id: dialog

    required property HistorySearch history

    signal taken(string sql)

    anchors.centerIn: Overlay.overlay
    width: Math.min(760, (Overlay.overlay?.width ?? 800) - 40)
    height: Math.min(420, (Overlay.overlay?.height ?? 480) - 40)
    modal: true
    title: qsTr("Statements that were run")
    onAboutToShow: {
        search.text = ""
        list.currentIndex = 0
        search.forceActiveFocus()
    }

    function take(row) {
        if (row < 0 || row >= list.count)
            return
        const sql = dialog.history.statement(row)
        close()
        dialog.taken(sql)
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 8

        TextField {
            id: search
            objectName: "historySearch"
            Layout.fillWidth: true
            placeholderText: qsTr("Search …")
            placeholderTextColor: palette.placeholderText
            onTextChanged: {
                dialog.history.text = text
                list.currentIndex = 0
            }
            onAccepted: dialog.take(list.currentIndex)
            Keys.onDownPressed: list.incrementCurrentIndex()
            Keys.onUpPressed: list.decrementCurrentIndex()
        }
        ListView {
            id: list
            objectName: "historyList"
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            model: dialog.history
            ScrollBar.vertical: ScrollBar {}
            delegate: ItemDelegate {
                required property int index
                required property var model // "display" is a property of the button

                width: ListView.view?.width ?? 0
                height: 26
                font.family: "monospace"
                text: model.display
                highlighted: ListView.isCurrentItem
                onClicked: dialog.take(index)
            }
        }
        Label {
            visible: list.count === 0
            text: search.text === "" ? qsTr("No statement was run yet.") : qsTr("None contains that.")
            color: palette.placeholderText
        }
    }
}
