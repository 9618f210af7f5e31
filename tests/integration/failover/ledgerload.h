// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/Pool>

#include <QtCore/QElapsedTimer>
#include <QtCore/QSet>
#include <QtCore/QTimer>

#include <algorithm>

/*
    Programs that write: each worker inserts one row after the other into app.ledger, and goes on to the next
   when the server has acknowledged the last. What is known not to have been executed is tried again; what is
   not known is left.
*/
class LedgerLoad : public QObject
{
public:
    LedgerLoad(QAsyncMySql::Pool &pool, int workers)
        : m_pool(pool)
    {
        for (int worker = 0; worker < workers; ++worker)
            next(worker);
        m_sinceLast.start();
    }

    //! Ends after the statements under way.
    void stop() { m_stopped = true; }
    bool isIdle() const { return m_underWay == 0; }
    const QSet<qint64> &acknowledged() const { return m_acknowledged; }
    const QSet<qint64> &unknown() const { return m_unknown; }
    const QMap<QString, int> &errors() const { return m_errors; }
    //! The longest time without an acknowledged write since begun or markNow(), in ms.
    qint64 longestPause() const { return std::max(m_longestPause, m_sinceLast.elapsed()); }
    void markNow()
    {
        m_longestPause = 0;
        m_marked = m_acknowledged.size();
    }
    qsizetype writesSinceMark() const { return m_acknowledged.size() - m_marked; }

private:
    void next(int worker)
    {
        if (!m_stopped)
            write(worker, ++m_lastId);
    }

    void write(int worker, qint64 id)
    {
        using namespace QAsyncMySql;
        ++m_underWay;
        m_pool.execute(
            this,
            [this, worker, id](const Result<ResultSet> &result) {
                --m_underWay;
                written(worker, id, result.error());
            },
            u"INSERT INTO ledger (id, worker) VALUES (?, ?)", id, worker);
    }

    void written(int worker, qint64 id, const QAsyncMySql::Error &error)
    {
        using namespace QAsyncMySql;
        if (!error) {
            m_acknowledged.insert(id);
            m_longestPause = std::max(m_longestPause, m_sinceLast.restart());
            next(worker);
            return;
        }
        ++m_errors[QStringLiteral("%1 %2").arg(error.code()).arg(error.message().left(60))];
        if (error.outcome() == Error::Outcome::Unknown || error.outcome() == Error::Outcome::Executed) {
            m_unknown.insert(id);
            next(worker);
        } else if (!m_stopped) {
            QTimer::singleShot(5, this, [this, worker, id] { write(worker, id); });
        }
    }

    QAsyncMySql::Pool &m_pool;
    QSet<qint64> m_acknowledged;
    QSet<qint64> m_unknown;
    QMap<QString, int> m_errors;
    QElapsedTimer m_sinceLast;
    qint64 m_longestPause = 0;
    qint64 m_lastId = 0;
    qsizetype m_marked = 0;
    int m_underWay = 0;
    bool m_stopped = false;
};
