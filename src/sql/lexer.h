// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QByteArrayView>

namespace QAsyncMySql::Internal {

//! What of sql_mode decides how SQL is cut into pieces.
struct LexerMode
{
    bool known = false; //!< false: the others are defaults, and what hangs on them is ambiguous
    bool noBackslashEscapes = false;
    bool ansiQuotes = false;
};

/*!
    Cuts SQL into pieces as the server's own lexer does: what is quoted or a comment, and what is not.

    Some things cannot be told from the text alone: where a quoted text with a backslash ends
    (NO_BACKSLASH_ESCAPES, and ANSI_QUOTES for double quotes), and whether the server executes what
    stands in a comment that begins with an exclamation mark. Where the readings differ, the lexer
    takes the first one and says so (ambiguity()).

    The rules are those of sql_lex.cc as servers show them: by the number of parameters they count
    when they prepare a statement.
*/
class QASYNCMYSQL_EXPORT Lexer
{
public:
    enum class Token : quint8
    {
        End,
        Other, //!< a single character that none of the others begins with: operators, parentheses, digits
        Space, //!< a run of it
        Word, //!< keywords, names, numbers, with \c $ and all bytes beyond ASCII
        Variable, //!< \c{@name}, \c{@@name}, or the \c{@} before a quoted name
        Placeholder, //!< \c{?}
        Named, //!< \c{:name}
        Text, //!< in single or double quotes
        Identifier, //!< in backticks
        Comment, //!< of any kind
        Semicolon,
    };
    //! What a piece may mean besides what the lexer takes it for. Flags.
    enum Ambiguity : quint8
    {
        Nothing = 0,
        Quotes = 1, //!< quotes that end here or there, as sql_mode is
        ExecutableComment = 2,
        DollarQuotes = 4, //!< $$ or $tag$, which begin a quoted text on MySQL 9 and a name elsewhere
        Unterminated = 8, //!< a quote or comment that does not end
    };

    explicit Lexer(QByteArrayView sql, LexerMode mode = {}) noexcept
        : m_sql(sql)
        , m_mode(mode)
    {
    }

    //! Goes to the next piece; End at the end, again and again.
    Token next() noexcept;

    //! Goes on at \a position.
    void seek(qsizetype position) noexcept { m_end = position; }

    //! The piece that next() found, with its quotes.
    QByteArrayView text() const noexcept { return m_sql.sliced(m_begin, m_end - m_begin); }
    qsizetype begin() const noexcept { return m_begin; }
    qsizetype end() const noexcept { return m_end; }
    //! What was met so far, as Ambiguity flags.
    quint8 ambiguity() const noexcept { return m_ambiguity; }

private:
    char at(qsizetype index) const noexcept { return index < m_sql.size() ? m_sql[index] : '\0'; }
    Token quoted(char quote) noexcept;
    qsizetype endOfQuotes(qsizetype from, char quote, bool backslashEscapes) const noexcept;
    Token lineComment() noexcept;
    Token blockComment() noexcept;
    Token word() noexcept;
    Token colon() noexcept;

    QByteArrayView m_sql;
    LexerMode m_mode;
    qsizetype m_begin = 0;
    qsizetype m_end = 0;
    quint8 m_ambiguity = Nothing;
};

} // namespace QAsyncMySql::Internal
