// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/statementkiller.h"

#include "client/bufferedcommand.h"
#include "client/connectioncore.h"

namespace QAsyncMySql::Internal {

std::shared_ptr<StatementKiller> StatementKiller::start(const ConnectOptions &options,
                                                        const QHostAddress &address, quint64 connectionId,
                                                        std::function<void()> done)
{
    std::shared_ptr<StatementKiller> killer(new StatementKiller);
    killer->m_done = std::move(done);
    killer->m_connection = ConnectionCore::create(nullptr);
    // A host name may stand for several servers: the kill must meet the one we are connected to.
    killer->m_connection->setConnectAddress(address);

    ConnectOptions control = options;
    control.setInitCommands({}).setDatabase({}).setSqlMode({}).setTimeZone({}).setCommandTimeout(
        options.cancelTimeout());
    killer->m_connection->open(
        control, nullptr,
        std::make_unique<InternalCompletion<void>>(
            [weak = killer->weak_from_this(), connectionId](const Result<void> &result) {
                const auto self = weak.lock();
                if (!self)
                    return;
                if (result)
                    self->kill(connectionId);
                else
                    self->finish();
            }));
    return killer;
}

StatementKiller::~StatementKiller()
{
    m_connection->shutDown();
}

void StatementKiller::kill(quint64 connectionId)
{
    m_connection->enqueue(std::make_unique<BufferedCommand>(
        StatementProtocol::Text, QStringLiteral("KILL QUERY %1").arg(connectionId), Parameters(), 1 << 20,
        std::make_unique<InternalCompletion<ResultSet>>([weak = weak_from_this()](const Result<ResultSet> &) {
            // An error says that there is nothing left to kill.
            if (const auto self = weak.lock())
                self->finish();
        })));
}

void StatementKiller::finish()
{
    const std::shared_ptr<StatementKiller> self = shared_from_this();
    m_connection->close(std::make_unique<InternalCompletion<void>>([](const Result<void> &) {}));
    if (const auto done = std::exchange(m_done, nullptr))
        done();
}

} // namespace QAsyncMySql::Internal
