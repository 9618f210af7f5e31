// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtWidgets/QPlainTextEdit>

class SqlCompletion;
class SqlHighlighter;

namespace QAsyncMySql {
class Error;
class SchemaModel;
} // namespace QAsyncMySql

//! Where the SQL is written. Ctrl+Enter asks to run the statement that the cursor is in, or what is selected;
//! Ctrl+Space, or two letters of a word, show what may be meant; Ctrl+Up and Ctrl+Down ask for earlier
//! statements.
class SqlEditor : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit SqlEditor(QWidget *parent = nullptr);

    //! Completes the names of \a schemas, which are read as they are needed.
    void setSchemas(QAsyncMySql::SchemaModel *schemas, const QString &defaultSchema);
    //! What is to be run: the selected text, or the statement at the cursor, without what ends it. Remembers
    //! where it is, for showError().
    QString takeStatement();
    //! Replaces all of the text; that can be undone.
    void replaceText(const QString &sql);
    //! Marks the place in the statement taken last that the error is about, until the text is changed.
    void showError(const QAsyncMySql::Error &error);

Q_SIGNALS:
    void runRequested();
    //! The statement before (-1) or behind (1) is to be shown.
    void historyRequested(int step);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    void clearError();

    SqlHighlighter *m_highlighter;
    SqlCompletion *m_completion;
    QString m_taken; // the statement that runs, or ran last
    int m_takenAt = 0;
    QString m_errorText;
};
