// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/rowstore.h"
#include "values/columndata.h"
#include "values/rowbatchbuilder.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace QAsyncMySql;
using Internal::RowStore;

namespace {

// Rows with one number each: first, first + 1, …
RowBatch makeNumbers(int first, int count)
{
    auto *data = new ColumnData;
    data->name = "n";
    data->type = ColumnType::LongLong;
    Internal::RowColumnsPointer columns(new Internal::RowColumns);
    columns->columns.append(Column(data));
    Internal::RowBlockPointer block(new Internal::RowBlock(columns));
    for (int i = first; i < first + count; ++i) {
        const QByteArray number = QByteArray::number(i);
        block->append(QByteArray(1, char(number.size())).append(number));
    }
    return Internal::makeBatch(columns, {block}, 0, count);
}

} // namespace

class tst_RowStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void empty();
    void findsRowsInAnyOrder();
    void forgets();
    void room();
};

void tst_RowStore::empty()
{
    RowStore store;
    QCOMPARE(store.size(), 0);
    QCOMPARE(store.byteSize(), 0);
    QVERIFY(!store.row(0).isValid());
    QVERIFY(!store.row(-1).isValid());
    store.append(RowBatch());
    QCOMPARE(store.size(), 0);
}

void tst_RowStore::findsRowsInAnyOrder()
{
    RowStore store;
    QRandomGenerator random(7);
    qsizetype bytes = 0;
    while (store.size() < 5000) {
        const RowBatch batch = makeNumbers(int(store.size()), random.bounded(1, 90));
        bytes += batch.byteSize();
        store.append(batch);
    }
    QCOMPARE(store.byteSize(), bytes);
    const int size = int(store.size());
    for (int i = 0; i < size; ++i)
        QCOMPARE(store.row(i).get<int>(0), i);
    for (int i = size - 1; i >= 0; --i)
        QCOMPARE(store.row(i).get<int>(0), i);
    for (int n = 0; n < 20'000; ++n) {
        const int i = random.bounded(size);
        QCOMPARE(store.row(i).get<int>(0), i);
    }
    QVERIFY(!store.row(size).isValid());
    QVERIFY(!store.row(-1).isValid());
    QCOMPARE(store.row(0).get<int>(0), 0);
}

void tst_RowStore::forgets()
{
    RowStore store;
    store.append(makeNumbers(0, 10));
    QCOMPARE(store.row(3).get<int>(0), 3);
    store.clear();
    QCOMPARE(store.size(), 0);
    QCOMPARE(store.byteSize(), 0);
    QVERIFY(!store.row(3).isValid());
    store.append(makeNumbers(100, 10));
    QCOMPARE(store.row(3).get<int>(0), 103); // not the row 3 of before
}

void tst_RowStore::room()
{
    RowStore store(25);
    QCOMPARE(store.room(), 25);
    store.append(makeNumbers(0, 20));
    QCOMPARE(store.room(), 5);
    QCOMPARE(RowStore().room(), std::numeric_limits<int>::max());
}

QTEST_GUILESS_MAIN(tst_RowStore)
#include "tst_rowstore.moc"
