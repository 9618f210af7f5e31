// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/executor.h>

#include "client/bulkcommand.h"
#include "client/callcommand.h"
#include "client/cursorcore.h"
#include "client/operation.h"
#include "client/pipelinecommand.h"
#include "client/relayedcompletion.h"

#include <QAsyncMySql/sql.h>

namespace QAsyncMySql {

namespace {

//! Completes a receiver, which a type of the program's own stands behind.
class ReceiverCompletion final : public Internal::Completion<ResultSet>
{
public:
    explicit ReceiverCompletion(std::unique_ptr<Internal::ResultReceiver> receiver)
        : m_receiver(std::move(receiver))
    {
    }
    void complete(const Result<ResultSet> &result) override
    {
        const std::shared_ptr<Internal::ReplyControl> control = m_receiver->control();
        control->setOnCancel(nullptr);
        m_receiver->complete(result);
        control->finished();
    }
    bool isAbandoned() const override
    {
        return m_receiver->control()->isCancelRequested() || m_receiver->isCanceled();
    }
    void onCancel(std::function<void()> cancel) override
    {
        m_receiver->control()->setOnCancel(std::move(cancel));
    }

private:
    std::unique_ptr<Internal::ResultReceiver> m_receiver;
};

} // namespace

Reply<ResultSet> Executor::run(Internal::StatementRequest request)
{
    auto completion = std::make_unique<Internal::PromiseCompletion<ResultSet>>(replyPost());
    const Reply<ResultSet> reply = completion->reply();
    startStatement(std::move(request), std::move(completion));
    return reply;
}

Reply<ResultSet> Executor::run(StatementProtocol protocol, QAnyStringView sql, const Parameters &parameters)
{
    return run(Internal::StatementRequest(protocol, SqlStatement(sql, parameters)));
}

void Executor::run(QObject *context, ResultCallback callback, Internal::StatementRequest request)
{
    std::unique_ptr<Internal::Completion<ResultSet>> completion;
    if (replyPost())
        completion = std::make_unique<Internal::RelayedCompletion<ResultSet>>(context, std::move(callback));
    else
        completion = std::make_unique<Internal::CallbackCompletion<ResultSet>>(context, std::move(callback));
    startStatement(std::move(request), std::move(completion));
}

void Executor::run(QObject *context, ResultCallback callback, StatementProtocol protocol, QAnyStringView sql,
                   const Parameters &parameters)
{
    run(context, std::move(callback), Internal::StatementRequest(protocol, SqlStatement(sql, parameters)));
}

void Executor::runFor(std::unique_ptr<Internal::ResultReceiver> receiver, Internal::StatementRequest request)
{
    startStatement(std::move(request), std::make_unique<ReceiverCompletion>(std::move(receiver)));
}

std::unique_ptr<Cursor> Executor::openCursor(Internal::StatementRequest request)
{
    return std::make_unique<Cursor>(startCursor(std::move(request)));
}

std::unique_ptr<Cursor> Executor::openCursor(StatementProtocol protocol, QAnyStringView sql,
                                             const Parameters &parameters)
{
    return openCursor(Internal::StatementRequest(protocol, SqlStatement(sql, parameters)));
}

Reply<CallResult> Executor::runCall(StatementProtocol protocol, QAnyStringView procedure,
                                    const Parameters &parameters)
{
    const QStringList parts = procedure.toString().split(u'.');
    QStringList quoted;
    for (const QString &part : parts) {
        const Result<QString> name = quoteIdentifier(part);
        if (!name)
            return Reply<CallResult>::fromError(name.error());
        quoted.append(*name);
    }
    if (quoted.size() > 2) {
        return Reply<CallResult>::fromError(
            Error(Error::Kind::Usage,
                  QStringLiteral("\"%1\" is no name of a procedure: give \"name\" or \"schema.name\".")
                      .arg(procedure.toString())));
    }
    auto completion = std::make_unique<Internal::PromiseCompletion<CallResult>>(replyPost());
    const Reply<CallResult> reply = completion->reply();
    if (protocol == StatementProtocol::Text) {
        startOperation(std::make_unique<Internal::CommandOperation<CallResult>>(
            QStringLiteral("CALL ") + quoted.join(u'.'), std::move(completion),
            [parts, parameters](Internal::ConnectionCore &core,
                                std::unique_ptr<Internal::Completion<CallResult>> watched) {
                return std::make_unique<Internal::CallCommand>(
                    parts, parameters, core.options().maxBufferedResult(), std::move(watched));
            }));
        return reply;
    }
    const QStringList placeholders(parameters.size(), QStringLiteral("?"));
    const QString sql = u"CALL " % quoted.join(u'.') % u'(' % placeholders.join(QStringLiteral(", ")) % u')';
    startStatement(Internal::StatementRequest(StatementProtocol::Prepared, SqlStatement(sql, parameters)),
                   std::make_unique<Internal::MappedCompletion<ResultSet, CallResult>>(
                       std::move(completion),
                       [](const ResultSet &results) { return Result<CallResult>(CallResult(results)); }));
    return reply;
}

Reply<PipelineResults> Executor::run(const Pipeline &pipeline)
{
    auto completion = std::make_unique<Internal::PromiseCompletion<PipelineResults>>(replyPost());
    const Reply<PipelineResults> reply = completion->reply();
    const QList<Internal::StatementRequest> requests = pipeline.requests();
    startOperation(std::make_unique<Internal::CommandOperation<PipelineResults>>(
        requests.isEmpty() ? QString() : requests.first().statement.text(), std::move(completion),
        [requests](Internal::ConnectionCore &core,
                   std::unique_ptr<Internal::Completion<PipelineResults>> watched) {
            return std::make_unique<Internal::PipelineCommand>(requests, core.options().maxBufferedResult(),
                                                               std::move(watched));
        }));
    return reply;
}

Reply<BulkResult> Executor::runBulk(QAnyStringView sql, Internal::RowSource rows, qint64 count,
                                    const BulkOptions &options)
{
    auto completion = std::make_unique<Internal::PromiseCompletion<BulkResult>>(replyPost());
    const Reply<BulkResult> reply = completion->reply();
    const QString text = sql.toString();
    startOperation(std::make_unique<Internal::CommandOperation<BulkResult>>(
        text, std::move(completion),
        [text, rows = std::move(rows), count,
         options](Internal::ConnectionCore &, std::unique_ptr<Internal::Completion<BulkResult>> watched) {
            return std::make_unique<Internal::BulkCommand>(text, rows, count, options, std::move(watched));
        }));
    return reply;
}

} // namespace QAsyncMySql
