// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/command.h"
#include "protocol/queryexchange.h"

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

protected:
    explicit StatementCommand(StatementRequest request);
    ~StatementCommand() override;

    //! All went well.
    virtual void succeed() = 0;
    //! The statement failed; Command::fail() is what the connection calls.
    Error decorated(const Error &error) const { return error.withStatement(sql()); }
    //! What \a ok says of a result, without its rows. The caller owns it.
    static ResultSetData *makeSummary(const Protocol::OkPacket &ok);
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
        Preparing,
        Running
    };

    Error beginText(CommandContext &context);
    Error offerFile(CommandContext &context, Protocol::QueryExchange &query);
    bool endedByFile();
    Error beginPrepared(CommandContext &context);
    Next prepared(CommandContext &context);
    Error execute(CommandContext &context, quint32 id, quint32 parameterCount);
    QByteArray schema(const CommandContext &context) const;

    StatementRequest m_request;
    QByteArray m_text; // UTF-8; for prepared statements with :name turned into ?
    Parameters m_parameters;
    std::unique_ptr<Protocol::Exchange> m_exchange;
    std::vector<std::unique_ptr<Protocol::Exchange>> m_closing; // COM_STMT_CLOSE sent with the command
    Protocol::QueryExchange *m_query = nullptr; // m_exchange, if it is one of the text protocol
    std::unique_ptr<FileUpload> m_file;
    Protocol::ErrPacket m_error;
    Step m_step = Step::Running;
    bool m_failed = false;
    bool m_hasResults = false;
    bool m_preparedAgain = false;
};

} // namespace QAsyncMySql::Internal
