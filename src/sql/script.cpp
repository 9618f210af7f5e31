// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/script.h>

#include "sql/lexer.h"

namespace QAsyncMySql {

namespace {

using Internal::Lexer;

bool isExecutableComment(QByteArrayView comment)
{
    return comment.startsWith("/*!") || comment.startsWith("/*M!");
}

bool isDelimiterCommand(QByteArrayView word)
{
    return word.compare("delimiter", Qt::CaseInsensitive) == 0;
}

//! Reads the statements of a script one by one.
class Splitter
{
public:
    explicit Splitter(QByteArrayView script)
        : m_script(script.startsWith("\xEF\xBB\xBF") ? script.sliced(3) : script)
        , m_lexer(m_script)
    {
    }

    QList<QByteArrayView> all()
    {
        for (Lexer::Token token = m_lexer.next(); token != Lexer::Token::End; token = m_lexer.next()) {
            if (token == Lexer::Token::Comment) {
                if (isExecutableComment(m_lexer.text()))
                    m_hasContent = true;
                continue;
            }
            if (!m_hasContent && token == Lexer::Token::Word && isDelimiterCommand(m_lexer.text())
                && readDelimiter())
                continue;
            if (!endsHere(token) && token != Lexer::Token::Space)
                m_hasContent = true;
        }
        finish(m_script.size());
        return m_statements;
    }

private:
    // Quotes and comments are whole; in all else the delimiter may stand, even at the end of a word
    // ("END$$").
    bool endsHere(Lexer::Token token)
    {
        if (token == Lexer::Token::Text || token == Lexer::Token::Identifier)
            return false;
        for (qsizetype at = m_lexer.begin(); at < m_lexer.end(); ++at) {
            if (!m_script.sliced(at).startsWith(m_delimiter))
                continue;
            if (at > m_lexer.begin())
                m_hasContent = true;
            finish(at);
            m_begin = at + m_delimiter.size();
            m_lexer.seek(m_begin);
            return true;
        }
        return false;
    }

    // "DELIMITER //": the rest of the line, up to the next space
    bool readDelimiter()
    {
        qsizetype lineEnd = m_script.indexOf('\n', m_lexer.end());
        if (lineEnd < 0)
            lineEnd = m_script.size();
        QByteArrayView rest = m_script.sliced(m_lexer.end(), lineEnd - m_lexer.end());
        if (rest.isEmpty() || (rest.front() != ' ' && rest.front() != '\t'))
            return false;
        rest = rest.trimmed();
        const auto space
            = std::find_if(rest.begin(), rest.end(), [](char c) { return c == ' ' || c == '\t'; });
        rest = rest.first(space - rest.begin());
        if (rest.isEmpty())
            return false;
        m_delimiter = rest;
        m_begin = lineEnd;
        m_lexer.seek(lineEnd);
        return true;
    }

    void finish(qsizetype end)
    {
        if (m_hasContent)
            m_statements.append(m_script.sliced(m_begin, end - m_begin).trimmed());
        m_hasContent = false;
    }

    QByteArrayView m_script;
    Lexer m_lexer;
    QByteArrayView m_delimiter = ";";
    QList<QByteArrayView> m_statements;
    qsizetype m_begin = 0;
    bool m_hasContent = false;
};

} // namespace

QList<QByteArrayView> splitStatements(QByteArrayView script)
{
    return Splitter(script).all();
}

} // namespace QAsyncMySql
