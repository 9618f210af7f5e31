// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/preparecommand.h"

#include "client/connectioncore.h"
#include "client/statementcommand.h"
#include "sql/render.h"

namespace QAsyncMySql::Internal {

PreparedHandle::PreparedHandle(const std::shared_ptr<ConnectionCore> &owner, const QString &statement)
    : sql(statement)
    , m_core(owner)
    , m_borrower(owner->statements().borrower())
{
}

PreparedHandle::~PreparedHandle()
{
    const std::shared_ptr<ConnectionCore> owner = m_core.lock();
    if (owner && find(owner->statements()))
        owner->statements().evict(m_entry.id);
}

Result<std::shared_ptr<ConnectionCore>> PreparedHandle::connection() const
{
    const std::shared_ptr<ConnectionCore> owner = m_core.lock();
    if (owner && owner->statements().borrower() == m_borrower)
        return owner;
    return Error(Error::Kind::Usage,
                 owner ? QStringLiteral("The statement's connection was given back to its pool: prepare it "
                                        "again on the one that is borrowed now.")
                       : QStringLiteral("The statement's connection was destroyed."),
                 Error::Outcome::NotSent, Error::Phase::Queue);
}

PrepareCommand::PrepareCommand(std::shared_ptr<PreparedHandle> handle,
                               std::unique_ptr<Completion<Statement>> completion)
    : m_handle(std::move(handle))
    , m_completion(std::move(completion))
{
}

PrepareCommand::~PrepareCommand() = default;

Error PrepareCommand::begin(CommandContext &context)
{
    m_handle->text = m_handle->sql.toUtf8();
    m_handle->parameterNames.clear();
    // Where it cannot be told what a placeholder is, the server says what it makes of the text.
    if (const Result<NamedStatement> named = rewriteNamed(m_handle->text); named && !named->names.isEmpty()) {
        m_handle->text = named->sql;
        m_handle->parameterNames = named->names;
    }
    closeEvicted(context);
    m_exchange = std::make_unique<Protocol::PrepareExchange>(m_handle->text);
    context.session.begin(m_exchange.get());
    return {};
}

Command::Next PrepareCommand::exchangeDone(CommandContext &context)
{
    if (m_exchange->failed()) {
        if (m_exchange->error().code == TooManyStatements && !std::exchange(m_madeRoom, true)) {
            context.statements.evictAll();
            begin(context);
            return Next::More;
        }
        fail(toError(m_exchange->error(), Error::Outcome::NotExecuted, Error::Phase::Command));
        return Next::Done;
    }
    const Protocol::PreparedStatement &statement = m_exchange->statement();
    m_handle->columns = statement.columns;
    m_handle->parameters = statement.parameters;
    m_handle->parameterCount = int(statement.parameters.size());
    m_handle->set(context.statements, StatementCache::Entry(statement));
    return Next::Done;
}

void PrepareCommand::deliver()
{
    if (m_error)
        m_completion->complete(m_error);
    else
        m_completion->complete(Statement(std::move(m_handle)));
}

} // namespace QAsyncMySql::Internal
