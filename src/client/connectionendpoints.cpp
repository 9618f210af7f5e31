// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of ConnectionCore that tries one host after the other: within one deadline, of which each has an
// equal share of what is left.

#include "client/authenticator.h"
#include "client/connectioncore.h"

namespace QAsyncMySql::Internal {

namespace {

constexpr qsizetype AttemptsShown = 8; // in a message

//! The servers are there and do not want us: the next would say the same, and may lock the account.
bool isFinal(const Error &error)
{
    switch (error.code()) {
    case 1044: // ER_DBACCESS_DENIED_ERROR
    case 1045: // ER_ACCESS_DENIED_ERROR
    case 1049: // ER_BAD_DB_ERROR
    case 1698: // ER_ACCESS_DENIED_NO_PASSWORD_ERROR
    case 1820: // ER_MUST_CHANGE_PASSWORD
    case 1862: // ER_MUST_CHANGE_PASSWORD_LOGIN
    case 3118: // ER_ACCOUNT_HAS_BEEN_LOCKED
    case 4151: // ER_ACCOUNT_HAS_BEEN_LOCKED of MariaDB
        return true;
    default:
        return error.kind() == Error::Kind::Usage || error.kind() == Error::Kind::Cancelled;
    }
}

} // namespace

ConnectOptions ConnectionCore::askedOptions() const
{
    if (m_endpoints.size() < 2)
        return m_options;
    QStringList further;
    for (qsizetype i = 1; i < m_endpoints.size(); ++i)
        further.append(m_endpoints[i].toString());
    return ConnectOptions(m_options)
        .setHost(m_endpoints[0].host)
        .setPort(m_endpoints[0].port)
        .setAlternativeHosts(further);
}

void ConnectionCore::beginAttempts(QIODevice *device)
{
    m_attempt = 0;
    m_attemptErrors.clear();
    m_endpoints = device ? QList<Endpoint>() : Endpoint::allOf(m_options);
    const bool limited = m_options.connectTimeout().count() > 0;
    m_openDeadline = limited ? QDeadlineTimer(m_options.connectTimeout(), Qt::PreciseTimer)
                             : QDeadlineTimer(QDeadlineTimer::Forever);
    if (m_endpoints.size() > 1)
        m_options = m_endpoints[0].applyTo(m_options);
    beginLogin(device);
}

//! The time that one host has: from now, since a person may have taken long to give the password.
void ConnectionCore::armAttempt()
{
    if (m_openDeadline.isForever())
        return;
    if (m_attempt == 0)
        m_openDeadline = QDeadlineTimer(m_options.connectTimeout(), Qt::PreciseTimer);
    const qint64 left = m_attempt == 0 ? m_options.connectTimeout().count()
                                       : std::max<qint64>(m_openDeadline.remainingTime(), 0);
    m_attemptTimeout = std::chrono::milliseconds(left / std::max<qint64>(m_endpoints.size() - m_attempt, 1));
    m_port->setDeadline(m_attemptTimeout);
}

bool ConnectionCore::tryNextEndpoint(const Error &error)
{
    if (m_endpoints.size() < 2 || isFinal(error))
        return false;
    m_attemptErrors.append(m_endpoints[m_attempt].toString() + u": " + error.message());
    if (m_attempt + 1 >= m_endpoints.size() || m_openDeadline.hasExpired())
        return false;
    ++m_attempt;
    m_port->clearDeadline();
    dropTransport(false);
    m_handshake.reset();
    m_authenticator.reset();
    m_setup.clear();
    m_current.reset(); // of the setup
    m_options = m_endpoints[m_attempt].applyTo(m_options);
    // From the event loop: the transport that has failed is still at it.
    m_port->call([self = shared_from_this(), attempt = m_attempt] {
        if (self->m_state != State::Connecting || self->m_attempt != attempt || self->m_stream)
            return;
        if (self->m_providedPassword.isEmpty()) {
            self->beginLogin(nullptr);
            return;
        }
        self->m_authenticator = self->makeAuthenticator();
        self->m_authenticator->setPassword(self->m_providedPassword);
        self->beginOpening(nullptr);
    });
    return true;
}

//! \a last with what the hosts before have said.
Error ConnectionCore::allAttempts(const Error &last) const
{
    if (m_attemptErrors.isEmpty())
        return last;
    QStringList said = m_attemptErrors;
    const QString own = m_endpoints[m_attempt].toString();
    if (said.last().startsWith(own))
        said.removeLast();
    QString prefix = QStringLiteral("None of %1 servers could be used. ").arg(m_endpoints.size());
    for (const QString &text : said.first(std::min(said.size(), AttemptsShown)))
        prefix += text + u' ';
    if (said.size() > AttemptsShown)
        prefix += QStringLiteral("(%1 more.) ").arg(said.size() - AttemptsShown);
    return last.withContext(prefix + own);
}

} // namespace QAsyncMySql::Internal
