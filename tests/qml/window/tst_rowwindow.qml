// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtTest
import QAsyncMySql
import "../../../examples/quick-browser"

// A table of two thousand million rows.
// qmllint disable unqualified
Item {
    id: root
    width: 400
    height: 300

    readonly property int rowHeight: 24
    readonly property int sourceRows: 2000000000

    Component {
        id: viewComponent

        Item {
            property alias table: table
            property alias rows: rows
            property alias bar: bar
            property alias selection: selection
            anchors.fill: parent

            TableView {
                id: table
                anchors { fill: parent; rightMargin: 20 }
                boundsBehavior: Flickable.StopAtBounds
                clip: true
                model: SqlRowWindow {
                    id: rows
                    sourceModel: longTable
                }
                selectionModel: SqlRowWindowSelection {
                    id: selection
                    model: rows
                }
                rowHeightProvider: () => root.rowHeight
                columnWidthProvider: () => 120
                delegate: Rectangle {
                    required property string display
                    required property bool current
                    implicitWidth: 120
                    implicitHeight: 24
                    color: current ? "#ffd0d0" : "white"
                    Text {
                        text: parent.display
                    }
                }
            }
            WindowScrollBar {
                id: bar
                anchors { right: parent.right; top: parent.top; bottom: parent.bottom }
                table: table
                rows: rows
                rowHeight: root.rowHeight
            }
        }
    }

    TestCase {
        name: "RowWindow"
        when: windowShown

        function open() {
            const view = createTemporaryObject(viewComponent, root)
            tryVerify(() => textAt(view, 0) === "0, 0")
            return view
        }

        // What is at this height of the window, in its first column.
        function textAt(view, y) {
            const table = view.table
            const cell = table.itemAtCell(table.cellAtPos(5, y, false))
            if (!cell)
                return ""
            const place = cell.mapToItem(view, 0, 0)
            return place.y <= y && y < place.y + cell.height ? cell.display : ""
        }

        function inkOf(view) {
            waitForRendering(view)
            const image = grabImage(view)
            // The letters of the first row are to be seen.
            let dark = 0
            for (let x = 0; x < 80; ++x) {
                for (let y = 0; y < root.rowHeight; ++y)
                    dark += image.red(x, y) < 100 ? 1 : 0
            }
            return dark
        }

        function test_lastRowAndBack() {
            const view = open()
            verify(inkOf(view) > 10)
            view.bar.goTo(root.sourceRows)
            tryVerify(() => textAt(view, view.height - 2) === (root.sourceRows - 1) + ", 0")
            verify(inkOf(view) > 10)
            compare(view.bar.position, 1 - view.bar.size)
            for (const row of [1999950000, 1234567890, 99999, 100000, 3]) {
                view.bar.goTo(row)
                tryVerify(() => textAt(view, 1) === row + ", 0", 5000, textAt(view, 1))
                wait(0) // the window moves, and nothing is seen of it
                compare(textAt(view, 1), row + ", 0")
                compare(view.bar.topRow, row)
            }
            view.bar.goTo(0)
            tryVerify(() => textAt(view, 1) === "0, 0")
        }

        function test_mouse() {
            const view = open()
            const bar = view.bar
            // Drawn to its end, and back.
            const x = bar.width / 2
            mousePress(bar, x, 5)
            for (let y = 5; y <= bar.height + 40; y += 10)
                mouseMove(bar, x, y)
            tryVerify(() => textAt(view, view.height - 2) === (root.sourceRows - 1) + ", 0")
            mouseMove(bar, x, bar.height / 2)
            tryVerify(() => bar.topRow > 500000000 && bar.topRow < 1500000000)
            tryVerify(() => textAt(view, 1) === bar.topRow + ", 0")
            mouseMove(bar, x, -40)
            tryVerify(() => textAt(view, 1) === "0, 0")
            mouseRelease(bar, x, -40)
        }

        // Page by page through several windows, with the rows in their order.
        function test_scrolling() {
            const view = open()
            const table = view.table
            view.rows.size = 1000
            let moves = 0
            view.rows.moved.connect(() => ++moves)
            for (let page = 1; page <= 200; ++page) {
                table.contentY += 10 * root.rowHeight
                wait(0)
                tryVerify(() => textAt(view, 1) === page * 10 + ", 0")
                compare(view.bar.topRow, page * 10)
            }
            verify(moves > 1)
            mouseWheel(table, 100, 100, 0, -600)
            tryVerify(() => view.bar.topRow > 2000)
            tryCompare(table, "moving", false)
            tryVerify(() => textAt(view, 1) === view.bar.topRow + ", 0")
            for (let top = view.bar.topRow; top > 0; top = view.bar.topRow) {
                table.contentY = Math.max(0, table.contentY - 10 * root.rowHeight)
                wait(0)
                verify(view.bar.topRow < top)
            }
            tryVerify(() => textAt(view, 1) === "0, 0")
        }

        function test_currentAndEditing() {
            const view = open()
            view.selection.setCurrentIndex(view.rows.index(5, 1), ItemSelectionModel.ClearAndSelect)
            compare(view.table.currentRow, 5)
            view.bar.goTo(1500000000)
            tryVerify(() => textAt(view, 1) === "1500000000, 0")
            verify(!view.selection.currentIndex.valid)
            verify(!view.selection.hasSelection)
            const row = view.rows.windowRow(1500000002)
            verify(view.rows.setData(view.rows.index(row, 0), "edited", Qt.EditRole))
            tryVerify(() => textAt(view, 2 * root.rowHeight + 1) === "edited")
            view.bar.goTo(0)
            tryVerify(() => textAt(view, 1) === "0, 0")
            compare(view.selection.currentIndex.row, 5)
            verify(view.selection.isSelected(view.rows.index(5, 1)))
            compare(view.table.currentRow, 5)
            const cell = view.table.itemAtCell(Qt.point(1, 5))
            verify(cell.current)
            compare(view.bar.show(40), 40)
            tryVerify(() => textAt(view, view.height - 2) === "40, 0" || textAt(view, view.height - 30) === "40, 0")
        }
    }
}
