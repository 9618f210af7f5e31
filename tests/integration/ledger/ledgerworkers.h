// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/Pool>

#include <QtCore/QElapsedTimer>
#include <QtCore/QHash>
#include <QtCore/QMutex>
#include <QtCore/QRandomGenerator>
#include <QtCore/QThread>

#include <atomic>
#include <memory>

//! What the workers were told about each of their transfers; from any thread.
class LedgerNotes
{
public:
    enum class Fate : quint8
    {
        Acknowledged, //!< the commit was answered
        Failed, //!< it was not committed, says the error
        Unknown //!< the error says that nothing is known
    };

    void note(const QString &token, const QAsyncMySql::Error &error);
    QHash<QString, Fate> fates() const;
    qint64 acknowledged() const { return m_acknowledged; }
    //! From now on the next acknowledgement is waited for.
    void arm() { m_armed = true; }
    bool isArmed() const { return m_armed; }
    //! When that came, in ms of clock().
    qint64 firstAt() const { return m_firstAt; }
    const QElapsedTimer &clock() const { return m_clock; }
    LedgerNotes() { m_clock.start(); }

private:
    mutable QMutex m_mutex;
    QHash<QString, Fate> m_fates;
    QElapsedTimer m_clock;
    std::atomic<qint64> m_acknowledged = 0;
    std::atomic<qint64> m_firstAt = 0;
    std::atomic<bool> m_armed = false;
};

//! One amount that is moved from one account to another, under a name of its own.
struct Transfer
{
    static constexpr int Accounts = 20;
    Transfer(int worker, qint64 number);
    QString token;
    int from;
    int to;
    int amount;
};

//! Moves money in a thread of its own, waiting for each answer.
class BlockingWorker final : public QThread
{
public:
    BlockingWorker(int number, QAsyncMySql::Pool &pool, LedgerNotes &notes, const std::atomic<bool> &stop)
        : m_number(number)
        , m_pool(pool)
        , m_notes(notes)
        , m_stop(stop)
    {
    }

protected:
    void run() override;

private:
    QAsyncMySql::Error move(const Transfer &transfer);

    int m_number;
    QAsyncMySql::Pool &m_pool;
    LedgerNotes &m_notes;
    const std::atomic<bool> &m_stop;
};

//! Moves money by runTransaction(), in the thread of the pool.
class RepeatingWorker final : public QObject
{
public:
    RepeatingWorker(int number, QAsyncMySql::Pool &pool, LedgerNotes &notes, const std::atomic<bool> &stop)
        : m_number(number)
        , m_pool(pool)
        , m_notes(notes)
        , m_stop(stop)
    {
    }
    void next();
    bool isIdle() const { return m_idle; }

private:
    int m_number;
    qint64 m_count = 0;
    QAsyncMySql::Pool &m_pool;
    LedgerNotes &m_notes;
    const std::atomic<bool> &m_stop;
    std::atomic<bool> m_idle = false;
};
