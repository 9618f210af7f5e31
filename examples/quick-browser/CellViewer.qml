// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QuickBrowser

// The value of the current cell, whole: as text, as JSON, as an image, and byte by byte. Shows what suits the value.
Rectangle {
    id: viewer

    property alias model: details.model
    property alias row: details.row
    property alias column: details.column
    property alias page: tabs.currentIndex

    color: palette.base

    function takeFocus() {
        tabs.forceActiveFocus()
    }

    CellDetails {
        id: details
        active: viewer.visible
        onChanged: tabs.currentIndex = suited
    }

    component Page: ScrollView {
        property alias text: area.text
        property alias wrapMode: area.wrapMode

        TextArea {
            id: area
            readOnly: true
            selectByMouse: true
            textFormat: TextEdit.PlainText
            color: palette.text
            font.family: "monospace"
            background: Rectangle { color: area.palette.base }
        }
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        Label {
            objectName: "cellTitle"
            Layout.fillWidth: true
            text: details.title
            textFormat: Text.PlainText
            elide: Text.ElideRight
            padding: 8
            color: palette.placeholderText
            background: Rectangle { color: viewer.palette.window }
        }
        TabBar {
            id: tabs
            objectName: "cellPages"
            Layout.fillWidth: true

            TabButton { text: qsTr("Text") }
            TabButton { text: qsTr("JSON") }
            TabButton { text: qsTr("Image") }
            TabButton { text: qsTr("Bytes") }
        }
        StackLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            currentIndex: tabs.currentIndex

            Page {
                objectName: "cellText"
                text: details.text
                wrapMode: TextEdit.Wrap
            }
            Page {
                objectName: "cellJson"
                text: details.json
            }
            Item {
                CellPicture {
                    id: picture
                    objectName: "cellPicture"
                    anchors { fill: parent; margins: 8; bottomMargin: 30 }
                    details: details
                }
                Label {
                    anchors { horizontalCenter: parent.horizontalCenter; bottom: parent.bottom; bottomMargin: 8 }
                    text: picture.empty ? qsTr("Not an image") : qsTr("%1 × %2 pixels").arg(picture.size.width).arg(picture.size.height)
                    color: palette.placeholderText
                }
            }
            ListView {
                objectName: "cellBytes"
                clip: true
                boundsBehavior: Flickable.StopAtBounds
                model: details.lines
                flickableDirection: Flickable.AutoFlickDirection
                contentWidth: 640
                leftMargin: 8
                topMargin: 6
                ScrollBar.vertical: ScrollBar {}
                ScrollBar.horizontal: ScrollBar {}
                delegate: Text {
                    required property string display

                    text: display
                    textFormat: Text.PlainText
                    font.family: "monospace"
                    color: viewer.palette.text
                }
            }
        }
    }
}
