// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// How a program's own test meets a slow, a failing, and a vanishing server, without any server.

#include <QAsyncMySql/FakeServer>
#include <QAsyncMySql/Pool>

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace QAsyncMySql;
using namespace std::chrono_literals;

// What is to be tested: a list of orders that tells its user when it cannot be read.
class OrderList : public QObject
{
    Q_OBJECT

public:
    explicit OrderList(const ConnectOptions &options)
        : m_pool(options)
    {
    }

    void refresh()
    {
        m_pool.query(
            this,
            [this](const Result<ResultSet> &result) {
                if (result) {
                    customers.clear();
                    for (const Row &row : *result)
                        customers.append(row.get<QString>(0));
                    message.clear();
                } else if (result.error().isRetryable() || result.error().isConnectionLost()) {
                    message = QStringLiteral("The server cannot be reached.");
                } else {
                    message = QStringLiteral("The orders cannot be read.");
                }
                Q_EMIT refreshed();
            },
            u"SELECT customer FROM orders");
    }

    QStringList customers;
    QString message;

Q_SIGNALS:
    void refreshed();

private:
    Pool m_pool;
};

class tst_OrderList : public QObject
{
    Q_OBJECT

private:
    //! The first connection follows \a script. The pool's others, such as the one that it keeps to stop
    //! statements with, are just let in.
    static void prepare(FakeServer &server, const FakeScript &script)
    {
        server.addScript(script);
        server.setDefaultScript(FakeScript().acceptLogin());
        QVERIFY2(server.listen(), qPrintable(server.errorString()));
    }
    static FakeScript readingOrders()
    {
        return FakeScript().acceptLogin().expectStatement(QStringLiteral("SELECT customer FROM orders"));
    }

private Q_SLOTS:
    void showsOrders();
    void survivesRefusal();
    void survivesLoss();
};

void tst_OrderList::showsOrders()
{
    FakeServer server;
    FakeResult orders({QStringLiteral("customer")});
    orders.addRow(QStringLiteral("Ada")).addRow(QStringLiteral("Grace"));
    prepare(server, readingOrders().wait(100ms).answer(orders)); // a slow one

    OrderList list(server.options());
    QSignalSpy refreshed(&list, &OrderList::refreshed);
    list.refresh();
    QVERIFY(refreshed.wait());
    QCOMPARE(list.customers, QStringList({QStringLiteral("Ada"), QStringLiteral("Grace")}));
    QVERIFY2(server.waitUntilDone(), qPrintable(server.errorString()));
}

void tst_OrderList::survivesRefusal()
{
    FakeServer server;
    prepare(server, readingOrders().answerError(1142, QStringLiteral("SELECT command denied"), "42000"));

    OrderList list(server.options());
    QSignalSpy refreshed(&list, &OrderList::refreshed);
    list.refresh();
    QVERIFY(refreshed.wait());
    QCOMPARE(list.message, QStringLiteral("The orders cannot be read."));
}

void tst_OrderList::survivesLoss()
{
    FakeServer server;
    prepare(server, readingOrders().disconnect());

    OrderList list(server.options());
    QSignalSpy refreshed(&list, &OrderList::refreshed);
    list.refresh();
    QVERIFY(refreshed.wait());
    QCOMPARE(list.message, QStringLiteral("The server cannot be reached."));
}

QTEST_GUILESS_MAIN(tst_OrderList)
#include "tst_orderlist.moc"
