// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/multirow.h"

#include "sql/lexer.h"

namespace QAsyncMySql::Internal {

namespace {

using Token = Lexer::Token;

bool isWord(const Lexer &lexer, const char *word)
{
    return lexer.text().compare(word, Qt::CaseInsensitive) == 0;
}

Token nextSolid(Lexer &lexer)
{
    Token token;
    do
        token = lexer.next();
    while (token == Token::Space || token == Token::Comment);
    return token;
}

bool isPlaceholder(Token token)
{
    return token == Token::Placeholder || token == Token::Named;
}

bool isCharacter(Token token, const Lexer &lexer, char character)
{
    return token == Token::Other && lexer.text() == QByteArrayView(&character, 1);
}

//! Goes on to behind the parenthesis that closes the one just read; counts placeholders.
bool skipParentheses(Lexer &lexer, int &placeholders)
{
    for (int depth = 1; depth > 0;) {
        const Token token = lexer.next();
        if (token == Token::End || token == Token::Semicolon)
            return false;
        if (isCharacter(token, lexer, '('))
            ++depth;
        else if (isCharacter(token, lexer, ')'))
            --depth;
        else if (isPlaceholder(token))
            ++placeholders;
    }
    return true;
}

//! What follows the row says whether others may stand beside it.
bool isGoodTail(Lexer &lexer)
{
    Token token = nextSolid(lexer);
    if (isCharacter(token, lexer, ','))
        return false;
    for (; token != Token::End; token = lexer.next()) {
        if (isPlaceholder(token) || token == Token::Semicolon)
            return false;
    }
    return true;
}

} // namespace

std::optional<MultiRowTemplate> multiRowTemplate(const QByteArray &sql)
{
    Lexer lexer(sql);
    if (nextSolid(lexer) != Token::Word || (!isWord(lexer, "INSERT") && !isWord(lexer, "REPLACE")))
        return {};
    Token token = nextSolid(lexer);
    while (token != Token::End) {
        if (isPlaceholder(token) || token == Token::Semicolon)
            return {};
        const bool values = token == Token::Word && (isWord(lexer, "VALUES") || isWord(lexer, "VALUE"));
        if (!values && !isCharacter(token, lexer, '(')) {
            token = nextSolid(lexer);
            continue;
        }
        const qsizetype headEnd = lexer.end();
        if (values) {
            token = nextSolid(lexer);
            if (!isCharacter(token, lexer, '('))
                continue; // a table called value
        }
        const qsizetype begin = lexer.begin();
        int placeholders = 0;
        if (!skipParentheses(lexer, placeholders))
            return {};
        const qsizetype end = lexer.end();
        if (placeholders == 0) {
            token = nextSolid(lexer); // a list of columns, behind a table that may be called value
            continue;
        }
        if (!values || !isGoodTail(lexer) || lexer.ambiguity() != Lexer::Nothing)
            return {};
        return MultiRowTemplate{sql.first(headEnd), sql.sliced(begin, end - begin), sql.sliced(end)};
    }
    return {};
}

} // namespace QAsyncMySql::Internal
