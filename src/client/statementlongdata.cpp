// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of StatementCommand that sends what devices give, before the execution. The server answers none of
// it, so nothing is under way meanwhile: the command has more to say whenever a device has.

#include "client/fileupload.h"
#include "client/statementcommand.h"
#include "protocol/statementexchange.h"

#include <algorithm>

namespace QAsyncMySql::Internal {

//! Makes the devices among the parameters ready, before anything is sent.
Error StatementCommand::openLongData(CommandContext &context)
{
    for (qsizetype i = 0; i < m_parameters.size(); ++i) {
        const Parameter &parameter = m_parameters.at(i);
        if (parameter.kind() != Parameter::Kind::Device)
            continue;
        const QString purpose = parameter.name().isEmpty()
            ? QStringLiteral("parameter %1").arg(i + 1)
            : QStringLiteral("parameter :%1").arg(parameter.name());
        auto upload = std::make_unique<FileUpload>(LocalInfile::fromDevice(parameter.device()), context.port,
                                                   purpose);
        if (const Error error = upload->open())
            return error;
        m_longData.push_back({quint16(i), purpose, std::move(upload)});
    }
    return {};
}

//! The next part of a device; behind the last one, the execution.
void StatementCommand::sendLongData(CommandContext &context)
{
    if (stop() != Stop::None) {
        resetStatement(context);
        return;
    }
    LongData &data = m_longData[m_longDataSent];
    const QByteArrayView part = data.upload->read();
    const bool failed = !data.upload->failure().isEmpty();
    // An empty value is told by an empty part: without any, the server would look for the value elsewhere.
    if (!part.isEmpty() || (data.upload->atEnd() && !failed && data.upload->sent() == 0)) {
        Protocol::LongDataExchange exchange(m_statementId, data.parameter, part);
        context.session.begin(&exchange);
    }
    if (!data.upload->atEnd())
        return;
    if (failed) {
        m_deviceError = Error(
            Error::Kind::Usage,
            QStringLiteral("The device for %1 could not be read after %2 bytes: %3. The statement was "
                           "not executed.")
                .arg(data.purpose)
                .arg(data.upload->sent())
                .arg(data.upload->failure()),
            Error::Outcome::NotExecuted, Error::Phase::Command);
        resetStatement(context);
        return;
    }
    if (++m_longDataSent == m_longData.size())
        runPrepared(context);
}

//! True if all devices could be read once more from where they began.
bool StatementCommand::rewindLongData()
{
    m_longDataSent = 0;
    return std::all_of(m_longData.begin(), m_longData.end(),
                       [](const LongData &data) { return data.upload->rewind(); });
}

//! Has the server forget the cursor, or what it was sent ahead.
void StatementCommand::resetStatement(CommandContext &context)
{
    m_step = Step::Resetting;
    m_exchange.reset(Protocol::SimpleExchange::resetStatement(m_statementId));
    context.session.begin(m_exchange.get());
}

} // namespace QAsyncMySql::Internal
