// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "support/conversation/eventlog.h"

#include "protocol/handshake.h"
#include "protocol/sessionstate.h"
#include "protocol/statementexchange.h"

#include <QtCore/QCryptographicHash>

#include <utility>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;

namespace {

constexpr qsizetype LongestShown = 256; // bytes; of longer ones the size and a hash are written down

QByteArray shown(QByteArrayView bytes)
{
    if (bytes.size() <= LongestShown)
        return bytes.toByteArray().toHex();
    return QByteArray::number(bytes.size()) + " bytes, sha1 "
        + QCryptographicHash::hash(bytes.toByteArray(), QCryptographicHash::Sha1).toHex();
}

QByteArray describe(const Column &column)
{
    return column.schema().toUtf8() + '.' + column.table().toUtf8() + '(' + column.originalTable().toUtf8()
        + ")." + column.name().toUtf8() + '(' + column.originalName().toUtf8() + ") type "
        + QByteArray::number(int(column.type())) + " flags " + QByteArray::number(column.flags().toInt(), 16)
        + " charset " + QByteArray::number(column.charset()) + " length "
        + QByteArray::number(column.length()) + " decimals " + QByteArray::number(column.decimals())
        + " extended " + column.extendedTypeName().toUtf8();
}

QByteArray describe(const OkPacket &ok)
{
    return "affected " + QByteArray::number(ok.affectedRows) + " id " + QByteArray::number(ok.lastInsertId)
        + " status " + QByteArray::number(ok.status, 16) + " warnings " + QByteArray::number(ok.warnings)
        + " info " + ok.info;
}

} // namespace

void EventLog::columns(QList<Column> &&columns, bool binary)
{
    m_lines.append("columns " + QByteArray::number(columns.size()) + (binary ? " binary" : " text"));
    for (const Column &column : std::as_const(columns))
        m_lines.append("column " + describe(column));
}

bool EventLog::row(QByteArrayView payload)
{
    m_lines.append("row " + shown(payload));
    return true;
}

void EventLog::end(const OkPacket &ok, bool hasColumns)
{
    m_lines.append((hasColumns ? "end of rows " : "end ") + describe(ok));
}

void EventLog::error(const ErrPacket &error)
{
    m_lines.append("error " + QByteArray::number(error.code) + ' ' + error.sqlState + ' ' + error.message);
}

void EventLog::ok(const OkPacket &ok)
{
    m_lines.append("ok " + describe(ok));
}

void EventLog::handshake(const HandshakeExchange &exchange, const SessionState &state)
{
    if (exchange.failed())
        return error(exchange.error());
    ok(exchange.ok());
    m_lines.append("session " + state.serverVersion + " number " + QByteArray::number(state.versionNumber)
                   + (state.isMariaDb ? " mariadb" : " mysql") + " id "
                   + QByteArray::number(state.connectionId) + " capabilities "
                   + QByteArray::number(state.capabilities, 16) + " extended "
                   + QByteArray::number(state.mariadbCapabilities, 16) + " method " + exchange.authMethod()
                   + " schema " + state.schema + " charset " + state.characterSetClient);
}

void EventLog::prepared(const PrepareExchange &exchange)
{
    if (exchange.failed())
        return error(exchange.error());
    const PreparedStatement &statement = exchange.statement();
    m_lines.append("statement " + QByteArray::number(statement.id) + " parameters "
                   + QByteArray::number(statement.parameters.size()) + " columns "
                   + QByteArray::number(statement.columns.size()) + " warnings "
                   + QByteArray::number(statement.warnings));
    for (const Column &parameter : statement.parameters)
        m_lines.append("parameter " + describe(parameter));
    for (const Column &column : statement.columns)
        m_lines.append("column " + describe(column));
}

void EventLog::fault(const Fault &fault)
{
    m_lines.append("fault " + QByteArray::number(int(fault.kind)) + ' ' + fault.text.toUtf8());
}

QByteArrayList EventLog::take()
{
    return std::exchange(m_lines, {});
}
