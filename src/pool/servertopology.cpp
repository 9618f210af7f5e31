// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "pool/servertopology.h"

#include <QtCore/QMetaEnum>

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

// While there is no primary, servers are asked so many times as often, but not for ever.
constexpr int Haste = 10;
constexpr std::chrono::milliseconds HasteEnds{60'000};
constexpr std::chrono::milliseconds ShortestInterval{20};

} // namespace

ServerTopology::ServerTopology(std::function<void()> changed)
    : m_changed(std::move(changed))
{
}

ServerTopology::~ServerTopology() = default;

void ServerTopology::setOptions(const ConnectOptions &options)
{
    const bool runs = m_timer != nullptr;
    stop();
    m_options = options;
    m_isPlural = Endpoint::allOf(options).size() > 1;
    if (runs)
        start();
}

void ServerTopology::setLimits(std::chrono::milliseconds interval, std::chrono::milliseconds lagLimit)
{
    m_interval = std::max(interval, ShortestInterval);
    m_lagLimit = lagLimit;
    if (m_timer)
        m_timer->start(m_interval);
}

void ServerTopology::start()
{
    if (!m_isPlural || m_timer)
        return;
    const QList<Endpoint> endpoints = Endpoint::allOf(m_options);
    for (const Endpoint &endpoint : endpoints)
        m_monitors.push_back(ServerMonitor::create(endpoint, m_options, [this] { monitorChanged(); }));
    m_withoutPrimary.start();
    m_timer = std::make_unique<QTimer>();
    QObject::connect(m_timer.get(), &QTimer::timeout, m_timer.get(), [this] { ask(); });
    ask();
}

void ServerTopology::stop()
{
    m_timer.reset();
    m_monitors.clear();
    m_primary = None;
}

void ServerTopology::ask()
{
    const bool hastes = m_primary == None && !m_withoutPrimary.hasExpired(HasteEnds.count());
    m_timer->start(hastes ? std::max(m_interval / Haste, ShortestInterval) : m_interval);
    for (const std::shared_ptr<ServerMonitor> &monitor : m_monitors)
        monitor->ask(wantsLag());
}

void ServerTopology::askPosition(std::function<void(const QString &)> answer)
{
    if (m_primary == None)
        answer({});
    else
        m_monitors[size_t(m_primary)]->askPosition(std::move(answer));
}

void ServerTopology::waitForCluster(qsizetype server, std::chrono::milliseconds timeout,
                                    std::function<void(bool)> answer)
{
    if (server >= 0 && server < qsizetype(m_monitors.size()))
        m_monitors[size_t(server)]->waitForCluster(timeout, std::move(answer));
    else
        answer(false);
}

bool ServerTopology::isNode(qsizetype server) const
{
    const bool known = server >= 0 && server < qsizetype(m_monitors.size());
    return known && m_monitors[size_t(server)]->role().isNode;
}

void ServerTopology::doubt(qsizetype server)
{
    if (server >= 0 && server < qsizetype(m_monitors.size()))
        m_monitors[size_t(server)]->doubt(wantsLag());
}

void ServerTopology::choosePrimary()
{
    const auto isPrimary
        = [this](qsizetype server) { return m_monitors[size_t(server)]->role().role == Role::Primary; };
    if (m_primary != None && isPrimary(m_primary))
        return;
    const qsizetype before = std::exchange(m_primary, None);
    for (qsizetype i = 0; i < qsizetype(m_monitors.size()) && m_primary == None; ++i) {
        if (isPrimary(i))
            m_primary = i;
    }
    if (before != None && m_primary == None) {
        m_withoutPrimary.start();
        if (m_timer)
            m_timer->start(std::max(m_interval / Haste, ShortestInterval));
    }
}

void ServerTopology::monitorChanged()
{
    choosePrimary();
    m_changed();
}

bool ServerTopology::isReadable(qsizetype server) const
{
    const ServerMonitor &monitor = *m_monitors[size_t(server)];
    if (monitor.role().role == Role::Primary)
        return server != m_primary;
    if (monitor.role().role != Role::Replica)
        return false;
    return !wantsLag() || (monitor.lag() >= 0 && monitor.lag() <= m_lagLimit.count());
}

bool ServerTopology::hasReplica() const
{
    for (qsizetype i = 0; i < qsizetype(m_monitors.size()); ++i) {
        if (isReadable(i))
            return true;
    }
    return false;
}

qsizetype ServerTopology::pick(ServerAccess access)
{
    if (!m_isPlural)
        return 0;
    const qsizetype count = qsizetype(m_monitors.size());
    const auto isDoubted = [this](qsizetype server) { return m_monitors[size_t(server)]->isDoubted(); };
    if (access == ServerAccess::ReadOnly) {
        for (qsizetype step = 1; step <= count; ++step) {
            const qsizetype server = (m_lastReplica + step) % count;
            if (isReadable(server) && !isDoubted(server)) {
                m_lastReplica = server;
                return server;
            }
        }
    }
    return m_primary == None || isDoubted(m_primary) ? None : m_primary;
}

bool ServerTopology::serves(qsizetype server, ServerAccess access) const
{
    if (!m_isPlural)
        return true;
    if (server < 0 || server >= qsizetype(m_monitors.size()) || m_monitors[size_t(server)]->isDoubted())
        return false;
    if (access == ServerAccess::ReadOnly && hasReplica())
        return isReadable(server);
    return server == m_primary;
}

quint64 ServerTopology::epoch(qsizetype server) const
{
    const bool known = server >= 0 && server < qsizetype(m_monitors.size());
    return known ? m_monitors[size_t(server)]->epoch() : 0;
}

ConnectOptions ServerTopology::optionsFor(qsizetype server) const
{
    const QList<Endpoint> endpoints = Endpoint::allOf(m_options);
    return m_isPlural ? endpoints.value(server).applyTo(m_options) : m_options;
}

QString ServerTopology::nameOf(qsizetype server) const
{
    return Endpoint::allOf(m_options).value(server).toString();
}

Error ServerTopology::refusal() const
{
    if (m_monitors.empty())
        return {};
    for (const std::shared_ptr<ServerMonitor> &monitor : m_monitors) {
        if (!monitor->refusal())
            return {};
    }
    return m_monitors.front()->refusal();
}

QString ServerTopology::describe() const
{
    QStringList texts;
    for (const PoolServerInfo &info : infos()) {
        const char *role = QMetaEnum::fromType<Role>().valueToKey(int(info.role));
        QString text = QStringLiteral("%1:%2: %3")
                           .arg(info.host)
                           .arg(info.port)
                           .arg(QString::fromLatin1(role).toLower());
        if (info.lagMs > 0)
            text += QStringLiteral(", %1 s behind").arg(info.lagMs / 1'000);
        if (!info.reason.isEmpty())
            text += QStringLiteral(" (%1)").arg(info.reason);
        texts.append(text);
    }
    return texts.join(QStringLiteral("; "));
}

QList<PoolServerInfo> ServerTopology::infos() const
{
    QList<PoolServerInfo> all;
    if (!m_isPlural)
        return all;
    const QList<Endpoint> endpoints = Endpoint::allOf(m_options);
    for (qsizetype i = 0; i < endpoints.size(); ++i) {
        PoolServerInfo info;
        info.host = endpoints[i].host;
        info.port = endpoints[i].port;
        if (i < qsizetype(m_monitors.size())) {
            const ServerMonitor &monitor = *m_monitors[size_t(i)];
            info.role = monitor.role().role;
            info.reason = monitor.role().reason;
            info.lagMs = info.role == Role::Replica ? monitor.lag() : qint64(-1);
        }
        all.append(info);
    }
    return all;
}

} // namespace QAsyncMySql::Internal
