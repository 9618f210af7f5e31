// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "pool/poolruns.h"

#include "client/bufferedcommand.h"
#include "client/connectionaccess.h"
#include "client/connectioncore.h"

namespace QAsyncMySql::Internal {

namespace {

//! Gives the lease back before the program hears of the result.
class LeasedCompletion final : public Completion<ResultSet>
{
public:
    LeasedCompletion(Lease lease, std::unique_ptr<Completion<ResultSet>> inner)
        : m_lease(std::move(lease))
        , m_inner(std::move(inner))
    {
    }
    void complete(const Result<ResultSet> &result) override
    {
        m_lease.release();
        m_inner->complete(result);
    }
    bool isAbandoned() const override { return m_inner->isAbandoned(); }
    void onCancel(std::function<void()> cancel) override { m_inner->onCancel(std::move(cancel)); }

private:
    Lease m_lease;
    std::unique_ptr<Completion<ResultSet>> m_inner;
};

std::function<void()> canceller(const std::shared_ptr<ConnectionCore> &core)
{
    return [weak = std::weak_ptr(core), serial = core->nextSerial()] {
        if (const auto self = weak.lock())
            self->cancel(serial);
    };
}

} // namespace

StatementRun::StatementRun(StatementProtocol protocol, QAnyStringView sql, Parameters parameters,
                           std::unique_ptr<Completion<ResultSet>> completion)
    : m_protocol(protocol)
    , m_sql(sql.toString())
    , m_parameters(std::move(parameters))
    , m_completion(std::move(completion))
{
}

void StatementRun::complete(const Result<Lease> &lease)
{
    if (!lease) {
        m_completion->complete(lease.error().withStatement(m_sql));
        return;
    }
    const std::shared_ptr<ConnectionCore> core = ConnectionAccess::core(*lease->connection());
    m_completion->onCancel(canceller(core));
    core->enqueue(std::make_unique<BufferedCommand>(
        m_protocol, m_sql, std::move(m_parameters), core->options().maxBufferedResult(),
        std::make_unique<LeasedCompletion>(*lease, std::move(m_completion))));
}

CursorRun::CursorRun(StatementProtocol protocol, QAnyStringView sql, Parameters parameters,
                     std::shared_ptr<CursorCore> cursor)
    : m_protocol(protocol)
    , m_sql(sql.toString())
    , m_parameters(std::move(parameters))
    , m_cursor(std::move(cursor))
{
}

void CursorRun::complete(const Result<Lease> &lease)
{
    if (!lease) {
        m_cursor->finish(lease.error().withStatement(m_sql));
        return;
    }
    m_cursor->onEnded = [held = *lease]() mutable { held.release(); };
    ConnectionAccess::core(*lease->connection())->runCursor(m_cursor, m_protocol, m_sql, m_parameters);
}

} // namespace QAsyncMySql::Internal
