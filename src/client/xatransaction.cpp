// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/xatransaction.h>

#include "client/cursorcore.h"
#include "client/operation.h"
#include "client/xacore.h"

namespace QAsyncMySql {

namespace {

Error noTransaction()
{
    return Error(Error::Kind::Usage, QStringLiteral("There is no XA transaction: the handle is empty."));
}

/*! What is prepared, with the names in a form that loses no byte: to MySQL the comment for MariaDB is one,
   and MariaDB passes over comments for MySQL 5.7 and newer (MariaDB manual, "Comment Syntax"). */
class RecoverStatement
{
public:
    using ResultType = XaIdList;
    static SqlStatement statement()
    {
        return SqlStatement(u"XA RECOVER /*!50705 CONVERT XID */ /*M!100303 FORMAT='SQL' */");
    }
};

Reply<ResultSet> endPrepared(Executor &executor, const char *verb, const XaId &id)
{
    if (const Error fault = id.validate())
        return Reply<ResultSet>::fromError(fault);
    const QString sql = u"XA " % QLatin1StringView(verb) % u' ' % id.toSql();
    return executor.query(sql);
}

} // namespace

XaTransaction::XaTransaction() noexcept = default;
XaTransaction::XaTransaction(std::shared_ptr<Internal::XaHandle> handle) noexcept
    : d(std::move(handle))
{
}
XaTransaction::~XaTransaction() = default;
XaTransaction::XaTransaction(const XaTransaction &) noexcept = default;
XaTransaction::XaTransaction(XaTransaction &&) noexcept = default;
XaTransaction &XaTransaction::operator=(const XaTransaction &) noexcept = default;
XaTransaction &XaTransaction::operator=(XaTransaction &&) noexcept = default;

XaId XaTransaction::id() const
{
    return d ? d->core()->id() : XaId();
}

XaTransaction::State XaTransaction::state() const
{
    return d ? d->core()->state() : State::None;
}

Error XaTransaction::endError() const
{
    return d ? d->core()->endError() : Error();
}

Connection *XaTransaction::connection() const
{
    return d ? d->core()->connection() : nullptr;
}

Reply<void> XaTransaction::runVerb(Verb verb)
{
    if (!d)
        return Reply<void>::fromError(noTransaction());
    auto completion = std::make_unique<Internal::PromiseCompletion<void>>(replyPost());
    const Reply<void> reply = completion->reply();
    (d->core().get()->*verb)(std::move(completion));
    return reply;
}

Reply<void> XaTransaction::end()
{
    return runVerb(&Internal::XaCore::end);
}

Reply<void> XaTransaction::prepare()
{
    return runVerb(&Internal::XaCore::prepare);
}

Reply<void> XaTransaction::commit()
{
    return runVerb(&Internal::XaCore::commit);
}

Reply<void> XaTransaction::rollback()
{
    return runVerb(&Internal::XaCore::rollback);
}

Reply<XaIdList> XaTransaction::recover(Executor &executor)
{
    return executor.query(RecoverStatement());
}

Reply<ResultSet> XaTransaction::commitPrepared(Executor &executor, const XaId &id)
{
    return endPrepared(executor, "COMMIT", id);
}

Reply<ResultSet> XaTransaction::rollbackPrepared(Executor &executor, const XaId &id)
{
    return endPrepared(executor, "ROLLBACK", id);
}

void XaTransaction::startStatement(Internal::StatementRequest request,
                                   std::unique_ptr<Internal::Completion<ResultSet>> completion)
{
    startOperation(Internal::statementOperation(std::move(request), std::move(completion)));
}

void XaTransaction::startOperation(std::unique_ptr<Internal::Operation> operation)
{
    if (d)
        d->core()->run(std::move(operation));
    else
        operation->refuse(noTransaction());
}

std::shared_ptr<Internal::CursorCore> XaTransaction::startCursor(Internal::StatementRequest request)
{
    if (d)
        return d->core()->runCursor(std::move(request));
    auto cursor = std::make_shared<Internal::CursorCore>(Internal::EventPort::create({}));
    cursor->finish(noTransaction());
    return cursor;
}

Internal::ReplyControl::Post XaTransaction::replyPost() const
{
    return d ? d->core()->post() : Internal::ReplyControl::Post();
}

} // namespace QAsyncMySql
