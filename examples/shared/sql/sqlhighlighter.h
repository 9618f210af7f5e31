// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QtGui/QSyntaxHighlighter>

//! Colours SQL: keywords, strings, numbers, quoted names, comments. Follows the palette.
class SqlHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    SqlHighlighter(QTextDocument *document, bool dark);

    void setDark(bool dark);
    //! Marks these characters as wrong, and no others; a \a length of 0 marks none.
    void setMark(int position, int length);

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

    void paintSql(const QString &text);
    void paintMark(const QString &text);
    qsizetype markUntil(const QString &text, qsizetype from, qsizetype search, QStringView end, State state,
                        const QTextCharFormat &format);
    qsizetype markWord(const QString &text, qsizetype from);

    QTextCharFormat m_keyword;
    QTextCharFormat m_string;
    QTextCharFormat m_number;
    QTextCharFormat m_name;
    QTextCharFormat m_comment;
    QTextCharFormat m_wrong;
    int m_markAt = 0;
    int m_markLength = 0;
};
