// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QAsyncMySql
import QuickBrowser

// Asks where to connect, and says what went wrong.
Pane {
    id: page

    required property SqlPool pool

    padding: 24
    background: Rectangle { color: palette.window }

    onVisibleChanged: if (visible) host.forceActiveFocus()
    Component.onCompleted: {
        if (Preferences.servers.length > 0 && page.pool.url === "")
            page.take(Preferences.servers[0])
    }

    // What is written; the pool's own would take its place with the first change.
    function written() {
        return { host: host.text, port: port.value, socketPath: socket.text, user: user.text, database: database.text,
                 sslMode: tls.currentValue, sslCaFile: authority.text }
    }

    // It works: it is offered the next time.
    function done() {
        Preferences.remember(page.written())
        password.text = ""
    }

    function take(url) {
        const server = Preferences.server(url)
        if (server.host === undefined)
            return
        host.text = server.host
        port.value = server.port
        socket.text = server.socketPath
        user.text = server.user
        database.text = server.database
        tls.currentIndex = tls.indexOfValue(server.sslMode)
        authority.text = server.sslCaFile
        password.forceActiveFocus() // which is not kept
    }

    function connect() {
        const server = page.written()
        page.pool.password = password.text
        page.pool.host = server.host
        page.pool.port = server.port
        page.pool.socketPath = server.socketPath
        page.pool.user = server.user
        page.pool.database = server.database
        page.pool.sslMode = server.sslMode
        page.pool.sslCaFile = server.sslCaFile
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

            Label { text: qsTr("Recent"); color: palette.placeholderText; visible: recent.visible }
            ComboBox {
                id: recent
                objectName: "recent"
                Layout.fillWidth: true
                visible: Preferences.servers.length > 0
                model: Preferences.servers
                onActivated: page.take(currentText)
            }
            Label { text: qsTr("Host"); color: palette.placeholderText }
            RowLayout {
                TextField {
                    id: host
                    objectName: "host"
                    Layout.fillWidth: true
                    text: page.pool.host
                    focus: true
                    onAccepted: page.connect()
                }
                SpinBox { id: port; from: 1; to: 65535; value: page.pool.port; editable: true; textFromValue: value => value }
            }
            Label { text: qsTr("Socket"); color: palette.placeholderText }
            TextField {
                id: socket
                Layout.fillWidth: true
                text: page.pool.socketPath
                placeholderText: qsTr("instead of host and port")
                placeholderTextColor: palette.placeholderText
                onAccepted: page.connect()
            }
            Label { text: qsTr("User"); color: palette.placeholderText }
            TextField { id: user; objectName: "user"; Layout.fillWidth: true; text: page.pool.user; onAccepted: page.connect() }
            Label { text: qsTr("Password"); color: palette.placeholderText }
            TextField {
                id: password
                objectName: "password"
                Layout.fillWidth: true
                echoMode: TextInput.Password
                onAccepted: page.connect()
            }
            Label { text: qsTr("Schema"); color: palette.placeholderText }
            TextField { id: database; objectName: "database"; Layout.fillWidth: true; text: page.pool.database; onAccepted: page.connect() }
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
                    { text: qsTr("Preferred, not verified"), value: SqlPool.Preferred },
                    { text: qsTr("Off"), value: SqlPool.Disabled }
                ]
            }
            Label { text: qsTr("Authority"); color: palette.placeholderText }
            TextField {
                id: authority
                Layout.fillWidth: true
                placeholderText: qsTr("the system's authorities; or a PEM file")
                placeholderTextColor: palette.placeholderText
                onAccepted: page.connect()
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
