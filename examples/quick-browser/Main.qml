// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QAsyncMySql
import QuickBrowser

ApplicationWindow {
    id: window

    property string url
    property string sql
    readonly property bool dark: Preferences.theme === "dark" || (Preferences.theme === "system" && desktop.window.hslLightness < 0.5)
    property alias model: browser.model
    property alias browser: browser

    width: 1280
    height: 800
    visible: true
    title: pool.connected ? qsTr("%1 — QAsyncMySql quick browser").arg(pool.host) : qsTr("QAsyncMySql quick browser")
    color: palette.base

    palette {
        window: window.dark ? "#21252b" : "#f3f4f6"
        windowText: window.dark ? "#d7dae0" : "#1f2430"
        base: window.dark ? "#181b20" : "#ffffff"
        alternateBase: window.dark ? "#1d2126" : "#f7f9fc"
        text: window.dark ? "#d7dae0" : "#1f2430"
        button: window.dark ? "#2b3038" : "#eceef2"
        buttonText: window.dark ? "#d7dae0" : "#1f2430"
        light: window.dark ? "#3a404a" : "#ffffff"
        midlight: window.dark ? "#333942" : "#e7e9ee"
        mid: window.dark ? "#333942" : "#dfe2e8"
        dark: window.dark ? "#121418" : "#a6acb8"
        highlight: window.dark ? "#3d6fd1" : "#2f6fde"
        highlightedText: "#ffffff"
        placeholderText: window.dark ? "#949ba8" : "#697180"
    }

    Component.onCompleted: if (browser.visible) browser.takeFocus()

    SystemPalette {
        id: desktop
    }

    function run() {
        browser.sql = window.sql
        browser.run()
    }

    function showPlace(share) {
        browser.showPlace(share)
    }

    function scrollOn(distance) {
        browser.scrollOn(distance)
    }

    Shortcut {
        sequence: "Ctrl+Shift+L"
        onActivated: Preferences.theme = window.dark ? "light" : "dark"
    }
    SqlPool {
        id: pool
        url: window.url
        maximumSize: 4
        onOpened: {
            asking.done()
            browser.visible = true
            browser.takeFocus()
        }
    }
    BrowserPage {
        id: browser
        anchors.fill: parent
        visible: window.url !== ""
        pool: pool
        sql: window.sql
        onConnectRequested: browser.visible = false
    }
    ConnectPage {
        id: asking
        anchors.fill: parent
        visible: !browser.visible
        pool: pool
    }
}
