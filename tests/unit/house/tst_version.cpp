// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/version.h>

#include <QTest>

class tst_Version : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void libraryMatchesHeaders();
    void checkOrders();
};

void tst_Version::libraryMatchesHeaders()
{
    // The test is built with the library, so both versions are one.
    QCOMPARE(QAsyncMySql::version().toString(), QString::fromLatin1(QASYNCMYSQL_VERSION_STR));
}

void tst_Version::checkOrders()
{
    static_assert(QASYNCMYSQL_VERSION_CHECK(1, 0, 0) > QASYNCMYSQL_VERSION_CHECK(0, 255, 255));
    static_assert(QASYNCMYSQL_VERSION >= QASYNCMYSQL_VERSION_CHECK(0, 1, 0));
    QCOMPARE(QASYNCMYSQL_VERSION_CHECK(1, 2, 3), 0x010203);
}

QTEST_GUILESS_MAIN(tst_Version)
#include "tst_version.moc"
