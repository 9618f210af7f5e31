// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtWidgets/QPlainTextEdit>

class SqlHighlighter;

//! Where the SQL is written. Ctrl+Enter asks to run it: the selection if there is one, all of it otherwise.
class SqlEditor : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit SqlEditor(QWidget *parent = nullptr);

    //! What is to be run: the selected text, or the whole, without the semicolon at its end.
    QString statement() const;

Q_SIGNALS:
    void runRequested();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    SqlHighlighter *m_highlighter;
};
