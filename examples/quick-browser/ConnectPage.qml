// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QAsyncMySql

// Asks where to connect, and says what went wrong.
Pane {
    id: page

    required property SqlPool pool

    padding: 24
    background: Rectangle { color: palette.window }

    function connect() {
        page.pool.host = host.text
        page.pool.port = port.value
        page.pool.socketPath = socket.text
        page.pool.user = user.text
        page.pool.password = password.text
        page.pool.database = database.text
        page.pool.sslMode = tls.currentValue
        page.pool.open()
    }

    ColumnLayout {
        anchors.centerIn: parent
        width: Math.min(460, parent.width)
        spacing: 14

        Label {
            text: qsTr("Connect to a server")
            font.pixelSize: 22
            color: palette.text
        }
        GridLayout {
            columns: 2
            columnSpacing: 12
            rowSpacing: 8

            Label { text: qsTr("Host"); color: palette.placeholderText }
            RowLayout {
                TextField { id: host; Layout.fillWidth: true; text: page.pool.host; focus: true }
                SpinBox { id: port; from: 1; to: 65535; value: page.pool.port; editable: true; textFromValue: value => value }
            }
            Label { text: qsTr("Socket"); color: palette.placeholderText }
            TextField {
                id: socket
                Layout.fillWidth: true
                text: page.pool.socketPath
                placeholderText: qsTr("instead of host and port")
            }
            Label { text: qsTr("User"); color: palette.placeholderText }
            TextField { id: user; Layout.fillWidth: true; text: page.pool.user }
            Label { text: qsTr("Password"); color: palette.placeholderText }
            TextField {
                id: password
                Layout.fillWidth: true
                echoMode: TextInput.Password
                onAccepted: page.connect()
            }
            Label { text: qsTr("Schema"); color: palette.placeholderText }
            TextField { id: database; Layout.fillWidth: true; text: page.pool.database }
            Label { text: qsTr("TLS"); color: palette.placeholderText }
            ComboBox {
                id: tls
                Layout.fillWidth: true
                textRole: "text"
                valueRole: "value"
                model: [
                    { text: qsTr("Automatic: verified, except on this computer"), value: SqlPool.Automatic },
                    { text: qsTr("Verified identity"), value: SqlPool.VerifyIdentity },
                    { text: qsTr("Verified authority"), value: SqlPool.VerifyCa },
                    { text: qsTr("Required, not verified"), value: SqlPool.Required },
                    { text: qsTr("Off"), value: SqlPool.Disabled }
                ]
            }
        }
        ErrorBanner {
            Layout.fillWidth: true
            error: page.pool.lastError
        }
        Button {
            Layout.alignment: Qt.AlignRight
            text: page.pool.opening ? qsTr("Connecting …") : qsTr("Connect")
            enabled: !page.pool.opening
            highlighted: true
            onClicked: page.connect()
        }
    }
}
