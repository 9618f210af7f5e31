// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "numberbatch.h"

#include "models/batchrows.h"
#include "models/blockcache.h"

#include <QtCore/QDir>
#include <QtCore/QScopeGuard>
#include <QtTest/QTest>

using namespace QAsyncMySql;
using Internal::BlockCache;

class tst_BlockCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLeastRecentlyUsedGoesFirst();
    void theNewestStays();
    void spilledBlocksComeBack();
    void replaces();
    void aFullDiskLosesNothing();
    void rowsTurned();
};

void tst_BlockCache::theLeastRecentlyUsedGoesFirst()
{
    const qint64 one = makeNumbers(1000, 100).byteSize();
    BlockCache cache(BlockCache::Eviction::Drop, one * 3 + one / 2);
    for (int i = 0; i < 3; ++i)
        cache.insert(i, makeNumbers(1000 + i, 100));
    QCOMPARE(cache.find(0).at(0).get<int>(0), 1000); // used again
    cache.insert(3, makeNumbers(1003, 100));
    QVERIFY(cache.contains(0));
    QVERIFY(!cache.contains(1));
    QVERIFY(cache.find(1).isEmpty());
    QVERIFY(cache.contains(2));
    QVERIFY(cache.contains(3));
    QCOMPARE(cache.memoryBytes(), one * 3);
    QCOMPARE(cache.spilledBytes(), 0);
    cache.setMemoryLimit(one);
    QCOMPARE(cache.size(), size_t(1));
    QVERIFY(cache.contains(3));
}

void tst_BlockCache::theNewestStays()
{
    BlockCache cache(BlockCache::Eviction::Drop, 1);
    cache.insert(7, makeNumbers(0, 1000));
    QCOMPARE(cache.find(7).size(), 1000);
    cache.insert(8, makeNumbers(0, 10));
    QVERIFY(!cache.contains(7));
    QCOMPARE(cache.find(8).size(), 10);
}

void tst_BlockCache::spilledBlocksComeBack()
{
    BlockCache cache(BlockCache::Eviction::Spill, 1);
    for (int i = 0; i < 20; ++i)
        cache.insert(i, makeNumbers(i * 100, 100));
    for (int i = 0; i < 20; ++i) {
        const RowBatch rows = cache.find(i);
        QCOMPARE(rows.size(), 100);
        QCOMPARE(rows.columns().size(), 1);
        QCOMPARE(rows.at(99).get<int>(0), i * 100 + 99);
    }
}

void tst_BlockCache::replaces()
{
    BlockCache cache(BlockCache::Eviction::Spill, 1);
    cache.insert(1, makeNumbers(0, 5));
    cache.insert(2, makeNumbers(50, 5)); // puts block 1 aside
    cache.insert(1, makeNumbers(70, 3));
    cache.insert(2, makeNumbers(50, 5));
    QCOMPARE(cache.find(1).size(), 3);
    QCOMPARE(cache.find(1).at(0).get<int>(0), 70);
    cache.remove(1);
    QVERIFY(!cache.contains(1));
    QCOMPARE(cache.numbers(), QList<qint64>({2}));
    cache.clear();
    QCOMPARE(cache.memoryBytes(), 0);
}

void tst_BlockCache::aFullDiskLosesNothing()
{
    const QByteArray before = qgetenv("TMPDIR");
    const auto restore = qScopeGuard([before] {
        if (before.isNull())
            qunsetenv("TMPDIR");
        else
            qputenv("TMPDIR", before);
    });
    qputenv("TMPDIR", "/nonexistent-folder");
    if (QDir::tempPath() != QLatin1String("/nonexistent-folder"))
        QSKIP("The folder for temporary files is not set by TMPDIR here.");
    BlockCache cache(BlockCache::Eviction::Spill, 1);
    for (int i = 0; i < 5; ++i)
        cache.insert(i, makeNumbers(i * 100, 100));
    QCOMPARE(cache.error().kind(), Error::Kind::Limit);
    QVERIFY(cache.error().message().contains(QLatin1String("nonexistent-folder")));
    for (int i = 0; i < 5; ++i)
        QCOMPARE(cache.find(i).at(0).get<int>(0), i * 100);
}

void tst_BlockCache::rowsTurned()
{
    const RowBatch rows = makeNumbers(0, 50).mid(10, 20);
    const RowBatch turned = Internal::reversed(rows);
    QCOMPARE(turned.size(), 20);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(turned.at(i).get<int>(0), 29 - i);
    const RowBatch joined = Internal::concatenate({rows, turned, makeNumbers(5, 1)});
    QCOMPARE(joined.size(), 41);
    QCOMPARE(joined.at(0).get<int>(0), 10);
    QCOMPARE(joined.at(40).get<int>(0), 5);
    QVERIFY(Internal::reversed(RowBatch()).isEmpty());
    QVERIFY(Internal::concatenate({}).isEmpty());
}

QTEST_GUILESS_MAIN(tst_BlockCache)
#include "tst_blockcache.moc"
