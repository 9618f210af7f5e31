// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/parameters.h>
#include <QAsyncMySql/result.h>

#include <QtCore/QAnyStringView>

/*! \file
    Making SQL from parts without a way in for others' SQL: identifiers, LIKE patterns, and statements
    as text.
*/

namespace QAsyncMySql {

/*!
    What is known of the server's sql_mode when values are put into a statement.

    The values are written so that no mode and no character set matters. Where the statement itself
    may be read in two ways, it is refused unless the mode is known.

    \since 1.0
*/
class RenderOptions
{
public:
    RenderOptions() noexcept { }

    //! The mode is certain: the session reported it, and no statement in between can have changed it.
    RenderOptions &setSqlMode(bool noBackslashEscapes, bool ansiQuotes) noexcept
    {
        m_known = true;
        m_noBackslashEscapes = noBackslashEscapes;
        m_ansiQuotes = ansiQuotes;
        return *this;
    }
    bool isSqlModeKnown() const noexcept { return m_known; }
    bool noBackslashEscapes() const noexcept { return m_noBackslashEscapes; }
    bool ansiQuotes() const noexcept { return m_ansiQuotes; }

private:
    bool m_known = false;
    bool m_noBackslashEscapes = false;
    bool m_ansiQuotes = false;
};

namespace Internal {
QASYNCMYSQL_EXPORT Result<QString> renderForUser(QAnyStringView sql, const Parameters &parameters);
} // namespace Internal

/*!
    \a sql with \a values in the place of its placeholders, as query() would send it: for logs, tests and
    a second look. It holds every value, secret ones too.

    An Error of kind Usage when their number is wrong, when a value cannot be sent, or when the
    statement may be read in two ways.

    \since 1.0
*/
template <class... Values> Result<QString> render(QAnyStringView sql, Values &&...values)
{
    return Internal::renderForUser(sql, Internal::makeParameters(std::forward<Values>(values)...));
}

/*!
    The name of a table, column or other object in backticks: quoteIdentifier(u"odd`name") is
    \c{`odd``name`}. For a name with its schema, quote both and put a point between them.

    An Error of kind Usage for what cannot be a name: empty, longer than 64 characters, with a NUL, or
    with a space at its end (MySQL manual, "Schema Object Names").

    \since 1.0
*/
QASYNCMYSQL_EXPORT Result<QString> quoteIdentifier(QAnyStringView name);

/*!
    \a text with \a escape before each \c{%}, \c{_} and \a escape, to be found as it is by LIKE.

    The statement must name the escape character, since a backslash is none in every sql_mode:
    \code
    execute(u"SELECT … WHERE name LIKE ? ESCAPE '!'", QString(u'%' + escapeLike(input) + u'%'));
    \endcode

    \since 1.0
*/
QASYNCMYSQL_EXPORT QString escapeLike(QAnyStringView text, QChar escape = u'!');

} // namespace QAsyncMySql
