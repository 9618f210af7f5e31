// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "hostilecase.h"

#include "support/await.h"
#include "support/memorywatch.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/Cursor>
#include <QAsyncMySql/FakeServer>

#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 MemoryAllowance = 8 << 20; // bytes, beside what a case may take
constexpr int Patience = 20'000; // ms until a case that has not finished is a failure

//! Log messages of the running case.
QStringList logged;
QtMessageHandler earlierHandler = nullptr;

void listen(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    logged.append(text);
    earlierHandler(type, context, text);
}

const TestCertificates &certificates()
{
    static QTemporaryDir folder;
    static TestCertificates made;
    if (!made.isValid())
        made.create(folder.path());
    return made;
}

//! For connections that bring a KILL: they are let in and told that all is well.
FakeScript obliging()
{
    return FakeScript().acceptLogin().expectQuery({}).answerOk();
}

const QString Canary = u"SELECT 'canary'"_s;

} // namespace

HostileCase HostileCase::login(const FakeScript &script, Operation operation)
{
    HostileCase result;
    result.m_operation = operation;
    result.m_script = script;
    return result;
}

HostileCase HostileCase::answer(const FakeScript &answer, Operation operation)
{
    HostileCase result;
    result.m_operation = operation;
    result.m_letIn = true;
    FakeScript script;
    switch (operation) {
    case Operation::Idle:
    case Operation::Ping:
        script.expectPing();
        break;
    case Operation::Reset:
        script.expectReset();
        break;
    case Operation::Use:
        script.expectUse({});
        break;
    case Operation::ChangeUser:
        script.expectCommand(0x11); // COM_CHANGE_USER
        break;
    default:
        script.expectStatement({});
    }
    result.m_script = script.append(answer);
    return result;
}

HostileCase &HostileCase::withGreeting(const FakeGreeting &greeting)
{
    m_greeting = greeting;
    return *this;
}

HostileCase &HostileCase::fails(Error::Kind kind, Error::Phase phase)
{
    m_kind = kind;
    m_phase = phase;
    return *this;
}

HostileCase &HostileCase::failsGently(Error::Kind kind)
{
    m_kind = kind;
    m_kept = true;
    return *this;
}

HostileCase &HostileCase::succeeds(std::function<QString(const ResultSet &)> check)
{
    m_kept = true;
    m_check = std::move(check);
    return *this;
}

HostileCase &HostileCase::withCode(int code)
{
    m_code = code;
    return *this;
}

HostileCase &HostileCase::withOutcome(Error::Outcome outcome)
{
    m_outcome = outcome;
    return *this;
}

HostileCase &HostileCase::saying(const QString &part)
{
    m_part = part;
    return *this;
}

HostileCase &HostileCase::withoutSaying(const QString &part)
{
    m_unsaid = part;
    return *this;
}

HostileCase &HostileCase::fromFirst()
{
    m_second = true;
    return *this;
}

HostileCase &HostileCase::impatient()
{
    m_impatient = true;
    return *this;
}

HostileCase &HostileCase::withOptions(std::function<void(ConnectOptions &)> change)
{
    m_change = std::move(change);
    return *this;
}

HostileCase &HostileCase::withTls(TestCertificates::Server kind)
{
    m_certificate = kind;
    return *this;
}

HostileCase &HostileCase::withMemory(qint64 bytes)
{
    m_memory = bytes;
    return *this;
}

HostileCase &HostileCase::withoutSending()
{
    m_silent = true;
    return *this;
}

void HostileCase::operate(Connection &connection, std::function<void(Error, ResultSet)> done) const
{
    const auto plain = [done](const Result<void> &result) { done(result.error(), {}); };
    const auto withRows = [done](const Result<ResultSet> &result) {
        done(result.error(), result ? result.value() : ResultSet());
    };
    switch (m_operation) {
    case Operation::Open:
        break;
    case Operation::Idle:
        QObject::connect(&connection, &Connection::errorOccurred, &connection,
                         [done](const Error &error) { done(error, {}); });
        Q_UNUSED(connection.ping())
        return;
    case Operation::Query:
        connection.query(&connection, withRows, u"SELECT 1");
        return;
    case Operation::Execute:
        connection.execute(&connection, withRows, u"SELECT 1");
        return;
    case Operation::Ping:
        plain(await(connection.ping(), Patience));
        return;
    case Operation::Reset:
        plain(await(connection.reset(), Patience));
        return;
    case Operation::Use:
        plain(await(connection.useDatabase(u"other"_s), Patience));
        return;
    case Operation::ChangeUser:
        plain(await(connection.changeUser(u"other"_s, Secret(QLatin1String(Password))), Patience));
        return;
    case Operation::Stream: {
        const std::unique_ptr<Cursor> cursor = connection.stream(u"SELECT 1");
        for (;;) {
            const Result<RowBatch> batch = await(cursor->nextBatch(), Patience);
            if (batch && !batch->isEmpty())
                continue;
            done(batch.error(), {});
            return;
        }
    }
    }
}

void HostileCase::judge(const Error &error) const
{
    const QString all = error.toString();
    if (m_kind) {
        QVERIFY2(error.isError(), "it succeeded");
        QVERIFY2(error.kind() == *m_kind, qPrintable(all));
        QVERIFY2(!m_phase || error.phase() == *m_phase, qPrintable(all));
        QVERIFY2(!m_code || error.code() == *m_code, qPrintable(all));
        QVERIFY2(!m_outcome || error.outcome() == *m_outcome, qPrintable(all));
        QVERIFY2(error.message().contains(m_part), qPrintable(all));
        QVERIFY2(m_unsaid.isEmpty() || !error.message().contains(m_unsaid), qPrintable(all));
        QVERIFY(!error.message().isEmpty());
        QVERIFY2(error.isConnectionLost() != m_kept, qPrintable(all));
    } else {
        QVERIFY2(!error.isError(), qPrintable(all));
    }
    QVERIFY2(!all.contains(QLatin1String(Password)), "the error tells the password");
}

void HostileCase::run() const
{
    FakeScript script;
    if (m_letIn)
        script.acceptLogin(m_greeting);
    script.append(m_script);
    if (m_kept) {
        script.expectStatement(Canary).answer(FakeResult({u"canary"_s}).addRow(u"sings"_s));
    }
    FakeServer server;
    server.addScript(script);
    server.setDefaultScript(obliging());
    if (m_certificate)
        server.setCertificates(certificates(), *m_certificate);
    QVERIFY2(server.listen(), qPrintable(server.errorString()));
    ConnectOptions options = server.options();
    options.setPassword(QLatin1String(Password)).setConnectTimeout(15s).setCancelTimeout(200ms);
    if (m_impatient)
        options.setConnectTimeout(300ms).setCommandTimeout(m_operation == Operation::Open ? 0ms : 300ms);
    if (m_change)
        m_change(options);

    logged.clear();
    earlierHandler = qInstallMessageHandler(listen);
    const auto restore = qScopeGuard([] { qInstallMessageHandler(earlierHandler); });
    MemoryWatch memory;
    memory.mark();
    {
        Connection connection;
        QSignalSpy lost(&connection, &Connection::errorOccurred);
        Error error = await(connection.open(options), Patience).error();
        int answers = 1;
        ResultSet result;
        if (m_operation != Operation::Open) {
            QVERIFY2(!error.isError(), qPrintable(error.toString()));
            for (int i = 0; i < (m_second ? 2 : 1); ++i) {
                answers = 0;
                operate(connection, [&](const Error &e, const ResultSet &r) {
                    ++answers;
                    error = e;
                    result = r;
                });
                QTRY_VERIFY_WITH_TIMEOUT(answers > 0, Patience);
                QVERIFY2(i == 1 || !m_second || !error.isError(), qPrintable(error.toString()));
            }
        }
        judge(error);
        if (QTest::currentTestFailed())
            return;
        const qint64 grown = memory.growth();
        QVERIFY2(grown <= m_memory + MemoryAllowance, qPrintable(u"%1 KiB were taken"_s.arg(grown / 1024)));
        if (m_check) {
            const QString wrong = m_check(result);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        }

        // What follows: a good answer on a good connection, and nothing at all on a bad one.
        const auto next = await(connection.query(Canary), Patience);
        if (m_kept) {
            VERIFY_OK(next);
            QCOMPARE(next->size(), 1);
            QCOMPARE(next->at(0).get<QString>(0), u"sings"_s);
            QVERIFY(lost.isEmpty());
        } else {
            QCOMPARE(connection.state(), Connection::State::Closed);
            QVERIFY(!next);
            QVERIFY2(next.error().isConnectionLost(), qPrintable(next.error().toString()));
            QCOMPARE(next.error().outcome(), Error::Outcome::NotSent);
            QVERIFY(lost.size() <= 1);
        }
        QCOMPARE(answers, 1);
    }
    QTRY_COMPARE(server.openConnectionCount(), 0); // gone at once
    for (int i = 0; i < server.connectionCount(); ++i)
        QVERIFY2(!server.received(i).contains(Password), "the server was told the password");
    QVERIFY2(!logged.join(u'\n').contains(QLatin1String(Password)), "the log tells the password");
    QVERIFY2(!m_silent || server.received().isEmpty(), server.received().toHex().constData());
}
