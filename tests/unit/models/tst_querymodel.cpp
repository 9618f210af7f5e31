// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "watchedmodel.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace QAsyncMySql;
using Internal::QueryModelCore;
using Policy = QueryModel::FetchPolicy;
using Status = QueryModel::Status;

Q_DECLARE_METATYPE(Status)

class tst_QueryModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsEmpty();
    void needsQueryAndPlace();
    void readsAll();
    void insertsLittleForSlowViews();
    void readsOnDemand();
    void policyChangesWhileWaiting();
    void values();
    void namesOfRoles();
    void headers();
    void emptyResult();
    void noColumns();
    void laterResultsAreDropped();
    void rowsOfEarlierRunStayUntilTheFirstOfTheNext();
    void failureKeepsRows();
    void failureBeforeRows();
    void cancelKeepsRows();
    void clear();
    void lateRowsOfAnEarlierRun();
    void tooManyRows();
    void progressIsNotFlooded();
    void poolIsGone();
};

void tst_QueryModel::startsEmpty()
{
    WatchedModel model;
    QCOMPARE(model.status(), Status::Empty);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), 0);
    QVERIFY(!model.canFetchMore({}));
    QVERIFY(!model.error().isError());
    QVERIFY(!model.data({}).isValid());
    QVERIFY(!model.headerData(0, Qt::Horizontal).isValid());
    QVERIFY(!model.row(0).isValid());
    model.fetchMore({});
    model.cancel();
    model.clear();
    QCOMPARE(model.status(), Status::Empty);
}

void tst_QueryModel::needsQueryAndPlace()
{
    WatchedModel model;
    QSignalSpy finished(&model, &QueryModel::loadFinished);
    model.load();
    QCOMPARE(model.status(), Status::Loading); // told from the event loop, as all errors
    QTRY_COMPARE(model.status(), Status::Failed);
    QCOMPARE(model.error().kind(), Error::Kind::Usage);
    QVERIFY2(model.errorString().contains(QLatin1String("setQuery")), qPrintable(model.errorString()));
    QCOMPARE(finished.size(), 1);

    model.setQuery(QStringLiteral("SELECT 1"));
    model.load();
    QTRY_COMPARE(model.status(), Status::Failed);
    QVERIFY2(model.errorString().contains(QLatin1String("setPool")), qPrintable(model.errorString()));
    QCOMPARE(model.error().statement(), QStringLiteral("SELECT 1"));
    QCOMPARE(finished.size(), 2);
}

void tst_QueryModel::readsAll()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setFetchPolicy(Policy::All);
    model.setBatchSize(100);
    QList<int> inserted;
    connect(&model, &QueryModel::rowsInserted, this,
            [&inserted](const QModelIndex &, int first, int last) { inserted.append(last - first + 1); });
    model.load();
    source.sendColumns();
    for (int i = 0; i < 10; ++i) {
        source.sendRows(250);
        QCoreApplication::processEvents();
    }
    QVERIFY(!model.canFetchMore({})); // the model reads by itself
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.rowCount(), 2500);
    QCOMPARE(model.loadedRows(), 2500);
    QVERIFY(inserted.first() <= 100);
    for (const int row : {0, 1, 249, 250, 1234, 2499})
        QCOMPARE(model.index(row, 1).data().toString(), QStringLiteral("row %1").arg(row));
    QVERIFY(!model.index(2500, 0).isValid());
    QCOMPARE(model.row(77).get<int>(0), 77);
    QVERIFY(model.loadedBytes() > 2500 * 10);
    QVERIFY(model.rowsPerSecond() > 0);
}

void tst_QueryModel::insertsLittleForSlowViews()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setFetchPolicy(Policy::All);
    model.setBatchSize(100);
    connect(&model, &QueryModel::rowsInserted, this, [](const QModelIndex &, int first, int last) {
        QVERIFY(last - first + 1 <= 100);
        QTest::qSleep(2); // longer than a millisecond: as a proxy that sorts
    });
    model.load();
    source.sendColumns();
    source.sendRows(1500);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.rowCount(), 1500);
}

void tst_QueryModel::readsOnDemand()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setBatchSize(100);
    model.load();
    source.sendColumns();
    QVERIFY(!model.canFetchMore({}));
    source.sendRows(350);
    QTRY_COMPARE(model.status(), Status::Waiting);
    QCOMPARE(model.rowCount(), 100);
    QCOMPARE(source.window(), 200); // no more is read ahead than two batches
    QVERIFY(model.canFetchMore({}));
    QVERIFY(!model.canFetchMore(model.index(0, 0)));

    model.fetchMore({});
    QCOMPARE(model.status(), Status::Loading);
    QVERIFY(!model.canFetchMore({}));
    QTRY_COMPARE(model.status(), Status::Waiting);
    QCOMPARE(model.rowCount(), 200);

    source.sendEnd();
    QTest::qWait(20);
    QCOMPARE(model.status(), Status::Waiting); // rows are left
    model.fetchMore({});
    QTRY_COMPARE(model.status(), Status::Waiting);
    model.fetchMore({});
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.rowCount(), 350);
    QVERIFY(!model.canFetchMore({}));
}

void tst_QueryModel::policyChangesWhileWaiting()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setBatchSize(10);
    model.load();
    source.sendColumns();
    source.sendRows(95);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Waiting);
    model.setFetchPolicy(Policy::All);
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.rowCount(), 95);
}

void tst_QueryModel::values()
{
    FakeSource source;
    WatchedModel model(&source);
    model.load();
    source.sendColumns();
    source.sendRows(1);
    source.sendNullRow();
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);

    const QModelIndex number = model.index(0, 0);
    QCOMPARE(number.data(Qt::DisplayRole), QVariant(QStringLiteral("0")));
    QCOMPARE(number.data(Qt::EditRole).metaType(), QMetaType::fromType<qlonglong>());
    QCOMPARE(number.data(Qt::TextAlignmentRole).toInt(), int(Qt::AlignRight | Qt::AlignVCenter));
    QCOMPARE(number.data(QueryModel::RawRole).toByteArray(), QByteArray("0"));
    QCOMPARE(number.data(QueryModel::IsNullRole), QVariant(false));
    QCOMPARE(number.data(QueryModel::TypeNameRole).toString(), QStringLiteral("BIGINT"));
    QCOMPARE(number.data(QueryModel::ColumnNameRole).toString(), QStringLiteral("id"));
    QCOMPARE(model.index(0, 1).data(Qt::TextAlignmentRole).toInt(), int(Qt::AlignLeft | Qt::AlignVCenter));
    // By column name, from whatever column of the row.
    QCOMPARE(number.data(QueryModel::FirstColumnRole + 1).toString(), QStringLiteral("row 0"));
    QVERIFY(!number.data(QueryModel::FirstColumnRole + 2).isValid());

    const QModelIndex null = model.index(1, 0);
    QCOMPARE(null.data(Qt::DisplayRole), QVariant(QString()));
    QCOMPARE(null.data(Qt::EditRole).metaType(), QMetaType::fromType<qlonglong>());
    QVERIFY(null.data(Qt::EditRole).isNull());
    QCOMPARE(null.data(QueryModel::IsNullRole), QVariant(true));
    QVERIFY(null.data(QueryModel::RawRole).toByteArray().isNull());
    QCOMPARE(null.data(QueryModel::FirstColumnRole).metaType(), QMetaType::fromType<std::nullptr_t>());
}

void tst_QueryModel::namesOfRoles()
{
    FakeSource source;
    WatchedModel model(&source);
    model.load();
    source.sendColumns({"ID", "Customer Name", "display"});
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    const QHash<int, QByteArray> names = model.roleNames();
    QCOMPARE(names.value(Qt::DisplayRole), QByteArray("display"));
    QCOMPARE(names.value(QueryModel::IsNullRole), QByteArray("isNull"));
    QCOMPARE(names.value(QueryModel::FirstColumnRole), QByteArray("id"));
    QCOMPARE(names.value(QueryModel::FirstColumnRole + 1), QByteArray("customer_Name"));
    QCOMPARE(names.value(QueryModel::FirstColumnRole + 2), QByteArray("display_"));
}

void tst_QueryModel::headers()
{
    FakeSource source;
    WatchedModel model(&source);
    model.load();
    source.sendColumns();
    source.sendRows(3);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), QStringLiteral("name"));
    QCOMPARE(model.headerData(2, Qt::Vertical).toInt(), 3);
    QVERIFY(!model.headerData(3, Qt::Vertical).isValid());
    QVERIFY(!model.headerData(2, Qt::Horizontal).isValid());

    QSignalSpy changed(&model, &QueryModel::headerDataChanged);
    QVERIFY(model.setHeaderData(1, Qt::Horizontal, QStringLiteral("Customer")));
    QVERIFY(!model.setHeaderData(2, Qt::Horizontal, QStringLiteral("None")));
    QVERIFY(!model.setHeaderData(0, Qt::Vertical, QStringLiteral("None")));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), QStringLiteral("Customer"));
    QCOMPARE(model.headerData(1, Qt::Horizontal, QueryModel::ColumnNameRole).toString(),
             QStringLiteral("name"));

    // It stays for a new run with the same columns, and goes with them.
    model.reload();
    source.sendColumns();
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), QStringLiteral("Customer"));
    model.reload();
    source.sendColumns({"id", "other"});
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.headerData(1, Qt::Horizontal).toString(), QStringLiteral("other"));
}

void tst_QueryModel::emptyResult()
{
    FakeSource source;
    WatchedModel model(&source);
    model.load();
    source.sendColumns();
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), 2);
}

void tst_QueryModel::noColumns()
{
    FakeSource source;
    WatchedModel model(&source);
    QSignalSpy finished(&model, &QueryModel::loadFinished);
    model.load();
    source.sendEnd(); // an UPDATE
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.columnCount(), 0);
    QCOMPARE(finished.size(), 1);
}

void tst_QueryModel::laterResultsAreDropped()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setBatchSize(10);
    model.load();
    source.sendEnd(true); // SET …
    source.sendColumns({"a"}); // ; SELECT a …
    source.sendRows(10);
    source.sendEnd(true);
    source.sendColumns({"b", "c", "d"}); // ; SELECT b, c, d …
    source.sendRows(500);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QCOMPARE(model.columnCount(), 1);
    QCOMPARE(model.rowCount(), 10);
    QCOMPARE(model.index(9, 0).data().toString(), QStringLiteral("9"));
}

void tst_QueryModel::rowsOfEarlierRunStayUntilTheFirstOfTheNext()
{
    FakeSource source;
    WatchedModel model(&source);
    model.load();
    source.sendColumns();
    source.sendRows(5);
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    model.reload();
    source.sendColumns({"other"});
    QTest::qWait(30);
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(model.columnCount(), 2);
    QCOMPARE(model.status(), Status::Loading);
    QSignalSpy reset(&model, &QueryModel::modelReset);
    source.sendRows(1);
    QTRY_COMPARE(model.rowCount(), 1);
    QCOMPARE(reset.size(), 1);
    QCOMPARE(model.columnCount(), 1);
}

void tst_QueryModel::failureKeepsRows()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setFetchPolicy(Policy::All);
    QSignalSpy errors(&model, &QueryModel::errorChanged);
    model.load();
    source.sendColumns();
    source.sendRows(30);
    source.fail(QStringLiteral("gone"));
    QTRY_COMPARE(model.status(), Status::Failed);
    QCOMPARE(model.rowCount(), 30);
    QCOMPARE(model.errorString(), QStringLiteral("gone"));
    QCOMPARE(errors.size(), 1);
    model.reload();
    QVERIFY(!model.error().isError());
    QCOMPARE(errors.size(), 2);
}

void tst_QueryModel::failureBeforeRows()
{
    FakeSource source;
    WatchedModel model(&source);
    QSignalSpy finished(&model, &QueryModel::loadFinished);
    model.load();
    source.fail(QStringLiteral("refused"));
    QTRY_COMPARE(model.status(), Status::Failed);
    QCOMPARE(model.columnCount(), 0);
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().value<Error>().message(), QStringLiteral("refused"));
}

void tst_QueryModel::cancelKeepsRows()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setBatchSize(10);
    QSignalSpy finished(&model, &QueryModel::loadFinished);
    model.load();
    source.sendColumns();
    source.sendRows(25);
    QTRY_COMPARE(model.status(), Status::Waiting);
    model.cancel();
    QCOMPARE(model.status(), Status::Cancelled); // at once, whatever the server does
    QVERIFY(source.isAbandoned());
    QVERIFY(!model.canFetchMore({}));
    QCOMPARE(model.rowCount(), 10);
    QVERIFY(!model.error().isError());
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().value<Error>().kind(), Error::Kind::Cancelled);
    model.cancel();
    QCOMPARE(finished.size(), 1);
}

void tst_QueryModel::clear()
{
    FakeSource source;
    WatchedModel model(&source);
    model.load();
    source.sendColumns();
    source.sendRows(25);
    QTRY_COMPARE(model.rowCount(), 25);
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.columnCount(), 0);
    QCOMPARE(model.loadedBytes(), 0);
    QCOMPARE(model.status(), Status::Empty);
    QVERIFY(source.isAbandoned());
}

void tst_QueryModel::lateRowsOfAnEarlierRun()
{
    FakeSource first;
    FakeSource second;
    WatchedModel model(&first);
    model.load();
    first.sendColumns({"old"});
    first.sendRows(10);
    second.attach(&model);
    model.reload(); // the rows of the first run have arrived, and were not yet taken
    second.sendColumns({"new"});
    second.sendRows(3);
    second.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    QTest::qWait(30);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.headerData(0, Qt::Horizontal).toString(), QStringLiteral("new"));
}

// GUI life 15: more rows than an int counts.
void tst_QueryModel::tooManyRows()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setFetchPolicy(Policy::All);
    QueryModelCore::of(&model)->rows().setMaximumRows(120); // as if an int held no more
    model.load();
    source.sendColumns();
    source.sendRows(200);
    QTRY_COMPARE(model.status(), Status::Failed);
    QCOMPARE(model.rowCount(), 120);
    QCOMPARE(model.error().kind(), Error::Kind::Limit);
    QVERIFY(source.isAbandoned());
}

// GUI life 28: signals of progress come some ten times a second.
void tst_QueryModel::progressIsNotFlooded()
{
    FakeSource source;
    WatchedModel model(&source);
    model.setFetchPolicy(Policy::All);
    QSignalSpy progress(&model, &QueryModel::progressChanged);
    model.load();
    source.sendColumns();
    QElapsedTimer time;
    time.start();
    while (time.elapsed() < 450) {
        source.sendRows(50);
        QTest::qWait(1);
    }
    const qint64 elapsed = time.elapsed();
    QVERIFY2(progress.size() >= 2, qPrintable(QString::number(progress.size())));
    QVERIFY2(progress.size() <= elapsed / 100 + 1, qPrintable(QString::number(progress.size())));
    source.sendEnd();
    QTRY_COMPARE(model.status(), Status::Ready);
    const qsizetype end = progress.size();
    QTest::qWait(250);
    QCOMPARE(progress.size(), end);
}

void tst_QueryModel::poolIsGone()
{
    WatchedModel model;
    model.setQuery(QStringLiteral("SELECT 1"));
    {
        Pool pool;
        model.setPool(&pool);
        QCOMPARE(model.pool(), &pool);
    }
    QCOMPARE(model.pool(), nullptr);
    model.load();
    QTRY_COMPARE(model.status(), Status::Failed);
    QCOMPARE(model.error().kind(), Error::Kind::Usage);
}

QTEST_GUILESS_MAIN(tst_QueryModel)
#include "tst_querymodel.moc"
