// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/statementkiller.h"

#include "client/bufferedcommand.h"
#include "client/connectioncore.h"
#include "client/killchannel.h"

namespace QAsyncMySql::Internal {

std::shared_ptr<ConnectionCore> openControlConnection(const ConnectOptions &options,
                                                      const QHostAddress &address,
                                                      std::function<void(const Result<void> &)> done)
{
    const std::shared_ptr<ConnectionCore> control = ConnectionCore::create(nullptr);
    // A host name may stand for several servers: the kill must meet the one we are connected to.
    control->setConnectAddress(address);
    ConnectOptions own = options;
    own.setAlternativeHosts({})
        .setInitCommands({})
        .setDatabase({})
        .setSqlMode({})
        .setTimeZone({})
        .setMultiStatements(true);
    own.setCommandTimeout(options.cancelTimeout());
    control->open(own, nullptr, std::make_unique<InternalCompletion<void>>(std::move(done)));
    return control;
}

void enqueueKill(ConnectionCore &control, quint64 connectionId, std::function<void()> done)
{
    // An error says that there is nothing left to kill.
    control.enqueue(
        BufferedCommand::question(QStringLiteral("KILL QUERY %1").arg(connectionId),
                                  [done = std::move(done)](const Result<ResultSet> &) { done(); }));
}

std::shared_ptr<StatementKiller> StatementKiller::start(const ConnectOptions &options,
                                                        const KillTarget &target,
                                                        const std::shared_ptr<KillChannel> &channel,
                                                        std::function<void()> done)
{
    std::shared_ptr<StatementKiller> killer(new StatementKiller);
    killer->m_done = std::move(done);
    const auto finish = [weak = killer->weak_from_this()] {
        if (const auto self = weak.lock())
            self->finish();
    };
    if (channel && channel->kill(target, finish))
        return killer;
    killer->m_connection = openControlConnection(
        options, target.address,
        [weak = killer->weak_from_this(), target, finish](const Result<void> &result) {
            const auto self = weak.lock();
            if (!self)
                return;
            if (result && target.mayBe(self->m_connection->session().serverVersion))
                enqueueKill(*self->m_connection, target.connectionId, finish);
            else
                finish();
        });
    return killer;
}

StatementKiller::~StatementKiller()
{
    if (m_connection)
        m_connection->shutDown();
}

void StatementKiller::finish()
{
    const std::shared_ptr<StatementKiller> self = shared_from_this();
    if (m_connection)
        m_connection->close(std::make_unique<InternalCompletion<void>>([](const Result<void> &) {}));
    if (const auto done = std::exchange(m_done, nullptr))
        done();
}

} // namespace QAsyncMySql::Internal
