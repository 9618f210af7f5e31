// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/xaid.h>

#include <QtCore/QUuid>

#include <limits>

namespace QAsyncMySql {

namespace {

QString hexLiteral(const QByteArray &bytes)
{
    return u"X'" % QString::fromLatin1(bytes.toHex()) % u'\'';
}

//! Both parts of a branch's name behind one another, out of \a data as XA RECOVER gives it.
QByteArray namesIn(const QByteArray &data)
{
    // MySQL with CONVERT XID: 0x<both>.
    if (data.startsWith("0x"))
        return QByteArray::fromHex(data.mid(2));
    // MariaDB with FORMAT='SQL': X'<global id>',X'<branch>',<format>; names without odd bytes may stand
    // in quotes alone.
    QByteArray names;
    qsizetype at = 0;
    while (at < data.size()) {
        const bool hex = data.at(at) == 'X' || data.at(at) == 'x';
        const qsizetype open = data.indexOf('\'', at);
        const qsizetype close = open < 0 ? -1 : data.indexOf('\'', open + 1);
        if (close < 0)
            break;
        const QByteArray text = data.mid(open + 1, close - open - 1);
        names += hex ? QByteArray::fromHex(text) : text;
        at = close + 2;
    }
    return names;
}

} // namespace

XaId XaId::create(const QByteArray &branch)
{
    return XaId(QUuid::createUuid().toRfc4122(), branch);
}

Error XaId::validate() const
{
    QString fault;
    if (m_globalId.isEmpty() || m_globalId.size() > MaximumSize)
        fault = QStringLiteral("its global id has %1 bytes; 1 to %2 are possible")
                    .arg(m_globalId.size())
                    .arg(MaximumSize);
    else if (m_branch.size() > MaximumSize)
        fault = QStringLiteral("its branch has %1 bytes; at most %2 are possible")
                    .arg(m_branch.size())
                    .arg(MaximumSize);
    else if (m_formatId > quint32(std::numeric_limits<qint32>::max()))
        fault = QStringLiteral("its format is %1; at most 2147483647 is possible").arg(m_formatId);
    if (fault.isEmpty())
        return {};
    return Error(Error::Kind::Usage, QStringLiteral("No transaction can have this XaId: %1.").arg(fault),
                 Error::Outcome::NotSent, Error::Phase::Command);
}

QString XaId::toSql() const
{
    return hexLiteral(m_globalId) % u',' % hexLiteral(m_branch) % u',' % QString::number(m_formatId);
}

XaIdList::XaIdList(const ResultSet &rows)
{
    for (const Row &row : rows) {
        const auto globalSize = row.get<qsizetype>(1);
        const auto branchSize = row.get<qsizetype>(2);
        const QByteArray names = namesIn(row.get<QByteArray>(3));
        append(XaId(names.left(globalSize), names.mid(globalSize, branchSize), row.get<quint32>(0)));
    }
}

} // namespace QAsyncMySql
