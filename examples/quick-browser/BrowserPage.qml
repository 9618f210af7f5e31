// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import QAsyncMySql
import QuickBrowser

// Schemas on the left, tabs in the middle: queries, and tables. The first query stays. On the right the current cell, below what
// runs, when they are wanted.
Item {
    id: page

    required property SqlPool pool
    property alias model: first.model
    property alias sql: first.sql
    property alias tabs: bar
    property alias viewer: viewer
    property alias running: running
    // What a page has: title, model, currentRow, currentColumn, rowCount, takeFocus(), focusRows() and goToRow().
    readonly property var currentPage: bar.currentIndex <= 0 || bar.currentIndex > opened.count ? first : (others.itemAt(bar.currentIndex - 1) as Loader)?.item ?? null

    signal connectRequested

    function showPlace(share) {
        first.showPlace(share)
    }

    function scrollOn(distance) {
        first.scrollOn(distance)
    }

    function run() {
        first.run()
    }

    function takeFocus() {
        const current = page.currentPage
        if (current)
            current.takeFocus()
    }

    function newQuery() {
        opened.append({ file: "QueryPage.qml", schema: "", table: "" })
        bar.currentIndex = opened.count
        focusing.restart()
    }

    function openTable(schema, table) {
        for (let i = 0; i < opened.count; ++i) {
            if (opened.get(i).schema === schema && opened.get(i).table === table) {
                bar.currentIndex = i + 1
                page.takeFocus()
                return
            }
        }
        opened.append({ file: "TablePage.qml", schema: schema, table: table })
        bar.currentIndex = opened.count
        focusing.restart()
    }

    // Not if something would be lost: the page then asks, and closes itself.
    function closeTab(index) {
        const item = (others.itemAt(index) as Loader)?.item as TablePage
        if (item && item.model.dirty) {
            bar.currentIndex = index + 1
            item.askToClose()
        } else {
            opened.remove(index)
            focusing.restart()
        }
    }

    function step(distance) {
        bar.currentIndex = (bar.currentIndex + distance + bar.count) % bar.count
        page.takeFocus()
    }

    function toggle(panel) {
        panel.visible = !panel.visible
        if (panel.visible)
            panel.takeFocus()
        else
            page.takeFocus()
    }

    function exportRows() {
        const current = page.currentPage
        if (current && current.model.columnCount() > 0)
            exporting.show(current.model, current.table ?? "query")
    }

    ListModel {
        id: opened
    }
    Timer {
        id: focusing // when the page is there
        interval: 0
        onTriggered: page.takeFocus()
    }
    HistorySearch {
        id: history
    }
    Shortcut { sequence: "Ctrl+T"; enabled: page.visible; onActivated: page.newQuery() }
    Shortcut { sequence: "Ctrl+W"; enabled: page.visible && bar.currentIndex > 0; onActivated: page.closeTab(bar.currentIndex - 1) }
    Shortcut { sequence: "Ctrl+Tab"; enabled: page.visible; onActivated: page.step(1) }
    Shortcut { sequence: "Ctrl+Shift+Tab"; enabled: page.visible; onActivated: page.step(-1) }
    Shortcut { sequence: "Ctrl+O"; enabled: page.visible; onActivated: page.connectRequested() }
    Shortcut { sequence: "Ctrl+E"; enabled: page.visible; onActivated: page.exportRows() }
    Shortcut { sequence: "Ctrl+G"; enabled: page.visible; onActivated: going.show(page.currentPage.rowCount) }
    Shortcut { sequence: "F4"; enabled: page.visible; onActivated: page.toggle(viewer) }
    Shortcut { sequence: "F8"; enabled: page.visible; onActivated: page.toggle(running) }
    Shortcut { sequences: ["F1", "Ctrl+?"]; onActivated: shortcuts.open() }
    Shortcut { sequence: "Alt+1"; enabled: page.visible; onActivated: schemas.takeFocus() }
    Shortcut { sequence: "Alt+3"; enabled: page.visible; onActivated: page.currentPage.focusRows() }

    ExportDialog {
        id: exporting
        objectName: "export"
    }
    GoToRow {
        id: going
        objectName: "goToRow"
        onChosen: row => page.currentPage.goToRow(row)
    }
    ShortcutPage {
        id: shortcuts
        objectName: "shortcutPage"
        onClosed: page.takeFocus()
    }

    SplitView {
        anchors.fill: parent

        SchemaTree {
            id: schemas
            SplitView.preferredWidth: 230
            pool: page.pool
            onTableChosen: (schema, table) => page.openTable(schema, table)
        }
        SplitView {
            SplitView.fillWidth: true
            orientation: Qt.Vertical

            ColumnLayout {
                SplitView.fillHeight: true
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
                            readonly property var content: (others.itemAt(index) as Loader)?.item ?? null

                            text: table !== "" ? (content?.model.dirty ? "• " : "") + table : content?.title ?? qsTr("Query")
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
                        schemas: schemas.model
                        history: history
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
                                                                                : { pool: page.pool, schemas: schemas.model, history: history })
                            onLoaded: {
                                if (item instanceof TablePage)
                                    (item as TablePage).closed.connect(() => opened.remove(loader.index))
                            }
                        }
                    }
                }
            }
            RunningPanel {
                id: running
                objectName: "running"
                SplitView.preferredHeight: 220
                visible: false
                pool: page.pool
            }
        }
        CellViewer {
            id: viewer
            objectName: "viewer"
            readonly property var followed: page.currentPage

            SplitView.preferredWidth: 340
            visible: false
            model: viewer.followed?.model ?? null
            row: viewer.followed?.currentRow ?? -1
            column: viewer.followed?.currentColumn ?? -1
        }
    }
}
