// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "pool/poolruns.h"

#include "client/connectionaccess.h"
#include "client/connectioncore.h"

namespace QAsyncMySql::Internal {

OperationRun::OperationRun(std::unique_ptr<Operation> operation)
    : m_operation(std::move(operation))
{
}

void OperationRun::complete(const Result<Lease> &lease)
{
    if (!lease) {
        m_operation->refuse(lease.error());
        return;
    }
    m_operation->start(*ConnectionAccess::core(*lease->connection()),
                       [held = *lease](const OperationEnd &, const std::function<void()> &tell) mutable {
                           held.release();
                           tell();
                       });
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
