// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/executor.h>

#include <QtCore/QList>

namespace QAsyncMySql {

/*!
    Statements to be sent together, without waiting for the answer of each: for Executor::run().

    \code
    Pipeline pipeline;
    pipeline.query(u"SET @today = CURRENT_DATE");
    for (const Order &order : orders)
        pipeline.execute(u"UPDATE stock SET count = count - ? WHERE article = ?", order.count, order.article);
    const auto results = co_await connection.run(pipeline);
    \endcode

    Each has its own Result; one that fails does not stop those behind it. They are all executed one after the
    other by the same session. A statement must not be LOAD DATA LOCAL. A value.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Pipeline
{
public:
    Pipeline() { }

    //! Adds a statement in the text protocol; the arguments are those of Executor::query().
    template <Internal::StatementSource S, class... Args> Pipeline &query(S &&sql, Args &&...args)
    {
        return add(StatementProtocol::Text,
                   Internal::makeStatement(std::forward<S>(sql), std::forward<Args>(args)...));
    }
    //! Adds a prepared statement. Those that are not prepared yet are, all together, before the first is run.
    template <Internal::StatementSource S, class... Args> Pipeline &execute(S &&sql, Args &&...args)
    {
        return add(StatementProtocol::Prepared,
                   Internal::makeStatement(std::forward<S>(sql), std::forward<Args>(args)...));
    }
    Pipeline &add(StatementProtocol protocol, const SqlStatement &statement);

    qsizetype size() const noexcept { return m_requests.size(); }
    bool isEmpty() const noexcept { return m_requests.isEmpty(); }
    void clear() { m_requests.clear(); }

    const QList<Internal::StatementRequest> &requests() const noexcept { return m_requests; }

private:
    QList<Internal::StatementRequest> m_requests;
};

} // namespace QAsyncMySql
