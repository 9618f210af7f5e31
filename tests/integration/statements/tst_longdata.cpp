// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/memorywatch.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/FakeServer>
#include <QAsyncMySql/Pipeline>

#include <QtCore/QBuffer>
#include <QtCore/QCryptographicHash>
#include <QtCore/QThread>

#include <limits>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/*
    Parameters that devices give (Parameter::fromDevice()).
*/
class tst_LongData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data() { ServerMatrix::addRows(); }
    void values();
    void large_data() { ServerMatrix::addRows(); }
    void large();
    void brokenDevice_data() { ServerMatrix::addRows(); }
    void brokenDevice();
    void sequentialDevice_data() { ServerMatrix::addRows(); }
    void sequentialDevice();
    void cancelled_data() { ServerMatrix::addRows(); }
    void cancelled();
    void tooLong_data() { ServerMatrix::addRows(); }
    void tooLong();
    void refused_data() { ServerMatrix::addRows(); }
    void refused();
    void preparedAgain();
};

namespace {

//! Gives \a size bytes made on the spot, then the end or, if \a fails, an error.
class Source final : public QIODevice
{
public:
    explicit Source(qint64 size, bool fails = false)
        : m_size(size)
        , m_fails(fails)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    qint64 size() const override { return m_size + (m_fails ? 1 : 0); }
    bool atEnd() const override { return !m_fails && pos() >= m_size; }
    static char byteAt(qint64 position) { return char((position * 31 + position / 65536) & 0xFF); }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 count = qMin(most, m_size - pos());
        if (count <= 0 && m_fails) {
            setErrorString(u"the disk is on fire"_s);
            return -1;
        }
        for (qint64 i = 0; i < count; ++i)
            data[i] = byteAt(pos() + i);
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    qint64 m_size;
    bool m_fails;
};

//! A sequential device that is given its bytes from outside.
class Feed final : public QIODevice
{
public:
    Feed() { open(QIODevice::ReadOnly); }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_bytes.size() + QIODevice::bytesAvailable(); }
    void give(const QByteArray &bytes)
    {
        m_bytes += bytes;
        Q_EMIT readyRead();
    }
    void end()
    {
        m_ended = true;
        Q_EMIT readChannelFinished();
    }

protected:
    qint64 readData(char *data, qint64 most) override
    {
        const qint64 count = qMin(most, qint64(m_bytes.size()));
        if (count == 0)
            return m_ended ? -1 : 0;
        memcpy(data, m_bytes.constData(), size_t(count));
        m_bytes.remove(0, count);
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    bool m_ended = false;
};

std::unique_ptr<Connection> open(const MatrixServer &live)
{
    auto connection = std::make_unique<Connection>();
    const auto opened = await(connection->open(*ConnectOptions::fromUrl(live.url())));
    if (!opened)
        qWarning("%s", qPrintable(opened.error().toString()));
    return connection;
}

} // namespace

// Between other parameters, several of them, and the empty one (pitfall 28).
void tst_LongData::values()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    VERIFY_OK(await(connection->query(u"CREATE TEMPORARY TABLE long_data (id INT, a LONGBLOB, t LONGTEXT "
                                      u"CHARACTER SET utf8mb4, n INT)")));
    QBuffer bytes;
    bytes.setData(QByteArray(300'000, '\xFF'));
    QVERIFY(bytes.open(QIODevice::ReadOnly));
    bytes.seek(100'000); // from where it stands
    QBuffer text;
    text.setData(u"Grüße, 世界 🎉"_s.toUtf8());
    QVERIFY(text.open(QIODevice::ReadOnly));
    QBuffer empty;
    QVERIFY(empty.open(QIODevice::ReadOnly));
    const QString insert = u"INSERT INTO long_data VALUES (?, ?, ?, ?)"_s;
    const auto inserted = await(connection->execute(insert, 1, Parameter::fromDevice(&bytes),
                                                    Parameter::fromDevice(&text, Parameter::Kind::Text), 7));
    VERIFY_OK(inserted);
    QCOMPARE(inserted->affectedRows(), 1u);
    VERIFY_OK(await(connection->execute(insert, 2, Parameter::fromDevice(&empty), nullptr, 8)));
    // The statement has forgotten the data of the time before.
    VERIFY_OK(await(connection->execute(insert, 3, QByteArray("x"), u"y", 9)));
    // By name, in a statement with the value in another place.
    text.seek(0);
    VERIFY_OK(await(connection->execute(u"INSERT INTO long_data (t, id) VALUES (:t, :id)", named(u"id", 4),
                                        named(u"t", Parameter::fromDevice(&text, Parameter::Kind::Text)))));

    const auto rows = await(connection->execute(u"SELECT id, a, t, n FROM long_data ORDER BY id"));
    VERIFY_OK(rows);
    QCOMPARE(rows->size(), 4);
    QCOMPARE(rows->at(0).get<QByteArray>(1), QByteArray(200'000, '\xFF'));
    QCOMPARE(rows->at(0).get<QString>(2), u"Grüße, 世界 🎉"_s);
    QCOMPARE(rows->at(0).get<int>(3), 7);
    QVERIFY(!rows->at(1).isNull(1));
    QCOMPARE(rows->at(1).get<QByteArray>(1), QByteArray());
    QVERIFY(rows->at(1).isNull(2));
    QCOMPARE(rows->at(2).get<QByteArray>(1), QByteArray("x"));
    QCOMPARE(rows->at(3).get<QString>(2), u"Grüße, 世界 🎉"_s);
}

// 64 MiB, while neither we nor the socket hold much of it.
void tst_LongData::large()
{
    MATRIX_SERVER(live);
    constexpr qint64 Size = 64 << 20;
    const std::unique_ptr<TestServer> own
        = ServerMatrix::startPrivate(live.id, {u"--max_allowed_packet=134217728"_s});
    QASYNCMYSQL_REQUIRE_SERVER(*own);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(own->url()))));
    Source source(Size);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    QByteArray block(1 << 20, '\0');
    for (qint64 at = 0; at < Size; at += block.size()) {
        for (qint64 i = 0; i < block.size(); ++i)
            block[i] = Source::byteAt(at + i);
        hash.addData(block);
    }
    MemoryWatch memory;
    memory.mark();
    VERIFY_OK(await(connection.query(u"CREATE TEMPORARY TABLE large (x LONGBLOB)")));
    VERIFY_OK(
        await(connection.execute(u"INSERT INTO large VALUES (?)", Parameter::fromDevice(&source)), 60'000));
    const auto result = await(connection.query(u"SELECT LENGTH(x), SHA2(x, 256) FROM large"));
    VERIFY_OK(result);
    QCOMPARE(result->at(0).get<qint64>(0), Size);
    QCOMPARE(result->at(0).get<QByteArray>(1), hash.result().toHex());
    QVERIFY2(memory.growth() < 16 << 20, qPrintable(QString::number(memory.growth())));
}

void tst_LongData::brokenDevice()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const quint64 id = connection->connectionId();
    VERIFY_OK(await(connection->query(u"CREATE TEMPORARY TABLE long_data (a LONGBLOB)")));
    const QString insert = u"INSERT INTO long_data VALUES (?)"_s;
    for (const qint64 size : {0, 200'000}) {
        Source source(size, true);
        const Error error = await(connection->execute(insert, Parameter::fromDevice(&source))).error();
        QCOMPARE(error.kind(), Error::Kind::Usage);
        QCOMPARE(error.outcome(), Error::Outcome::NotExecuted);
        QVERIFY2(error.message().contains(u"on fire") && error.message().contains(u"parameter 1"),
                 qPrintable(error.message()));
        QVERIFY(error.message().contains(QString::number(size)));
        QVERIFY(!error.isConnectionLost());
    }
    // Destroyed in the middle.
    auto feed = std::make_unique<Feed>();
    const Reply<ResultSet> reply = connection->execute(insert, Parameter::fromDevice(feed.get()));
    feed->give("abc");
    QTest::qWait(20);
    feed.reset();
    QCOMPARE(await(reply).error().outcome(), Error::Outcome::NotExecuted);
    // What had been sent is forgotten.
    VERIFY_OK(await(connection->execute(insert, QByteArray("whole"))));
    const auto rows = await(connection->query(u"SELECT a, CONNECTION_ID() FROM long_data"));
    VERIFY_OK(rows);
    QCOMPARE(rows->size(), 1);
    QCOMPARE(rows->at(0).get<QByteArray>(0), QByteArray("whole"));
    QCOMPARE(rows->at(0).get<quint64>(1), id);
}

void tst_LongData::sequentialDevice()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    Feed feed;
    const Reply<ResultSet> reply = connection->execute(
        u"SELECT CONCAT(?, ?)", Parameter::fromDevice(&feed, Parameter::Kind::Text), u"!");
    feed.give("one, ");
    QTest::qWait(30);
    QVERIFY(!reply.isFinished());
    feed.give("two");
    QTest::qWait(30);
    QVERIFY(!reply.isFinished());
    feed.end();
    const auto result = await(reply);
    VERIFY_OK(result);
    QCOMPARE(result->at(0).get<QString>(0), u"one, two!"_s);
}

// Cancelled while the device is waited for: nothing runs on the server yet.
void tst_LongData::cancelled()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    const quint64 id = connection->connectionId();
    Feed feed;
    Reply<ResultSet> reply = connection->execute(u"SELECT ?", Parameter::fromDevice(&feed));
    feed.give("abc");
    QTest::qWait(20);
    reply.cancel();
    const Error error = await(reply).error();
    QCOMPARE(error.kind(), Error::Kind::Cancelled);
    QCOMPARE(error.outcome(), Error::Outcome::NotExecuted);

    Feed slow;
    const Error late = await(connection->execute(StatementOptions().setTimeout(100ms), u"SELECT ?",
                                                 Parameter::fromDevice(&slow)))
                           .error();
    QCOMPARE(late.kind(), Error::Kind::Timeout);
    QCOMPARE(late.outcome(), Error::Outcome::NotExecuted);
    const auto after = await(connection->execute(u"SELECT ?, CONNECTION_ID()", 1));
    VERIFY_OK(after);
    QCOMPARE(after->at(0).get<quint64>(1), id);
}

// The server takes max_allowed_packet bytes of one value, and says so at the execution.
void tst_LongData::tooLong()
{
    MATRIX_SERVER(live);
    constexpr qint64 Most = 1 << 20;
    const auto own = ServerMatrix::startPrivate(live.id, {u"--max_allowed_packet=%1"_s.arg(Most)});
    QASYNCMYSQL_REQUIRE_SERVER(*own);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(own->url()))));
    Source source(2 * Most);
    const Error error
        = await(connection.execute(u"SELECT LENGTH(?)", Parameter::fromDevice(&source)), 60'000).error();
    QVERIFY(error);
    QCOMPARE(error.kind(), Error::Kind::Server);
    QVERIFY2(error.message().contains(u"max_allowed_packet"), qPrintable(error.toString()));
    VERIFY_OK(await(connection.execute(u"SELECT ?", 1)));
}

// What cannot send a device says so, and sends nothing.
void tst_LongData::refused()
{
    MATRIX_SERVER(live);
    const auto connection = open(live);
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    const Parameter device = Parameter::fromDevice(&buffer);
    const auto isRefused = [](const Error &error) {
        return error.kind() == Error::Kind::Usage && error.outcome() == Error::Outcome::NotSent
            && error.message().contains(u"device");
    };
    QVERIFY(isRefused(await(connection->query(u"SELECT ?", device)).error()));
    QVERIFY(isRefused(await(connection->call(StatementProtocol::Text, u"p", device)).error()));
    Pipeline pipeline;
    pipeline.execute(u"SELECT ?", device).query(u"SELECT 1");
    const auto results = await(connection->run(pipeline));
    VERIFY_OK(results);
    QVERIFY(isRefused(results->at(0).error()));
    VERIFY_OK(results->at(1));
    QVERIFY(isRefused(
        await(connection->executeMany(u"UPDATE x SET y = ?", QList<Parameters>{{device}})).error()));

    QBuffer closed;
    QVERIFY(isRefused(await(connection->execute(u"SELECT ?", Parameter::fromDevice(&closed))).error()));
    Parameter gone;
    {
        QBuffer brief;
        QVERIFY(brief.open(QIODevice::ReadOnly));
        gone = Parameter::fromDevice(&brief);
    }
    QVERIFY(isRefused(await(connection->execute(u"SELECT ?", gone)).error()));
    QVERIFY(!Parameter::fromDevice(nullptr).isValid());
    QVERIFY(!Parameter::fromDevice(&buffer, Parameter::Kind::Signed).isValid());
    VERIFY_OK(await(connection->query(u"SELECT 1")));
}

// A statement that the server lost is prepared again, and the device read again from where it stood.
void tst_LongData::preparedAgain()
{
    for (const bool sequential : {false, true}) {
        FakeServer server;
        FakeScript script = FakeScript()
                                .acceptLogin()
                                .expectPrepare(u"SELECT ?"_s)
                                .answerPrepared(3, 1, {u"n"_s})
                                .expectCommand(0x18)
                                .expectExecute()
                                .answerError(1243, u"Unknown prepared statement handler"_s);
        if (!sequential) {
            script.expectPrepare(u"SELECT ?"_s)
                .answerPrepared(4, 1, {u"n"_s})
                .expectCommand(0x18)
                .expectExecute()
                .answer(FakeResult({u"n"_s}).addRow(u"x"_s));
        }
        server.addScript(script);
        QVERIFY2(server.listen(), qPrintable(server.errorString()));
        Connection connection;
        VERIFY_OK(await(connection.open(server.options())));
        QBuffer buffer;
        buffer.setData("the value");
        QVERIFY(buffer.open(QIODevice::ReadOnly));
        Feed feed;
        feed.give("the value");
        feed.end();
        const auto result = await(connection.execute(
            u"SELECT ?", Parameter::fromDevice(sequential ? static_cast<QIODevice *>(&feed) : &buffer)));
        if (sequential)
            QVERIFY2(result.error().code() == 1243, qPrintable(result.error().toString()));
        else
            VERIFY_OK(result);
        QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
        QCOMPARE(server.received().count("the value"), sequential ? 1 : 2);
    }
}

QTEST_GUILESS_MAIN(tst_LongData)
#include "tst_longdata.moc"
