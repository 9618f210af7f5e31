// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/localinfile.h>
#include <QAsyncMySql/parameters.h>

#include <QtCore/QSharedDataPointer>

#include <chrono>

namespace QAsyncMySql {

class StatementOptionsData;

//! The protocol that carries a statement.
enum class StatementProtocol : quint8
{
    Text, //!< COM_QUERY; parameters are put into the text as safe literals
    Prepared, //!< COM_STMT_PREPARE and COM_STMT_EXECUTE, by way of the statement cache
};

//! What a pool of several servers is asked for.
enum class ServerAccess : quint8
{
    ReadWrite, //!< the primary
    ReadOnly, //!< a replica, where there is one that is not too far behind; else the primary
};

/*!
    What is asked of one statement beyond its text: the first argument of Executor's functions.

    \code
    connection.query(StatementOptions().setTimeout(2s), u"SELECT * FROM report WHERE year = ?", 2026);
    \endcode

    A value; copies share their memory.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT StatementOptions
{
public:
    StatementOptions() noexcept;
    ~StatementOptions();
    StatementOptions(const StatementOptions &) noexcept;
    StatementOptions(StatementOptions &&) noexcept;
    StatementOptions &operator=(const StatementOptions &) noexcept;
    StatementOptions &operator=(StatementOptions &&) noexcept;

    /*! How long the statement may take on its connection before it is stopped on the server, in ms. 0, the
       default: as long as ConnectOptions::commandTimeout() says. */
    std::chrono::milliseconds timeout() const noexcept;
    StatementOptions &setTimeout(std::chrono::milliseconds timeout);
    /*! Whether the text may hold several statements, with semicolons between them: query() and stream() only.
        Allowed on the server for this one command, where ConnectOptions::setMultiStatements() has not allowed
        it for all. Off by default: a text that an attacker has lengthened is then refused. */
    bool multiStatements() const noexcept;
    StatementOptions &setMultiStatements(bool on);

    /*! The one file or device that a LOAD DATA LOCAL INFILE of this statement may read; none by default. For
        query() only; ConnectOptions::setLocalInfile() must be on. */
    LocalInfile localInfile() const;
    StatementOptions &setLocalInfile(const LocalInfile &source);

    /*! Which server of a Pool the statement is sent to; ReadWrite by default. See
        ConnectOptions::alternativeHosts(). A Connection or Transaction has one server, and takes no notice.
     */
    ServerAccess serverAccess() const noexcept;
    StatementOptions &setServerAccess(ServerAccess access);

    /*! For a Cursor: has the server keep the result and hand out this many rows at a time, of which one
        helping is read ahead. 0, the default: the server sends all rows, as fast as they are taken.

        For a prepared statement only (Executor::streamPrepared(), Statement::stream()); an error of kind
       Usage otherwise. It is for programs that take their time: the server waits as long as its wait_timeout,
       and not net_write_timeout, but stores the whole result first. Where it cannot (SHOW, CALL), the rows
       come as without. Results that are gathered in memory are not affected. */
    int fetchSize() const noexcept;
    StatementOptions &setFetchSize(int rows);

    //! Whether the texts of the statement's warnings are fetched with it, where it has any, by a SHOW
    //! WARNINGS behind it: see ResultSet::warnings(). Off by default.
    bool warnings() const noexcept;
    StatementOptions &setWarnings(bool on);

    /*! Gives the statement the attribute \a name, for components and plugins of the server that look for it
        (MySQL manual, "Query Attributes"), such as mysql_query_attribute_string(). Setting one again replaces
        it. A server that takes no attributes (MariaDB, MySQL before 8.0.26) is not sent them: they say
        something about a statement and are no part of it. See Connection::supportsQueryAttributes(). */
    StatementOptions &setAttribute(const QString &name, const Parameter &value);
    //! The attributes, in the order in which they were set; Parameter::name() is the name of each.
    Parameters attributes() const;

private:
    friend class StatementOptionsData;
    StatementOptionsData &edit();
    QSharedDataPointer<StatementOptionsData> d; // null: nothing is asked
};

} // namespace QAsyncMySql
