// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    A Statement that outlives the loan it was prepared in: its connection may have another borrower by then,
    whom it must not touch.
*/

#include "poolsupport.h"

using namespace QAsyncMySql;
using namespace Qt::StringLiterals;

class tst_PoolStatements : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usedAfterTheLoan_data();
    void usedAfterTheLoan();
    void usedWhenItIsHomeAgain_data() { ServerMatrix::addRows(); }
    void usedWhenItIsHomeAgain();
    void preparedTooLate_data() { ServerMatrix::addRows(); }
    void preparedTooLate();
    void reopenedByItsBorrower_data() { ServerMatrix::addRows(); }
    void reopenedByItsBorrower();
};

void tst_PoolStatements::usedAfterTheLoan_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<bool>("unchanged");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::addRow("%s, reset", qPrintable(id)) << id << false;
        QTest::addRow("%s, unchanged", qPrintable(id)) << id << true;
    }
}

void tst_PoolStatements::usedAfterTheLoan()
{
    MATRIX_SERVER(live);
    QFETCH(bool, unchanged);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(1);
    pool.setReservesControlConnection(false);
    Lease first = *await(pool.acquire());
    const quint64 session = first->connectionId();
    VERIFY_OK(await(first->query(u"CREATE TEMPORARY TABLE loan (n INT)")));
    VERIFY_OK(await(first->query(u"DROP TEMPORARY TABLE loan")));
    const Result<Statement> prepared = await(first->prepare(u"SELECT ?"));
    VERIFY_OK(prepared);
    const Statement statement = *prepared;
    VERIFY_OK(await(statement.execute(7)));
    if (unchanged)
        first.releaseUnchanged();
    else
        first.release();

    Lease second = *await(pool.acquire());
    QCOMPARE(second->connectionId(), session);
    const auto executions = [&] {
        return await(second->query(u"SHOW SESSION STATUS WHERE Variable_name IN ('Com_stmt_execute', "
                                   u"'Com_stmt_prepare')"));
    };
    const auto before = executions();
    VERIFY_OK(before);
    QCOMPARE(before->size(), 2);

    const auto late = await(statement.execute(8));
    QVERIFY(!late);
    QCOMPARE(late.error().kind(), Error::Kind::Usage);
    QCOMPARE(late.error().outcome(), Error::Outcome::NotSent);
    QVERIFY(!late.error().isRetryable());
    QVERIFY2(late.error().message().contains(u"given back"), qPrintable(late.error().message()));
    const std::unique_ptr<Cursor> cursor = statement.stream(8);
    QVERIFY(cursor);
    QTRY_VERIFY(cursor->isFinished());
    QCOMPARE(cursor->error().kind(), Error::Kind::Usage);
    QCOMPARE(cursor->error().outcome(), Error::Outcome::NotSent);

    const auto after = executions();
    VERIFY_OK(after);
    for (qsizetype i = 0; i < before->size(); ++i)
        QCOMPARE(after->at(i).get<QString>(1), before->at(i).get<QString>(1));
    // The borrower prepares one of his own.
    const Result<Statement> own = await(second->prepare(u"SELECT ?"));
    VERIFY_OK(own);
    QCOMPARE(numberOf(await(own->execute(9))), 9);
}

// Nobody has the connection; it is to be left as it is all the same.
void tst_PoolStatements::usedWhenItIsHomeAgain()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(1);
    Lease lease = *await(pool.acquire());
    const Result<Statement> statement = await(lease->prepare(u"SELECT ?"));
    VERIFY_OK(statement);
    lease.release();
    QTRY_COMPARE(pool.idleCount(), 1);
    const auto late = await(statement->execute(1));
    QVERIFY(!late);
    QCOMPARE(late.error().kind(), Error::Kind::Usage);
    QCOMPARE(pool.idleCount(), 1);
    QCOMPARE(numberOf(await(pool.execute(u"SELECT ?", 2))), 2);
}

// The loan ends while it is being prepared.
void tst_PoolStatements::preparedTooLate()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(1);
    Lease lease = *await(pool.acquire());
    Reply<Statement> preparing = lease->prepare(u"SELECT ?");
    lease.release();
    const Result<Statement> statement = await(preparing);
    if (statement) {
        const auto late = await(statement->execute(1));
        QVERIFY(!late);
        QCOMPARE(late.error().kind(), Error::Kind::Usage);
    } else {
        QCOMPARE(statement.error().kind(), Error::Kind::Cancelled);
    }
    QCOMPARE(numberOf(await(pool.execute(u"SELECT ?", 2))), 2);
}

// As on any connection, it is prepared anew there.
void tst_PoolStatements::reopenedByItsBorrower()
{
    MATRIX_SERVER(live);
    Pool pool(optionsFor(live));
    pool.setMaximumSize(1);
    { // the connection has had a borrower before
        Lease earlier = *await(pool.acquire());
        VERIFY_OK(await(earlier->ping()));
    }
    Lease lease = *await(pool.acquire());
    const Result<Statement> statement = await(lease->prepare(u"SELECT ?"));
    VERIFY_OK(statement);
    VERIFY_OK(await(lease->close()));
    VERIFY_OK(await(lease->open(pool.options())));
    QCOMPARE(numberOf(await(statement->execute(5))), 5);
}

QTEST_GUILESS_MAIN(tst_PoolStatements)
#include "tst_pool_statements.moc"
