// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGui/QSyntaxHighlighter>

//! Colours SQL: keywords, strings, numbers, quoted names, comments. Follows the palette.
class SqlHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    SqlHighlighter(QTextDocument *document, const QPalette &palette);

    void setPalette(const QPalette &palette);

protected:
    void highlightBlock(const QString &text) override;

private:
    enum State
    {
        Plain = 0,
        InComment = 1,
        InSingleQuotes = 2,
        InDoubleQuotes = 3,
        InBackticks = 4
    };

    qsizetype markUntil(const QString &text, qsizetype from, qsizetype search, QStringView end, State state,
                        const QTextCharFormat &format);
    qsizetype markWord(const QString &text, qsizetype from);

    QTextCharFormat m_keyword;
    QTextCharFormat m_string;
    QTextCharFormat m_number;
    QTextCharFormat m_name;
    QTextCharFormat m_comment;
};
