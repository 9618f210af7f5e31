// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "pool/poolruns.h"

#include "client/connectionaccess.h"
#include "client/connectioncore.h"

namespace QAsyncMySql::Internal {

namespace {

//! Gives the lease back before the program hears of the result.
class LeasedCompletion final : public ForwardingCompletion<ResultSet>
{
public:
    LeasedCompletion(Lease lease, std::unique_ptr<Completion<ResultSet>> inner)
        : ForwardingCompletion(std::move(inner))
        , m_lease(std::move(lease))
    {
    }
    void complete(const Result<ResultSet> &result) override
    {
        m_lease.release();
        inner()->complete(result);
    }

private:
    Lease m_lease;
};

} // namespace

StatementRun::StatementRun(StatementRequest request, std::unique_ptr<Completion<ResultSet>> completion)
    : m_request(std::move(request))
    , m_completion(std::move(completion))
{
}

void StatementRun::complete(const Result<Lease> &lease)
{
    if (!lease) {
        m_completion->complete(lease.error().withStatement(m_request.statement.text()));
        return;
    }
    ConnectionAccess::core(*lease->connection())
        ->run(std::move(m_request), std::make_unique<LeasedCompletion>(*lease, std::move(m_completion)));
}

CursorRun::CursorRun(StatementRequest request, std::shared_ptr<CursorCore> cursor)
    : m_request(std::move(request))
    , m_cursor(std::move(cursor))
{
}

void CursorRun::complete(const Result<Lease> &lease)
{
    if (!lease) {
        m_cursor->finish(lease.error().withStatement(m_request.statement.text()));
        return;
    }
    m_cursor->onEnded = [held = *lease]() mutable { held.release(); };
    ConnectionAccess::core(*lease->connection())->runCursor(m_cursor, std::move(m_request));
}

} // namespace QAsyncMySql::Internal
