// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QAsyncMySql

Item {
    readonly property string libraryVersion: SqlLibrary.version
}
