// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QAsyncMySql

// What is to be said of a run: its state, rows, rate and memory.
Rectangle {
    id: bar

    required property SqlQueryModel source

    readonly property bool dark: palette.window.hslLightness < 0.5

    implicitHeight: 30
    color: palette.window

    readonly property list<string> states: [qsTr("Nothing run yet"), qsTr("Streaming …"), qsTr("More rows: scroll down"),
        qsTr("Done"), qsTr("Failed"), qsTr("Cancelled")]

    component Figure: Label {
        color: palette.text
        horizontalAlignment: Text.AlignRight
    }

    RowLayout {
        anchors { fill: parent; leftMargin: 12; rightMargin: 12 }
        spacing: 16

        Figure {
            text: bar.states[bar.source.status]
            color: bar.source.status === SqlQueryModel.Failed ? (bar.dark ? "#f0717b" : "#c9303e")
                 : bar.source.status === SqlQueryModel.Ready ? (bar.dark ? "#57c27d" : "#1c8f4d") : palette.text
        }
        ProgressBar {
            Layout.preferredWidth: 90
            Layout.preferredHeight: 10
            indeterminate: true
            visible: bar.source.loading
        }
        Item { Layout.fillWidth: true }
        Figure {
            Layout.minimumWidth: 120
            text: qsTr("%1 rows").arg(bar.source.loadedRows.toLocaleString(Qt.locale("en"), "f", 0))
        }
        Figure {
            Layout.minimumWidth: 120
            text: qsTr("%1 rows/s").arg(Number(bar.source.rowsPerSecond.toPrecision(3)).toLocaleString(Qt.locale("en"), "f", 0))
        }
        Figure {
            Layout.minimumWidth: 80
            text: qsTr("%1 MiB").arg((bar.source.loadedBytes / 1048576).toFixed(1))
        }
    }
}
