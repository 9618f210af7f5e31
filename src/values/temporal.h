// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/cell.h>
#include <QAsyncMySql/valuedecoder.h>

#include <QtCore/QByteArrayView>

namespace QAsyncMySql::Internal {

constexpr qint64 MicrosecondsPerSecond = 1'000'000;
constexpr qint64 MicrosecondsPerDay = 86'400 * MicrosecondsPerSecond;

//! A DATE, DATETIME or TIMESTAMP as its fields; the server's may be no date of the calendar.
struct DateFields
{
    int year = 0;
    int month = 0;
    int day = 0;
    qint64 timeOfDay = 0; //!< in microseconds

    bool isZero() const noexcept { return year == 0 && month == 0 && day == 0; }
    //! True for a date with a month or a day of 0.
    bool isIncomplete() const noexcept { return month == 0 || day == 0; }
    //! True for a date of the Gregorian calendar (which the server carries back to the year 0).
    bool isCalendarDate() const noexcept;
    //! Days since 1970-01-01; isCalendarDate() must hold.
    qint64 daysSinceEpoch() const noexcept;
    qint64 microsecondsSinceEpoch() const noexcept
    {
        return daysSinceEpoch() * MicrosecondsPerDay + timeOfDay;
    }
};

//! The date in \a cell, for columns of date types (in either format) and of text.
DecodeStatus readDate(const Cell &cell, DateFields &fields) noexcept;
//! The time in \a cell as signed microseconds, for TIME columns and text.
DecodeStatus readTime(const Cell &cell, qint64 &microseconds) noexcept;

//! "YYYY-MM-DD", and optionally " HH:MM:SS" and ".ffffff", with one to six digits.
bool parseDate(QByteArrayView text, DateFields &fields) noexcept;
//! "[-]H:MM:SS" and optionally ".ffffff"; one to three digits for the hours.
bool parseTime(QByteArrayView text, qint64 &microseconds) noexcept;

//! More than any date or time takes as text.
constexpr int LongestTimeText = 40;
//! What the format functions below give, written to \a to; they return where it ends.
char *writeDate(char *to, const DateFields &fields) noexcept;
char *writeDateTime(char *to, const DateFields &fields, int decimals = -1) noexcept;
char *writeTime(char *to, qint64 microseconds, int decimals = -1) noexcept;
//! The same, appended to \a to.
void appendDate(QByteArray &to, const DateFields &fields);
void appendDateTime(QByteArray &to, const DateFields &fields, int decimals = -1);
void appendTime(QByteArray &to, qint64 microseconds, int decimals = -1);
//! "YYYY-MM-DD"
QByteArray formatDate(const DateFields &fields);
//! "YYYY-MM-DD HH:MM:SS" and \a decimals digits (0 to 6) after the point; -1: six or none, as needed.
QByteArray formatDateTime(const DateFields &fields, int decimals = -1);
//! "[-]HH:MM:SS" and \a decimals digits (0 to 6) after the point; -1: six or none, as needed.
QByteArray formatTime(qint64 microseconds, int decimals = -1);

} // namespace QAsyncMySql::Internal
