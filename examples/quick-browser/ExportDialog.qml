// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QuickBrowser

// Writes the rows of a model into a file. A file of that name stays as it was until all rows are written.
Dialog {
    id: dialog

    property var model

    anchors.centerIn: Overlay.overlay
    width: Math.min(560, (Overlay.overlay?.width ?? 600) - 40)
    modal: true
    closePolicy: job.running ? Popup.NoAutoClose : Popup.CloseOnEscape
    title: qsTr("Export rows")

    function show(model, name) {
        dialog.model = model
        job.clear()
        format.currentIndex = 0
        file.text = job.suggestedFile(name)
        open()
        file.forceActiveFocus()
        file.selectAll()
    }

    function start() {
        if (job.running)
            return
        if (job.exists(file.text) && !overwrite.visible) {
            overwrite.visible = true
            return
        }
        overwrite.visible = false
        job.start(dialog.model, file.text, format.currentIndex, header.checked, separator.currentValue, nullText.text)
    }

    RowExport {
        id: job
    }

    GridLayout {
        anchors.fill: parent
        columns: 2
        columnSpacing: 12
        rowSpacing: 8
        enabled: !job.running

        Label { text: qsTr("Format") }
        ComboBox {
            id: format
            objectName: "exportFormat"
            Layout.fillWidth: true
            model: [qsTr("CSV, for spreadsheets"), qsTr("TSV, as LOAD DATA reads it"), qsTr("JSON, one object a line")]
            onActivated: {
                overwrite.visible = false
                file.text = job.withSuffix(file.text, currentIndex)
            }
        }
        Item {}
        CheckBox {
            id: header
            checked: true
            enabled: format.currentIndex !== RowExport.JsonLines
            text: qsTr("Names of the columns in the first line")
        }
        Label { text: qsTr("Separator") }
        ComboBox {
            id: separator
            Layout.fillWidth: true
            enabled: format.currentIndex === RowExport.Csv
            textRole: "text"
            valueRole: "value"
            model: [{ text: qsTr("Comma"), value: "," }, { text: qsTr("Semicolon"), value: ";" }, { text: qsTr("Bar"), value: "|" }]
        }
        Label { text: qsTr("NULL is written as") }
        TextField {
            id: nullText
            Layout.fillWidth: true
            enabled: format.currentIndex === RowExport.Csv
            placeholderText: qsTr("nothing")
            placeholderTextColor: palette.placeholderText
        }
        Label { text: qsTr("File") }
        TextField {
            id: file
            objectName: "exportFile"
            Layout.fillWidth: true
            onTextEdited: overwrite.visible = false
            onAccepted: dialog.start()
        }
        Label {
            id: overwrite
            objectName: "overwrite"
            Layout.columnSpan: 2
            Layout.fillWidth: true
            visible: false
            text: qsTr("The file is there already. Export once more to write over it.")
            wrapMode: Text.Wrap
        }
        Label {
            objectName: "exportFailure"
            Layout.columnSpan: 2
            Layout.fillWidth: true
            visible: text !== ""
            text: job.failure
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            color: palette.window.hslLightness < 0.5 ? "#f0717b" : "#c9303e"
        }
        Label {
            objectName: "exportState"
            Layout.columnSpan: 2
            Layout.fillWidth: true
            text: job.running ? qsTr("%1 rows written …").arg(job.rows.toLocaleString(Qt.locale("en"), "f", 0)) : job.summary
        }
    }
    footer: DialogButtonBox {
        Button { text: qsTr("E&xport"); objectName: "exportStart"; enabled: !job.running; highlighted: true; onClicked: dialog.start() }
        Button { text: job.running ? qsTr("&Cancel") : qsTr("&Close"); onClicked: job.running ? job.cancel() : dialog.close() }
    }
}
