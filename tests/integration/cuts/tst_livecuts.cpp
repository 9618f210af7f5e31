// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    Conversations with real servers, compressed, encrypted and both, that are cut at every byte. What the
    client says of each statement is held against what is in the table afterwards:

    - what succeeded is there;
    - what was not sent, or not executed, is not;
    - at most one statement is Unknown, and it lies between the two kinds;
    - everything finishes once.

    By default some of the cuts are made; QASYNCMYSQL_CUTS=all makes all.
*/

#include "cutcourse.h"

#include "support/await.h"
#include "support/chaos/chaosproxy.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Cut = ChaosPlan::Cut;
using Outcome = Error::Outcome;

namespace {

constexpr int Statements = 6;
constexpr int AtOnce = 24; // connections

//! One conversation over a line that is cut.
class Attempt
{
public:
    Attempt(const QString &name, const MatrixServer &live, const ConnectOptions &options,
            const ChaosPlan &plan)
        : m_name(name)
        , m_proxy(QHostAddress(live.host), live.port)
    {
        m_proxy.addPlan(plan);
        m_proxy.listen();
        m_opened = m_connection.open(ConnectOptions(options).setPort(m_proxy.port()));
        const QString filler(700, u'x'); // something to compress
        for (int i = 0; i < Statements; ++i) {
            const auto note = [this, i](const Result<ResultSet> &result) {
                ++m_answers[i];
                m_errors[i] = result.error();
            };
            if (!writes(i))
                m_connection.query(&m_connection, note, u"SELECT REPEAT(?, 2), REPEAT('y', 300)", filler);
            else if (isPrepared(i))
                m_connection.execute(&m_connection, note, u"INSERT INTO live_cuts VALUES (?, ?)", token(i),
                                     filler);
            else
                m_connection.query(&m_connection, note, u"INSERT INTO live_cuts VALUES (?, ?)", token(i),
                                   filler);
        }
    }

    bool isFinished() const
    {
        return m_opened.isFinished()
            && std::all_of(std::begin(m_answers), std::end(m_answers), [](int count) { return count > 0; });
    }
    bool wentThrough() const { return m_connection.state() != Connection::State::Closed; }
    qint64 passed(ChaosPlan::Direction direction) const { return m_proxy.passed(0, direction); }
    void end() { m_connection.abort(); }

    //! What is wrong with the answers, if anything is.
    QString judgeAnswers() const
    {
        bool lost = m_opened.result().error().isError();
        int between = 0;
        for (int i = 0; i < Statements; ++i) {
            const Error &error = m_errors[i];
            const QString what = u"statement %1: %2"_s.arg(i).arg(error.toString());
            if (m_answers[i] != 1)
                return what + u" (finished %1 times)"_s.arg(m_answers[i]);
            if (!error) {
                if (lost)
                    return what + u" (but it cannot have been answered)";
                continue;
            }
            if (!error.isConnectionLost())
                return what + u" (but the connection is lost)";
            if (error.outcome() != Outcome::NotSent && (lost || ++between > 1))
                return what + u" (behind one that had no answer)";
            lost = true;
        }
        return {};
    }
    //! What is wrong with the table, which has the \a tokens.
    QString judgeTable(const QSet<QString> &tokens) const
    {
        for (int i = 0; i < Statements; ++i) {
            const Error &error = m_errors[i];
            const bool there = tokens.contains(token(i));
            if (!writes(i) || error.outcome() == Outcome::Unknown)
                continue;
            if (there == error.isError()) {
                return u"statement %1: %2 (but it is %3)"_s.arg(i).arg(error.toString(),
                                                                       there ? u"there"_s : u"not there"_s);
            }
        }
        return {};
    }

private:
    static bool writes(int statement) { return statement != 2; }
    static bool isPrepared(int statement) { return statement == 1 || statement == 3; }
    QString token(int statement) const { return u"%1:%2"_s.arg(m_name).arg(statement); }

    QString m_name;
    ChaosProxy m_proxy;
    Connection m_connection;
    Reply<void> m_opened;
    int m_answers[Statements] = {};
    Error m_errors[Statements];
};

} // namespace

class tst_LiveCuts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyByte_data();
    void everyByte();
    void cleanupTestCase() { qInfo("%d cuts", m_cases); }

private:
    int m_cases = 0;
};

void tst_LiveCuts::everyByte_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("line");
    QTest::addColumn<bool>("toServer");
    QTest::addColumn<int>("how");
    for (const QString &id : ServerMatrix::ids()) {
        QStringList lines{u"tls"_s, u"zlib"_s, u"tls and zlib"_s};
        if (id.startsWith(u"mysql"))
            lines.append(u"zstd"_s);
        for (const QString &line : lines) {
            for (const bool toServer : {false, true}) {
                for (const auto &[name, how] :
                     {std::pair{"end", Cut::Fin}, {"reset", Cut::Reset}, {"silence", Cut::Silence}}) {
                    QTest::addRow("%s, %s, %s the server, %s", qPrintable(id), qPrintable(line),
                                  toServer ? "to" : "from", name)
                        << id << line << toServer << int(how);
                }
            }
        }
    }
}

void tst_LiveCuts::everyByte()
{
    MATRIX_SERVER(live);
    QFETCH(QString, line);
    QFETCH(bool, toServer);
    QFETCH(int, how);
    const QString user = u"livecuts_%1"_s.arg(QCoreApplication::applicationPid());
    ConnectOptions adminOptions = *ConnectOptions::fromUrl(live.url());
    adminOptions.setDatabase(live.database);
    Connection admin;
    VERIFY_OK(await(admin.open(adminOptions)));
    for (const QString &sql :
         {u"CREATE TABLE IF NOT EXISTS live_cuts (token VARCHAR(60), filler TEXT, KEY (token))"_s,
          u"CREATE USER IF NOT EXISTS '%1'@'%' IDENTIFIED BY 'pw'"_s, u"GRANT ALL ON *.* TO '%1'@'%'"_s})
        VERIFY_OK(await(admin.query(QString(sql).replace(u"%1"_s, user))));

    const bool silence = Cut(how) == Cut::Silence;
    ConnectOptions options = *ConnectOptions::fromUrl(live.url(user, u"pw"_s));
    options.setDatabase(live.database)
        .setConnectTimeout(silence ? 700ms : 20s)
        .setCommandTimeout(silence ? 700ms : 20s)
        .setCancelTimeout(100ms);
    if (!line.contains(u"tls"))
        options.setSslMode(SslMode::Disabled).setPublicKeyRetrieval(true);
    if (line.contains(u"zlib"))
        options.setCompression(Compression::Zlib);
    if (line.contains(u"zstd"))
        options.setCompression(Compression::Zstd);

    CutCourse course(toServer ? ChaosPlan::ToServer : ChaosPlan::ToClient, Cut(how), 151);
    static int number = 0;
    while (!course.atEnd()) {
        std::vector<std::unique_ptr<Attempt>> attempts;
        QList<qint64> places;
        const int atOnce = course.isMeasured() ? AtOnce : 1;
        const QString batch = u"%1-%2"_s.arg(QCoreApplication::applicationPid()).arg(++number);
        for (int i = 0; i < atOnce && !course.atEnd(); ++i) {
            const auto [plan, place] = course.next();
            places.append(place);
            attempts.push_back(std::make_unique<Attempt>(u"%1-%2"_s.arg(batch).arg(i), live, options, plan));
        }
        QTRY_VERIFY_WITH_TIMEOUT(std::all_of(attempts.begin(), attempts.end(),
                                             [](const auto &attempt) { return attempt->isFinished(); }),
                                 60'000);
        if (!course.isMeasured()) {
            QVERIFY2(attempts.front()->wentThrough(), qPrintable(attempts.front()->judgeAnswers()));
            course.setLength(attempts.front()->passed(course.direction()));
            QVERIFY(course.length() > 300);
        }
        const auto place = [&](size_t i) {
            return u"cut at byte %1 of %2: "_s.arg(places[qsizetype(i)]).arg(course.length());
        };
        for (size_t i = 0; i < attempts.size(); ++i) {
            const QString wrong = attempts[i]->judgeAnswers();
            QVERIFY2(wrong.isEmpty(), qPrintable(place(i) + wrong));
            ++m_cases;
        }
        // What a session still does, it does before it ends.
        for (const auto &attempt : attempts)
            attempt->end();
        if (silence) { // over a silent line the server does not hear of the end
            const auto left
                = await(admin.query(u"SELECT id FROM information_schema.processlist WHERE user = ?", user));
            VERIFY_OK(left);
            for (const Row &row : *left)
                (void)await(admin.killConnection(row.get<quint64>(0)));
        }
        const auto sessions = [&] {
            return await(admin.query(u"SELECT COUNT(*) FROM information_schema.processlist WHERE user = ?",
                                     user))
                ->at(0)
                .get<int>(0);
        };
        QTRY_COMPARE_WITH_TIMEOUT(sessions(), 0, 30'000);
        const auto booked
            = await(admin.query(u"SELECT token FROM live_cuts WHERE token LIKE ?", batch + u"-%"));
        VERIFY_OK(booked);
        QSet<QString> tokens;
        for (const Row &row : *booked)
            tokens.insert(row.get<QString>(0));
        for (size_t i = 0; i < attempts.size(); ++i) {
            const QString wrong = attempts[i]->judgeTable(tokens);
            QVERIFY2(wrong.isEmpty(), qPrintable(place(i) + wrong));
        }
    }
    VERIFY_OK(await(admin.query(u"TRUNCATE live_cuts")));
}

QTEST_GUILESS_MAIN(tst_LiveCuts)
#include "tst_livecuts.moc"
