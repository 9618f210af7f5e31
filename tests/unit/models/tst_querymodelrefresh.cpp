// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "watchedmodel.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace QAsyncMySql;
using Policy = QueryModel::FetchPolicy;
using Status = QueryModel::Status;

//! What a model does with rows beyond showing them as they come: runs again in place, puts aside, puts by.
class tst_QueryModelRefresh : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstPage();
    void refreshTellsNothingWhereNothingChanged();
    void refreshGrowsAndShrinks();
    void refreshWithOtherColumns();
    void refreshOnDemandReadsWhatWasThere();
    void refreshThatFails();
    void refreshDuringARefresh();
    void memoryLimit();
    void freesTheConnectionWhileItWaits();
    void endsWithAnErrorOnceItsRowsAreShown();
};

void tst_QueryModelRefresh::firstPage()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setFetchPolicy(Policy::FirstPage);
    model.setBatchSize(10);
    model.load();
    source.sendColumns();
    source.sendRows(50);
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.rowCount(), 10);
    QVERIFY(!model.isComplete());
    QVERIFY(!model.canFetchMore({}));
    QVERIFY(source.isAbandoned());
    model.load();
    source.sendColumns();
    source.sendRows(4);
    source.sendEnd();
    QTRY_VERIFY(model.isComplete());
    QCOMPARE(model.rowCount(), 4);
}

void tst_QueryModelRefresh::refreshTellsNothingWhereNothingChanged()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setFetchPolicy(Policy::All);
    model.load();
    source.sendColumns();
    source.sendRows(2500);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.refresh();
    source.sendColumns();
    source.sendRows(2500);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.rowCount(), 2500);
    QCOMPARE(changes.size() + resets.size() + inserted.size(), 0);
}

void tst_QueryModelRefresh::refreshGrowsAndShrinks()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setFetchPolicy(Policy::All);
    model.load();
    source.sendColumns();
    source.sendRows(20);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    const QPersistentModelIndex kept = model.index(7, 0);
    const QPersistentModelIndex lost = model.index(19, 0);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    model.refresh();
    source.sendColumns();
    source.sendRows(5);
    source.sendNullRow();
    source.sendRows(40);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.rowCount(), 46);
    QVERIFY(!changes.isEmpty());
    QCOMPARE(changes.first().at(0).toModelIndex().row(), 5);
    QCOMPARE(model.index(45, 0).data().toInt(), 44);
    QVERIFY(kept.isValid() && lost.isValid());
    model.refresh();
    source.sendColumns();
    source.sendRows(10);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.rowCount(), 10);
    QVERIFY(kept.isValid());
    QVERIFY(!lost.isValid());
    QCOMPARE(kept.data().toInt(), 7);
    model.refresh();
    source.sendColumns();
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.rowCount(), 0);
}

void tst_QueryModelRefresh::refreshWithOtherColumns()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setFetchPolicy(Policy::All);
    model.load();
    source.sendColumns();
    source.sendRows(20);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    model.refresh();
    source.sendColumns({"other"});
    source.sendRows(3);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(resets.size(), 1);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.columnCount(), 1);
}

void tst_QueryModelRefresh::refreshOnDemandReadsWhatWasThere()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setBatchSize(10);
    model.load();
    source.sendColumns();
    source.sendRows(35);
    QTRY_COMPARE(model.status(), Status::Waiting);
    model.fetchMore({});
    QTRY_COMPARE(model.rowCount(), 20);
    model.refresh();
    QCOMPARE(model.rowCount(), 20);
    source.sendColumns();
    source.sendRows(35);
    QTRY_COMPARE(model.status(), Status::Waiting);
    QCOMPARE(model.rowCount(), 20);
    model.fetchMore({});
    QTRY_COMPARE(model.rowCount(), 30);
}

void tst_QueryModelRefresh::refreshThatFails()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setFetchPolicy(Policy::All);
    model.load();
    source.sendColumns();
    source.sendRows(20);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    model.refresh();
    source.fail(QStringLiteral("lost"));
    QTRY_COMPARE(model.status(), Status::Failed);
    QCOMPARE(model.rowCount(), 20); // nothing came, nothing goes
    model.refresh();
    source.sendColumns();
    source.sendRows(5);
    QTRY_VERIFY(model.loadedBytes() > 0 && model.status() == Status::Loading);
    source.fail(QStringLiteral("lost again"));
    QTRY_COMPARE(model.status(), Status::Failed);
    QCOMPARE(model.rowCount(), 5);
}

void tst_QueryModelRefresh::refreshDuringARefresh()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setFetchPolicy(Policy::All);
    model.load();
    source.sendColumns();
    source.sendRows(100);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    for (int i = 0; i < 5; ++i) {
        model.refresh();
        source.sendColumns();
        source.sendRows(10 + i * 7);
        QTest::qWait(i * 30);
        QVERIFY(model.rowCount() > 0);
    }
    model.refresh();
    source.sendColumns();
    source.sendRows(60);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.rowCount(), 60);
    for (int row = 0; row < 60; ++row)
        QCOMPARE(model.index(row, 0).data().toInt(), row);
}

void tst_QueryModelRefresh::memoryLimit()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setFetchPolicy(Policy::All);
    model.setMemoryLimit(20'000);
    model.load();
    source.sendColumns();
    for (int i = 0; i < 30; ++i) {
        source.sendRows(500);
        QTRY_COMPARE(model.rowCount(), (i + 1) * 500);
    }
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QVERIFY(model.spilledBytes() > 0);
    QVERIFY(model.loadedBytes() > 20'000);
    for (int row = 0; row < model.rowCount(); ++row)
        QCOMPARE(model.index(row, 0).data().toInt(), row);
}

void tst_QueryModelRefresh::freesTheConnectionWhileItWaits()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setBatchSize(10);
    model.setHoldTime(0);
    model.load();
    source.sendColumns();
    source.sendRows(15);
    QTRY_COMPARE(model.status(), Status::Waiting);
    source.sendRows(20);
    source.sendEnd();
    const Internal::QueryModelCore *core = Internal::QueryModelCore::of(&model);
    QTRY_VERIFY(!core->holdsStatement());
    QCOMPARE(model.status(), Status::Waiting);
    QCOMPARE(model.rowCount(), 10);
    model.fetchMore({});
    QTRY_COMPARE(model.status(), Status::Waiting);
    QCOMPARE(model.rowCount(), 20);
    model.fetchMore({});
    QTRY_COMPARE(model.rowCount(), 30);
    model.fetchMore({});
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.rowCount(), 35);
    QVERIFY(model.isComplete());
}

void tst_QueryModelRefresh::endsWithAnErrorOnceItsRowsAreShown()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setBatchSize(10);
    model.setHoldTime(0);
    model.load();
    source.sendColumns();
    source.sendRows(25);
    QTRY_COMPARE(model.status(), Status::Waiting);
    source.fail(QStringLiteral("lost"));
    const Internal::QueryModelCore *core = Internal::QueryModelCore::of(&model);
    QTRY_VERIFY(!core->holdsStatement());
    QCOMPARE(model.status(), Status::Waiting);
    model.fetchMore({});
    QTRY_COMPARE(model.rowCount(), 20);
    model.fetchMore({});
    QTRY_COMPARE(model.status(), Status::Failed);
    QCOMPARE(model.rowCount(), 25);
    QCOMPARE(model.errorString(), QStringLiteral("lost"));
}

QTEST_GUILESS_MAIN(tst_QueryModelRefresh)
#include "tst_querymodelrefresh.moc"
