// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/statementcachestatistics.h>

#include <QtCore/QByteArray>
#include <QtCore/QHash>

#include <list>
#include <memory>
#include <vector>

namespace QAsyncMySql::Protocol {
struct KnownColumns;
struct PreparedStatement;
struct SessionState;
} // namespace QAsyncMySql::Protocol

namespace QAsyncMySql::Internal {

/*!
    The prepared statements of one session, least recently used last.

    Keyed by the whole text and the default schema, since the same text means another table after
    USE. Statements that fall out are to be closed on the server with the next command.
*/
class StatementCache
{
public:
    struct Entry
    {
        Entry() = default;
        //! What preparing has given, with the columns that the server may leave out from then on.
        explicit Entry(const Protocol::PreparedStatement &statement);
        //! What the columns hang on is as it was when they were told.
        bool isCurrent(const Protocol::SessionState &state) const noexcept;

        quint32 id = 0;
        quint32 parameterCount = 0;
        std::shared_ptr<Protocol::KnownColumns> columns;
    };

    explicit StatementCache(int capacity = 64, quint64 borrower = 0)
        : m_generation(nextGeneration())
        , m_borrower(borrower)
        , m_capacity(capacity)
    {
    }

    /*! The entry, now the most recently used, or null. One whose columns hang on something that has changed
        is let go: MariaDB would leave out their definitions all the same. */
    const Entry *find(const QByteArray &sql, const Protocol::SessionState &state);
    void insert(const QByteArray &sql, const QByteArray &schema, Entry entry);
    //! Forgets an entry that the server no longer knows.
    void remove(const QByteArray &sql, const QByteArray &schema);
    //! Forgets all without closing: the session has lost them.
    void clear();
    //! Ids to be closed, once.
    std::vector<quint32> takeEvicted() { return std::exchange(m_evicted, {}); }
    void evict(quint32 id) { m_evicted.push_back(id); }

    //! What came of executing by a number that was foreseen: after a few wrong ones it is no longer tried.
    void noteForesight(bool right) noexcept { m_wrongNumbers = right ? 0 : m_wrongNumbers + 1; }
    bool mayForesee() const noexcept { return m_wrongNumbers < MaxWrongNumbers; }

    //! Lets all statements be closed: the server has no room for more.
    void evictAll();
    StatementCacheStatistics statistics() const noexcept;
    //! Another number for each session, and after each reset of one: ids hold as long as it is the same.
    quint64 generation() const noexcept { return m_generation; }
    //! Who has the connection: a Statement is of use only to the one who has prepared it.
    quint64 borrower() const noexcept { return m_borrower; }
    void nextBorrower() noexcept { ++m_borrower; }

private:
    struct Node
    {
        QByteArray key;
        Entry entry;
    };
    static quint64 nextGeneration() noexcept;
    static QByteArray makeKey(const QByteArray &sql, const QByteArray &schema);

    std::list<Node> m_nodes;
    QHash<QByteArray, std::list<Node>::iterator> m_index;
    std::vector<quint32> m_evicted;
    quint64 m_hits = 0;
    quint64 m_misses = 0;
    quint64 m_evictions = 0;
    static constexpr int MaxWrongNumbers = 3; // one after the other

    quint64 m_generation;
    quint64 m_borrower;
    int m_wrongNumbers = 0;
    int m_capacity;
};

} // namespace QAsyncMySql::Internal
