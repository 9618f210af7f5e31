// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/transaction.h>

#include "client/cursorcore.h"
#include "client/operation.h"
#include "client/transactioncore.h"

namespace QAsyncMySql {

namespace {

Error noTransaction()
{
    return Error(Error::Kind::Usage, QStringLiteral("There is no transaction: the handle is empty."));
}

} // namespace

Transaction::Transaction() noexcept = default;
Transaction::Transaction(std::shared_ptr<Internal::TransactionHandle> handle) noexcept
    : d(std::move(handle))
{
}
Transaction::~Transaction() = default;
Transaction::Transaction(const Transaction &) noexcept = default;
Transaction::Transaction(Transaction &&) noexcept = default;
Transaction &Transaction::operator=(const Transaction &) noexcept = default;
Transaction &Transaction::operator=(Transaction &&) noexcept = default;

Transaction::State Transaction::state() const
{
    return d ? d->core()->state() : State::None;
}

Error Transaction::endError() const
{
    return d ? d->core()->endError() : Error();
}

Connection *Transaction::connection() const
{
    return d ? d->core()->connection() : nullptr;
}

Reply<void> Transaction::commit()
{
    if (!d)
        return Reply<void>::fromError(noTransaction());
    auto completion = std::make_unique<Internal::PromiseCompletion<void>>(replyPost());
    const Reply<void> reply = completion->reply();
    d->core()->commit(std::move(completion));
    return reply;
}

Reply<void> Transaction::rollback()
{
    if (!d)
        return Reply<void>::fromError(noTransaction());
    auto completion = std::make_unique<Internal::PromiseCompletion<void>>(replyPost());
    const Reply<void> reply = completion->reply();
    d->core()->rollback(std::move(completion));
    return reply;
}

Reply<Transaction> Transaction::savepoint()
{
    if (!d)
        return Reply<Transaction>::fromError(noTransaction());
    auto completion = std::make_unique<Internal::PromiseCompletion<Transaction>>(replyPost());
    const Reply<Transaction> reply = completion->reply();
    d->core()->savepoint(std::move(completion));
    return reply;
}

void Transaction::startStatement(Internal::StatementRequest request,
                                 std::unique_ptr<Internal::Completion<ResultSet>> completion)
{
    startOperation(Internal::statementOperation(std::move(request), std::move(completion)));
}

void Transaction::startOperation(std::unique_ptr<Internal::Operation> operation)
{
    if (d)
        d->core()->run(std::move(operation));
    else
        operation->refuse(noTransaction());
}

std::shared_ptr<Internal::CursorCore> Transaction::startCursor(Internal::StatementRequest request)
{
    if (!d)
        return Internal::CursorCore::refused(noTransaction());
    if (d->core()->post()) {
        return Internal::CursorCore::refused(
            Error(Error::Kind::Usage,
                  QStringLiteral(
                      "A cursor lives in the thread of its transaction's connection; call stream() there."),
                  Error::Outcome::NotSent, Error::Phase::Queue));
    }
    return d->core()->runCursor(std::move(request));
}

Internal::ReplyControl::Post Transaction::replyPost() const
{
    return d ? d->core()->post() : Internal::ReplyControl::Post();
}

} // namespace QAsyncMySql
