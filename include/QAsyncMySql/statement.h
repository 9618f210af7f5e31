// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/executor.h>

namespace QAsyncMySql {

namespace Internal {
class PreparedHandle;
}

/*!
    A statement that stays prepared as long as there is a handle of it: from Connection::prepare().

    It is prepared anew by itself after a reset or a reconnect of its connection, and when its tables have
    changed; once that was given back to a pool, it fails (Usage). Closed with the last handle. Of one thread.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Statement
{
public:
    Statement() noexcept;
    explicit Statement(std::shared_ptr<Internal::PreparedHandle> handle) noexcept;
    ~Statement();
    Statement(const Statement &) noexcept;
    Statement(Statement &&) noexcept;
    Statement &operator=(const Statement &) noexcept;
    Statement &operator=(Statement &&) noexcept;

    //! False for a handle made by the default constructor.
    bool isValid() const noexcept { return bool(d); }
    //! As it was given to prepare().
    QString sql() const;
    int parameterCount() const noexcept;
    //! The names of its placeholders, if they are \c{:name} ones; one that stands twice is there twice.
    QStringList parameterNames() const;
    //! The parameters as far as the server described them: MySQL tells types, MariaDB next to nothing.
    QList<Column> parameters() const;
    //! The columns of its result as the server described them when it was prepared; what an execution gives
    //! may differ, and counts. Empty for statements without a result, and for CALL.
    QList<Column> columns() const;

    //! Runs it. Errors are those of Executor::execute().
    template <class... Args> Reply<ResultSet> execute(Args &&...args) const
    {
        return run({}, Internal::makeParameters(std::forward<Args>(args)...));
    }
    template <class... Args> Reply<ResultSet> execute(const StatementOptions &options, Args &&...args) const
    {
        return run(options, Internal::makeParameters(std::forward<Args>(args)...));
    }
    //! Runs it; the rows come as they do from Executor::streamPrepared().
    template <class... Args> std::unique_ptr<Cursor> stream(Args &&...args) const
    {
        return openCursor({}, Internal::makeParameters(std::forward<Args>(args)...));
    }
    template <class... Args>
    std::unique_ptr<Cursor> stream(const StatementOptions &options, Args &&...args) const
    {
        return openCursor(options, Internal::makeParameters(std::forward<Args>(args)...));
    }

    Reply<ResultSet> run(const StatementOptions &options, const Parameters &parameters) const;
    //! Null if the statement is not valid, or its connection is gone.
    std::unique_ptr<Cursor> openCursor(const StatementOptions &options, const Parameters &parameters) const;

private:
    std::shared_ptr<Internal::PreparedHandle> d;
};

} // namespace QAsyncMySql
