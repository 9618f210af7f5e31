// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    A conversation that is cut at every byte, in both directions, by an end, a reset, and by silence; plain
   and over TLS. What the client says of each statement is held against what the server has received:

    - what succeeded was received, and so was all before it;
    - what was NotSent was not received;
    - at most one statement has an unknown outcome, or is known as prepared but not executed, and it lies
   between the two kinds;
    - everything finishes once.

    By default some of the cuts are made; QASYNCMYSQL_CUTS=all makes all.
*/

#include "cutcourse.h"

#include "support/chaos/chaosproxy.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/FakeServer>

#include <QtCore/QSet>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Cut = ChaosPlan::Cut;
using Outcome = Error::Outcome;

namespace {

constexpr int Statements = 6;
constexpr int Prepared = 3; // of them
constexpr int AtOnce = 24; // connections
constexpr int Patience = 30'000; // ms

FakeScript session()
{
    FakeResult rows({u"id"_s, u"name"_s});
    rows.addRow(1, u"Ada"_s).addRow(2, QVariant()).addRow(3, QString(40, u'x'));
    for (int i = 0; i < 15; ++i)
        rows.addRow(1000 + i, QString(40, QChar(u'a' + i)));
    return FakeScript()
        .acceptLogin()
        .expectStatement({})
        .answerOk() // START TRANSACTION
        .expectStatement({})
        .answer(FakeResult().setAffectedRows(1).setLastInsertId(300))
        .expectStatement({})
        .answer(rows)
        .expectStatement({})
        .answer(rows) // prepared
        .expectStatement({})
        .answerError(1062, u"Duplicate entry"_s, "23000")
        .expectStatement({})
        .answerOk(); // COMMIT
}

//! One conversation over a line that is cut.
class Attempt
{
public:
    Attempt(int number, const FakeServer &server, const ConnectOptions &options, const ChaosPlan &plan)
        : m_number(number)
        , m_proxy(QHostAddress::LocalHost, server.port())
    {
        m_proxy.addPlan(plan);
        m_proxy.listen();
        m_opened = m_connection.open(ConnectOptions(options).setPort(m_proxy.port()));
        for (int i = 0; i < Statements; ++i) {
            const QString sql = marker(number, i) + u" DO SOMETHING";
            const auto note = [this, i](const Result<ResultSet> &result) {
                ++m_answers[i];
                m_errors[i] = result.error();
            };
            if (i == Prepared)
                m_connection.execute(&m_connection, note, sql);
            else
                m_connection.query(&m_connection, note, sql);
        }
    }

    static QString marker(int number, int statement) { return u"/*%1:%2*/"_s.arg(number).arg(statement); }
    bool isFinished() const
    {
        return m_opened.isFinished()
            && std::all_of(std::begin(m_answers), std::end(m_answers), [](int count) { return count > 0; });
    }
    bool wentThrough() const { return m_connection.state() != Connection::State::Closed; }
    qint64 passed(ChaosPlan::Direction direction) const { return m_proxy.passed(0, direction); }

    int count(bool (*kind)(const Error &)) const
    {
        return int(std::count_if(std::begin(m_errors), std::end(m_errors), kind));
    }
    //! What is wrong, if anything is. \a received: the markers of the statements that the server has whole.
    QString judge(const QSet<QString> &received) const
    {
        int unknown = 0;
        bool lost = m_opened.result().error().isError();
        for (int i = 0; i < Statements; ++i) {
            const Error &error = m_errors[i];
            const bool whole = received.contains(marker(m_number, i));
            const QString what = u"statement %1: %2"_s.arg(i).arg(error.toString());
            if (m_answers[i] != 1)
                return what + u" (finished %1 times)"_s.arg(m_answers[i]);
            const bool answered = !error.isError() || error.kind() == Error::Kind::Server;
            if (answered && (lost || !whole))
                return what + u" (but it cannot have been answered)";
            if (answered)
                continue;
            if (!error.isConnectionLost())
                return what + u" (but the connection is lost)";
            lost = true;
            if (error.outcome() == Outcome::NotSent) {
                if (whole)
                    return what + u" (but the server has it)";
                continue;
            }
            // Of the prepared one, only the preparation may have been sent.
            const bool notExecuted = i == Prepared && error.outcome() == Outcome::NotExecuted;
            if ((error.outcome() != Outcome::Unknown && !notExecuted) || ++unknown > 1)
                return what + u" (a second one without known outcome)";
            if (i > 0 && m_errors[i - 1].outcome() == Outcome::NotSent && m_errors[i - 1].isConnectionLost())
                return what + u" (behind one that was not sent)";
        }
        return {};
    }

private:
    int m_number;
    ChaosProxy m_proxy;
    Connection m_connection;
    Reply<void> m_opened;
    int m_answers[Statements] = {};
    Error m_errors[Statements];
};

} // namespace

class tst_Cuts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyByte_data();
    void everyByte();
    void cleanupTestCase();

private:
    QTemporaryDir m_folder;
    TestCertificates m_certificates;
    qint64 m_cases = 0;
};

void tst_Cuts::initTestCase()
{
    QVERIFY2(m_certificates.create(m_folder.path()), qPrintable(m_certificates.errorString()));
}

void tst_Cuts::everyByte_data()
{
    QTest::addColumn<bool>("tls");
    QTest::addColumn<bool>("toServer");
    QTest::addColumn<int>("how");
    for (const bool tls : {false, true}) {
        for (const bool toServer : {false, true}) {
            for (const auto &[name, how] :
                 {std::pair{"end", Cut::Fin}, {"reset", Cut::Reset}, {"silence", Cut::Silence}}) {
                QTest::addRow("%s, %s the server, %s", tls ? "TLS" : "plain", toServer ? "to" : "from", name)
                    << tls << toServer << int(how);
            }
        }
    }
}

// F20, F21, F22: the end, the reset and the silence at every byte.
void tst_Cuts::everyByte()
{
    QFETCH(bool, tls);
    QFETCH(bool, toServer);
    QFETCH(int, how);
    const auto direction = toServer ? ChaosPlan::ToServer : ChaosPlan::ToClient;
    const bool silence = Cut(how) == Cut::Silence;
    CutCourse course(direction, Cut(how), 23);
    int answered = 0;
    int unknown = 0;
    int unsent = 0;
    while (!course.atEnd()) {
        FakeServer server;
        server.setDefaultScript(session());
        if (tls)
            server.setCertificates(m_certificates);
        QVERIFY(server.listen());
        ConnectOptions options = server.options();
        options.setConnectTimeout(silence ? 500ms : 20s)
            .setCommandTimeout(silence ? 500ms : 20s)
            .setCancelTimeout(100ms);
        std::vector<std::unique_ptr<Attempt>> attempts;
        QList<qint64> places;
        const int atOnce = course.isMeasured() ? AtOnce : 1;
        for (int i = 0; i < atOnce && !course.atEnd(); ++i) {
            const auto [plan, place] = course.next();
            places.append(place);
            attempts.push_back(std::make_unique<Attempt>(i, server, options, plan));
        }
        QTRY_VERIFY_WITH_TIMEOUT(std::all_of(attempts.begin(), attempts.end(),
                                             [](const auto &attempt) { return attempt->isFinished(); }),
                                 Patience);
        if (!course.isMeasured()) {
            QVERIFY(attempts.front()->wentThrough());
            course.setLength(attempts.front()->passed(direction));
            QVERIFY(course.length() > 300);
        }
        // All that arrived, and whose end is there: the packet behind it, or the end of the text.
        QSet<QString> received;
        for (int i = 0; i < server.connectionCount(); ++i) {
            const QByteArray bytes = server.received(i);
            for (size_t a = 0; a < attempts.size(); ++a) {
                for (int s = 0; s < Statements; ++s) {
                    const QString marker = Attempt::marker(int(a), s);
                    if (bytes.contains((marker + u" DO SOMETHING").toUtf8()))
                        received.insert(marker);
                }
            }
        }
        for (size_t a = 0; a < attempts.size(); ++a) {
            const QString wrong = attempts[a]->judge(received);
            QVERIFY2(
                wrong.isEmpty(),
                qPrintable(
                    u"cut at byte %1 of %2: %3"_s.arg(places[qsizetype(a)]).arg(course.length()).arg(wrong)));
            ++m_cases;
            answered += attempts[a]->count([](const Error &error) { return !error.isConnectionLost(); });
            unknown += attempts[a]->count([](const Error &error) {
                return error.isConnectionLost() && error.outcome() == Outcome::Unknown;
            });
            unsent += attempts[a]->count([](const Error &error) {
                return error.isConnectionLost() && error.outcome() == Outcome::NotSent;
            });
        }
    }
    QVERIFY(answered > 0 && unknown > 0 && unsent > 0); // all of it was met
}

void tst_Cuts::cleanupTestCase()
{
    qInfo("%lld cuts", static_cast<long long>(m_cases));
}

QTEST_GUILESS_MAIN(tst_Cuts)
#include "tst_cuts.moc"
