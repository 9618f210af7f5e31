// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "pool/controlconnections.h"

#include "client/connectioncore.h"
#include "client/statementkiller.h"

#include <vector>

namespace QAsyncMySql::Internal {

namespace {

// A server that takes no more connections is not asked for one with every loan.
constexpr std::chrono::seconds Pause{5};

//! Several servers may share an address. Local sockets have none.
QString placeOf(const QHostAddress &address, quint16 port)
{
    return QStringLiteral("%1 %2").arg(address.toString()).arg(port);
}

QString placeOf(const ConnectionCore &connection)
{
    return placeOf(connection.peerAddress(), connection.options().port());
}

} // namespace

class ControlConnections::Channel final : public KillChannel
{
public:
    bool kill(const KillTarget &target, std::function<void()> done) override
    {
        const auto found = m_ways.find(placeOf(target.address, target.port));
        if (found == m_ways.end() || !found->second.connection
            || found->second.connection->state() == Connection::State::Closed
            || !target.mayBe(found->second.connection->session().serverVersion))
            return false;
        enqueueKill(*found->second.connection, target.connectionId, std::move(done));
        return true;
    }

    struct Way
    {
        std::shared_ptr<ConnectionCore> connection;
        QDeadlineTimer notBefore;
    };
    std::map<QString, Way> m_ways; // by placeOf()
};

ControlConnections::ControlConnections()
{
    auto channel = std::make_shared<Channel>();
    m_own = channel.get();
    m_channel = std::move(channel);
}

ControlConnections::~ControlConnections()
{
    abandon();
}

void ControlConnections::reserve(const std::shared_ptr<ConnectionCore> &connection)
{
    const QHostAddress address = connection->peerAddress();
    Channel::Way &way = m_own->m_ways[placeOf(*connection)];
    const bool there = way.connection && way.connection->state() != Connection::State::Closed;
    if (there || !way.notBefore.hasExpired())
        return;
    way.notBefore = QDeadlineTimer(Pause);
    if (way.connection)
        way.connection->shutDown();
    way.connection = openControlConnection(connection->options(), address, [](const Result<void> &) {});
}

ControlConnections::Connections ControlConnections::endSessions(const Connections &connections)
{
    // One text for all at a place: this end is closed at once, and the server would not read a second one.
    std::map<Channel::Way *, QByteArray> texts;
    Connections left;
    for (const std::shared_ptr<ConnectionCore> &connection : connections) {
        const auto found = m_own->m_ways.find(placeOf(*connection));
        const bool there = found != m_own->m_ways.end() && found->second.connection
            && (found->second.connection->state() == Connection::State::Ready
                || found->second.connection->state() == Connection::State::Busy);
        if (!there) {
            left.push_back(connection);
            continue;
        }
        if (const quint64 id = connection->session().connectionId; id != 0) {
            QByteArray &text = texts[&found->second];
            text += (text.isEmpty() ? "KILL " : "; KILL ") + QByteArray::number(id);
        }
    }
    for (const auto &[way, text] : texts)
        way->connection->sayLast(text);
    return left;
}

bool ControlConnections::isReserved() const
{
    return !m_own->m_ways.empty();
}

void ControlConnections::clear()
{
    for (auto &[place, way] : std::exchange(m_own->m_ways, {})) {
        // One that is still logging in says farewell when it has, and is kept until then.
        if (way.connection && way.connection->state() == Connection::State::Connecting)
            way.connection->close(
                std::make_unique<InternalCompletion<void>>([kept = way.connection](const Result<void> &) {}));
        else if (way.connection)
            way.connection->shutDown();
    }
}

void ControlConnections::abandon()
{
    for (auto &[place, way] : std::exchange(m_own->m_ways, {})) {
        if (way.connection)
            way.connection->shutDown();
    }
}

} // namespace QAsyncMySql::Internal
