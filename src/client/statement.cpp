// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/statement.h>

#include "client/connectioncore.h"
#include "client/cursorcore.h"
#include "client/preparedhandle.h"
#include "client/statementoptionsdata.h"

namespace QAsyncMySql {

Statement::Statement() noexcept = default;
Statement::Statement(std::shared_ptr<Internal::PreparedHandle> handle) noexcept
    : d(std::move(handle))
{
}
Statement::~Statement() = default;
Statement::Statement(const Statement &) noexcept = default;
Statement::Statement(Statement &&) noexcept = default;
Statement &Statement::operator=(const Statement &) noexcept = default;
Statement &Statement::operator=(Statement &&) noexcept = default;

QString Statement::sql() const
{
    return d ? d->sql : QString();
}

int Statement::parameterCount() const noexcept
{
    return d ? d->parameterCount : 0;
}

QStringList Statement::parameterNames() const
{
    return d ? d->parameterNames : QStringList();
}

QList<Column> Statement::parameters() const
{
    return d ? d->parameters : QList<Column>();
}

QList<Column> Statement::columns() const
{
    return d ? d->columns : QList<Column>();
}

Reply<ResultSet> Statement::run(const StatementOptions &options, const Parameters &parameters) const
{
    if (!d) {
        return Reply<ResultSet>::fromError(
            Error(Error::Kind::Usage,
                  QStringLiteral("The statement was not prepared: get one from Connection::prepare()."),
                  Error::Outcome::NotSent, Error::Phase::Queue));
    }
    const Result<std::shared_ptr<Internal::ConnectionCore>> core = d->connection();
    if (!core)
        return Reply<ResultSet>::fromError(core.error().withStatement(d->sql));
    auto completion = std::make_unique<Internal::PromiseCompletion<ResultSet>>();
    const Reply<ResultSet> reply = completion->reply();
    (*core)->run(Internal::StatementRequest(StatementProtocol::Prepared, SqlStatement(d->sql, parameters),
                                            StatementOptionsData::withHandle(options, d)),
                 std::move(completion));
    return reply;
}

std::unique_ptr<Cursor> Statement::openCursor(const StatementOptions &options,
                                              const Parameters &parameters) const
{
    if (!d)
        return nullptr;
    const Result<std::shared_ptr<Internal::ConnectionCore>> core = d->connection();
    if (!core)
        return std::make_unique<Cursor>(Internal::CursorCore::refused(core.error().withStatement(d->sql)));
    auto rows = std::make_shared<Internal::CursorCore>((*core)->port());
    auto cursor = std::make_unique<Cursor>(rows);
    (*core)->runCursor(std::move(rows),
                       Internal::StatementRequest(StatementProtocol::Prepared,
                                                  SqlStatement(d->sql, parameters),
                                                  StatementOptionsData::withHandle(options, d)));
    return cursor;
}

} // namespace QAsyncMySql
