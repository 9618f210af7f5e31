// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "pool/servermonitor.h"

#include "client/bufferedcommand.h"
#include "client/connectioncore.h"

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

// A server that takes longer is as good as none: a program waits for the next one.
constexpr std::chrono::milliseconds ConnectLimit{3'000};
constexpr std::chrono::milliseconds AnswerLimit{1'500};
constexpr std::chrono::milliseconds CancelLimit{100};
// Between two logins that are refused for good: an account may be locked for trying too often.
constexpr std::chrono::milliseconds FirstPause{1'000};
constexpr std::chrono::milliseconds LongestPause{60'000};

//! What the pool's options need for a connection that is only asked.
ConnectOptions monitorOptions(const ConnectOptions &options)
{
    ConnectOptions own = options;
    own.setInitCommands({}).setDatabase({}).setSqlMode({}).setTimeZone({});
    own.setConnectTimeout(options.connectTimeout().count() > 0
                              ? std::min(options.connectTimeout(), ConnectLimit)
                              : ConnectLimit);
    own.setCommandTimeout(AnswerLimit).setCancelTimeout(CancelLimit);
    return own;
}

bool isRefusal(const Error &error)
{
    if (error.kind() == Error::Kind::Server)
        return !error.isRetryable() && error.code() != 1047;
    return error.kind() == Error::Kind::Security || error.kind() == Error::Kind::Usage;
}

bool isFull(const Error &error)
{
    return error.code() == 1040 || error.code() == 1203; // ER_CON_COUNT_ERROR, ER_TOO_MANY_USER_CONNECTIONS
}

} // namespace

std::shared_ptr<ServerMonitor> ServerMonitor::create(const Endpoint &endpoint, const ConnectOptions &options,
                                                     std::function<void()> changed)
{
    return std::shared_ptr<ServerMonitor>(new ServerMonitor(endpoint, options, std::move(changed)));
}

ServerMonitor::ServerMonitor(const Endpoint &endpoint, const ConnectOptions &options,
                             std::function<void()> changed)
    : m_endpoint(endpoint)
    , m_options(monitorOptions(endpoint.applyTo(options)))
    , m_changed(std::move(changed))
{
}

ServerMonitor::~ServerMonitor()
{
    if (m_connection) {
        m_connection->onClosed = nullptr;
        m_connection->shutDown();
    }
}

void ServerMonitor::doubt(bool withLag)
{
    m_doubted = true;
    m_again = m_busy; // what is under way may have been answered before
    ask(withLag);
}

void ServerMonitor::askPosition(std::function<void(const QString &)> answer)
{
    if (!m_connection || m_connection->state() == Connection::State::Closed) {
        answer({});
        return;
    }
    const auto told = [answer = std::move(answer)](const Result<ResultSet> &result) {
        const bool there = result && result->size() == 1 && !result->at(0).isNull(0);
        answer(there ? result->at(0).get<QString>(0) : QString());
    };
    m_connection->enqueue(
        BufferedCommand::question(ServerRole::positionQuestion(m_connection->session().isMariaDb), told));
}

void ServerMonitor::waitForCluster(std::chrono::milliseconds timeout, std::function<void(bool)> answer)
{
    if (!m_connection || m_connection->state() == Connection::State::Closed) {
        answer(false);
        return;
    }
    const auto told = [answer = std::move(answer)](const Result<ResultSet> &result) { answer(bool(result)); };
    m_connection->enqueue(BufferedCommand::question(
        ServerRole::clusterQuestion(), told, StatementOptions().setTimeout(std::min(timeout, AnswerLimit))));
}

void ServerMonitor::ask(bool withLag)
{
    m_withLag = withLag;
    if (m_busy)
        return;
    m_busy = true;
    if (m_connection && m_connection->state() != Connection::State::Closed)
        askRole(true);
    else
        open();
}

void ServerMonitor::open()
{
    if (!m_notBefore.hasExpired()) {
        m_busy = false;
        return;
    }
    if (m_connection) {
        m_connection->onClosed = nullptr;
        m_connection->shutDown();
    }
    m_connection = ConnectionCore::create(nullptr);
    const std::weak_ptr<ServerMonitor> weak = weak_from_this();
    m_connection->onClosed = [weak](const Error &) {
        if (const auto self = weak.lock())
            self->lost();
    };
    m_connection->open(m_options, nullptr,
                       std::make_unique<InternalCompletion<void>>([weak](const Result<void> &result) {
                           if (const auto self = weak.lock())
                               self->opened(result);
                       }));
}

void ServerMonitor::opened(const Result<void> &result)
{
    if (!result) {
        failed(result.error());
        return;
    }
    m_refusal = {};
    m_pause = std::chrono::milliseconds(0);
    askRole(true);
}

void ServerMonitor::askRole(bool groups)
{
    const auto answer = [weak = weak_from_this(), groups](const Result<ResultSet> &result) {
        const auto self = weak.lock();
        if (!self)
            return;
        if (result) {
            const ServerRole role(*result);
            self->settle(role);
            if (self->m_withLag && role.role == ServerRole::Role::Replica)
                self->askLag();
            else
                self->answered();
            return;
        }
        // The account may not look at the group's members; the rest it may know.
        if (groups && result.error().kind() == Error::Kind::Server && !result.error().isConnectionLost()
            && result.error().code() != 1047)
            self->askRole(false);
        else
            self->failed(result.error());
    };
    m_connection->enqueue(
        BufferedCommand::question(ServerRole::question(m_connection->session().isMariaDb, groups), answer));
}

void ServerMonitor::askLag()
{
    const auto answer = [weak = weak_from_this()](const Result<ResultSet> &result) {
        const auto self = weak.lock();
        if (!self)
            return;
        const qint64 before = std::exchange(self->m_lag, result ? ServerRole::lag(*result) : qint64(-1));
        if (result.error().isConnectionLost()) {
            self->failed(result.error());
            return;
        }
        if (before != self->m_lag)
            self->m_changed();
        self->answered();
    };
    const Protocol::SessionState &session = m_connection->session();
    m_connection->enqueue(
        BufferedCommand::question(ServerRole::lagQuestion(session.isMariaDb, session.versionNumber), answer));
}

//! The connection is closed, by the end of the server or by somebody's KILL: a new one will tell.
void ServerMonitor::lost()
{
    // Who asks hears of it by himself, and who has failed knows.
    if (!m_busy && m_role.role != ServerRole::Role::Unavailable)
        doubt(m_withLag);
}

void ServerMonitor::failed(const Error &error)
{
    m_lag = -1;
    if (isRefusal(error) && error.phase() != Error::Phase::Command) {
        m_refusal = error;
        m_pause = std::clamp(m_pause * 2, FirstPause, LongestPause);
        m_notBefore = QDeadlineTimer(m_pause);
    }
    // One that is full is not gone.
    if (!isFull(error) || m_role.role == ServerRole::Role::Unknown)
        settle(ServerRole::unavailable(error));
    answered();
}

void ServerMonitor::answered()
{
    const std::shared_ptr<ServerMonitor> keep = shared_from_this();
    m_busy = false;
    if (std::exchange(m_again, false)) {
        ask(m_withLag);
        return;
    }
    if (std::exchange(m_doubted, false))
        m_changed();
}

void ServerMonitor::settle(const ServerRole &role)
{
    const ServerRole before = std::exchange(m_role, role);
    if (before.role == role.role)
        return;
    // A replica that is promoted keeps its connections.
    if (before.role == ServerRole::Role::Primary || role.role == ServerRole::Role::Unavailable)
        ++m_epoch;
    m_changed();
}

} // namespace QAsyncMySql::Internal
