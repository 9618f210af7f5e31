// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/operation.h"

#include "client/bufferedcommand.h"

namespace QAsyncMySql::Internal {

quint16 lastStatus(ResultSet result)
{
    while (result.hasNext())
        result = result.next();
    return result.serverStatus();
}

OperationEnd endOf(const Result<ResultSet> &result)
{
    if (!result)
        return {result.error(), {}};
    return {{}, lastStatus(*result)};
}

OperationEnd endOf(const Result<CallResult> &result)
{
    return {result.error(), {}};
}

OperationEnd endOf(const Result<PipelineResults> &result)
{
    if (!result)
        return {result.error(), {}};
    OperationEnd end;
    for (const Result<ResultSet> &one : *result) {
        if (!one && !end.error)
            end.error = one.error();
    }
    if (!result->isEmpty() && result->constLast())
        end.status = lastStatus(*result->constLast());
    return end;
}

OperationEnd endOf(const Result<BulkResult> &result)
{
    return {result ? result->error() : result.error(), {}};
}

std::unique_ptr<Operation> statementOperation(StatementRequest request,
                                              std::unique_ptr<Completion<ResultSet>> completion)
{
    const QString sql = request.statement.text();
    const ServerAccess access = request.options.serverAccess();
    return std::make_unique<CommandOperation<ResultSet>>(
        sql, std::move(completion),
        [request = std::move(request)](ConnectionCore &core, std::unique_ptr<Completion<ResultSet>> watched) {
            return std::make_unique<BufferedCommand>(request, core.options().maxBufferedResult(),
                                                     std::move(watched));
        },
        access);
}

} // namespace QAsyncMySql::Internal
