// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/xastate.h"

#include "sql/lexer.h"

namespace QAsyncMySql::Internal {

namespace {

// Long enough for comments before the first word.
constexpr qsizetype Beginning = 4096;

//! The first two words of \a lexer's next statement, in capitals; executable comments count as what is in
//! them.
QByteArray firstWords(Lexer &lexer)
{
    QByteArray words;
    int count = 0;
    for (;;) {
        const Lexer::Token token = lexer.next();
        if (token == Lexer::Token::End || token == Lexer::Token::Semicolon)
            return words;
        if (token == Lexer::Token::Space)
            continue;
        if (token == Lexer::Token::Comment) {
            if (lexer.text().startsWith("/*!") || lexer.text().startsWith("/*M!"))
                words += ' ' + lexer.text().toByteArray().toUpper();
            continue;
        }
        if (count++ < 2)
            words += ' ' + lexer.text().toByteArray().toUpper();
        else if (words.indexOf("XA") < 0)
            return words;
    }
}

//! Cheap, for it is asked of every statement.
bool isCandidate(QStringView sql, bool multiStatements)
{
    if (multiStatements)
        return sql.contains(u"XA", Qt::CaseInsensitive);
    for (const QChar c : sql) {
        if (!c.isSpace())
            return c == u'X' || c == u'x' || c == u'/' || c == u'-' || c == u'#';
    }
    return false;
}

bool isXa(const QByteArray &words, const char *verb)
{
    const QByteArray start = QByteArrayLiteral(" XA ") + verb;
    return words.startsWith(start);
}

} // namespace

void XaState::note(const QString &sql, bool multiStatements, bool succeeded)
{
    if (!isCandidate(sql, multiStatements))
        return;
    const QByteArray text = (multiStatements ? sql : sql.left(Beginning)).toUtf8();
    Lexer lexer(text);
    do {
        const QByteArray words = firstWords(lexer);
        if (words.startsWith(" /*") && words.contains("XA"))
            m_open = true;
        else if (isXa(words, "COMMIT") || isXa(words, "ROLLBACK"))
            m_open = m_open && !succeeded;
        else if (words.startsWith(" XA ") && !isXa(words, "RECOVER"))
            m_open = true;
    } while (multiStatements && lexer.end() < text.size());
}

} // namespace QAsyncMySql::Internal
