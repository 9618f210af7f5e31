// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/pipeline.h>

namespace QAsyncMySql {

Pipeline &Pipeline::add(StatementProtocol protocol, const SqlStatement &statement)
{
    m_requests.append(Internal::StatementRequest(protocol, statement));
    return *this;
}

} // namespace QAsyncMySql
