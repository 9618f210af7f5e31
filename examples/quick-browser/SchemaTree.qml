// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QAsyncMySql

// The schemas of the server, their tables, and the columns of these; each is read when it is opened.
Rectangle {
    id: pane

    required property SqlPool pool

    property alias model: schemas

    signal tableChosen(string schema, string table)

    color: palette.window

    function takeFocus() {
        tree.forceActiveFocus()
    }

    function openDefault() {
        const own = schemas.find(pane.pool.database)
        tree.expand(own.valid ? own.row : 0)
    }

    // What a key does to the current node: opens the table, or unfolds.
    function activate(row) {
        const node = tree.modelIndex(Qt.point(0, row))
        const kind = schemas.data(node, SqlSchemaModel.KindRole)
        if (kind === SqlSchemaModel.Schema)
            tree.toggleExpanded(row)
        else
            pane.tableChosen(schemas.data(node, SqlSchemaModel.SchemaRole), schemas.data(node, SqlSchemaModel.TableRole))
    }

    SqlSchemaModel {
        id: schemas
        pool: pane.pool
        contents: SqlSchemaModel.Columns
        onLoaded: parent => {
            if (!parent.valid)
                Qt.callLater(pane.openDefault) // when the view has them
        }
    }

    TreeView {
        id: tree
        objectName: "schemas"
        anchors { fill: parent; margins: 6 }
        clip: true
        model: schemas
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        selectionModel: ItemSelectionModel {
            model: schemas
        }
        // The second column is a description.
        columnWidthProvider: column => column === 0 ? tree.width : 0
        rowHeightProvider: () => 26
        ScrollBar.vertical: ScrollBar {}
        Keys.onReturnPressed: pane.activate(tree.currentRow)
        delegate: Item {
            id: node

            required property TreeView treeView
            required property bool isTreeNode
            required property bool expanded
            required property bool hasChildren
            required property int depth
            required property int row
            required property bool current
            required property string display
            required property string description
            required property int kind

            readonly property bool shown: node.current && tree.activeFocus

            implicitWidth: 100
            implicitHeight: 26

            Rectangle {
                anchors.fill: parent
                radius: 3
                color: node.shown ? pane.palette.highlight : node.current ? pane.palette.midlight : "transparent"
            }
            Text {
                x: 4 + node.depth * 16
                anchors.verticalCenter: parent.verticalCenter
                visible: node.hasChildren
                text: node.expanded ? "▾" : "▸"
                color: pane.palette.placeholderText

                TapHandler {
                    onTapped: node.treeView.toggleExpanded(node.row)
                }
            }
            Text {
                id: name
                x: 20 + node.depth * 16
                anchors.verticalCenter: parent.verticalCenter
                text: node.display
                textFormat: Text.PlainText
                font.bold: node.kind === SqlSchemaModel.Schema
                font.italic: node.kind === SqlSchemaModel.View
                color: node.shown ? pane.palette.highlightedText : pane.palette.text
            }
            Text {
                anchors { left: name.right; leftMargin: 10; right: parent.right; verticalCenter: parent.verticalCenter }
                text: node.kind === SqlSchemaModel.Schema ? "" : node.description
                textFormat: Text.PlainText
                elide: Text.ElideRight
                color: node.shown ? pane.palette.highlightedText : pane.palette.placeholderText
            }
            TapHandler {
                onTapped: {
                    tree.forceActiveFocus()
                    tree.selectionModel.setCurrentIndex(tree.modelIndex(Qt.point(0, node.row)), ItemSelectionModel.ClearAndSelect)
                }
                onDoubleTapped: pane.activate(node.row)
            }
        }
    }
}
