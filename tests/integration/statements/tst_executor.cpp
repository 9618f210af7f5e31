// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/Pool>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

/*
    The functions that Connection and Pool have in common, in all their forms.
*/
class tst_Executor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void forms_data();
    void forms();
    void timeouts_data() { ServerMatrix::addRows(); }
    void timeouts();
};

namespace {

template <class T> int number(const Result<T> &result)
{
    return result ? result->at(0).template get<int>(0) : -1;
}

} // namespace

void tst_Executor::forms_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("pooled");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::addRow("%s, connection", qPrintable(id)) << id << false;
        QTest::addRow("%s, pool", qPrintable(id)) << id << true;
    }
}

void tst_Executor::forms()
{
    MATRIX_SERVER(live);
    QFETCH(const bool, pooled);
    const ConnectOptions options = *ConnectOptions::fromUrl(live.url());
    Connection connection;
    Pool pool(options);
    if (!pooled)
        VERIFY_OK(await(connection.open(options)));
    Executor &executor = pooled ? static_cast<Executor &>(pool) : connection;

    const auto asked = StatementOptions().setTimeout(20s);
    const SqlStatement statement(u"SELECT ? + 1", {Parameter(41)});
    QCOMPARE(number(await(executor.query(u"SELECT ? + ?", 1, 2))), 3);
    QCOMPARE(number(await(executor.query(asked, "SELECT ? + ?", 2, 2))), 4);
    QCOMPARE(number(await(executor.query(statement))), 42);
    QCOMPARE(number(await(executor.query(asked, statement))), 42);
    QCOMPARE(number(await(executor.execute(QStringLiteral("SELECT ? + ?"), 3, 2))), 5);
    QCOMPARE(number(await(executor.execute(asked, u"SELECT ? + ?", 4, 2))), 6);
    QCOMPARE(number(await(executor.execute(statement))), 42);
    QCOMPARE(number(await(executor.execute(asked, statement))), 42);

    QList<int> heard;
    const auto hear = [&heard](const Result<ResultSet> &result) { heard.append(number(result)); };
    executor.query(this, hear, u"SELECT ?", 1);
    QTRY_COMPARE(heard, QList<int>({1}));
    executor.query(this, hear, asked, statement);
    QTRY_COMPARE(heard, QList<int>({1, 42}));
    executor.execute(this, hear, u"SELECT ?", 2);
    QTRY_COMPARE(heard, QList<int>({1, 42, 2}));
    executor.execute(this, hear, asked, u"SELECT ?", 3);
    QTRY_COMPARE(heard, QList<int>({1, 42, 2, 3}));

    for (const auto &cursor :
         {executor.stream(u"SELECT ?", 42), executor.stream(asked, statement),
          executor.streamPrepared(statement), executor.streamPrepared(asked, u"SELECT 42")})
        QCOMPARE(number(await(cursor->nextBatch())), 42);
}

// The timeout of one statement comes before that of the connection, and ends that statement only.
void tst_Executor::timeouts()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(*ConnectOptions::fromUrl(live.url()))));
    const quint64 id = connection.connectionId();
    const auto brief = StatementOptions().setTimeout(150ms);
    QCOMPARE(await(connection.query(brief, u"SELECT SLEEP(30)")).error().kind(), Error::Kind::Timeout);
    QCOMPARE(await(connection.execute(brief, u"SELECT SLEEP(?)", 30)).error().kind(), Error::Kind::Timeout);
    const auto cursor = connection.stream(brief, u"SELECT SLEEP(30)");
    QTRY_VERIFY_WITH_TIMEOUT(cursor->isFinished(), 20'000);
    QCOMPARE(cursor->error().kind(), Error::Kind::Timeout);
    QCOMPARE(number(await(connection.query(u"SELECT 1"))), 1);
    QCOMPARE(connection.connectionId(), id);
}

QTEST_MAIN(tst_Executor)

#include "tst_executor.moc"
