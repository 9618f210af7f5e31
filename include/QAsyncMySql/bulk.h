// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/parameters.h>
#include <QAsyncMySql/resultset.h>

#include <QtCore/QList>

#include <concepts>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <tuple>

namespace QAsyncMySql {

/*!
    How Executor::executeMany() sends its rows. A value.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT BulkOptions
{
public:
    BulkOptions() noexcept { }

    //! The most bytes of one command; 256 KiB by default, and never more than the server's
    //! max_allowed_packet.
    qint64 chunkBytes() const noexcept { return m_chunkBytes; }
    BulkOptions &setChunkBytes(qint64 bytes) noexcept;
    //! The most rows of one command; 0, the default: as many as go into chunkBytes().
    qsizetype chunkRows() const noexcept { return m_chunkRows; }
    BulkOptions &setChunkRows(qsizetype rows) noexcept;
    //! Whether all rows go into one transaction of their own, which an error rolls back. Off by default; an
    //! Error of kind Usage where a transaction is open already, for starting another would commit that one.
    bool transaction() const noexcept { return m_transaction; }
    BulkOptions &setTransaction(bool on) noexcept
    {
        m_transaction = on;
        return *this;
    }

    /*! Whether each row's own result is wanted: see BulkChunk::rowResults. MariaDB from 11.5.1 on tells them
       for COM_STMT_BULK_EXECUTE; elsewhere each row is an execution of its own, which is slower than an
       INSERT of many rows. Off by default. */
    bool rowResults() const noexcept { return m_rowResults; }
    BulkOptions &setRowResults(bool on) noexcept
    {
        m_rowResults = on;
        return *this;
    }

private:
    qint64 m_chunkBytes = 256 * 1024;
    qsizetype m_chunkRows = 0;
    bool m_transaction = false;
    bool m_rowResults = false;
};

/*!
    What became of one row: with BulkOptions::setRowResults().

    \since 1.0
*/
class BulkRowResult
{
public:
    BulkRowResult() noexcept { }
    BulkRowResult(quint64 id, quint64 rows) noexcept
        : insertId(id)
        , affectedRows(rows)
    {
    }

    quint64 insertId = 0; //!< the AUTO_INCREMENT value that it was given, or 0
    quint64 affectedRows = 0;
};

/*!
    What became of a run of rows that went to the server in one command.

    \since 1.0
*/
class BulkChunk
{
public:
    BulkChunk() noexcept { }

    //! The index of its first row, from 0, and how many there are.
    qint64 firstRow = 0;
    qint64 rowCount = 0;
    //! As ResultSet has them; 0 where the command failed.
    quint64 affectedRows = 0;
    quint64 firstInsertId = 0;
    quint64 lastInsertId = 0; //!< 0 where it cannot be known: rows that were ignored, updated or replaced, or
                              //!< inserted by MariaDB's bulk command
    int warningCount = 0;
    //! One for each of its rows, in order, where BulkOptions::setRowResults() asked for them.
    QList<BulkRowResult> rowResults;
    //! What the command returned (INSERT ... RETURNING), or empty.
    ResultSet returned;
    //! None, or why the command failed; Error::outcome() says what is known of its rows.
    Error error;
};

/*!
    What executeMany() did: the sums, and each command by itself.

    A Result with an Error instead of this says that no row is known to be in. Where some are in and others
    failed, there is a BulkResult: look at isComplete().

    \since 1.0
*/
class QASYNCMYSQL_EXPORT BulkResult
{
public:
    BulkResult() noexcept { }
    explicit BulkResult(QList<BulkChunk> chunks, const Error &error = {});

    //! True if every row was sent and accepted.
    bool isComplete() const noexcept { return !m_error.isError(); }
    //! Why not: that of the first chunk that failed, or that the rest was cancelled.
    const Error &error() const noexcept { return m_error; }
    const QList<BulkChunk> &chunks() const noexcept { return m_chunks; }
    //! Rows in the chunks that were accepted.
    qint64 acceptedRows() const noexcept;
    quint64 affectedRows() const noexcept;
    qint64 warningCount() const noexcept;

private:
    QList<BulkChunk> m_chunks;
    Error m_error;
};

namespace Internal {

//! The rows of a bulk: each call puts the next in place of what it is given; false once there are no more.
using RowSource = std::function<bool(Parameters &)>;

template <class T>
concept TupleRow = requires
{
    std::tuple_size<std::remove_cvref_t<T>>::value;
};

template <class T> void packRow(Parameters &list, T &&row)
{
    if constexpr (TupleRow<T>) {
        std::apply(
            [&list](auto &&...values) { packParameters(list, std::forward<decltype(values)>(values)...); },
            std::forward<T>(row));
    } else {
        packParameters(list, std::forward<T>(row));
    }
}

template <class T>
concept RowRange = requires(T &rows)
{
    std::begin(rows);
    std::end(rows);
};

//! A function without arguments that gives an optional row.
template <class T>
concept RowGenerator = std::invocable<T &> && requires(T &next)
{
    {
        bool(next())
        } -> std::same_as<bool>;
    *next();
};

template <RowRange Rows> RowSource rowSource(Rows rows)
{
    auto kept = std::make_shared<const Rows>(std::move(rows));
    return [kept, next = std::begin(*kept)](Parameters &list) mutable {
        if (next == std::end(*kept))
            return false;
        packRow(list, *next++);
        return true;
    };
}

template <RowGenerator Generator> RowSource generatedRows(Generator generator)
{
    auto kept = std::make_shared<Generator>(std::move(generator)); // it need not be copyable
    return [kept](Parameters &list) {
        auto row = (*kept)();
        if (!row)
            return false;
        packRow(list, *std::move(row));
        return true;
    };
}

} // namespace Internal

} // namespace QAsyncMySql
