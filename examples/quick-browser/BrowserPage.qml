// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QAsyncMySql

// Schemas on the left, tabs on the right: queries, and tables. The first query stays.
Item {
    id: page

    required property SqlPool pool
    property alias model: first.model
    property alias sql: first.sql
    property alias tabs: bar
    readonly property Item currentPage: bar.currentIndex <= 0 || bar.currentIndex > opened.count ? first : (others.itemAt(bar.currentIndex - 1) as Loader)?.item ?? null

    function showPlace(share) {
        first.showPlace(share)
    }

    function scrollOn(distance) {
        first.scrollOn(distance)
    }

    function run() {
        first.run()
    }

    function newQuery() {
        opened.append({ file: "QueryPage.qml", schema: "", table: "" })
        bar.currentIndex = opened.count
    }

    function openTable(schema, table) {
        for (let i = 0; i < opened.count; ++i) {
            if (opened.get(i).schema === schema && opened.get(i).table === table) {
                bar.currentIndex = i + 1
                return
            }
        }
        opened.append({ file: "TablePage.qml", schema: schema, table: table })
        bar.currentIndex = opened.count
    }

    // Not if something would be lost: the page then asks, and closes itself.
    function closeTab(index) {
        const item = (others.itemAt(index) as Loader)?.item as TablePage
        if (item && item.model.dirty) {
            bar.currentIndex = index + 1
            item.askToClose()
        } else {
            opened.remove(index)
        }
    }

    function step(distance) {
        bar.currentIndex = (bar.currentIndex + distance + bar.count) % bar.count
    }

    ListModel {
        id: opened
    }
    Shortcut { sequence: "Ctrl+T"; onActivated: page.newQuery() }
    Shortcut { sequence: "Ctrl+W"; enabled: bar.currentIndex > 0; onActivated: page.closeTab(bar.currentIndex - 1) }
    Shortcut { sequence: "Ctrl+Tab"; onActivated: page.step(1) }
    Shortcut { sequence: "Ctrl+Shift+Tab"; onActivated: page.step(-1) }
    Shortcut { sequence: "Alt+1"; onActivated: schemas.takeFocus() }

    SplitView {
        anchors.fill: parent

        SchemaTree {
            id: schemas
            SplitView.preferredWidth: 230
            pool: page.pool
            onTableChosen: (schema, table) => page.openTable(schema, table)
        }
        ColumnLayout {
            SplitView.fillWidth: true
            spacing: 0

            TabBar {
                id: bar
                objectName: "tabs"
                Layout.fillWidth: true
                contentHeight: 32
                background: Rectangle { color: bar.palette.window }

                PageTab {
                    text: first.title
                }
                Repeater {
                    model: opened
                    PageTab {
                        required property int index
                        required property string table
                        text: table !== "" ? table : qsTr("Query")
                        closable: true
                        onCloseRequested: page.closeTab(index)
                    }
                }
            }
            StackLayout {
                currentIndex: bar.currentIndex

                QueryPage {
                    id: first
                    pool: page.pool
                }
                Repeater {
                    id: others
                    model: opened
                    Loader {
                        id: loader

                        required property int index
                        required property string file
                        required property string schema
                        required property string table

                        Component.onCompleted: setSource(file, table !== "" ? { pool: page.pool, schema: schema, table: table }
                                                                            : { pool: page.pool })
                        onLoaded: {
                            if (item instanceof TablePage)
                                (item as TablePage).closed.connect(() => opened.remove(loader.index))
                        }
                    }
                }
            }
        }
    }
}
