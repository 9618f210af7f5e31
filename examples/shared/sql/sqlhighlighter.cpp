// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/sqlhighlighter.h"

#include "sql/sqlwords.h"

#include <QtCore/QSet>

namespace {

const QSet<QString> &keywords()
{
    static const QSet<QString> words(sqlWords().begin(), sqlWords().end());
    return words;
}

QTextCharFormat inked(QColor color, bool bold = false)
{
    QTextCharFormat format;
    format.setForeground(color);
    if (bold)
        format.setFontWeight(QFont::DemiBold);
    return format;
}

} // namespace

SqlHighlighter::SqlHighlighter(QTextDocument *document, bool dark)
    : QSyntaxHighlighter(document)
{
    setDark(dark);
}

void SqlHighlighter::setDark(bool dark)
{
    m_keyword = inked(dark ? QColor(0x82aaff) : QColor(0x2456b3), true);
    m_string = inked(dark ? QColor(0xa5d6a0) : QColor(0x2e7d32));
    m_number = inked(dark ? QColor(0xf2b374) : QColor(0xa8560b));
    m_name = inked(dark ? QColor(0x8fd3d8) : QColor(0x0f6f78));
    m_comment = inked(dark ? QColor(0x949ba8) : QColor(0x697180));
    m_comment.setFontItalic(true);
    m_wrong = QTextCharFormat();
    m_wrong.setBackground(dark ? QColor(0x5a2a32) : QColor(0xfbd5d9));
    m_wrong.setFontUnderline(true);
    rehighlight();
}

void SqlHighlighter::setMark(int position, int length)
{
    if (m_markAt == position && m_markLength == length)
        return;
    m_markAt = position;
    m_markLength = length;
    rehighlight();
}

// Over the colours that the text has.
void SqlHighlighter::paintMark(const QString &text)
{
    const int first = m_markAt - currentBlock().position();
    const int end = qMin(int(text.size()), first + m_markLength);
    for (int i = qMax(0, first); i < end; ++i) {
        QTextCharFormat both = format(i);
        both.merge(m_wrong);
        setFormat(i, 1, both);
    }
}

// Marks from \a from to the first \a end at or after \a search, and returns what follows; or the rest of the
// line, which leaves \a state for the next. A quote that is doubled or follows a backslash does not end a
// text.
qsizetype SqlHighlighter::markUntil(const QString &text, qsizetype from, qsizetype search, QStringView end,
                                    State state, const QTextCharFormat &format)
{
    qsizetype i = search;
    const bool quoted = state != InComment;
    while (i < text.size()) {
        if (quoted && state != InBackticks && text.at(i) == QLatin1Char('\\')) {
            i += 2;
        } else if (QStringView(text).sliced(i).startsWith(end)) {
            if (quoted && i + 1 < text.size() && text.at(i + 1) == end.front()) {
                i += 2;
                continue;
            }
            i += end.size();
            setFormat(int(from), int(i - from), format);
            setCurrentBlockState(Plain);
            return i;
        } else {
            ++i;
        }
    }
    setFormat(int(from), int(text.size() - from), format);
    setCurrentBlockState(state);
    return text.size();
}

qsizetype SqlHighlighter::markWord(const QString &text, qsizetype from)
{
    qsizetype end = from;
    while (end < text.size() && (text.at(end).isLetterOrNumber() || text.at(end) == QLatin1Char('_')))
        ++end;
    const QString word = text.sliced(from, end - from);
    if (word.front().isDigit()) {
        if (end + 1 < text.size() && text.at(end) == QLatin1Char('.') && text.at(end + 1).isDigit()) {
            ++end;
            while (end < text.size() && text.at(end).isLetterOrNumber())
                ++end;
        }
        setFormat(int(from), int(end - from), m_number);
    } else if (keywords().contains(word.toLower())) {
        setFormat(int(from), int(end - from), m_keyword);
    }
    return end;
}

void SqlHighlighter::highlightBlock(const QString &text)
{
    paintSql(text);
    if (m_markLength > 0)
        paintMark(text);
}

void SqlHighlighter::paintSql(const QString &text)
{
    setCurrentBlockState(Plain);
    qsizetype i = 0;
    switch (previousBlockState()) {
    case InComment:
        i = markUntil(text, 0, 0, u"*/", InComment, m_comment);
        break;
    case InSingleQuotes:
        i = markUntil(text, 0, 0, u"'", InSingleQuotes, m_string);
        break;
    case InDoubleQuotes:
        i = markUntil(text, 0, 0, u"\"", InDoubleQuotes, m_string);
        break;
    case InBackticks:
        i = markUntil(text, 0, 0, u"`", InBackticks, m_name);
        break;
    default:
        break;
    }
    while (i < text.size()) {
        const QStringView rest = QStringView(text).sliced(i);
        const QChar c = text.at(i);
        if (rest.startsWith(u"/*")) {
            i = markUntil(text, i, i + 2, u"*/", InComment, m_comment);
        } else if (c == QLatin1Char('#')
                   || (rest.startsWith(u"--") && (rest.size() == 2 || rest.at(2).isSpace()))) {
            setFormat(int(i), int(rest.size()), m_comment);
            return;
        } else if (c == QLatin1Char('\'')) {
            i = markUntil(text, i, i + 1, u"'", InSingleQuotes, m_string);
        } else if (c == QLatin1Char('"')) {
            i = markUntil(text, i, i + 1, u"\"", InDoubleQuotes, m_string);
        } else if (c == QLatin1Char('`')) {
            i = markUntil(text, i, i + 1, u"`", InBackticks, m_name);
        } else if (c.isLetterOrNumber() || c == QLatin1Char('_')) {
            i = markWord(text, i);
        } else {
            ++i;
        }
    }
}
