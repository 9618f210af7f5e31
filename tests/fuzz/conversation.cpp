// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "conversation.h"

#include "protocol/changeuser.h"
#include "protocol/handshake.h"
#include "protocol/simpleexchange.h"
#include "protocol/statementexchange.h"

#include <cstring>

namespace QAsyncMySql::Test {

using namespace Protocol;

namespace {

// Small, so that the fuzzer reaches them.
Limits smallLimits()
{
    Limits limits;
    limits.packet = 32u << 10;
    limits.handshakePacket = 4u << 10;
    limits.columns = 300;
    limits.metadata = 32u << 10;
    limits.resultSets = 20;
    limits.errorText = 64;
    return limits;
}

HandshakeOptions handshakeOptions(quint8 character)
{
    HandshakeOptions options;
    options.user = "user";
    options.auth.passwords = {Secret(QStringLiteral("secret"))};
    options.database = "db";
    options.localTransport = character & 1;
    options.publicKeyRetrieval = character & 2;
    options.useTls = character & 4;
    options.requireTls = (character & 12) == 12;
    options.clearPasswords = options.auth.passwordsOnDemand = character & 16;
    return options;
}

quint32 capabilities(quint8 character)
{
    quint32 set = Capability::Protocol41 | Capability::Transactions | Capability::SecureConnection
        | Capability::MultiResults | Capability::PsMultiResults | Capability::PluginAuth;
    if (character & 1)
        set |= Capability::DeprecateEof;
    if (character & 2)
        set |= Capability::SessionTrack;
    if (character & 4)
        set |= Capability::LocalFiles;
    return set;
}

} // namespace

Conversation::Conversation(quint8 kind, quint8 character)
    : m_session(smallLimits())
    , m_pauseEvery(quint8(character >> 5))
{
    if (isLogin(kind)) {
        m_tls = character & 4;
        begin(std::make_unique<HandshakeExchange>(handshakeOptions(character)));
        return;
    }
    SessionState &state = m_session.state();
    state.capabilities = capabilities(character);
    state.isMariaDb = character & 8;
    if (state.isMariaDb && character & 16)
        state.mariadbCapabilities = MariaDbCapability::ExtendedMetadata | MariaDbCapability::Progress;
    state.authenticated = true;
    if (kind >= Fetch && kind <= BulkExecute) {
        beginSpecial(kind, character);
        return;
    }
    switch (kind % 6) {
    case 1:
        begin(std::make_unique<QueryExchange>("SELECT 1", *this));
        break;
    case 2:
        begin(std::make_unique<ExecuteExchange>(1, 0, QByteArray(), *this));
        break;
    case 3:
        begin(std::make_unique<PrepareExchange>("SELECT ?"));
        break;
    case 4:
        begin(std::unique_ptr<Exchange>(SimpleExchange::ping()));
        begin(std::unique_ptr<Exchange>(SimpleExchange::initDb("db")));
        begin(std::unique_ptr<Exchange>(SimpleExchange::resetConnection()));
        break;
    default: // pipelined
        begin(std::make_unique<PrepareExchange>("SELECT ?"));
        begin(std::make_unique<CloseStatementExchange>(1));
        begin(std::make_unique<QueryExchange>("SELECT 1", *this));
        begin(std::make_unique<ExecuteExchange>(1, 0, QByteArray(), *this));
        break;
    }
}

void Conversation::beginSpecial(quint8 kind, quint8 character)
{
    SessionState &state = m_session.state();
    switch (kind) {
    case Fetch:
        m_cursor.statementId = 1;
        m_cursor.shape.setBinary({Column(), Column()});
        for (int i = 0; i < 4; ++i)
            begin(std::make_unique<FetchExchange>(m_cursor, 5, *this));
        break;
    case ExecuteForCursor: {
        state.mariadbCapabilities |= state.isMariaDb ? MariaDbCapability::CacheMetadata : 0;
        auto execute = std::make_unique<ExecuteExchange>(1, Parameters(), *this);
        execute->askCursor();
        execute->useColumns(std::make_shared<KnownColumns>(KnownColumns{QList<Column>{Column(), Column()}}));
        begin(std::move(execute));
        break;
    }
    case ChangeUser: {
        Channel channel;
        channel.confidential = character & 1;
        channel.identityVerified = character & 2;
        channel.publicKeyRetrieval = character & 4;
        AuthOptions login;
        login.passwords = {Secret(QStringLiteral("secret")), Secret(QStringLiteral("second"))};
        begin(std::make_unique<ChangeUserExchange>("other", "db", QList<std::pair<QByteArray, QByteArray>>(),
                                                   login, channel));
        break;
    }
    case LocalFile: {
        auto load = std::make_unique<QueryExchange>("LOAD DATA LOCAL INFILE 'f' INTO TABLE t", *this);
        load->offerFile(character & 16 ? QByteArray() : QByteArray("f"));
        begin(std::move(load));
        break;
    }
    case Statistics:
        begin(std::make_unique<StatisticsExchange>());
        break;
    case BulkExecute: {
        auto bulk = std::make_unique<BulkExecuteExchange>(1, QByteArray("\x03\0", 2),
                                                          QByteArray("\0\x01\0\0\0\x01", 6), *this);
        state.mariadbCapabilities |= MariaDbCapability::StatementBulkOperations;
        if (character & 16) {
            state.mariadbCapabilities |= MariaDbCapability::BulkUnitResults;
            bulk->askUnitResults();
        }
        begin(std::move(bulk));
        break;
    }
    }
}

Conversation::~Conversation() = default;

void Conversation::begin(std::unique_ptr<Exchange> exchange)
{
    m_exchanges.push_back(std::move(exchange));
    m_session.begin(m_exchanges.back().get());
}

void Conversation::feed(QByteArrayView bytes, qsizetype chunk, qsizetype budget)
{
    if (chunk <= 0)
        chunk = std::max<qsizetype>(1, bytes.size());
    while (!bytes.isEmpty() && !m_dead) {
        const QByteArrayView piece = bytes.first(std::min(chunk, bytes.size()));
        std::memcpy(m_session.inputSpace(piece.size()), piece.data(), size_t(piece.size()));
        m_session.inputWritten(piece.size());
        bytes = bytes.sliced(piece.size());
        advance(budget);
    }
    m_events += m_session.takeOutput();
}

void Conversation::advance(qsizetype budget)
{
    while (!m_dead) {
        switch (m_session.advance(budget)) {
        case Session::Progress::NeedInput:
            return;
        case Session::Progress::Budget:
            break;
        case Session::Progress::ExchangeDone:
            note("done", quint64(m_session.queuedExchanges()));
            break;
        case Session::Progress::WantsTls:
            note("tls");
            static_cast<HandshakeExchange *>(m_session.current())->tlsEstablished(true);
            m_session.resumeExchange();
            break;
        case Session::Progress::WantsAnswer:
            note("answer");
            m_dead = !answer();
            break;
        case Session::Progress::Paused:
            note("paused");
            m_session.unpause();
            break;
        case Session::Progress::Failed:
            // Not its text: that may quote what else has come.
            note("failed", quint64(m_session.fault().kind));
            m_dead = true;
            break;
        }
    }
}

// What the exchange under way waits for: false if nobody knows.
bool Conversation::answer()
{
    Exchange *const current = m_session.current();
    if (auto *load = dynamic_cast<QueryExchange *>(current); load && load->wantsFile()) {
        const QByteArray part = "1\tone\n";
        load->sendFilePart(part);
        m_session.continueExchange();
        load->endFile();
        m_session.continueExchange();
        return true;
    }
    Authentication *authentication = nullptr;
    if (auto *login = dynamic_cast<HandshakeExchange *>(current))
        authentication = &login->authentication();
    else if (auto *change = dynamic_cast<ChangeUserExchange *>(current))
        authentication = &change->authentication();
    if (!authentication)
        return false;
    authentication->answer(QByteArray(128, 'a'));
    m_session.resumeExchange();
    return true;
}

void Conversation::columns(QList<Column> &&columns, bool binary)
{
    note(binary ? "binary columns" : "text columns", quint64(columns.size()));
    for (const Column &column : columns) {
        note("column", column.name().toUtf8());
        note("type", quint64(column.type()));
    }
}

bool Conversation::row(QByteArrayView payload)
{
    note("row", payload);
    return m_pauseEvery == 0 || ++m_rows % m_pauseEvery != 0;
}

void Conversation::end(const OkPacket &ok, bool hasColumns)
{
    note(hasColumns ? "end of rows" : "ok", ok.affectedRows);
    note("info", ok.info);
}

void Conversation::error(const ErrPacket &error)
{
    note("error", error.code);
    note("message", error.message);
}

void Conversation::note(const char *what)
{
    m_events += what;
    m_events += '\n';
}

void Conversation::note(const char *what, QByteArrayView bytes)
{
    m_events += what;
    m_events += ' ';
    m_events.append(bytes);
    m_events += '\n';
}

void Conversation::note(const char *what, quint64 number)
{
    m_events += what;
    m_events += ' ';
    m_events += QByteArray::number(number);
    m_events += '\n';
}

} // namespace QAsyncMySql::Test
