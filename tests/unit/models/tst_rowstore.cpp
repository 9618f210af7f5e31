// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "numberbatch.h"

#include "models/rowstore.h"

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace QAsyncMySql;
using Internal::RowStore;

class tst_RowStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void empty();
    void findsRowsInAnyOrder();
    void forgets();
    void room();
    void truncates();
    void putsAsideWhatDoesNotFit();
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

void tst_RowStore::truncates()
{
    RowStore store;
    for (int i = 0; i < 10; ++i)
        store.append(makeNumbers(i * 10, 10));
    QCOMPARE(store.row(99).get<int>(0), 99);
    store.truncate(100);
    QCOMPARE(store.size(), 100);
    store.truncate(37);
    QCOMPARE(store.size(), 37);
    QCOMPARE(store.row(36).get<int>(0), 36);
    QVERIFY(!store.row(37).isValid());
    store.append(makeNumbers(500, 5));
    QCOMPARE(store.row(37).get<int>(0), 500);
    QCOMPARE(store.row(0).get<int>(0), 0);
    store.truncate(0);
    QCOMPARE(store.size(), 0);
    QCOMPARE(store.byteSize(), 0);
}

void tst_RowStore::putsAsideWhatDoesNotFit()
{
    RowStore store;
    const qint64 limit = makeNumbers(10'000, 100).byteSize() * 5;
    store.setMemoryLimit(limit);
    QRandomGenerator random(11);
    while (store.size() < 20'000) {
        store.append(makeNumbers(int(store.size()), random.bounded(1, 200)));
        QVERIFY(store.memoryBytes() <= limit);
    }
    QVERIFY(store.spilledBytes() > 0);
    QVERIFY(!store.error().isError());
    const int size = int(store.size());
    for (int n = 0; n < 20'000; ++n) {
        const int i = n < size ? n : random.bounded(size);
        QCOMPARE(store.row(i).get<int>(0), i);
        QVERIFY(store.memoryBytes() <= limit);
    }
    // What was read again is not written again.
    const qint64 written = store.spilledBytes();
    for (int i = size - 1; i >= 0; i -= 50)
        QCOMPARE(store.row(i).get<int>(0), i);
    for (int i = 0; i < size; i += 50)
        QCOMPARE(store.row(i).get<int>(0), i);
    QVERIFY(store.spilledBytes() - written <= limit);
    store.clear();
    QCOMPARE(store.memoryBytes(), 0);
    QCOMPARE(store.spilledBytes(), 0);
}

QTEST_GUILESS_MAIN(tst_RowStore)
#include "tst_rowstore.moc"
