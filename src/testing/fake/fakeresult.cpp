// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/fakeresult.h>

#include <QAsyncMySql/fakegreeting.h>
#include <QAsyncMySql/fakepacket.h>

#include <QtCore/QDateTime>

#include <cstring>

namespace QAsyncMySql {

namespace {

constexpr quint16 Utf8 = 45; // utf8mb4_general_ci
constexpr quint16 Binary = 63;

bool isText(ColumnType type)
{
    return type == ColumnType::VarChar || type == ColumnType::VarString || type == ColumnType::String
        || type == ColumnType::Enum || type == ColumnType::Set || type == ColumnType::Json;
}

QString timeText(const QTime &time)
{
    return time.toString(time.msec() ? QStringLiteral("HH:mm:ss.zzz") : QStringLiteral("HH:mm:ss"));
}

QByteArray sqlText(const QVariant &value)
{
    switch (value.userType()) {
    case QMetaType::QByteArray:
        return value.toByteArray();
    case QMetaType::Bool:
        return value.toBool() ? "1" : "0";
    case QMetaType::QDate:
        return value.toDate().toString(Qt::ISODate).toLatin1();
    case QMetaType::QTime:
        return timeText(value.toTime()).toLatin1();
    case QMetaType::QDateTime: {
        const QDateTime time = value.toDateTime();
        return (time.date().toString(Qt::ISODate) + u' ' + timeText(time.time())).toLatin1();
    }
    default:
        return value.toString().toUtf8();
    }
}

quint64 integer(const QVariant &value)
{
    return value.userType() == QMetaType::ULongLong ? value.toULongLong() : quint64(value.toLongLong());
}

QByteArray dateFields(const QDate &date)
{
    return FakePacket::fixed(quint64(date.year()), 2) + FakePacket::fixed(quint64(date.month()), 1)
        + FakePacket::fixed(quint64(date.day()), 1);
}

QByteArray timeFields(const QTime &time)
{
    return FakePacket::fixed(quint64(time.hour()), 1) + FakePacket::fixed(quint64(time.minute()), 1)
        + FakePacket::fixed(quint64(time.second()), 1) + FakePacket::fixed(quint64(time.msec()) * 1000, 4);
}

// MySQL source documentation, "Binary Protocol Value".
QByteArray binaryCell(const QVariant &value, ColumnType type)
{
    switch (type) {
    case ColumnType::Tiny:
        return FakePacket::fixed(integer(value), 1);
    case ColumnType::Short:
    case ColumnType::Year:
        return FakePacket::fixed(integer(value), 2);
    case ColumnType::Long:
    case ColumnType::Int24:
        return FakePacket::fixed(integer(value), 4);
    case ColumnType::LongLong:
        return FakePacket::fixed(integer(value), 8);
    case ColumnType::Float: {
        const float number = value.toFloat();
        quint32 bits = 0;
        std::memcpy(&bits, &number, sizeof bits);
        return FakePacket::fixed(bits, 4);
    }
    case ColumnType::Double: {
        const double number = value.toDouble();
        quint64 bits = 0;
        std::memcpy(&bits, &number, sizeof bits);
        return FakePacket::fixed(bits, 8);
    }
    case ColumnType::Date:
    case ColumnType::NewDate:
        return '\x04' + dateFields(value.toDate());
    case ColumnType::DateTime:
    case ColumnType::Timestamp:
        return '\x0B' + dateFields(value.toDateTime().date()) + timeFields(value.toDateTime().time());
    case ColumnType::Time:
        return '\x0C' + QByteArray(5, '\0') + timeFields(value.toTime());
    default:
        return FakePacket::text(sqlText(value));
    }
}

} // namespace

FakeResult::FakeResult() = default;

FakeResult::FakeResult(const QStringList &columns)
{
    for (const QString &name : columns)
        m_columns.append({name.toUtf8(), ColumnType::VarString, {}});
}

FakeResult &FakeResult::setType(qsizetype index, ColumnType type, ColumnFlags flags)
{
    Q_ASSERT_X(index >= 0 && index < m_columns.size(), "FakeResult::setType", "there is no such column");
    m_columns[index].type = type;
    m_columns[index].flags = flags;
    return *this;
}

FakeResult &FakeResult::addRow(const QVariantList &cells)
{
    Q_ASSERT_X(cells.size() == m_columns.size(), "FakeResult::addRow",
               "as many values as columns are needed");
    m_rows.append(cells);
    return *this;
}

FakeResult &FakeResult::setAffectedRows(quint64 count)
{
    m_affectedRows = count;
    return *this;
}

FakeResult &FakeResult::setLastInsertId(quint64 id)
{
    m_lastInsertId = id;
    return *this;
}

FakeResult &FakeResult::setWarningCount(quint16 count)
{
    m_warnings = count;
    return *this;
}

FakeResult &FakeResult::setInfo(const QString &info)
{
    m_info = info.toUtf8();
    return *this;
}

FakeResult &FakeResult::setMoreResults(bool more)
{
    m_status = more ? m_status | FakePacket::StatusMoreResults
                    : quint16(m_status & ~FakePacket::StatusMoreResults);
    return *this;
}

FakeResult &FakeResult::setStatus(quint16 status)
{
    m_status = quint16((m_status & FakePacket::StatusMoreResults) | status);
    return *this;
}

FakeResult &FakeResult::failAfterRows(quint16 code, const QString &message, const QByteArray &sqlState)
{
    m_error = FakePacket::error(code, message.toUtf8(), sqlState);
    return *this;
}

// MySQL source documentation, "Text Resultset Row" and "Binary Protocol Resultset Row".
QByteArray FakeResult::row(const QVariantList &cells, bool binary) const
{
    if (!binary) {
        QByteArray result;
        for (const QVariant &cell : cells)
            result += cell.isNull() ? QByteArray(1, '\xFB') : FakePacket::text(sqlText(cell));
        return result;
    }
    constexpr qsizetype BitmapOffset = 2;
    QByteArray bitmap((cells.size() + BitmapOffset + 7) / 8, '\0');
    QByteArray values;
    for (qsizetype i = 0; i < cells.size(); ++i) {
        const qsizetype bit = i + BitmapOffset;
        if (cells[i].isNull())
            bitmap[bit / 8] = char(bitmap[bit / 8] | 1 << (bit % 8));
        else
            values += binaryCell(cells[i], m_columns[i].type);
    }
    return QByteArray(1, '\0') + bitmap + values;
}

QByteArrayList FakeResult::payloads(quint32 capabilities, bool binary) const
{
    const bool eof = !(capabilities & FakeGreeting::DeprecateEof);
    QByteArrayList result;
    if (!m_columns.isEmpty()) {
        result.append(FakePacket::columnCount(quint64(m_columns.size())));
        for (const ColumnEntry &column : m_columns) {
            result.append(FakePacket::column(column.name, column.type, isText(column.type) ? Utf8 : Binary,
                                             column.flags));
        }
        if (eof)
            result.append(FakePacket::eof());
        for (const QVariantList &cells : m_rows)
            result.append(row(cells, binary));
    }
    if (!m_error.isEmpty()) {
        result.append(m_error);
    } else if (!m_columns.isEmpty() && eof) {
        result.append(FakePacket::eof(m_status, m_warnings));
    } else {
        QByteArray ok = FakePacket::ok(m_affectedRows, m_lastInsertId, m_status, m_warnings,
                                       m_columns.isEmpty() ? 0x00 : 0xFE);
        if (!m_info.isEmpty())
            ok += FakePacket::text(m_info);
        result.append(ok);
    }
    return result;
}

} // namespace QAsyncMySql
