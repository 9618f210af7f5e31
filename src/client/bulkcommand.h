// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/bulkwriter.h"
#include "client/command.h"
#include "client/completion.h"
#include "client/resultgatherer.h"

#include <deque>
#include <memory>

namespace QAsyncMySql::Internal {

/*!
    One statement for many rows: Connection::executeMany().

    Asks for the limits, prepares if need be, then sends commands, a few ahead of the answers. Rows that go as
   an INSERT of many go by MariaDB's bulk command from the second chunk on, where that makes no difference but
   in time: see suitsBulk().
*/
class BulkCommand final : public Command
{
public:
    BulkCommand(QAnyStringView sql, RowSource rows, qint64 rowCount, const BulkOptions &options,
                std::unique_ptr<Completion<BulkResult>> completion);
    ~BulkCommand() override;

    Error begin(CommandContext &context) override;
    Next exchangeDone(CommandContext &context) override;
    void fail(const Error &error) override;
    void stopped(const Error &error) override;
    Error failure() const override { return m_error; }
    Error::Outcome outcomeIfLost() const override;
    bool isAbandoned() const override { return m_completion->isAbandoned(); }
    void deliver() override;
    QString sql() const override { return m_sql; }

private:
    enum class Step : quint8
    {
        Asking, // for the limits
        Preparing,
        Starting, // the transaction
        Running,
        Switching, // running, and preparing the statement for the rows that follow
        Committing,
        RollingBack,
    };
    struct Sent
    {
        std::unique_ptr<ResultGatherer> sink;
        BulkWriter::Command command;
    };

    void say(CommandContext &context, const char *sql);
    Next limitsKnown(CommandContext &context);
    Next prepared(CommandContext &context);
    Next startRows(CommandContext &context);
    void fill(CommandContext &context);
    void answered();
    bool suitsBulk(const BulkChunk &chunk) const;
    bool switchWay(CommandContext &context);
    void switched(CommandContext &context);
    void takeRowResults(const ResultSet &result, BulkChunk &chunk);
    void finishChunk(const BulkChunk &chunk);
    Next settle(CommandContext &context);
    Next giveUp(const Error &error);
    bool anyAccepted() const;

    QString m_sql;
    BulkWriter m_writer;
    BulkOptions m_options;
    std::unique_ptr<Completion<BulkResult>> m_completion;
    std::unique_ptr<ResultGatherer> m_answer; // to m_exchange
    std::unique_ptr<Protocol::Exchange> m_exchange; // all but the rows
    std::deque<Sent> m_sent;
    QList<BulkChunk> m_chunks;
    QByteArray m_text; // what is being prepared
    Error m_error;
    qint64 m_rowCount;
    qint64 m_doneRows = 0;
    qint64 m_limit = 0;
    quint64 m_increment = 1; // auto_increment_increment
    Step m_step = Step::Asking;
    bool m_canBulk = false;
    bool m_bulkWorks = false; // as the answer to one has shown
    bool m_strict = false; // sql_mode
    bool m_plainInsert = false; // nothing stands behind its row
    bool m_mustSwitch = false;
    bool m_rollbackTried = false;
};

} // namespace QAsyncMySql::Internal
