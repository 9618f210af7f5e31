// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/dialect.h>
#include <QAsyncMySql/parameters.h>
#include <QAsyncMySql/result.h>

namespace QAsyncMySql {

namespace Sql {
class Fragment;
}

/*!
    A statement and the values for its placeholders.

    A statement made of typed expressions may be written differently for different servers; then its
    text is known only once the server is, and the library asks forServer() when it sends it. A value.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT SqlStatement
{
public:
    SqlStatement() { }
    explicit SqlStatement(QAnyStringView sql, Parameters parameters = {})
        : m_text(sql.toString())
        , m_parameters(std::move(parameters))
    {
    }
    explicit SqlStatement(const Sql::Fragment &fragment);

    //! The text; for a statement that depends on the server, null.
    const QString &text() const noexcept { return m_text; }
    const Parameters &parameters() const noexcept { return m_parameters; }
    bool dependsOnServer() const noexcept { return !m_code.isEmpty(); }
    //! The text in UTF-8, with the marks of Sql::Fragment::code() where it depends on the server.
    QByteArray code() const { return dependsOnServer() ? m_code : m_text.toUtf8(); }
    /*! The statement as \a dialect has it. An Error of kind Usage when that server lacks a thing that the
       statement needs: it names the thing, the versions that have it, and what to do instead. */
    Result<SqlStatement> forServer(Dialect dialect) const;

private:
    QString m_text;
    Parameters m_parameters;
    QByteArray m_code; // what depends on the server
};

} // namespace QAsyncMySql
