// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/command.h"
#include "client/completion.h"
#include "client/resultgatherer.h"
#include "client/statementcache.h"

#include <QAsyncMySql/pipeline.h>

#include <deque>
#include <memory>
#include <optional>
#include <vector>

namespace QAsyncMySql::Internal {

/*!
    Runs several statements, a number of which are on their way at the same time.

    First all that have to be are prepared, then all are run. What has been sent is bounded by count, so
    that a long pipeline neither fills the memory nor keeps an answer from being read.
*/
class PipelineCommand final : public Command
{
public:
    PipelineCommand(const QList<StatementRequest> &requests, qint64 limit,
                    std::unique_ptr<Completion<PipelineResults>> completion);
    ~PipelineCommand() override;

    Error begin(CommandContext &context) override;
    Next exchangeDone(CommandContext &context) override;
    void fail(const Error &error) override;
    void stopped(const Error &error) override;
    Error failure() const override { return m_error; }
    void stopRequested() override;
    bool isAbandoned() const override { return m_completion->isAbandoned(); }
    void deliver() override;

private:
    struct Entry
    {
        explicit Entry(StatementRequest what)
            : request(std::move(what))
        {
        }
        StatementRequest request;
        QByteArray text;
        Parameters parameters;
        std::unique_ptr<ResultGatherer> sink;
        std::unique_ptr<Protocol::Exchange> exchange;
        std::optional<Result<ResultSet>> result;
    };
    struct Preparation
    {
        QByteArray text;
        std::unique_ptr<Protocol::Exchange> exchange;
        StatementCache::Entry statement;
        Error error;
    };

    void resolve(Entry &entry, CommandContext &context);
    void fill(CommandContext &context);
    bool start(Entry &entry, CommandContext &context);
    void prepared(CommandContext &context);
    void answered();
    Preparation *preparation(const QByteArray &text);

    std::vector<Entry> m_entries;
    std::deque<Preparation> m_preparations;
    std::deque<Entry *> m_running; // sent, in this order
    std::unique_ptr<Completion<PipelineResults>> m_completion;
    Error m_error; // of the whole
    qint64 m_limit;
    size_t m_prepareNext = 0; // the first of m_preparations that was not sent
    size_t m_preparedCount = 0; // those answered
    size_t m_next = 0; // the first of m_entries that was not sent
    bool m_begun = false;
};

} // namespace QAsyncMySql::Internal
