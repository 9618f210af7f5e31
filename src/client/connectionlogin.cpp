// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// The part of ConnectionCore that gets from the program what a login needs: passwords, and answers of
// plugins.

#include "client/authenticator.h"
#include "client/changeusercommand.h"
#include "client/connectioncore.h"

namespace QAsyncMySql::Internal {

// The password is asked for before the server is: it gives a login little time, and a person needs more.
void ConnectionCore::beginLogin(QIODevice *device)
{
    m_authenticator = makeAuthenticator();
    m_providedPassword = {};
    if (!m_options.passwordProvider() || !m_options.password().isEmpty()) {
        beginOpening(device);
        return;
    }
    m_device = device;
    m_authenticator->askPassword(1);
}

std::shared_ptr<Authenticator> ConnectionCore::makeAuthenticator()
{
    return Authenticator::create(m_port, m_options, [weak = weak_from_this()](Result<QByteArray> &&result) {
        if (const auto self = weak.lock())
            self->questionAnswered(std::move(result));
    });
}

//! The authentication under way, or null.
Protocol::Authentication *ConnectionCore::authentication() const
{
    if (m_handshake)
        return &m_handshake->authentication();
    return m_current ? m_current->authentication() : nullptr;
}

void ConnectionCore::answerWanted()
{
    if (!m_authenticator)
        m_authenticator = makeAuthenticator();
    const Protocol::Authentication *login = authentication();
    if (!m_authenticator->isWaiting() && login->question())
        m_authenticator->ask(*login->question(), login->mayCarryPassword());
}

void ConnectionCore::questionAnswered(Result<QByteArray> &&result)
{
    const std::shared_ptr<Authenticator> asked = m_authenticator; // it is inside a call to us
    if (m_state == State::Closed)
        return;
    if (!result) {
        lose(result.error().withPhase(Error::Phase::Authentication).withConnectionLost());
        return;
    }
    if (!m_stream) {
        m_providedPassword = Secret::fromUtf8(*result);
        asked->setPassword(m_providedPassword);
        beginOpening(m_device);
        return;
    }
    Protocol::Authentication *login = authentication();
    if (!login)
        return;
    login->answer(std::move(*result));
    m_session->resumeExchange();
    flushOutput();
    pump();
}

//! The line as it is now, for a login inside of the connection.
Protocol::Channel ConnectionCore::channel() const
{
    const bool local = m_stream && m_stream->isLocal();
    Protocol::Channel channel;
    channel.tls = m_session->state().encrypted;
    channel.confidential = channel.tls || local;
    // A server that has proved itself by the password (zero-configuration TLS) is the one that we logged in
    // to, but only the first login says so: such a connection takes no password in clear text.
    channel.identityVerified = local || (channel.tls && m_stream->isPeerTrusted() && identityProven());
    channel.publicKeyRetrieval = m_options.publicKeyRetrieval();
    channel.serverPublicKey = m_options.serverPublicKey();
    channel.clearPasswords = m_options.clearTextPasswords();
    return channel;
}

void ConnectionCore::changeUser(const QString &user, const Secret &password, const QString &database,
                                std::unique_ptr<Completion<void>> completion)
{
    ConnectOptions wanted = m_options;
    wanted.setUser(user).setPassword(password).setDatabase(database);
    auto adopt = [weak = weak_from_this(), user, password, database] {
        if (const auto self = weak.lock())
            self->m_options.setUser(user).setPassword(password).setDatabase(database);
    };
    enqueue(std::make_unique<ChangeUserCommand>(
        wanted, [this] { return channel(); }, std::move(adopt), std::move(completion)));
}

//! For the connection that kills a statement: no user is asked for that.
ConnectOptions ConnectionCore::killOptions() const
{
    ConnectOptions options = m_options;
    if (!m_providedPassword.isEmpty() && options.password().isEmpty())
        options.setPassword(m_providedPassword).setPasswordProvider({});
    return options;
}

} // namespace QAsyncMySql::Internal
