// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of StatementCommand that fetches from a cursor of the server. Between two fetches nothing is under
// way: the command then says that it has more to say as soon as there is room for rows.

#include "client/statementcommand.h"

#include "client/fileupload.h"
#include "client/resultgatherer.h"
#include "protocol/fetchexchange.h"

namespace QAsyncMySql::Internal {

Command::Next StatementCommand::awaitRoom()
{
    m_step = Step::Fetching;
    m_exchange.reset();
    return Next::More;
}

//! Fetches the next rows, or tells the server that no more are wanted.
void StatementCommand::fetch(CommandContext &context)
{
    if (stop() != Stop::None) {
        resetStatement(context);
        return;
    }
    Protocol::ResultSink &sink = *this;
    m_exchange = std::make_unique<Protocol::FetchExchange>(*m_cursor, quint32(fetchSize()), sink);
    context.session.begin(m_exchange.get());
}

Command::Next StatementCommand::fetched(CommandContext &context)
{
    if (m_failed) {
        // Whether the cursor is still open is not known; closing the statement closes it.
        forget(context, true);
        closeEvicted(context);
        fail(toError(m_error, Error::Outcome::Executed, Error::Phase::Result));
        return Next::Done;
    }
    return m_cursor->ended ? succeeded(context) : awaitRoom();
}

} // namespace QAsyncMySql::Internal
