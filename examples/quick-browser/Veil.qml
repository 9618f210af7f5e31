// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick

// Without a GPU, Qt Quick finds out what has changed item by item from the front to the back, and the outline of hundreds of texts
// that have moved costs more than painting them. What lies in front of all, cannot be seen, and changes with each step of
// scrolling makes that outline one rectangle.
Rectangle {
    id: veil

    required property TableView table
    property bool odd: false

    visible: GraphicsInfo.api === GraphicsInfo.Software
    color: odd ? "#01808080" : "#01818181"

    Connections {
        target: veil.table
        function onContentYChanged() {
            veil.odd = !veil.odd
        }
    }
}
