// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/bulk.h>
#include <QAsyncMySql/callresult.h>
#include <QAsyncMySql/cursor.h>
#include <QAsyncMySql/parameters.h>
#include <QAsyncMySql/resultreceiver.h>
#include <QAsyncMySql/statementoptions.h>

#include <QtCore/QAnyStringView>
#include <QtCore/QObject>

#include <concepts>
#include <functional>
#include <memory>

namespace QAsyncMySql {

class Pipeline;

//! What the statements of a pipeline gave, in their order.
using PipelineResults = QList<Result<ResultSet>>;

//! What a callback of the context form is called with.
using ResultCallback = std::function<void(const Result<ResultSet> &)>;

namespace Internal {

template <class T> class Completion;
class Operation;

//! What stands for a statement: its text, or something that a SqlStatement can be made of.
template <class T>
concept StatementSource = std::convertible_to<T, QAnyStringView> || std::constructible_from<SqlStatement, T>;

template <class Callback>
concept ResultCallable = std::invocable < Callback,
        const Result<ResultSet>
& > ;

template <StatementSource Source, class... Args> SqlStatement makeStatement(Source &&source, Args &&...args)
{
    if constexpr (std::convertible_to<Source, QAnyStringView>) {
        return SqlStatement(QAnyStringView(std::forward<Source>(source)),
                            makeParameters(std::forward<Args>(args)...));
    } else {
        static_assert(sizeof...(Args) == 0, "This statement brings its values along.");
        return SqlStatement(std::forward<Source>(source));
    }
}

//! One statement to be run, and how. \since 1.0
class StatementRequest
{
public:
    StatementRequest(StatementProtocol how, SqlStatement what, StatementOptions asked = {})
        : statement(std::move(what))
        , options(std::move(asked))
        , protocol(how)
    {
    }

    SqlStatement statement;
    StatementOptions options;
    StatementProtocol protocol;
};

} // namespace Internal

/*!
    The functions that run statements; what a Connection, a Pool and a Transaction have in common.

    \list
    \li query() runs a statement in the text protocol. Placeholders (\c ? or \c{:name}) are replaced by
   literals that are safe in every sql_mode and character set; the text must otherwise be yours, not a user's.
    \li execute() runs it as a prepared statement, which stays prepared for the next time (see
        ConnectOptions::setStatementCacheSize()).
    \li stream() and streamPrepared() give a Cursor, which hands out the rows as they come. It may be
   destroyed at any time; that cancels it. \endlist Each takes a text and the values for its placeholders, or
   a SqlStatement, or a statement made of typed expressions; and StatementOptions before it.

    The forms with a \c context call \c{callback(const Result<ResultSet> &)} instead of returning a Reply. It
   is not called when the context is destroyed first: the statement is then cancelled.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Executor
{
public:
    template <Internal::StatementSource S, class... Args> Reply<ResultSet> query(S &&sql, Args &&...args)
    {
        return run(
            makeRequest(StatementProtocol::Text, {}, std::forward<S>(sql), std::forward<Args>(args)...));
    }
    template <Internal::StatementSource S, class... Args>
    Reply<ResultSet> query(const StatementOptions &options, S &&sql, Args &&...args)
    {
        return run(
            makeRequest(StatementProtocol::Text, options, std::forward<S>(sql), std::forward<Args>(args)...));
    }
    template <class F, Internal::StatementSource S, class... Args>
    requires Internal::ResultCallable<F>
    void query(QObject *context, F &&callback, S &&sql, Args &&...args)
    {
        run(context, ResultCallback(std::forward<F>(callback)),
            makeRequest(StatementProtocol::Text, {}, std::forward<S>(sql), std::forward<Args>(args)...));
    }
    template <class F, Internal::StatementSource S, class... Args>
    requires Internal::ResultCallable<F>
    void query(QObject *context, F &&callback, const StatementOptions &options, S &&sql, Args &&...args)
    {
        run(context, ResultCallback(std::forward<F>(callback)),
            makeRequest(StatementProtocol::Text, options, std::forward<S>(sql), std::forward<Args>(args)...));
    }

    template <Internal::StatementSource S, class... Args> Reply<ResultSet> execute(S &&sql, Args &&...args)
    {
        return run(
            makeRequest(StatementProtocol::Prepared, {}, std::forward<S>(sql), std::forward<Args>(args)...));
    }
    template <Internal::StatementSource S, class... Args>
    Reply<ResultSet> execute(const StatementOptions &options, S &&sql, Args &&...args)
    {
        return run(makeRequest(StatementProtocol::Prepared, options, std::forward<S>(sql),
                               std::forward<Args>(args)...));
    }
    template <class F, Internal::StatementSource S, class... Args>
    requires Internal::ResultCallable<F>
    void execute(QObject *context, F &&callback, S &&sql, Args &&...args)
    {
        run(context, ResultCallback(std::forward<F>(callback)),
            makeRequest(StatementProtocol::Prepared, {}, std::forward<S>(sql), std::forward<Args>(args)...));
    }
    template <class F, Internal::StatementSource S, class... Args>
    requires Internal::ResultCallable<F>
    void execute(QObject *context, F &&callback, const StatementOptions &options, S &&sql, Args &&...args)
    {
        run(context, ResultCallback(std::forward<F>(callback)),
            makeRequest(StatementProtocol::Prepared, options, std::forward<S>(sql),
                        std::forward<Args>(args)...));
    }

    template <Internal::StatementSource S, class... Args>
    std::unique_ptr<Cursor> stream(S &&sql, Args &&...args)
    {
        return openCursor(
            makeRequest(StatementProtocol::Text, {}, std::forward<S>(sql), std::forward<Args>(args)...));
    }
    template <Internal::StatementSource S, class... Args>
    std::unique_ptr<Cursor> stream(const StatementOptions &options, S &&sql, Args &&...args)
    {
        return openCursor(
            makeRequest(StatementProtocol::Text, options, std::forward<S>(sql), std::forward<Args>(args)...));
    }
    template <Internal::StatementSource S, class... Args>
    std::unique_ptr<Cursor> streamPrepared(S &&sql, Args &&...args)
    {
        return openCursor(
            makeRequest(StatementProtocol::Prepared, {}, std::forward<S>(sql), std::forward<Args>(args)...));
    }
    template <Internal::StatementSource S, class... Args>
    std::unique_ptr<Cursor> streamPrepared(const StatementOptions &options, S &&sql, Args &&...args)
    {
        return openCursor(makeRequest(StatementProtocol::Prepared, options, std::forward<S>(sql),
                                      std::forward<Args>(args)...));
    }

    // Statements made of typed expressions (see Sql::select()): the reply has their rows, typed.
    template <RunnableStatement S>
    Reply<typename S::ResultType> query(const S &statement, const StatementOptions &options = {})
    {
        return runTyped<typename S::ResultType>({StatementProtocol::Text, statement.statement(), options});
    }
    template <RunnableStatement S>
    Reply<typename S::ResultType> execute(const S &statement, const StatementOptions &options = {})
    {
        return runTyped<typename S::ResultType>(
            {StatementProtocol::Prepared, statement.statement(), options});
    }
    //! Calls \a callback(const Result<S::ResultType> &).
    template <class F, RunnableStatement S>
    requires std::invocable < F, const Result<typename S::ResultType>
    & > void execute(QObject *context, F &&callback, const S &statement, const StatementOptions &options = {})
    {
        run(
            context,
            [function = std::forward<F>(callback)](const Result<ResultSet> &result) mutable {
                using T = typename S::ResultType;
                function(result ? Result<T>(T(*result)) : Result<T>(result.error()));
            },
            Internal::StatementRequest(StatementProtocol::Prepared, statement.statement(), options));
    }
    //! The rows as they come, typed: a Sql::TypedCursor. Prepared, as execute() is.
    template <RunnableStatement S>
    std::unique_ptr<typename S::CursorType> stream(const S &statement, const StatementOptions &options = {})
    {
        return std::make_unique<typename S::CursorType>(openCursor(
            Internal::StatementRequest(StatementProtocol::Prepared, statement.statement(), options)));
    }

    /*! Calls a stored procedure, as a prepared statement. \a procedure is its name, or "schema.name"; it is
        quoted. The arguments are values for the parameters, one for each; OUT parameters take anything, such
        as nullptr. */
    template <class... Args> Reply<CallResult> call(QAnyStringView procedure, Args &&...args)
    {
        return runCall(StatementProtocol::Prepared, procedure,
                       Internal::makeParameters(std::forward<Args>(args)...));
    }
    /*! The same, in the text protocol if \a protocol says so: for connections behind something that cannot
        prepare. OUT and INOUT parameters then go through variables of the session, whose names begin with
        \c qasyncmysql_ and which are NULL afterwards; which parameters those are is looked up in
        information_schema.PARAMETERS. That takes up to five round trips. */
    template <class... Args>
    Reply<CallResult> call(StatementProtocol protocol, QAnyStringView procedure, Args &&...args)
    {
        return runCall(protocol, procedure, Internal::makeParameters(std::forward<Args>(args)...));
    }
    Reply<CallResult> runCall(StatementProtocol protocol, QAnyStringView procedure,
                              const Parameters &parameters);

    /*! Sends the statements of \a pipeline together. The Reply has an Error only if none was sent; else each
        statement has its own Result. A timeout or cancel() stops what has not been sent yet, too. */
    Reply<PipelineResults> run(const Pipeline &pipeline);

    /*! Runs \a sql for each of \a rows, in as few commands as the server allows.

        \a rows is a range (taken over if moved, else copied) or a function that gives an optional row each
        time it is called, and an empty one at the end; it is called as the rows before have gone out, in the
        thread of the connection. A row is a Parameters, a QVariantList, a tuple, or a single value.

        An INSERT or REPLACE of one row becomes one of many; other statements use COM_STMT_BULK_EXECUTE where
        the server has it (MariaDB), and are else sent one behind the other without waiting. The first error
        ends it; commands behind that one may be on their way already and then have their own outcome. The
        progress of the future counts rows. */
    template <class Rows>
    requires Internal::RowRange<std::remove_cvref_t<Rows>> Reply<BulkResult>
    executeMany(QAnyStringView sql, Rows &&rows, const BulkOptions &options = BulkOptions())
    {
        const auto count = qint64(std::size(rows));
        return runBulk(sql, Internal::rowSource(std::remove_cvref_t<Rows>(std::forward<Rows>(rows))), count,
                       options);
    }
    template <class Generator>
    requires Internal::RowGenerator<std::remove_cvref_t<Generator>> Reply<BulkResult>
    executeMany(QAnyStringView sql, Generator &&generator, const BulkOptions &options = BulkOptions())
    {
        return runBulk(
            sql, Internal::generatedRows(std::remove_cvref_t<Generator>(std::forward<Generator>(generator))),
            -1, options);
    }
    //! What the templates come down to. \a count: of the rows, for the progress; -1 if it is not known.
    Reply<BulkResult> runBulk(QAnyStringView sql, Internal::RowSource rows, qint64 count,
                              const BulkOptions &options);

    // What the templates come down to; also for callers who choose the protocol at run time.
    Reply<ResultSet> run(Internal::StatementRequest request);
    Reply<ResultSet> run(StatementProtocol protocol, QAnyStringView sql, const Parameters &parameters);
    void run(QObject *context, ResultCallback callback, Internal::StatementRequest request);
    void run(QObject *context, ResultCallback callback, StatementProtocol protocol, QAnyStringView sql,
             const Parameters &parameters);
    std::unique_ptr<Cursor> openCursor(Internal::StatementRequest request);
    std::unique_ptr<Cursor> openCursor(StatementProtocol protocol, QAnyStringView sql,
                                       const Parameters &parameters);

protected:
    Executor() = default;
    ~Executor() = default;
    Executor(const Executor &) = default;
    Executor(Executor &&) = default;
    Executor &operator=(const Executor &) = default;
    Executor &operator=(Executor &&) = default;

    //! Runs \a request; \a completion hears how it ended, from the event loop. Says by onCancel() how it is
    //! cancelled.
    virtual void startStatement(Internal::StatementRequest request,
                                std::unique_ptr<Internal::Completion<ResultSet>> completion)
        = 0;
    //! Runs what is more than a statement, on one connection.
    virtual void startOperation(std::unique_ptr<Internal::Operation> operation) = 0;
    //! Queues \a request; its rows go to what is returned.
    virtual std::shared_ptr<Internal::CursorCore> startCursor(Internal::StatementRequest request) = 0;
    //! How replies used in other threads reach this object's (ReplyControl::setPost()); empty where they
    //! may not be.
    virtual Internal::ReplyControl::Post replyPost() const { return {}; }

private:
    template <class T> Reply<T> runTyped(Internal::StatementRequest request)
    {
        auto receiver = std::make_unique<Internal::TypedReceiver<T>>(replyPost());
        const Reply<T> reply = receiver->reply();
        runFor(std::move(receiver), std::move(request));
        return reply;
    }
    void runFor(std::unique_ptr<Internal::ResultReceiver> receiver, Internal::StatementRequest request);

    template <class S, class... Args>
    static Internal::StatementRequest makeRequest(StatementProtocol protocol, const StatementOptions &options,
                                                  S &&sql, Args &&...args)
    {
        return Internal::StatementRequest(
            protocol, Internal::makeStatement(std::forward<S>(sql), std::forward<Args>(args)...), options);
    }
};

} // namespace QAsyncMySql
