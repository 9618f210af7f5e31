// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "ledgerworkers.h"

#include <QAsyncMySql/runtransaction.h>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const QString Take = u"UPDATE account SET v = v - ? WHERE id = ?"_s;
const QString Give = u"UPDATE account SET v = v + ? WHERE id = ?"_s;
const QString Book = u"INSERT INTO ledger (token, source, target, amount) VALUES (?, ?, ?, ?)"_s;

} // namespace

void LedgerNotes::note(const QString &token, const Error &error)
{
    Fate fate = Fate::Acknowledged;
    if (error) {
        const bool known
            = error.outcome() == Error::Outcome::NotSent || error.outcome() == Error::Outcome::NotExecuted;
        fate = known ? Fate::Failed : Fate::Unknown;
    } else {
        ++m_acknowledged;
        if (m_armed) {
            m_firstAt = m_clock.elapsed();
            m_armed = false;
        }
    }
    const QMutexLocker lock(&m_mutex);
    m_fates.insert(token, fate);
}

QHash<QString, LedgerNotes::Fate> LedgerNotes::fates() const
{
    const QMutexLocker lock(&m_mutex);
    return m_fates;
}

Transfer::Transfer(int worker, qint64 number)
    : token(u"%1-%2"_s.arg(worker).arg(number))
    , from(1 + QRandomGenerator::global()->bounded(Accounts))
    , to(1 + QRandomGenerator::global()->bounded(Accounts))
    , amount(1 + QRandomGenerator::global()->bounded(100))
{
}

//! The error of the commit; or, of the same meaning for the money, that nothing was committed.
Error BlockingWorker::move(const Transfer &t)
{
    const Result<Transaction> begun = m_pool.begin().result();
    if (!begun)
        return begun.error().withOutcome(Error::Outcome::NotSent);
    Transaction transaction = *begun;
    for (const Reply<ResultSet> &reply :
         {transaction.execute(Take, t.amount, t.from), transaction.execute(Give, t.amount, t.to),
          transaction.query(Book, t.token, t.from, t.to, t.amount)}) {
        if (const Error error = reply.result().error())
            return error.withOutcome(Error::Outcome::NotExecuted); // as a whole: it is not committed
    }
    return transaction.commit().result().error();
}

void BlockingWorker::run()
{
    for (qint64 count = 0; !m_stop; ++count) {
        const Transfer transfer(m_number, count);
        const Error error = move(transfer);
        m_notes.note(transfer.token, error);
        if (error)
            msleep(1);
    }
}

void RepeatingWorker::next()
{
    if (m_stop) {
        m_idle = true;
        return;
    }
    const Transfer t(m_number, m_count++);
    runTransaction(m_pool, [t](Transaction &transaction) {
        (void)transaction.execute(Take, t.amount, t.from);
        (void)transaction.execute(Give, t.amount, t.to);
        return transaction.query(Book, t.token, t.from, t.to, t.amount);
    }).then(this, [this, t](const Result<ResultSet> &result) {
        m_notes.note(t.token, result.error());
        next();
    });
}
