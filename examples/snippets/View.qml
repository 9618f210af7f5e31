// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

//! [qml]
import QtQuick
import QAsyncMySql

TableView {
    id: view
    implicitWidth: 800
    implicitHeight: 600
    columnSpacing: 8

    model: SqlQueryModel {
        pool: SqlPool { url: "mysql://demo@localhost/shop" }
        query: "SELECT * FROM orders WHERE price > ?"
        parameters: [100]
    }
    delegate: Text {
        required property string display
        text: display
    }
}
//! [qml]
