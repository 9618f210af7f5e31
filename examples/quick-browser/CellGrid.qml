// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import Qt.labs.qmlmodels

// A table of texts in one line each.
//
// Its cells are made once and used again as the view scrolls; a table that grows uses all of them again at once. So there is one
// item for a cell, of a kind that is laid out anew for another text only. And the cells share colours: an item that is asked for
// its palette makes one of its own.
TableView {
    readonly property color ink: palette.text
    readonly property color quietInk: palette.placeholderText
    readonly property color line: palette.mid
    readonly property color headerGround: palette.window

    component Cell: Text {
        leftPadding: 8
        rightPadding: 8
        textFormat: Text.PlainText
        elide: Text.ElideRight
        maximumLineCount: 1
        verticalAlignment: Text.AlignVCenter
        color: (TableView.view as CellGrid)?.ink ?? "black"
    }
    component ValueCell: Cell {
        required property string display
        text: display
    }
    component NullCell: Cell {
        text: "NULL"
        font.italic: true
        color: (TableView.view as CellGrid)?.quietInk ?? "gray"
    }

    clip: true
    boundsBehavior: Flickable.StopAtBounds
    reuseItems: true
    delegate: DelegateChooser {
        role: "textAlignment"

        DelegateChoice {
            roleValue: Qt.AlignRight | Qt.AlignVCenter
            DelegateChooser {
                role: "isNull"

                DelegateChoice {
                    roleValue: true
                    NullCell {
                        horizontalAlignment: Text.AlignRight
                    }
                }
                DelegateChoice {
                    ValueCell {
                        horizontalAlignment: Text.AlignRight
                    }
                }
            }
        }
        DelegateChoice {
            DelegateChooser {
                role: "isNull"

                DelegateChoice {
                    roleValue: true
                    NullCell {}
                }
                DelegateChoice {
                    ValueCell {}
                }
            }
        }
    }
}
