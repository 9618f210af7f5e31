// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/resultset.h>

#include <QtCore/QByteArray>
#include <QtCore/QHashFunctions>
#include <QtCore/QList>

namespace QAsyncMySql {

/*!
    The name of a distributed transaction's branch, by which servers and coordinators know it: what all
    branches of one transaction share, what tells them apart, and the number of the format that both are in
    (MySQL manual, "XA Transaction SQL Statements"). Any bytes will do. A value.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT XaId
{
public:
    static constexpr int MaximumSize = 64; //!< of each of the two parts, in bytes

    XaId() noexcept { }
    explicit XaId(const QByteArray &globalId, const QByteArray &branch = {}, quint32 formatId = 1)
        : m_globalId(globalId)
        , m_branch(branch)
        , m_formatId(formatId)
    {
    }
    //! One that nobody has used: a random UUID, with \a branch.
    static XaId create(const QByteArray &branch = {});

    const QByteArray &globalId() const noexcept { return m_globalId; }
    const QByteArray &branch() const noexcept { return m_branch; }
    quint32 formatId() const noexcept { return m_formatId; }
    //! What a server would not take: a global id of 0 or more than 64 bytes, a branch of more than 64, a
    //! format above 2,147,483,647. No error if all is well.
    Error validate() const;
    //! As statements name it: \c{X'6F72',X'',1}.
    QString toSql() const;

    friend bool operator==(const XaId &a, const XaId &b) noexcept
    {
        return a.m_formatId == b.m_formatId && a.m_globalId == b.m_globalId && a.m_branch == b.m_branch;
    }
    friend size_t qHash(const XaId &id, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, id.m_formatId, id.m_globalId, id.m_branch);
    }

private:
    QByteArray m_globalId;
    QByteArray m_branch;
    quint32 m_formatId = 1;
};

/*!
    The transactions that a server has prepared and not ended: see XaTransaction::recover().

    \since 1.0
*/
class QASYNCMYSQL_EXPORT XaIdList : public QList<XaId>
{
public:
    XaIdList() { }
    //! From the answer to XA RECOVER.
    explicit XaIdList(const ResultSet &rows);
};

} // namespace QAsyncMySql
