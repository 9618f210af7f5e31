// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts

// Asks for the number of a row.
Dialog {
    id: dialog

    property int rows: 0

    signal chosen(int row)

    anchors.centerIn: Overlay.overlay
    modal: true
    title: qsTr("Go to row")

    function show(rows) {
        dialog.rows = rows
        number.text = ""
        open()
        number.forceActiveFocus()
    }

    ColumnLayout {
        anchors.fill: parent

        Label { text: qsTr("Row, 1 to %1:").arg(dialog.rows.toLocaleString(Qt.locale("en"), "f", 0)) }
        TextField {
            id: number
            objectName: "rowNumber"
            Layout.fillWidth: true
            inputMethodHints: Qt.ImhDigitsOnly
            validator: IntValidator { bottom: 1; top: dialog.rows }
            onAccepted: {
                dialog.close()
                dialog.chosen(parseInt(text) - 1)
            }
        }
    }
}
