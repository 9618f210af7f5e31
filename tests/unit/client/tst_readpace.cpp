// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "client/readpace.h"

#include <QtTest/QtTest>

using QAsyncMySql::Internal::ReadPace;

class tst_ReadPace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsMoreWhereThereIsMore();
    void waitsInAStreamOfPieces();
    void neverWaitsForLittle();
    void doesNotWaitWhereThereIsMore();
    void doesNotWaitForTheNextAnswer();

private:
    //! Whether it waits after so many readings; a pause of the machine in between starts them anew.
    static bool waitsAfter(ReadPace &pace, int readings, qint64 bytes)
    {
        for (int i = 0; i < readings && !pace.waits(); ++i)
            pace.took(bytes);
        return pace.waits();
    }
};

void tst_ReadPace::readsMoreWhereThereIsMore()
{
    ReadPace pace;
    const qsizetype first = pace.size();
    pace.took(first - 1);
    QCOMPARE(pace.size(), first);
    for (int i = 0; i < 10; ++i)
        pace.took(pace.size());
    QVERIFY(pace.size() > first);
    QCOMPARE(pace.size(), 256 * 1024);
}

void tst_ReadPace::waitsInAStreamOfPieces()
{
    ReadPace pace;
    for (int i = 0; i < 8; ++i) {
        pace.took(10'000);
        QVERIFY2(!pace.waits(), "the first rows are there at once");
    }
    QVERIFY(waitsAfter(pace, 10'000, 10'000));
}

void tst_ReadPace::neverWaitsForLittle()
{
    ReadPace pace;
    QVERIFY(!waitsAfter(pace, 1000, 200));
}

void tst_ReadPace::doesNotWaitWhereThereIsMore()
{
    ReadPace pace;
    QVERIFY(waitsAfter(pace, 10'000, 10'000));
    pace.took(pace.size());
    QVERIFY(!pace.waits());
}

void tst_ReadPace::doesNotWaitForTheNextAnswer()
{
    ReadPace pace;
    QVERIFY(waitsAfter(pace, 10'000, 10'000));
    pace.answered();
    QVERIFY(!pace.waits());
}

QTEST_GUILESS_MAIN(tst_ReadPace)
#include "tst_readpace.moc"
