// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// GUI life: what the library finds around it, in a program that is not its own.

#include "guilife.h"

#include <QAsyncMySql/FakeServer>

#include <QtCore/QIODevice>
#include <QtCore/QLocale>
#include <QtCore/QSemaphore>
#include <QtCore/QThreadPool>

#include <clocale>
#include <thread>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class tst_GuiLifeSurroundings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noEventLoop();
    void longErrorTexts();
    void localesOfThePeople_data();
    void localesOfThePeople();
    void signalsInAnyOrder_data();
    void signalsInAnyOrder();
    void threadPoolIsBusy_data() { ServerMatrix::addRows(); }
    void threadPoolIsBusy();
};

// GUI life 21: without an event loop there is an error that says so, at once. (main() asks without an
// application.)
void tst_GuiLifeSurroundings::noEventLoop()
{
    Error ofConnection;
    Error ofPool;
    std::thread([&] {
        Connection connection;
        ofConnection = connection.open(ConnectOptions()).result().error();
        Pool pool;
        ofPool = pool.query(u"SELECT 1").result().error();
    }).join();
    for (const Error &error : {ofConnection, ofPool}) {
        QCOMPARE(error.kind(), Error::Kind::Usage);
        QVERIFY2(error.message().contains(u"event loop"), qPrintable(error.toString()));
        QCOMPARE(error.outcome(), Error::Outcome::NotSent);
    }
}

// GUI life 26: what a server says is shortened before it is shown, and makes no lines in a log.
void tst_GuiLifeSurroundings::longErrorTexts()
{
    const QString text = u"<b>bold</b>\n\x1b[31mred\r\n"_s + QString(100'000, u'x');
    FakeServer server;
    server.addScript(FakeScript().acceptLogin().expectStatement({}).answerError(1064, text, "42000"));
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options().setPassword(u"s3cret-word"_s))));
    const Error error = await(connection.query(u"SELECT ?", QString(50'000, u'y'))).error();
    QCOMPARE(error.kind(), Error::Kind::Server);
    QVERIFY(error.message().startsWith(u"<b>bold</b>"));
    QVERIFY(error.message().size() <= 4096);
    QVERIFY(error.statement().size() <= 4096);
    const QString line = error.toString();
    QVERIFY(!line.contains(u'\n') && !line.contains(u'\x1b') && !line.contains(u'\r'));
    QVERIFY(!line.contains(u"s3cret"));
}

void tst_GuiLifeSurroundings::localesOfThePeople_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("locale");
    for (const QString &id : ServerMatrix::ids()) {
        for (const char *locale : {"tr_TR", "de_DE", "ar_EG", "fa_IR"})
            QTest::addRow("%s, %s", qPrintable(id), locale) << id << QString::fromLatin1(locale);
    }
}

// GUI life 29: commas, digits and dotless letters of people's languages stay out of the protocol.
void tst_GuiLifeSurroundings::localesOfThePeople()
{
    MATRIX_SERVER(live);
    QFETCH(QString, locale);
    const QLocale before;
    const QByteArray beforeC = std::setlocale(LC_ALL, nullptr);
    const auto restore = qScopeGuard([&] {
        QLocale::setDefault(before);
        std::setlocale(LC_ALL, beforeC.constData());
    });
    QLocale::setDefault(QLocale(locale));
    std::setlocale(LC_ALL, qPrintable(locale + u".UTF-8")); // where the system has it
    Connection connection;
    VERIFY_OK(await(connection.open(plainOptions(live).setTimeZone(u"+03:30"_s))));
    const double number = -1234567.25e-3;
    const QDateTime when(QDate(2026, 2, 28), QTime(13, 4, 5, 678), Qt::UTC);
    for (const bool prepared : {false, true}) {
        const QString sql = u"SELECT ?, ?, ?, ?, CAST(? AS DECIMAL(20,4)), UPPER('title'), 1234567.5"_s;
        const auto result = prepared
            ? await(
                connection.execute(sql, number, qint64(-1234567), when, QTime(1, 2, 3), u"1234567.8900"_s))
            : await(connection.query(sql, number, qint64(-1234567), when, QTime(1, 2, 3), u"1234567.8900"_s));
        VERIFY_OK(result);
        const Row row = result->at(0);
        QCOMPARE(row.get<double>(0), number);
        QCOMPARE(row.get<qint64>(1), qint64(-1234567));
        QVERIFY2(row.value(2).toString().startsWith(u"2026-02-28"), qPrintable(row.value(2).toString()));
        QCOMPARE(row.get<QString>(4), u"1234567.8900"_s);
        QCOMPARE(row.get<QString>(5), u"TITLE"_s);
        QCOMPARE(row.get<double>(6), 1234567.5);
    }
    // Names of options, in which an i is an i.
    QVERIFY(ConnectOptions::fromUrl(u"mysql://u@h/d?ssl-mode=verify_identity&compression=zlib"_s));
}

namespace {

//! Passes on what another device has, and tells of it too often, too late, and when it is over.
class FickleDevice final : public QIODevice
{
public:
    FickleDevice(std::unique_ptr<QIODevice> inner, int mood)
        : m_inner(std::move(inner))
        , m_mood(mood)
    {
        connect(m_inner.get(), &QIODevice::readyRead, this, [this] { excite(); });
        connect(m_inner.get(), &QIODevice::aboutToClose, this, [this] { over(); });
        connect(m_inner.get(), &QIODevice::readChannelFinished, this, [this] { over(); });
        open(QIODevice::ReadWrite | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    qint64 bytesAvailable() const override { return m_inner->bytesAvailable(); }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        // A byte at a time, and sometimes nothing although there is something.
        if (m_mood == 1 && m_inner->bytesAvailable() > 0)
            QMetaObject::invokeMethod(
                this, [this] { Q_EMIT readyRead(); }, Qt::QueuedConnection);
        if (m_mood == 1 && ++m_reads % 3 == 0)
            return 0;
        return m_inner->read(data, m_mood == 1 ? std::min<qint64>(size, 1) : size);
    }
    qint64 writeData(const char *data, qint64 size) override
    {
        const qint64 count = m_inner->write(data, size);
        if (m_mood == 2) { // from within write(), and for bytes that never were
            Q_EMIT bytesWritten(count);
            Q_EMIT bytesWritten(count + 1000);
            Q_EMIT readyRead();
        }
        return count;
    }

private:
    void excite()
    {
        Q_EMIT readyRead();
        if (m_mood == 2) {
            Q_EMIT readyRead();
            Q_EMIT channelReadyRead(0);
        }
    }
    void over()
    {
        if (m_mood == 3)
            Q_EMIT readyRead();
        Q_EMIT readChannelFinished();
        if (m_mood == 3) {
            Q_EMIT readyRead();
            Q_EMIT readChannelFinished();
            Q_EMIT aboutToClose();
        }
    }

    std::unique_ptr<QIODevice> m_inner;
    int m_mood;
    int m_reads = 0;
};

} // namespace

void tst_GuiLifeSurroundings::signalsInAnyOrder_data()
{
    QTest::addColumn<int>("mood");
    QTest::newRow("as they are") << 0;
    QTest::newRow("a byte at a time, or none") << 1;
    QTest::newRow("too often, and from within write()") << 2;
    QTest::newRow("the end several times") << 3;
}

// GUI life 31: a device that emits its signals in no good order.
void tst_GuiLifeSurroundings::signalsInAnyOrder()
{
    QFETCH(int, mood);
    FakeResult rows({u"n"_s});
    for (int i = 0; i < 50; ++i)
        rows.addRow(i);
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin()
                         .expectStatement({})
                         .answer(rows)
                         .expectStatement({})
                         .answer(rows)
                         .expectStatement({})
                         .disconnect());
    FickleDevice device(server.connectDevice(), mood);
    Connection connection;
    QSignalSpy failed(&connection, &Connection::errorOccurred);
    QSignalSpy closed(&connection, &Connection::closed);
    VERIFY_OK(await(connection.open(server.options().setSslMode(SslMode::Disabled), &device)));
    const auto text = await(connection.query(u"SELECT 1"));
    VERIFY_OK(text);
    QCOMPARE(text->size(), 50);
    const auto prepared = await(connection.execute(u"SELECT 1"));
    VERIFY_OK(prepared);
    QCOMPARE(prepared->at(49).get<int>(0), 49);
    const Error lost = await(connection.query(u"SELECT 1")).error();
    QVERIFY2(lost.isConnectionLost(), qPrintable(lost.toString()));
    QTRY_COMPARE(closed.size(), 1);
    QCoreApplication::processEvents();
    QCOMPARE(closed.size(), 1);
    QCOMPARE(failed.size(), 1);
}

// GUI life 32: a program that keeps all threads of the global pool busy can still log in and run statements.
void tst_GuiLifeSurroundings::threadPoolIsBusy()
{
    MATRIX_SERVER(live);
    QThreadPool *global = QThreadPool::globalInstance();
    QSemaphore end;
    const int threads = global->maxThreadCount();
    for (int i = 0; i < threads; ++i)
        global->start([&end] { end.acquire(); });
    const auto restore = qScopeGuard([&] {
        end.release(threads);
        global->waitForDone();
    });
    // A key is to be derived in another thread.
    FakeServer fake;
    fake.addScript(FakeScript()
                       .greet(FakeGreeting())
                       .expectLogin()
                       .send(FakePacket::authSwitch("parsec", QByteArray(32, 'c')))
                       .expectPacket()
                       .send(QByteArray("\1P\1", 3) + QByteArray(18, 's'))
                       .expectPacket()
                       .send(FakePacket::error(1045, "not this time", "28000")));
    QVERIFY(fake.listen());
    Connection login;
    QCOMPARE(await(login.open(fake.options())).error().code(), 1045);

    Pool pool(*ConnectOptions::fromUrl(live.url()));
    VERIFY_OK(await(pool.execute(u"SELECT ?", 1)));
    Reply<ResultSet> reply = pool.query(u"SELECT SLEEP(30)");
    QTRY_COMPARE(pool.leasedCount(), 1);
    reply.cancel();
    QCOMPARE(await(reply).error().kind(), Error::Kind::Cancelled);
}

int main(int argc, char **argv)
{
    // The first of them: before there is an application, in the thread that will have one.
    int failures = 0;
    {
        Connection early;
        const Reply<void> opened = early.open(ConnectOptions());
        failures += opened.isFinished() && opened.result().error().kind() == Error::Kind::Usage ? 0 : 1;
    }
    QCoreApplication application(argc, argv);
    if (failures > 0)
        qWarning("FAIL!  : a connection without an application was not refused at once");
    tst_GuiLifeSurroundings test;
    return failures + QTest::qExec(&test, argc, argv);
}

#include "tst_guilife_surroundings.moc"
