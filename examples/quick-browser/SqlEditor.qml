// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

import QtQuick
import QtQuick.Controls
import QAsyncMySql
import QuickBrowser

// Where the SQL is written: coloured, completed, with the statements of before at hand, and with what an error is about marked.
ScrollView {
    id: editor

    required property SqlSchemaModel schemas
    required property HistorySearch history
    required property string defaultSchema
    property alias text: area.text
    property alias completions: completions
    property string taken // the statement that runs, or ran last
    property int takenAt: 0
    property int age: -1 // of what is shown of the history; -1 is none
    property string draft // what was written before that
    property int marked: 0 // characters that an error is about
    property string known // the text of before: colouring it counts as a change, too
    property bool typing: false // a list may be of use for the text to come
    readonly property bool completing: completions.visible

    function mark(position, length) {
        editor.marked = length
        ink.mark(position, length)
    }

    function takeFocus() {
        area.forceActiveFocus()
    }

    // What is selected, or else the statement at the cursor.
    function takeStatement() {
        completions.close()
        editor.mark(0, 0)
        const all = area.selectedText.trim() === ""
        const statement = all ? assistant.statementAt(area.text, area.cursorPosition) : assistant.statementAt(area.selectedText, 0)
        editor.taken = statement.text
        editor.takenAt = statement.position + (all ? 0 : area.selectionStart)
        editor.age = -1
        if (editor.taken !== "")
            editor.history.add(editor.taken)
        return editor.taken
    }

    function replaceText(sql) {
        area.selectAll()
        area.remove(0, area.length)
        area.insert(0, sql)
        area.cursorPosition = area.length
    }

    function showError(error) {
        const place = error.isValid ? assistant.errorPlace(error, editor.taken) : { position: 0, length: 0 }
        editor.mark(editor.takenAt + place.position, place.length)
        if (place.length > 0)
            area.cursorPosition = editor.takenAt + place.position // there the writing goes on
    }

    function stepInHistory(step) {
        const age = editor.age - step
        if (age < -1 || (age >= 0 && editor.history.at(age) === ""))
            return
        if (editor.age < 0)
            editor.draft = area.text
        editor.age = age
        editor.replaceText(age < 0 ? editor.draft : editor.history.at(age))
    }

    function offer(always) {
        editor.typing = true
        const promising = always || assistant.isPromising(area.text, area.cursorPosition)
        completions.words = promising ? assistant.completions(area.text, area.cursorPosition) : []
        if (completions.words.length === 0) {
            completions.close()
            return
        }
        const place = area.cursorRectangle
        completions.x = Math.min(place.x - metrics.advanceWidth(assistant.wordBefore(area.text, area.cursorPosition)), area.width - completions.width)
        completions.y = place.y + place.height + 2
        completions.open()
    }

    SqlAssistant {
        id: assistant
        schemas: editor.schemas
        defaultSchema: editor.defaultSchema
        onArrived: if (editor.typing && area.activeFocus) editor.offer(completions.visible)
    }
    SqlInk {
        id: ink
        document: area.textDocument
        dark: editor.palette.base.hslLightness < 0.5
    }
    FontMetrics {
        id: metrics
        font: area.font
    }

    TextArea {
        id: area
        objectName: "editor"
        focus: true
        color: palette.text
        selectByMouse: true
        textFormat: TextEdit.PlainText
        placeholderText: qsTr("SELECT …     Ctrl+Enter runs it, Ctrl+Space completes, Ctrl+Up shows what was run before")
        placeholderTextColor: palette.placeholderText
        font.family: "monospace"
        font.pixelSize: 15
        leftPadding: 12
        topPadding: 10
        background: Rectangle { color: palette.base }

        Keys.onPressed: event => {
            const control = event.modifiers & Qt.ControlModifier
            if (control && event.key === Qt.Key_Space) {
                editor.offer(true)
                event.accepted = true
            } else if (control && (event.key === Qt.Key_Up || event.key === Qt.Key_Down)) {
                editor.stepInHistory(event.key === Qt.Key_Up ? -1 : 1)
                event.accepted = true
            } else if (completions.visible && !control && completions.handleKey(event.key)) {
                event.accepted = true
            } else if (event.key === Qt.Key_Tab || event.key === Qt.Key_Backtab) {
                area.nextItemInFocusChain(event.key === Qt.Key_Tab).forceActiveFocus(Qt.TabFocusReason)
                event.accepted = true
            } else {
                const word = /^[\w$.]$/.test(event.text)
                editor.typing = word || (completions.visible && event.key === Qt.Key_Backspace)
                if (!editor.typing && event.text !== "")
                    completions.close()
            }
        }
        onTextChanged: {
            if (text === editor.known)
                return
            editor.known = text
            editor.mark(0, 0)
            if (editor.typing)
                editor.offer(completions.visible)
        }
        onActiveFocusChanged: {
            editor.typing = false
            if (!activeFocus)
                completions.close()
        }

        CompletionPopup {
            id: completions
            onTaken: word => {
                editor.typing = false
                const begun = assistant.wordBefore(area.text, area.cursorPosition).length
                area.remove(area.cursorPosition - begun, area.cursorPosition)
                area.insert(area.cursorPosition, word)
                completions.close()
            }
        }
    }
}
