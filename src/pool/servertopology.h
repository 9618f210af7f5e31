// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "pool/servermonitor.h"

#include <QAsyncMySql/statementoptions.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace QAsyncMySql::Internal {

/*!
    The servers of a pool: what each of them is, and which one to go to. Of a single server nothing is asked,
   and it may be gone to for anything.

    There is one primary for the pool at a time, also where several servers take writes (Galera): the first of
    the list that does, and then the same for as long as it does, so that writes do not conflict, and a former
    primary that comes back writable is not written to.

    Lives in the pool's thread; call start() there.
*/
class ServerTopology
{
public:
    using Role = PoolServerInfo::Role;
    static constexpr qsizetype None = -1;

    //! \a changed is called, from the event loop, when answers of the functions below may have changed.
    explicit ServerTopology(std::function<void()> changed);
    ~ServerTopology();

    //! The servers of \a options, from now on; those before are forgotten.
    void setOptions(const ConnectOptions &options);
    void setLimits(std::chrono::milliseconds interval, std::chrono::milliseconds lagLimit);
    //! Begins to ask; until then nothing is connected to.
    void start();
    void stop();

    bool isPlural() const noexcept { return m_isPlural; }
    //! The one that is written to, or none.
    qsizetype primary() const noexcept { return m_primary; }
    //! The server to open a connection to, or none for now. With a single one that is 0.
    qsizetype pick(ServerAccess access);
    //! Whether a connection to \a server may be lent for \a access.
    bool serves(qsizetype server, ServerAccess access) const;
    //! See ServerMonitor::epoch(): connections of an older one are to leave.
    quint64 epoch(qsizetype server) const;
    ConnectOptions optionsFor(qsizetype server) const;
    QString nameOf(qsizetype server) const;
    //! Asks the primary how far it is; \a answer is called once, with an empty text where that is not known.
    void askPosition(std::function<void(const QString &)> answer);
    //! See ServerMonitor::waitForCluster(); \a answer is called once.
    void waitForCluster(qsizetype server, std::chrono::milliseconds timeout,
                        std::function<void(bool)> answer);
    //! Whether \a server is a node of Galera.
    bool isNode(qsizetype server) const;
    //! Something about \a server suggests that it is no longer what it was.
    void doubt(qsizetype server);
    //! Why all servers refuse us for good, or none.
    Error refusal() const;
    //! What each of them is, in words.
    QString describe() const;
    QList<PoolServerInfo> infos() const;

private:
    bool isReadable(qsizetype server) const;
    bool hasReplica() const;
    bool wantsLag() const { return m_lagLimit.count() > 0; }
    void choosePrimary();
    void monitorChanged();
    void ask();

    std::function<void()> m_changed;
    ConnectOptions m_options;
    std::vector<std::shared_ptr<ServerMonitor>> m_monitors;
    std::unique_ptr<QTimer> m_timer;
    QElapsedTimer m_withoutPrimary;
    std::chrono::milliseconds m_interval{1'000};
    std::chrono::milliseconds m_lagLimit{0};
    qsizetype m_primary = None;
    qsizetype m_lastReplica = 0;
    bool m_isPlural = false;
};

} // namespace QAsyncMySql::Internal
