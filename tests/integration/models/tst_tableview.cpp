// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "../../../examples/shared/stallmeter.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/querymodel.h>

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QTest>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTableView>

using namespace QAsyncMySql;
using Policy = QueryModel::FetchPolicy;
using Status = QueryModel::Status;

//! A model behind a view that is shown and scrolled.
class tst_TableView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scrollingFetches_data() { ServerMatrix::addRows(); }
    void scrollingFetches();
    void streamsWhileScrolling_data() { ServerMatrix::addRows(); }
    void streamsWhileScrolling();
};

namespace {

QString manyRows(int digits)
{
    QString sql = QStringLiteral(
        "WITH RECURSIVE d (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM d WHERE n < 9) SELECT ");
    QStringList terms;
    QStringList tables;
    int factor = 1;
    for (int i = 0; i < digits; ++i, factor *= 10) {
        terms.append(QStringLiteral("t%1.n * %2").arg(i).arg(factor));
        tables.append(QStringLiteral("d t%1").arg(i));
    }
    const QString number = terms.join(QLatin1String(" + "));
    return sql + number + QLatin1String(" AS id, CONCAT('name of ', ") + number
        + QLatin1String(") AS name FROM ") + tables.join(QLatin1String(", "));
}

} // namespace

void tst_TableView::scrollingFetches()
{
    MATRIX_SERVER(live);
    const Result<ConnectOptions> options = ConnectOptions::fromUrl(live.url());
    QVERIFY2(options, qPrintable(options.error().message()));
    Pool pool(*options);
    QueryModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    QTableView view;
    view.setModel(&model);
    view.resize(600, 400);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));

    model.setPool(&pool);
    model.setBatchSize(200);
    model.setQuery(manyRows(4));
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Waiting, 10'000);
    QTest::qWait(50);
    QCOMPARE(model.rowCount(), 200); // the view is full, and asks for no more

    // To the end, again and again: the scroll bar hears of new rows only when the view has laid them out.
    QScrollBar *bar = view.verticalScrollBar();
    const auto scrolledToTheEnd = [&model, bar] {
        bar->setValue(bar->maximum());
        return model.status() == Status::Ready;
    };
    QVERIFY(QTest::qWaitFor(scrolledToTheEnd, 30'000));
    QCOMPARE(model.rowCount(), 10'000);
}

// GUI life 14: a view that scrolls while rows come.
void tst_TableView::streamsWhileScrolling()
{
    MATRIX_SERVER(live);
    const Result<ConnectOptions> options = ConnectOptions::fromUrl(live.url());
    QVERIFY2(options, qPrintable(options.error().message()));
    Pool pool(*options);
    QueryModel model;
    QTableView view;
    view.setModel(&model);
    view.resize(900, 700);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    model.setPool(&pool);
    model.setFetchPolicy(Policy::All);
    model.setQuery(manyRows(5));

    StallMeter stalls;
    QTimer scroll;
    scroll.setInterval(16);
    connect(&scroll, &QTimer::timeout, &view,
            [&view] { view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() + 7); });
    stalls.start();
    scroll.start();
    model.load();
    QTRY_COMPARE_WITH_TIMEOUT(model.status(), Status::Ready, 60'000);
    stalls.stop();
    QCOMPARE(model.rowCount(), 100'000);
    // A figure to look at; a busy machine must not fail the test.
    qInfo("longest stall %.1f ms, 99th percentile %.1f ms of %lld ticks", stalls.longest(),
          stalls.percentile(0.99), qlonglong(stalls.ticks()));
    QVERIFY(stalls.ticks() > 10); // the loop has run all the time
}

QTEST_MAIN(tst_TableView)
#include "tst_tableview.moc"
