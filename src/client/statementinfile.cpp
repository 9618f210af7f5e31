// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of StatementCommand that sends the file of a LOAD DATA LOCAL INFILE.

#include "client/fileupload.h"
#include "client/statementcommand.h"

namespace QAsyncMySql::Internal {

Error StatementCommand::offerFile(CommandContext &context, Protocol::QueryExchange &query)
{
    if (!context.session.state().has(Protocol::Capability::LocalFiles)) {
        return Error(Error::Kind::Usage,
                     context.options.localInfile()
                         ? QStringLiteral("The server does not offer LOAD DATA LOCAL.")
                         : QStringLiteral("The connection was opened without "
                                          "ConnectOptions::setLocalInfile(), and so cannot send files."),
                     Error::Outcome::NotSent, Error::Phase::Command);
    }
    auto file = std::make_unique<FileUpload>(m_request.options.localInfile(), context.port,
                                             QStringLiteral("LOAD DATA LOCAL"));
    if (const Error error = file->open())
        return error;
    query.offerFile(file->name());
    m_file = std::move(file);
    return {};
}

bool StatementCommand::hasMore() const
{
    if (m_step == Step::Fetching)
        return !m_exchange && (stop() != Stop::None || hasRoom());
    if (m_step == Step::SendingLongData)
        return stop() != Stop::None || m_longData[m_longDataSent].upload->isReady();
    // A statement that is to be stopped ends its file as soon as the server has been told (stopSettled()).
    return m_query && m_query->wantsFile() && (stop() != Stop::None || m_file->isReady());
}

/*
    One part of the file. A server notices a KILL QUERY when it looks at the next row, and takes an end of the
    file for success: so one more part, if there is one at hand, goes before the end.
*/
void StatementCommand::sendMore(CommandContext &context)
{
    if (m_step == Step::Fetching) {
        fetch(context);
        return;
    }
    if (m_step == Step::SendingLongData) {
        sendLongData(context);
        return;
    }
    const QByteArrayView part = m_file->isReady() ? m_file->read() : QByteArrayView();
    if (!part.isEmpty())
        m_query->sendFilePart(part);
    if (m_file->atEnd() || stop() != Stop::None)
        m_query->endFile();
    context.session.continueExchange();
    progress(m_file->sent(), m_file->total());
}

//! True if the file, and not the server, decides how the statement has ended.
bool StatementCommand::endedByFile()
{
    if (!m_query)
        return false;
    if (m_query->refusedFile()) {
        fail(Error(Error::Kind::Security, QString::fromUtf8(m_error.message), Error::Outcome::Executed,
                   Error::Phase::Command)
                 .withConnectionLost(false));
        return true;
    }
    if (!m_file || m_file->failure().isEmpty())
        return false;
    const QString rows = m_failed ? QStringLiteral("The server: %1").arg(QString::fromUtf8(m_error.message))
                                  : QStringLiteral("The server has loaded the rows that it got before.");
    fail(Error(Error::Kind::Usage,
               QStringLiteral("The file for LOAD DATA LOCAL could not be read after %1 bytes: %2. %3")
                   .arg(m_file->sent())
                   .arg(m_file->failure(), rows),
               m_failed ? Error::Outcome::NotExecuted : Error::Outcome::Executed, Error::Phase::Command));
    return true;
}

} // namespace QAsyncMySql::Internal
