// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/sqltime.h>
#include <QAsyncMySql/valuedecoder.h>

#include "values/columndata.h"
#include "values/temporal.h"
#include "values/utc.h"

namespace QAsyncMySql::Internal {

namespace {

// The server knows dates that the calendar does not: all zeros, a month or day of 0, 30 February
// (ALLOW_INVALID_DATES).
DecodeStatus readCalendarDate(const Cell &cell, DateFields &fields)
{
    const DecodeStatus status = readDate(cell, fields);
    if (status != DecodeStatus::Ok)
        return status;
    if (fields.month > 0 && fields.day > 0 && fields.day <= 28) [[likely]] // every month has these
        return DecodeStatus::Ok;
    if (fields.isIncomplete())
        return DecodeStatus::ZeroDate;
    return fields.isCalendarDate() ? DecodeStatus::Ok : DecodeStatus::Malformed;
}

} // namespace

ValueConversions::ZeroDates zeroDatesOf(const Cell &cell) noexcept
{
    const ColumnData *facts = cell.column().constData();
    return facts && facts->conversions ? facts->conversions->zeroDates : ValueConversions::ZeroDates::Null;
}

DecodeStatus decodeCell(const Cell &cell, QDate &value)
{
    DateFields fields;
    const DecodeStatus status = readCalendarDate(cell, fields);
    if (status == DecodeStatus::Ok)
        value = QDate(fields.year, fields.month, fields.day);
    else if (status == DecodeStatus::ZeroDate && fields.isZero()
             && zeroDatesOf(cell) != ValueConversions::ZeroDates::Error)
        value = QDate();
    else
        return status;
    // QDate has no year 0; it would be lost without a word.
    return value.isValid() || fields.isZero() ? DecodeStatus::Ok : DecodeStatus::OutOfRange;
}

DecodeStatus decodeCell(const Cell &cell, QDateTime &value)
{
    DateFields fields;
    const DecodeStatus status = readCalendarDate(cell, fields);
    if (status == DecodeStatus::Ok)
        value = utcDateTime(fields.microsecondsSinceEpoch() / 1000);
    else if (status == DecodeStatus::ZeroDate && fields.isZero()
             && zeroDatesOf(cell) != ValueConversions::ZeroDates::Error)
        value = QDateTime();
    else
        return status;
    return DecodeStatus::Ok;
}

DecodeStatus decodeCell(const Cell &cell, QTime &value)
{
    qint64 time = 0;
    DecodeStatus status = readTime(cell, time);
    if (status == DecodeStatus::WrongType || status == DecodeStatus::Malformed) {
        // The time of a DATETIME
        DateFields fields;
        if (const DecodeStatus dateStatus = readDate(cell, fields); dateStatus != DecodeStatus::Ok)
            return status;
        time = fields.timeOfDay;
        status = DecodeStatus::Ok;
    }
    if (time < 0 || time >= MicrosecondsPerDay)
        return DecodeStatus::OutOfRange;
    value = QTime::fromMSecsSinceStartOfDay(int(time / 1000));
    return status;
}

DecodeStatus decodeCell(const Cell &cell, SqlTime &value)
{
    qint64 time = 0;
    const DecodeStatus status = readTime(cell, time);
    if (status == DecodeStatus::Ok)
        value = SqlTime(std::chrono::microseconds(time));
    return status;
}

DecodeStatus decodeCell(const Cell &cell, std::chrono::year_month_day &value)
{
    DateFields fields;
    const DecodeStatus status = readCalendarDate(cell, fields);
    if (status == DecodeStatus::Ok)
        value = std::chrono::year_month_day(std::chrono::year(fields.year),
                                            std::chrono::month(unsigned(fields.month)),
                                            std::chrono::day(unsigned(fields.day)));
    return status;
}

DecodeStatus decodeDuration(const Cell &cell, qint64 &microseconds)
{
    return readTime(cell, microseconds);
}

DecodeStatus decodeTimePoint(const Cell &cell, qint64 &microseconds)
{
    DateFields fields;
    const DecodeStatus status = readCalendarDate(cell, fields);
    if (status == DecodeStatus::Ok)
        microseconds = fields.microsecondsSinceEpoch();
    return status;
}

} // namespace QAsyncMySql::Internal

namespace QAsyncMySql {

bool Cell::isZeroDate() const noexcept
{
    switch (m_type) {
    case ColumnType::Date:
    case ColumnType::NewDate:
    case ColumnType::DateTime:
    case ColumnType::Timestamp:
        break;
    default:
        return false;
    }
    Internal::DateFields fields;
    return !isNull() && Internal::readDate(*this, fields) == Internal::DecodeStatus::Ok && fields.isZero();
}

} // namespace QAsyncMySql
