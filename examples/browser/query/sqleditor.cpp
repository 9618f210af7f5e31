// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "query/sqleditor.h"

#include "errorexplanation.h"
#include "look/theme.h"
#include "query/sqlcompletion.h"
#include "sql/errorplace.h"
#include "sql/sqlhighlighter.h"
#include "sql/statementat.h"

#include <QAsyncMySql/error.h>

#include <QtCore/QEvent>
#include <QtGui/QFontDatabase>
#include <QtGui/QHelpEvent>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QToolTip>

using namespace QAsyncMySql;

SqlEditor::SqlEditor(QWidget *parent)
    : QPlainTextEdit(parent)
    , m_highlighter(new SqlHighlighter(document(), Theme::isDark(palette())))
    , m_completion(new SqlCompletion(this))
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(font.pointSizeF() + 1);
    setFont(font);
    setTabStopDistance(4 * QFontMetricsF(font).horizontalAdvance(QLatin1Char(' ')));
    setTabChangesFocus(true); // so that the keyboard reaches everything
    setLineWrapMode(NoWrap);
    setFrameShape(NoFrame);
    setPlaceholderText(
        tr("SELECT …     Ctrl+Enter runs it, Ctrl+Space completes, Ctrl+Up shows what was run before"));
    document()->setDocumentMargin(10);
    connect(this, &QPlainTextEdit::textChanged, this, &SqlEditor::clearError);
}

void SqlEditor::setSchemas(SchemaModel *schemas, const QString &defaultSchema)
{
    m_completion->setSchemas(schemas, defaultSchema);
}

QString SqlEditor::takeStatement()
{
    clearError();
    m_completion->hide();
    const QTextCursor cursor = textCursor();
    QString selected = cursor.selectedText();
    selected.replace(QChar::ParagraphSeparator, QLatin1Char('\n'));
    const QString text = toPlainText();
    const bool all = selected.trimmed().isEmpty();
    const StatementAt statement
        = all ? StatementAt::find(text, cursor.position()) : StatementAt::find(selected, 0);
    m_taken = statement.text;
    m_takenAt = statement.position + (all ? 0 : cursor.selectionStart());
    return m_taken;
}

void SqlEditor::replaceText(const QString &sql)
{
    QTextCursor cursor(document());
    cursor.select(QTextCursor::Document);
    cursor.insertText(sql);
    moveCursor(QTextCursor::End);
}

void SqlEditor::showError(const Error &error)
{
    clearError();
    if (!error.isError())
        return;
    const ErrorPlace place = ErrorPlace::find(error, m_taken);
    if (!place.isValid())
        return;
    QTextCursor cursor(document());
    cursor.setPosition(m_takenAt + place.position);
    cursor.setPosition(m_takenAt + place.position + place.length, QTextCursor::KeepAnchor);
    QTextEdit::ExtraSelection mark;
    mark.cursor = cursor;
    mark.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    mark.format.setUnderlineColor(Theme::bad(palette()));
    mark.format.setBackground(Theme::badBackground(palette()));
    setExtraSelections({mark});
    const ErrorExplanation why = ErrorExplanation::of(error);
    m_errorText = QStringList{why.title, why.message, why.advice}.join(QLatin1Char('\n')).trimmed();
    // There the writing goes on.
    cursor.setPosition(m_takenAt + place.position);
    setTextCursor(cursor);
}

void SqlEditor::clearError()
{
    m_errorText.clear();
    setExtraSelections({});
}

bool SqlEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int position = cursorForPosition(viewport()->mapFrom(this, help->pos())).position();
        for (const QTextEdit::ExtraSelection &mark : extraSelections()) {
            if (position >= mark.cursor.selectionStart() && position <= mark.cursor.selectionEnd()) {
                QToolTip::showText(help->globalPos(), m_errorText.toHtmlEscaped(), this);
                return true;
            }
        }
        QToolTip::hideText();
        return true;
    }
    return QPlainTextEdit::event(event);
}

void SqlEditor::keyPressEvent(QKeyEvent *event)
{
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const int key = event->key();
    if (control && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
        Q_EMIT runRequested();
    } else if (control && (key == Qt::Key_Up || key == Qt::Key_Down)) {
        Q_EMIT historyRequested(key == Qt::Key_Up ? -1 : 1);
    } else if (!m_completion->handleKey(event)) {
        QPlainTextEdit::keyPressEvent(event);
        m_completion->keyWritten(event);
    }
}

void SqlEditor::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_highlighter->setDark(Theme::isDark(palette()));
}
