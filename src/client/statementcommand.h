// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/command.h"
#include "client/preparedhandle.h"
#include "protocol/queryexchange.h"
#include "protocol/simpleexchange.h"

#include <QAsyncMySql/executor.h>

#include <memory>
#include <vector>

namespace QAsyncMySql::Protocol {
class ExecuteExchange;
struct KnownColumns;
struct ServerCursor;
} // namespace QAsyncMySql::Protocol

namespace QAsyncMySql::Internal {

class FileUpload;
class ResultGatherer;

/*!
    Runs one statement, in the text protocol or as a prepared one, and hands what it gives to the
    sink that a derived class is.
*/
class StatementCommand : public Command, protected Protocol::ResultSink
{
public:
    Error begin(CommandContext &context) override;
    Next exchangeDone(CommandContext &context) override;
    QString sql() const override { return m_request.statement.text(); }
    bool hasMore() const override;
    void sendMore(CommandContext &context) override;
    bool hasSeveralStatements() const override { return m_request.options.multiStatements(); }
    Error::Outcome outcomeIfLost() const override;
    bool isAnswered() const override { return m_step == Step::SwitchingOff; }

protected:
    explicit StatementCommand(StatementRequest request);
    ~StatementCommand() override;

    //! All went well.
    virtual void succeed() = 0;
    //! The statement failed; Command::fail() is what the connection calls.
    Error decorated(const Error &error) const { return error.withStatement(sql()); }
    //! True once any part of a result has come.
    bool hasResults() const noexcept { return m_hasResults; }
    void noteResult() noexcept { m_hasResults = true; }
    void noteEnd(const Protocol::OkPacket &ok) noexcept
    {
        m_hasResults = true;
        m_warningCount = ok.warnings;
    }
    const StatementOptions &options() const noexcept { return m_request.options; }
    //! Called before succeed(), where warnings were asked for and there are some.
    virtual void warned(const QList<Warning> &warnings) = 0;
    //! Rows to be fetched at a time from a cursor of the server; 0 for none.
    virtual int fetchSize() const { return 0; }
    //! False while no more rows should be fetched.
    virtual bool hasRoom() const { return true; }
    //! Some of a LOAD DATA LOCAL INFILE has been sent: \a done of \a total bytes (-1: not known).
    virtual void progress(qint64 done, qint64 total)
    {
        Q_UNUSED(done)
        Q_UNUSED(total)
    }

    void error(const Protocol::ErrPacket &packet) override;

private:
    enum class Step : quint8
    {
        SwitchingOn, // several statements in one text are being allowed
        Preparing,
        Settling, // the answer to an execution that was sent ahead, and is of no use
        Running,
        Fetching, // from the server's cursor, or waiting for room to do so
        SendingLongData,
        Resetting, // the cursor is closed, or long data forgotten
        Warning, // the texts of the warnings are asked for
        SwitchingOff,
    };

    //! A parameter that a device gives.
    struct LongData
    {
        quint16 parameter; // from 0
        QString purpose; // "parameter 1"
        std::unique_ptr<FileUpload> upload;
    };

    Error checkAttributes() const;
    Error beginText(CommandContext &context);
    Error offerFile(CommandContext &context, Protocol::QueryExchange &query);
    bool endedByFile();
    Error beginPrepared(CommandContext &context);
    Error prepare(CommandContext &context);
    Next prepared(CommandContext &context);
    Next prepareFailed(CommandContext &context);
    Next executeOrFail(CommandContext &context);
    bool canForesee(const CommandContext &context) const;
    Next settled(CommandContext &context);
    std::unique_ptr<Protocol::ExecuteExchange> makeExecution(quint32 id);
    Next answered(CommandContext &context);
    Next executed(CommandContext &context);
    Next succeeded(CommandContext &context);
    void takeWarnings();
    bool prepareAgain(CommandContext &context);
    Error execute(CommandContext &context, const StatementCache::Entry &statement);
    void runPrepared(CommandContext &context);
    Error openLongData(CommandContext &context);
    void sendLongData(CommandContext &context);
    bool rewindLongData();
    void resetStatement(CommandContext &context);
    Next awaitRoom();
    void fetch(CommandContext &context);
    Next fetched(CommandContext &context);
    QByteArray schema(const CommandContext &context) const;
    const StatementCache::Entry *known(CommandContext &context);
    void remember(CommandContext &context, StatementCache::Entry entry);
    void forget(CommandContext &context, bool isThere);

    StatementRequest m_request;
    std::shared_ptr<PreparedHandle> m_handle; // of a Statement; null for those of the cache
    QByteArray m_text; // UTF-8; for prepared statements with :name turned into ?
    Parameters m_parameters;
    std::unique_ptr<Protocol::Exchange> m_exchange;
    std::unique_ptr<Protocol::ExecuteExchange> m_ahead; // sent behind the preparation
    StatementCache::Entry m_prepared; // by this command
    std::shared_ptr<Protocol::KnownColumns> m_columns; // of the prepared statement
    Protocol::QueryExchange *m_query = nullptr; // m_exchange, if it is one of the text protocol
    std::unique_ptr<FileUpload> m_file;
    std::unique_ptr<Protocol::SimpleExchange> m_switch;
    std::unique_ptr<ResultGatherer> m_warnings; // the answer to SHOW WARNINGS
    std::unique_ptr<Protocol::ServerCursor> m_cursor;
    std::vector<LongData> m_longData;
    size_t m_longDataSent = 0; // of m_longData, whole
    Error m_deviceError;
    Protocol::ErrPacket m_error;
    Protocol::ErrPacket m_prepareError;
    quint32 m_statementId = 0;
    quint16 m_warningCount = 0; // of the last result
    Step m_step = Step::Running;
    bool m_failed = false;
    bool m_hasResults = false;
    bool m_preparedAgain = false;
    bool m_madeRoom = false;
};

// The server holds as many prepared statements as it may (max_prepared_stmt_count).
inline constexpr quint16 TooManyStatements = 1461; // ER_MAX_PREPARED_STMT_COUNT_REACHED

//! Sends COM_STMT_CLOSE for what fell out of the cache: it has no answer, and so costs no round trip.
void closeEvicted(CommandContext &context);

//! \a statement as the session's server has it.
Result<SqlStatement> forServer(const SqlStatement &statement, const Protocol::SessionState &state);

//! The text of \a statement with its values in it, for COM_QUERY.
Result<QByteArray> textForQuery(const SqlStatement &statement, const Protocol::SessionState &state);

//! Of a session whose character set is not utf8mb4, so that literals are not safe in it.
Error unsafeCharset();
Error wrongParameterCount(quint32 wanted, qsizetype given);

} // namespace QAsyncMySql::Internal
