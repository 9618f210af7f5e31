// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QAsyncMySql

// The schemas of the server, and the tables of the chosen one.
Rectangle {
    id: list

    required property SqlPool pool

    signal tableChosen(string sql)

    color: palette.window

    function quoted(name) {
        return "`" + name.replace(/`/g, "``") + "`"
    }

    SqlQueryModel {
        id: schemas
        pool: list.pool
        fetchPolicy: SqlQueryModel.All
        query: "SELECT schema_name AS name FROM information_schema.schemata ORDER BY schema_name IN "
               + "('information_schema', 'mysql', 'performance_schema', 'sys'), schema_name"
        onStatusChanged: {
            if (status !== SqlQueryModel.Ready)
                return
            for (let row = 0; row < rowCount(); ++row) {
                if (value(row, 0) === list.pool.database)
                    chosen.currentIndex = row
            }
        }
    }
    SqlQueryModel {
        id: tables
        pool: list.pool
        active: chosen.currentText !== ""
        fetchPolicy: SqlQueryModel.All
        query: "SELECT table_name AS name, table_type AS kind FROM information_schema.tables WHERE table_schema = ? "
               + "ORDER BY table_name"
        parameters: [chosen.currentText]
    }

    ColumnLayout {
        anchors { fill: parent; margins: 10 }
        spacing: 10

        ComboBox {
            id: chosen
            Layout.fillWidth: true
            model: schemas
            textRole: "name"
        }
        ListView {
            id: view
            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            model: tables
            delegate: ItemDelegate {
                id: entry

                required property string name
                required property string kind

                width: view.width
                height: 28
                text: entry.name
                background: Rectangle { color: entry.hovered || entry.visualFocus ? list.palette.midlight : "transparent" }
                font.italic: entry.kind !== "BASE TABLE"
                onClicked: list.tableChosen("SELECT *\nFROM " + list.quoted(chosen.currentText) + "." + list.quoted(entry.name))
            }
            ScrollBar.vertical: ScrollBar {}
        }
    }
}
