// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/querysources.h"

#include "sql/lexer.h"

#include <QAsyncMySql/script.h>

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <iterator>
#include <utility>

namespace QAsyncMySql::Internal {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("QAsyncMySql::QueryModel", text);
}

template <size_t N> bool isOneOf(const QByteArray &word, const char *const (&words)[N])
{
    return std::any_of(std::begin(words), std::end(words), [&word](const char *one) { return word == one; });
}

} // namespace

//! Walks over the pieces of one statement.
class FromReader
{
public:
    FromReader(QByteArrayView sql, QuerySources &result)
        : m_lexer(sql)
        , m_result(result)
    {
        advance();
    }

    void read()
    {
        while (isSymbol('(')) // a SELECT in parentheses, perhaps with an ORDER BY behind them
            advance();
        if (m_word != "SELECT")
            return refuse(QT_TRANSLATE_NOOP("QAsyncMySql::QueryModel",
                                            "Only what a SELECT of tables reads can be edited."));
        advance();
        readColumns();
        if (m_result.m_reason.isEmpty() && m_word == "FROM") {
            advance();
            readTables();
        }
        readRest();
        // What cannot be read for sure is not guessed.
        if (m_result.m_reason.isEmpty() && m_lexer.ambiguity() != Lexer::Nothing)
            refuse(QT_TRANSLATE_NOOP("QAsyncMySql::QueryModel",
                                     "The query can be read in more than one way: it has a comment that "
                                     "servers execute, or a backslash in quotes."));
    }

private:
    void refuse(const char *reason)
    {
        if (m_result.m_reason.isEmpty())
            m_result.m_reason = tr(reason);
    }

    // The next piece that is no space or comment.
    void advance()
    {
        const bool behindDot = isSymbol('.'); // there, keywords are names
        do {
            m_token = m_lexer.next();
        } while (m_token == Lexer::Token::Space || m_token == Lexer::Token::Comment);
        m_word = m_token == Lexer::Token::Word && !behindDot ? m_lexer.text().toByteArray().toUpper()
                                                             : QByteArray();
    }
    bool atEnd() const { return m_token == Lexer::Token::End; }
    bool isSymbol(char c) const
    {
        return m_token == Lexer::Token::Other && m_lexer.text().size() == 1 && m_lexer.text()[0] == c;
    }
    // At "(": goes behind its ")".
    void skipParentheses()
    {
        int depth = 0;
        while (!atEnd()) {
            depth += isSymbol('(') ? 1 : isSymbol(')') ? -1 : 0;
            advance();
            if (depth == 0)
                return;
        }
    }

    // Behind SELECT, up to FROM or what else ends the list.
    void readColumns()
    {
        while (!atEnd() && m_word != "FROM" && !isSymbol(')') && !endsTables()) {
            if (m_word == "DISTINCT" || m_word == "DISTINCTROW") {
                return refuse(QT_TRANSLATE_NOOP("QAsyncMySql::QueryModel",
                                                "Rows of a query with DISTINCT stand for several rows."));
            }
            if (isSymbol('('))
                skipParentheses();
            else
                advance();
        }
    }

    bool endsTables() const
    {
        static constexpr const char *words[]
            = {"WHERE", "GROUP", "HAVING", "ORDER",     "LIMIT", "OFFSET",    "FETCH", "UNION", "EXCEPT",
               "MINUS", "INTO",  "WINDOW", "INTERSECT", "LOCK",  "PROCEDURE", "FOR",   "ROWS",  "QUALIFY"};
        return isOneOf(m_word, words);
    }
    bool isSetOperator() const
    {
        return m_word == "UNION" || m_word == "EXCEPT" || m_word == "INTERSECT" || m_word == "MINUS";
    }
    // A word that cannot be the alias of the table before it.
    bool isKeyword() const
    {
        static constexpr const char *words[]
            = {"JOIN", "INNER", "CROSS", "LEFT",  "RIGHT",  "NATURAL",   "STRAIGHT_JOIN", "OUTER", "FULL",
               "ON",   "USING", "USE",   "FORCE", "IGNORE", "PARTITION", "TABLESAMPLE",   "AS"};
        return isOneOf(m_word, words) || endsTables();
    }

    // Behind FROM.
    void readTables()
    {
        bool wanted = true; // a table
        int depth = 0; // of parentheses around joins
        while (!atEnd()) {
            if (wanted && isSymbol('(')) {
                advance();
                if (m_word == "SELECT" || m_word == "VALUES" || m_word == "WITH" || m_word == "TABLE"
                    || m_word == "VALUE") {
                    m_result.m_parts += 1;
                    endParentheses(); // a derived table; its name follows, which is nobody's
                    wanted = false;
                    if (depth > 0 && isSetOperator()) { // it was a part only
                        endParentheses();
                        --depth;
                    }
                } else {
                    ++depth;
                }
            } else if (isSymbol('(')) {
                skipParentheses();
            } else if (isSymbol(')')) {
                if (depth == 0)
                    return;
                --depth;
                advance();
            } else if (wanted && m_word == "LATERAL") {
                advance();
            } else if (wanted) {
                readTable();
                wanted = false;
                if (!m_result.m_reason.isEmpty())
                    return;
            } else if (isSymbol(',') || m_word == "JOIN" || m_word == "STRAIGHT_JOIN") {
                wanted = true;
                advance();
            } else if (endsTables()) {
                return;
            } else {
                advance();
            }
        }
    }

    // Behind "(": goes behind the ")" that ends it.
    void endParentheses()
    {
        int depth = 1;
        while (!atEnd() && depth > 0) {
            depth += isSymbol('(') ? 1 : isSymbol(')') ? -1 : 0;
            advance();
        }
    }

    QString takeName()
    {
        QString name = QString::fromUtf8(m_lexer.text());
        if (m_token == Lexer::Token::Identifier)
            name = name.mid(1, name.size() - 2).replace(QLatin1String("``"), QLatin1String("`"));
        advance();
        return name;
    }
    bool isName() const { return m_token == Lexer::Token::Word || m_token == Lexer::Token::Identifier; }

    // "schema.table AS alias"
    void readTable()
    {
        m_result.m_parts += 1;
        if (!isName()) {
            advance();
            return;
        }
        QuerySources::Source source;
        source.table = takeName();
        if (isSymbol('.')) {
            advance();
            source.schema = std::exchange(source.table, isName() ? takeName() : QString());
        }
        if (isSymbol('(')) { // JSON_TABLE(…)
            skipParentheses();
            return;
        }
        if (m_word == "PARTITION") {
            advance();
            if (isSymbol('('))
                skipParentheses();
        }
        source.alias = source.table;
        if (m_word == "FOR") { // of SYSTEM_TIME, or of what locks rows
            advance();
            if (m_word == "SYSTEM_TIME" || m_word == "SYSTEM") {
                return refuse(
                    QT_TRANSLATE_NOOP("QAsyncMySql::QueryModel", "Rows of earlier times cannot be edited."));
            }
        } else {
            if (m_word == "AS")
                advance();
            if (isName() && !isKeyword())
                source.alias = takeName();
        }
        m_result.m_sources.append(source);
    }

    // GROUP BY, UNION and the like, wherever they stand behind the tables.
    void readRest()
    {
        while (!atEnd() && m_result.m_reason.isEmpty()) {
            if (m_word == "GROUP") {
                return refuse(QT_TRANSLATE_NOOP("QAsyncMySql::QueryModel",
                                                "Rows of a query with GROUP BY stand for several rows."));
            }
            if (isSetOperator()) {
                return refuse(QT_TRANSLATE_NOOP("QAsyncMySql::QueryModel",
                                                "It is not known which part of a UNION a row is from."));
            }
            if (isSymbol('('))
                skipParentheses();
            else
                advance();
        }
    }

    Lexer m_lexer;
    QuerySources &m_result;
    Lexer::Token m_token = Lexer::Token::End;
    QByteArray m_word; // in capitals; empty if it is none
};

QuerySources QuerySources::read(QByteArrayView sql)
{
    QuerySources result;
    const QList<QByteArrayView> statements = splitStatements(sql);
    if (statements.size() != 1) {
        result.m_reason = tr(QT_TRANSLATE_NOOP("QAsyncMySql::QueryModel",
                                               "Only what a single statement reads can be edited."));
        return result;
    }
    FromReader(statements.first(), result).read();
    return result;
}

bool QuerySources::has(const QString &alias, const QString &table, const QString &schema) const
{
    const auto same = [](const QString &a, const QString &b) {
        return a.compare(b, Qt::CaseInsensitive) == 0; // as servers have it whose files are so
    };
    const Source *found = nullptr;
    for (const Source &source : m_sources) {
        if (!same(source.alias, alias) || (!source.schema.isEmpty() && !same(source.schema, schema)))
            continue;
        if (found)
            return false; // which of them?
        found = &source;
    }
    return found && same(found->table, table);
}

} // namespace QAsyncMySql::Internal
