// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "client/completion.h"
#include "client/resultgatherer.h"
#include "client/statementcommand.h"

namespace QAsyncMySql::Internal {

//! A statement whose results are gathered in memory, up to ConnectOptions::maxBufferedResult().
class BufferedCommand final : public StatementCommand
{
public:
    BufferedCommand(StatementRequest request, qint64 limit,
                    std::unique_ptr<Completion<ResultSet>> completion);
    ~BufferedCommand() override;
    //! A question of the library's own, in the text protocol; its answer is small.
    static std::unique_ptr<BufferedCommand> question(const QString &sql,
                                                     std::function<void(const Result<ResultSet> &)> answered,
                                                     const StatementOptions &options = {});

    void fail(const Error &error) override;
    void stopped(const Error &error) override;
    Error failure() const override { return m_result.error(); }
    void stopRequested() override { m_gatherer.discard(); }
    void sliceEnded() override;
    bool isAbandoned() const override { return m_completion->isAbandoned(); }
    void deliver() override { m_completion->complete(m_result); }

protected:
    void columns(QList<Column> &&columns, bool binary) override;
    bool row(QByteArrayView payload) override { return m_gatherer.row(payload); }
    qsizetype rows(const QByteArrayView *payloads, qsizetype count, bool &more) override
    {
        return m_gatherer.rows(payloads, count, more);
    }
    bool largeRow(ByteBuffer &&payload) override { return m_gatherer.largeRow(std::move(payload)); }
    void end(const Protocol::OkPacket &ok, bool hasColumns) override;
    QString limitExceeded() const override { return m_gatherer.limitExceeded(); }
    void succeed() override { m_result = m_gatherer.take(); }
    void warned(const QList<Warning> &warnings) override { m_gatherer.setWarnings(warnings); }
    void progress(qint64 done, qint64 total) override { m_completion->progress(done, total); }

private:
    std::unique_ptr<Completion<ResultSet>> m_completion;
    ResultGatherer m_gatherer;
    Result<ResultSet> m_result;
    qint64 m_toldRows = 0; // as progress
};

} // namespace QAsyncMySql::Internal
