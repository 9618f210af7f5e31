// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/qasyncmysql_testing_export.h>
#include <QAsyncMySql/types.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayList>

namespace QAsyncMySql {

/*!
    The payloads of a server's packets, for scripts that say something of their own: something rare, or
    something wrong. Numbers and lengths are those of MySQL's source documentation ("Client/Server Protocol").

    \since 1.0
*/
class QASYNCMYSQL_TESTING_EXPORT FakePacket
{
public:
    //! Bits of the status in OK and EOF packets.
    static constexpr quint16 StatusInTransaction = 0x0001;
    static constexpr quint16 StatusAutocommit = 0x0002;
    static constexpr quint16 StatusMoreResults = 0x0008;
    static constexpr quint16 StatusCursorExists = 0x0040;
    static constexpr quint16 StatusLastRowSent = 0x0080;
    static constexpr quint16 StatusSessionChanged = 0x4000;

    //! An OK packet. \a header is 0xFE where it ends the rows of a result.
    static QByteArray ok(quint64 affectedRows = 0, quint64 lastInsertId = 0,
                         quint16 status = StatusAutocommit, quint16 warnings = 0, quint8 header = 0x00);
    static QByteArray eof(quint16 status = StatusAutocommit, quint16 warnings = 0);
    //! An ERR packet; without \a sqlState as servers send it before their greeting.
    static QByteArray error(quint16 code, const QByteArray &message, const QByteArray &sqlState = "HY000");
    //! What begins a result: the number of its columns.
    static QByteArray columnCount(quint64 count) { return number(count); }
    static QByteArray column(const QByteArray &name, ColumnType type = ColumnType::VarString,
                             quint16 charset = 45, ColumnFlags flags = {});
    //! A row of the text protocol; null arrays are NULL.
    static QByteArray textRow(const QByteArrayList &cells);
    //! A request to change the authentication method.
    static QByteArray authSwitch(const QByteArray &plugin,
                                 const QByteArray &challenge = "abcdefghijklmnopqrst");

    //! A length-encoded number.
    static QByteArray number(quint64 value);
    //! A text with its length-encoded length before it.
    static QByteArray text(const QByteArray &bytes);
    //! A little-endian number of \a bytes bytes.
    static QByteArray fixed(quint64 value, int bytes);

    //! \a payload with its header, as it goes over the wire: in several frames from 16 MiB - 1 on.
    static QByteArray framed(const QByteArray &payload, quint8 sequence);
};

} // namespace QAsyncMySql
