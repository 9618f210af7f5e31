// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QAsyncMySql

Item {
    readonly property string libraryVersion: SqlLibrary.version
    property alias rows: model

    SqlQueryModel {
        id: model
        active: false
        pool: SqlPool { url: "mysql://nobody@localhost/test" }
        query: "SELECT ?"
        parameters: [1]
    }
}
