// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/connection.h>
#include <QAsyncMySql/pool.h>

#include <QtCore/QBuffer>
#include <QtCore/QTemporaryFile>
#include <QtTest/QSignalSpy>

#include <functional>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

namespace {

//! A device that makes its bytes as they are read, up to \a size; it can wait, and it can break.
class Source : public QIODevice
{
public:
    Source(qint64 size, bool sequential, QByteArray line = QByteArrayLiteral("12345\tabcdefghij\n"))
        : m_line(std::move(line))
        , m_size(size)
        , m_sequential(sequential)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

    bool isSequential() const override { return m_sequential; }
    qint64 size() const override { return m_sequential ? 0 : m_size; }
    bool atEnd() const override { return m_given >= m_size; }
    qint64 bytesAvailable() const override { return allowed - m_given; }
    //! Lets so many more bytes be read; 0 is the end.
    void release(qint64 count)
    {
        if (count == 0) {
            m_ended = true;
            Q_EMIT readChannelFinished();
            return;
        }
        allowed += count;
        Q_EMIT readyRead();
    }
    qint64 given() const { return m_given; }

    qint64 allowed = 0; // of a sequential source
    qint64 breaksAt = -1;
    std::function<void(qint64)> onRead;

protected:
    qint64 readData(char *data, qint64 max) override
    {
        if (onRead)
            onRead(m_given);
        if (breaksAt >= 0 && m_given >= breaksAt) {
            setErrorString(QStringLiteral("the disk is on fire"));
            return -1;
        }
        const qint64 count = qMin(max, (m_sequential ? allowed : m_size) - m_given);
        if (count <= 0)
            return m_sequential && !m_ended ? 0 : m_sequential ? -1 : 0;
        for (qint64 i = 0; i < count; ++i)
            data[i] = m_line[(m_given + i) % m_line.size()];
        m_given += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_line;
    qint64 m_size;
    qint64 m_given = 0;
    bool m_sequential;
    bool m_ended = false;
};

constexpr qint64 LineSize = 17; // of a Source

} // namespace

class tst_LoadData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void file_data() { addTransports(); }
    void file();
    void empty_data() { ServerMatrix::addRows(); }
    void empty();
    void largeWithBackPressure_data() { addTransports(); }
    void largeWithBackPressure();
    void waitsForASequentialDevice_data() { ServerMatrix::addRows(); }
    void waitsForASequentialDevice();
    void refused_data() { ServerMatrix::addRows(); }
    void refused();
    void unreadable_data() { ServerMatrix::addRows(); }
    void unreadable();
    void deviceBreaks_data() { ServerMatrix::addRows(); }
    void deviceBreaks();
    void cancelled_data() { ServerMatrix::addRows(); }
    void cancelled();
    void cancelledWhileWaiting_data() { ServerMatrix::addRows(); }
    void cancelledWhileWaiting();
    void serverRefusesRows_data() { ServerMatrix::addRows(); }
    void serverRefusesRows();
    void throughAPool_data() { ServerMatrix::addRows(); }
    void throughAPool();
    void cleanup();

private:
    static void addTransports();
    static ConnectOptions optionsFor(const MatrixServer &server, const QString &transport = {});
    void open(const ConnectOptions &options);
    Reply<ResultSet> load(const LocalInfile &source, const QString &name = QStringLiteral("rows"));
    qint64 rowCount();

    std::unique_ptr<Connection> m_connection;
    QString m_database = QStringLiteral("load_data_%1").arg(QCoreApplication::applicationPid());
};

void tst_LoadData::addTransports()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("transport");
    for (const QString &id : ServerMatrix::ids()) {
        for (const char *transport : {"plain", "tls", "socket"})
            QTest::addRow("%s, %s", qPrintable(id), transport) << id << QString::fromLatin1(transport);
    }
}

ConnectOptions tst_LoadData::optionsFor(const MatrixServer &server, const QString &transport)
{
    ConnectOptions options = ConnectOptions::fromUrl(server.url()).value();
    options.setLocalInfile(true).setCancelTimeout(30s); // rows are undone on the way
    if (transport == u"plain")
        options.setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true);
    else if (transport == u"socket")
        options.setSocketPath(server.socketPath);
    return options;
}

void tst_LoadData::open(const ConnectOptions &options)
{
    m_connection = std::make_unique<Connection>();
    VERIFY_OK(await(m_connection->open(options)));
    VERIFY_OK(await(m_connection->query(u"CREATE DATABASE IF NOT EXISTS " + m_database)));
    VERIFY_OK(await(m_connection->useDatabase(m_database)));
    VERIFY_OK(await(m_connection->query(u"DROP TABLE IF EXISTS t")));
    VERIFY_OK(await(m_connection->query(u"CREATE TABLE t (a INT, b VARCHAR(100))")));
}

void tst_LoadData::cleanup()
{
    if (m_connection && m_connection->isOpen())
        VERIFY_OK(await(m_connection->query(u"DROP DATABASE IF EXISTS " + m_database)));
    m_connection.reset();
}

Reply<ResultSet> tst_LoadData::load(const LocalInfile &source, const QString &name)
{
    return m_connection->query(StatementOptions().setLocalInfile(source),
                               QString(u"LOAD DATA LOCAL INFILE '" + name + u"' INTO TABLE t"));
}

qint64 tst_LoadData::rowCount()
{
    return await(m_connection->query(u"SELECT COUNT(*) FROM t"))->scalar<qint64>().value();
}

void tst_LoadData::file()
{
    MATRIX_SERVER(live);
    QFETCH(const QString, transport);
    open(optionsFor(live, transport));
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("1\tone\n2\ttwo\\tand a tab\n\\N\t\\N\n");
    file.close();
    const auto loaded = await(load(LocalInfile::fromFile(file.fileName()), file.fileName()));
    VERIFY_OK(loaded);
    QCOMPARE(loaded->affectedRows(), 3u);
    const auto read = await(m_connection->query(u"SELECT a, b FROM t ORDER BY a IS NULL, a"));
    VERIFY_OK(read);
    QCOMPARE(read->at(1).get<QString>(1), QStringLiteral("two\tand a tab"));
    QVERIFY(read->at(2).isNull(0) && read->at(2).isNull(1));
    // Under another name
    const auto named = await(
        load(LocalInfile::fromFile(file.fileName(), QStringLiteral("alias")), QStringLiteral("alias")));
    VERIFY_OK(named);
    QCOMPARE(named->affectedRows(), 3u);
}

void tst_LoadData::empty()
{
    MATRIX_SERVER(live);
    open(optionsFor(live));
    QBuffer buffer;
    buffer.open(QIODevice::ReadOnly);
    const auto loaded = await(load(LocalInfile::fromDevice(&buffer)));
    VERIFY_OK(loaded);
    QCOMPARE(loaded->affectedRows(), 0u);
    Source source(0, true);
    source.release(0);
    const auto again = await(load(LocalInfile::fromDevice(&source)));
    VERIFY_OK(again);
    QCOMPARE(rowCount(), 0);
}

// Pitfall 3.
// Pitfall 36 and the memory promise: the device is read as the server takes the bytes. More than 16 MiB, so
// that the packets' numbers wrap.
void tst_LoadData::largeWithBackPressure()
{
    MATRIX_SERVER(live);
    QFETCH(const QString, transport);
    open(optionsFor(live, transport));
    constexpr qint64 Rows = 1'200'000;
    Source source(Rows * LineSize, false);
    // The server stops at the first row until a lock is free: what is read until then is all that waits.
    const QString lock = m_database + u'.' + transport;
    Connection other;
    VERIFY_OK(await(other.open(optionsFor(live))));
    VERIFY_OK(await(other.query(u"DO GET_LOCK(?, 10)", lock)));
    qint64 sentLast = 0;
    qint64 totalLast = 0;
    auto infile = LocalInfile::fromDevice(&source);
    infile.setProgress([&](qint64 sent, qint64 total) {
        QVERIFY(sent >= sentLast);
        sentLast = sent;
        totalLast = total;
    });
    const auto reply
        = m_connection->query(StatementOptions().setLocalInfile(infile),
                              u"LOAD DATA LOCAL INFILE 'rows' INTO TABLE t (a, @b) "
                              "SET b = IF(COALESCE(@go, 0), @b, IF(@go := GET_LOCK(?, 60), @b, @b))",
                              lock);
    int steps = 0;
    QFutureWatcher<Result<ResultSet>> watcher;
    connect(&watcher, &QFutureWatcherBase::progressValueChanged, this, [&] { ++steps; });
    watcher.setFuture(reply);
    // Until all buffers between us and the server are full
    qint64 before = -1;
    while (source.given() != before || before <= 0) {
        before = source.given();
        VERIFY_OK(await(other.query(u"DO SLEEP(0.2)")));
    }
    QVERIFY2(before < Rows * LineSize - (1 << 20), QByteArray::number(before).constData());
    QVERIFY(!reply.isFinished());
    VERIFY_OK(await(other.query(u"DO RELEASE_LOCK(?)", lock)));
    const auto loaded = await(reply, 120'000);
    VERIFY_OK(loaded);
    QCOMPARE(loaded->affectedRows(), quint64(Rows));
    QCOMPARE(sentLast, Rows * LineSize);
    QCOMPARE(totalLast, Rows * LineSize);
    QCOMPARE(infile.bytesSent(), Rows * LineSize);
    QVERIFY(steps > 1);
    QCOMPARE(reply.progressMaximum(), int(Rows * LineSize));
    const auto sums
        = await(m_connection->query(u"SELECT COUNT(*), SUM(a = 12345 AND b = 'abcdefghij') FROM t"));
    VERIFY_OK(sums);
    QCOMPARE(sums->at(0).get<qint64>(0), Rows);
    QCOMPARE(sums->at(0).get<qint64>(1), Rows);
}

void tst_LoadData::waitsForASequentialDevice()
{
    MATRIX_SERVER(live);
    open(optionsFor(live));
    Source source(0, true);
    const auto reply = load(LocalInfile::fromDevice(&source));
    Connection other;
    VERIFY_OK(await(other.open(optionsFor(live))));
    for (int i = 0; i < 10; ++i) {
        source.release(LineSize / 2);
        VERIFY_OK(await(other.query(u"SELECT 1")));
        source.release(LineSize - LineSize / 2);
        VERIFY_OK(await(other.query(u"SELECT 1")));
    }
    QVERIFY(!reply.isFinished());
    QTRY_COMPARE(source.given(), 10 * LineSize);
    source.release(0);
    const auto loaded = await(reply);
    VERIFY_OK(loaded);
    QCOMPARE(loaded->affectedRows(), 10u);
}

// Pitfall 18.
// Another name, no offer, no capability: nothing is sent, and the connection goes on.
void tst_LoadData::refused()
{
    MATRIX_SERVER(live);
    open(optionsFor(live));
    Source source(10 * LineSize, false);
    const auto other = await(
        load(LocalInfile::fromDevice(&source, QStringLiteral("mine")), QStringLiteral("/etc/passwd")));
    QVERIFY(!other);
    QCOMPARE(other.error().kind(), Error::Kind::Security);
    QVERIFY2(other.error().message().contains(u"/etc/passwd"), qPrintable(other.error().message()));
    QVERIFY(!other.error().isConnectionLost());
    QCOMPARE(source.given(), 0);
    const auto none = await(load(LocalInfile(), QStringLiteral("/etc/passwd")));
    QVERIFY(!none);
    QCOMPARE(none.error().kind(), Error::Kind::Security);
    // The offer was for one statement.
    VERIFY_OK(await(load(LocalInfile::fromDevice(&source))));
    QVERIFY(!await(load(LocalInfile())));
    QCOMPARE(rowCount(), 10);
    QVERIFY(m_connection->isOpen());

    const auto prepared
        = await(m_connection->execute(StatementOptions().setLocalInfile(LocalInfile::fromDevice(&source)),
                                      u"LOAD DATA LOCAL INFILE 'rows' INTO TABLE t"));
    QVERIFY(!prepared);
    QCOMPARE(prepared.error().kind(), Error::Kind::Usage);
    QCOMPARE(prepared.error().outcome(), Error::Outcome::NotSent);

    Connection without;
    VERIFY_OK(await(without.open(optionsFor(live).setLocalInfile(false))));
    const auto usage
        = await(without.query(StatementOptions().setLocalInfile(LocalInfile::fromDevice(&source)),
                              u"LOAD DATA LOCAL INFILE 'rows' INTO TABLE t"));
    QVERIFY(!usage);
    QCOMPARE(usage.error().kind(), Error::Kind::Usage);
    QVERIFY(usage.error().message().contains(u"setLocalInfile"));
    // An honest server does not ask either.
    const auto honest
        = await(without.query(u"LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE " + m_database + u".t"));
    QVERIFY(!honest);
    QCOMPARE(honest.error().kind(), Error::Kind::Server);
    QVERIFY(without.isOpen());
}

void tst_LoadData::unreadable()
{
    MATRIX_SERVER(live);
    open(optionsFor(live));
    const auto missing = await(load(LocalInfile::fromFile(QStringLiteral("/no/such/file"))));
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind(), Error::Kind::Usage);
    QCOMPARE(missing.error().outcome(), Error::Outcome::NotSent);
    QVERIFY(missing.error().message().contains(u"/no/such/file"));
    QBuffer closed;
    QCOMPARE(await(load(LocalInfile::fromDevice(&closed))).error().kind(), Error::Kind::Usage);
    LocalInfile gone;
    {
        Source source(10, false);
        gone = LocalInfile::fromDevice(&source);
    }
    QCOMPARE(await(load(gone)).error().kind(), Error::Kind::Usage);
    VERIFY_OK(await(m_connection->query(u"SELECT 1")));
}

// The rows that the server had got stay, and the error says so; a transaction takes them back.
void tst_LoadData::deviceBreaks()
{
    MATRIX_SERVER(live);
    open(optionsFor(live));
    for (const bool destroyed : {false, true}) {
        VERIFY_OK(await(m_connection->query(u"BEGIN")));
        auto source = std::make_unique<Source>(1'000'000 * LineSize, false);
        if (destroyed) {
            source->onRead = [&, once = true](qint64 given) mutable {
                if (given > 100'000 && std::exchange(once, false))
                    QMetaObject::invokeMethod(
                        this, [&] { source.reset(); }, Qt::QueuedConnection);
            };
        } else {
            source->breaksAt = 64 * 1024;
        }
        const auto loaded = await(load(LocalInfile::fromDevice(source.get())));
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().kind(), Error::Kind::Usage);
        QCOMPARE(loaded.error().outcome(), Error::Outcome::Executed);
        QVERIFY2(loaded.error().message().contains(destroyed ? u"destroyed" : u"the disk is on fire"),
                 qPrintable(loaded.error().message()));
        QVERIFY(rowCount() > 1000);
        VERIFY_OK(await(m_connection->query(u"ROLLBACK")));
        QCOMPARE(rowCount(), 0);
    }
}

void tst_LoadData::cancelled()
{
    MATRIX_SERVER(live);
    open(optionsFor(live));
    Source source(std::numeric_limits<int>::max(), false); // far more than is waited for
    Reply<ResultSet> reply;
    source.onRead = [&](qint64 given) {
        if (given > 4 << 20 && !reply.isFinished())
            reply.cancel();
    };
    reply = load(LocalInfile::fromDevice(&source));
    const auto result = await(reply);
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::Cancelled);
    QVERIFY(m_connection->isOpen()); // the file was ended, and the answer read
    QVERIFY2(source.given() < 64 << 20, QByteArray::number(source.given()).constData());
    // The whole statement was undone.
    QCOMPARE(result.error().outcome(), Error::Outcome::NotExecuted);
    QCOMPARE(rowCount(), 0);
}

void tst_LoadData::cancelledWhileWaiting()
{
    MATRIX_SERVER(live);
    open(optionsFor(live));
    Source source(0, true);
    auto reply = load(LocalInfile::fromDevice(&source));
    source.release(100 * LineSize);
    QTRY_COMPARE(source.given(), 100 * LineSize);
    reply.cancel();
    const auto result = await(reply);
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::Cancelled);
    QVERIFY(m_connection->isOpen());
    // Servers notice a KILL at the next row only, and may take the end of the file for success: the outcome
    // says which it was.
    const qint64 rows = rowCount();
    QVERIFY2(rows == 0 || rows == 100, QByteArray::number(rows).constData());
    QCOMPARE(result.error().outcome(), rows > 0 ? Error::Outcome::Executed : Error::Outcome::NotExecuted);
}

void tst_LoadData::serverRefusesRows()
{
    MATRIX_SERVER(live);
    open(optionsFor(live));
    VERIFY_OK(await(m_connection->query(u"ALTER TABLE t ADD PRIMARY KEY (a)")));
    // With LOCAL, servers turn duplicates into warnings; a missing column stays an error.
    Source source(100'000 * LineSize, false);
    const auto result
        = await(m_connection->query(StatementOptions().setLocalInfile(LocalInfile::fromDevice(&source)),
                                    u"LOAD DATA LOCAL INFILE 'rows' INTO TABLE t (a, b, no_such_column)"));
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Error::Kind::Server);
    QCOMPARE(result.error().code(), 1054);
    Source again(100'000 * LineSize, false);
    const auto loaded = await(load(LocalInfile::fromDevice(&again)));
    VERIFY_OK(loaded);
    QCOMPARE(loaded->affectedRows(), 1u);
    QCOMPARE(loaded->warningCount(), 65'535);
    QVERIFY2(loaded->info().contains(u"Skipped: 99999"), qPrintable(loaded->info()));
}

void tst_LoadData::throughAPool()
{
    MATRIX_SERVER(live);
    open(optionsFor(live));
    Pool pool(optionsFor(live).setDatabase(m_database));
    Source source(5 * LineSize, false);
    const auto reply = pool.query(StatementOptions().setLocalInfile(LocalInfile::fromDevice(&source)),
                                  u"LOAD DATA LOCAL INFILE 'rows' INTO TABLE t");
    const auto loaded = await(reply);
    VERIFY_OK(loaded);
    QCOMPARE(loaded->affectedRows(), 5u);
    QCOMPARE(reply.progressValue(), int(5 * LineSize));

    // A transaction stands between as well.
    auto begun = await(pool.begin());
    VERIFY_OK(begun);
    Transaction transaction = *begun;
    Source again(7 * LineSize, false);
    const auto inside = transaction.query(StatementOptions().setLocalInfile(LocalInfile::fromDevice(&again)),
                                          u"LOAD DATA LOCAL INFILE 'rows' INTO TABLE t");
    const auto loadedInside = await(inside);
    VERIFY_OK(loadedInside);
    QCOMPARE(loadedInside->affectedRows(), 7u);
    QCOMPARE(inside.progressValue(), int(7 * LineSize));
    VERIFY_OK(await(transaction.commit()));
    *begun = Transaction();
    VERIFY_OK(await(pool.close()));
}

QTEST_GUILESS_MAIN(tst_LoadData)
#include "tst_loaddata.moc"
