// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/lexer.h"

namespace QAsyncMySql::Internal {

namespace {

bool isLetter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// In the server's lexer a name goes on with these; a "?" or ":" right behind one is no placeholder of ours to
// judge.
bool isWord(char c) noexcept
{
    return isLetter(c) || (c >= '0' && c <= '9') || c == '$' || uchar(c) >= 0x80;
}

bool isSpace(char c) noexcept
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// After "--", a space or any control character begins the comment.
bool endsDashes(char c) noexcept
{
    return uchar(c) <= ' ' || c == 0x7F;
}

} // namespace

Lexer::Token Lexer::next() noexcept
{
    m_begin = m_end;
    if (m_begin >= m_sql.size())
        return Token::End;
    const char c = m_sql[m_begin];
    m_end = m_begin + 1;
    switch (c) {
    case '\'':
    case '"':
    case '`':
        return quoted(c);
    case '#':
        return lineComment();
    case '-':
        if (at(m_end) == '-' && (m_end + 1 == m_sql.size() || endsDashes(m_sql[m_end + 1])))
            return lineComment();
        return Token::Other;
    case '/':
        return at(m_end) == '*' ? blockComment() : Token::Other;
    case ';':
        return Token::Semicolon;
    case '?':
        return Token::Placeholder;
    case ':':
        return colon();
    case '@':
        while (at(m_end) == '@' || isWord(at(m_end)) || at(m_end) == '.')
            ++m_end;
        return Token::Variable;
    default:
        break;
    }
    if (isSpace(c)) {
        while (m_end < m_sql.size() && isSpace(m_sql[m_end]))
            ++m_end;
        return Token::Space;
    }
    return isWord(c) ? word() : Token::Other;
}

Lexer::Token Lexer::word() noexcept
{
    while (m_end < m_sql.size() && isWord(m_sql[m_end]))
        ++m_end;
    if (m_sql[m_begin] == '$' && m_sql.sliced(m_begin + 1, m_end - m_begin - 1).contains('$'))
        m_ambiguity |= DollarQuotes;
    return Token::Word;
}

// The index behind the closing quote, or -1. The quote itself, doubled, stands for one.
qsizetype Lexer::endOfQuotes(qsizetype from, char quote, bool backslashEscapes) const noexcept
{
    for (qsizetype i = from; i < m_sql.size(); ++i) {
        const char c = m_sql[i];
        if (c == '\\' && backslashEscapes) {
            ++i;
        } else if (c == quote) {
            if (i + 1 == m_sql.size() || m_sql[i + 1] != quote)
                return i + 1;
            ++i;
        }
    }
    return -1;
}

Lexer::Token Lexer::quoted(char quote) noexcept
{
    const bool identifier = quote == '`' || (quote == '"' && m_mode.ansiQuotes);
    const bool escapes = !identifier && !m_mode.noBackslashEscapes;
    qsizetype end = endOfQuotes(m_end, quote, escapes);
    if (quote != '`' && !m_mode.known && endOfQuotes(m_end, quote, !escapes) != end)
        m_ambiguity |= Quotes;
    if (end < 0) {
        m_ambiguity |= Unterminated;
        end = m_sql.size();
    }
    m_end = end;
    return identifier ? Token::Identifier : Token::Text;
}

// Up to a line feed; a carriage return does not end it.
Lexer::Token Lexer::lineComment() noexcept
{
    while (m_end < m_sql.size() && m_sql[m_end] != '\n')
        ++m_end;
    return Token::Comment;
}

Lexer::Token Lexer::blockComment() noexcept
{
    ++m_end; // the "*", which does not begin the end: "/*/" goes on
    const bool executable = at(m_end) == '!' || (at(m_end) == 'M' && at(m_end + 1) == '!');
    if (executable)
        m_ambiguity |= ExecutableComment;
    while (m_end < m_sql.size()) {
        const char c = m_sql[m_end++];
        if (c == '*' && at(m_end) == '/') {
            ++m_end;
            return Token::Comment;
        }
        // What is executed is SQL again: it has quotes and comments of its own.
        if (executable && (c == '\'' || c == '"' || c == '`')) {
            quoted(c);
        } else if (executable && c == '/' && at(m_end) == '*') {
            const qsizetype end = m_sql.indexOf("*/", m_end + 1);
            m_end = end < 0 ? m_sql.size() : end + 2;
        }
    }
    m_ambiguity |= Unterminated;
    return Token::Comment;
}

// ":=" assigns, and "::" is nothing; a name after ":" begins with a letter or "_".
Lexer::Token Lexer::colon() noexcept
{
    if (at(m_end) == '=' || at(m_end) == ':') {
        ++m_end;
        return Token::Other;
    }
    if (m_begin > 0 && isWord(m_sql[m_begin - 1]))
        return Token::Other; // a label: "again:LOOP"
    if (!isLetter(at(m_end)) && uchar(at(m_end)) < 0x80)
        return Token::Other;
    while (m_end < m_sql.size() && isWord(m_sql[m_end]) && m_sql[m_end] != '$')
        ++m_end;
    return Token::Named;
}

} // namespace QAsyncMySql::Internal
