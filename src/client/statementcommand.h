// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/command.h"
#include "client/preparedhandle.h"
#include "protocol/queryexchange.h"
#include "protocol/simpleexchange.h"

#include <QAsyncMySql/executor.h>

#include <memory>

namespace QAsyncMySql::Internal {

class FileUpload;

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
    Error::Outcome outcomeIfLost() const override
    {
        return m_step == Step::Preparing ? Error::Outcome::NotExecuted : Error::Outcome::Unknown;
    }
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
        Running,
        SwitchingOff
    };

    Error beginText(CommandContext &context);
    Error offerFile(CommandContext &context, Protocol::QueryExchange &query);
    bool endedByFile();
    Error beginPrepared(CommandContext &context);
    Error prepare(CommandContext &context);
    Next prepared(CommandContext &context);
    Next answered(CommandContext &context);
    Error execute(CommandContext &context, quint32 id, quint32 parameterCount);
    QByteArray schema(const CommandContext &context) const;
    const StatementCache::Entry *known(CommandContext &context);
    void remember(CommandContext &context, StatementCache::Entry entry);
    void forget(CommandContext &context);

    StatementRequest m_request;
    std::shared_ptr<PreparedHandle> m_handle; // of a Statement; null for those of the cache
    QByteArray m_text; // UTF-8; for prepared statements with :name turned into ?
    Parameters m_parameters;
    std::unique_ptr<Protocol::Exchange> m_exchange;
    Protocol::QueryExchange *m_query = nullptr; // m_exchange, if it is one of the text protocol
    std::unique_ptr<FileUpload> m_file;
    std::unique_ptr<Protocol::SimpleExchange> m_switch;
    Protocol::ErrPacket m_error;
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

Error wrongParameterCount(quint32 wanted, qsizetype given);

} // namespace QAsyncMySql::Internal
