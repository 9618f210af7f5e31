// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transport/freshname.h"

#include <QtCore/QSet>
#include <QtTest/QtTest>

using QAsyncMySql::Transport::freshName;
using namespace Qt::StringLiterals;

class tst_FreshName : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void spellings()
    {
        QSet<QString> seen;
        for (int i = 0; i < 500; ++i) {
            const QString name = freshName(u"primary.db-1.example"_s);
            QCOMPARE(name.toLower(), u"primary.db-1.example"_s);
            seen.insert(name);
        }
        QCOMPARE(seen.size(), 500);
        seen.clear();
        for (int i = 0; i < 8; ++i)
            seen.insert(freshName(u"db"_s));
        QCOMPARE(seen.size(), 4); // all there are
    }

    void addressesStay_data()
    {
        QTest::addColumn<QString>("host");
        for (const QString &host :
             {u"127.0.0.1"_s, u"::1"_s, u"fe80::ABCD"_s, u"fe80::1%eth0"_s, u""_s, u"10"_s})
            QTest::newRow(qPrintable(host)) << host;
    }
    void addressesStay()
    {
        QFETCH(QString, host);
        for (int i = 0; i < 4; ++i)
            QCOMPARE(freshName(host), host);
    }
};

QTEST_GUILESS_MAIN(tst_FreshName)
#include "tst_freshname.moc"
