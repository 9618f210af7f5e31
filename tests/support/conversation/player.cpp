// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "support/conversation/player.h"

#include "protocol/handshake.h"
#include "protocol/simpleexchange.h"
#include "protocol/statementexchange.h"

#include <cstring>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;

struct Player::Running
{
    QByteArray verb;
    std::unique_ptr<Exchange> exchange;

    template <class T> T *as() const { return static_cast<T *>(exchange.get()); }
};

namespace {

HandshakeOptions handshakeOptions(const Conversation &conversation)
{
    HandshakeOptions options;
    options.user = conversation.option("user");
    options.auth.passwords = {Secret::fromUtf8(conversation.option("password"))};
    options.database = conversation.option("database");
    options.attributes = {{"_client_name", "QAsyncMySql"}};
    options.maskedCapabilities = conversation.option("mask").toUInt(nullptr, 16);
    options.extraCapabilities = conversation.option("extra").toUInt(nullptr, 16);
    options.useTls = options.requireTls = !conversation.option("tls").isEmpty();
    options.localTransport = !conversation.option("local").isEmpty();
    options.publicKeyRetrieval = !conversation.option("retrieval").isEmpty();
    return options;
}

std::unique_ptr<Exchange> makeExchange(const QByteArray &verb, const QByteArray &argument,
                                       const Conversation &options, EventLog &log)
{
    if (verb == "handshake")
        return std::make_unique<HandshakeExchange>(handshakeOptions(options));
    if (verb == "query")
        return std::make_unique<QueryExchange>(argument, log);
    if (verb == "prepare")
        return std::make_unique<PrepareExchange>(argument);
    if (verb == "execute") {
        const QByteArrayList words = argument.split(' ');
        return std::make_unique<ExecuteExchange>(words.value(0).toUInt(), words.value(1).toUInt(),
                                                 QByteArray::fromHex(words.value(2)), log);
    }
    if (verb == "close")
        return std::make_unique<CloseStatementExchange>(argument.toUInt());
    if (verb == "ping")
        return std::unique_ptr<Exchange>(SimpleExchange::ping());
    if (verb == "init-db")
        return std::unique_ptr<Exchange>(SimpleExchange::initDb(argument));
    if (verb == "reset")
        return std::unique_ptr<Exchange>(SimpleExchange::resetConnection());
    if (verb == "quit")
        return std::make_unique<QuitExchange>();
    return nullptr;
}

} // namespace

Player::Player(const Conversation &options)
    : m_options(options)
{
}

Player::~Player() = default;

bool Player::begin(const QByteArray &what)
{
    if (what == "tls") {
        if (!m_wantsTls)
            return false;
        tlsEstablished();
        return true;
    }
    const qsizetype space = what.indexOf(' ');
    auto running = std::make_unique<Running>();
    running->verb = space < 0 ? what : what.first(space);
    running->exchange
        = makeExchange(running->verb, space < 0 ? QByteArray() : what.mid(space + 1), m_options, m_log);
    if (!running->exchange)
        return false;
    m_session.begin(running->exchange.get());
    if (running->exchange->hasAnswer())
        m_running.push_back(std::move(running));
    return true;
}

void Player::feed(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    std::memcpy(m_session.inputSpace(bytes.size()), bytes.data(), size_t(bytes.size()));
    m_session.inputWritten(bytes.size());
}

void Player::run(qsizetype budget)
{
    for (;;) {
        switch (m_session.advance(budget)) {
        case Session::Progress::NeedInput:
            return;
        case Session::Progress::Budget:
            break;
        case Session::Progress::ExchangeDone:
            finished();
            break;
        case Session::Progress::WantsTls:
            m_wantsTls = true;
            return;
        case Session::Progress::WantsAnswer:
            m_session.resumeExchange();
            break;
        case Session::Progress::Paused:
            m_session.unpause();
            break;
        case Session::Progress::Failed:
            m_log.fault(m_session.fault());
            return;
        }
    }
}

void Player::tlsEstablished()
{
    m_wantsTls = false;
    m_running.front()->as<HandshakeExchange>()->tlsEstablished(m_options.option("tls") == "verified");
    m_session.resumeExchange();
}

void Player::finished()
{
    const std::unique_ptr<Running> running = std::move(m_running.front());
    m_running.pop_front();
    if (running->verb == "handshake") {
        m_log.handshake(*running->as<HandshakeExchange>(), m_session.state());
    } else if (running->verb == "prepare") {
        m_log.prepared(*running->as<PrepareExchange>());
    } else if (running->verb == "ping" || running->verb == "init-db" || running->verb == "reset") {
        const auto *exchange = running->as<SimpleExchange>();
        if (exchange->failed())
            m_log.error(exchange->error());
        else
            m_log.ok(exchange->ok());
    }
    m_log.note("done " + running->verb);
}
