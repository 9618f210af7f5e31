// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "query/sqlcompletion.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QScrollBar>

using namespace QAsyncMySql;

SqlCompletion::SqlCompletion(QPlainTextEdit *editor)
    : QObject(editor)
    , m_editor(editor)
    , m_completer(new QCompleter(this))
{
    m_completer->setModel(&m_words);
    m_completer->setWidget(editor);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setCompletionMode(QCompleter::PopupCompletion);
    connect(&m_names, &SqlNames::arrived, this, [this] {
        if (m_wanted && m_editor->hasFocus())
            show(m_completer->popup()->isVisible());
    });
    connect(m_completer, qOverload<const QString &>(&QCompleter::activated), this, &SqlCompletion::insert);
}

void SqlCompletion::setSchemas(SchemaModel *schemas, const QString &defaultSchema)
{
    m_names.setSchemas(schemas, defaultSchema);
}

QString SqlCompletion::wordBefore() const
{
    return SqlNames::wordBefore(m_editor->toPlainText(), m_editor->textCursor().position());
}

QStringList SqlCompletion::candidates()
{
    return m_names.candidates(m_editor->toPlainText(), m_editor->textCursor().position());
}

bool SqlCompletion::handleKey(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) {
        show(true);
        return true;
    }
    if (!m_completer->popup()->isVisible())
        return false;
    switch (event->key()) {
    case Qt::Key_Enter:
    case Qt::Key_Return:
    case Qt::Key_Escape:
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        event->ignore(); // for the list
        return true;
    default:
        return false;
    }
}

void SqlCompletion::keyWritten(QKeyEvent *event)
{
    const QString text = event->text();
    const bool letter = !text.isEmpty() && (text.front().isLetterOrNumber() || text == QLatin1String("_"));
    const bool shown = m_completer->popup()->isVisible();
    if (text == QLatin1String(".") || letter || (shown && event->key() == Qt::Key_Backspace))
        show(shown && !wordBefore().isEmpty());
    else if (shown)
        hide();
}

void SqlCompletion::show(bool always)
{
    const QString word = wordBefore();
    if (!always && !SqlNames::isPromising(m_editor->toPlainText(), m_editor->textCursor().position())) {
        m_completer->popup()->hide();
        return;
    }
    m_wanted = true; // what comes later, too
    m_words.setStringList(candidates());
    m_completer->setCompletionPrefix(word);
    const int count = m_completer->completionCount();
    // Nothing to add to what is written.
    if (count == 0
        || (count == 1 && m_completer->currentCompletion().compare(word, Qt::CaseInsensitive) == 0)) {
        m_completer->popup()->hide();
        return;
    }
    QAbstractItemView *popup = m_completer->popup();
    popup->setCurrentIndex(m_completer->completionModel()->index(0, 0));
    QRect place = m_editor->cursorRect();
    place.translate(-m_editor->fontMetrics().horizontalAdvance(word), 0);
    place.setWidth(popup->sizeHintForColumn(0) + popup->verticalScrollBar()->sizeHint().width() + 12);
    m_completer->complete(place);
}

void SqlCompletion::hide()
{
    m_wanted = false;
    m_completer->popup()->hide();
}

void SqlCompletion::insert(const QString &word)
{
    QTextCursor cursor = m_editor->textCursor();
    cursor.movePosition(QTextCursor::Left, QTextCursor::KeepAnchor, int(wordBefore().size()));
    cursor.insertText(word);
    m_editor->setTextCursor(cursor);
}
