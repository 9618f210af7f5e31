// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "values/temporal.h"

#include <QtCore/QtEndian>

#include <chrono>

namespace QAsyncMySql::Internal {

namespace {

//! Reads the pieces of a date or time, one after the other.
class Scanner
{
public:
    explicit Scanner(QByteArrayView text) noexcept
        : m_at(text.data())
        , m_end(text.data() + text.size())
    {
    }

    bool atEnd() const noexcept { return m_at == m_end; }
    bool skip(char c) noexcept
    {
        if (m_at == m_end || *m_at != c)
            return false;
        ++m_at;
        return true;
    }
    //! Between \a least and \a most digits.
    bool number(int least, int most, int &value) noexcept
    {
        int digits = 0;
        int result = 0;
        for (; digits < most && m_at != m_end && *m_at >= '0' && *m_at <= '9'; ++digits, ++m_at)
            result = result * 10 + (*m_at - '0');
        value = result;
        return digits >= least;
    }
    //! Up to six digits after the point, as microseconds.
    bool fraction(int &microseconds) noexcept
    {
        const char *const from = m_at;
        if (!number(1, 6, microseconds))
            return false;
        for (auto digits = m_at - from; digits < 6; ++digits)
            microseconds *= 10;
        return true;
    }
    //! ":MM:SS[.ffffff]" up to the end
    bool minutes(qint64 &microseconds) noexcept
    {
        int minute = 0;
        int second = 0;
        int micro = 0;
        if (!skip(':') || !number(2, 2, minute) || !skip(':') || !number(2, 2, second))
            return false;
        if (skip('.') && !fraction(micro))
            return false;
        microseconds = qint64(minute * 60 + second) * MicrosecondsPerSecond + micro;
        return minute < 60 && second < 60 && atEnd();
    }

private:
    const char *m_at;
    const char *m_end;
};

DecodeStatus readBinaryDate(QByteArrayView bytes, DateFields &fields) noexcept
{
    fields = {};
    const auto size = bytes.size();
    const auto *at = reinterpret_cast<const uchar *>(bytes.data());
    if (size == 0)
        return DecodeStatus::Ok; // 0000-00-00 00:00:00
    if (size != 4 && size != 7 && size != 11)
        return DecodeStatus::Malformed;
    fields.year = qFromLittleEndian<quint16>(at);
    fields.month = at[2];
    fields.day = at[3];
    if (size >= 7) {
        if (at[4] > 23 || at[5] > 59 || at[6] > 59)
            return DecodeStatus::Malformed;
        fields.timeOfDay = qint64(at[4] * 3600 + at[5] * 60 + at[6]) * MicrosecondsPerSecond;
    }
    if (size == 11) {
        const quint32 micro = qFromLittleEndian<quint32>(at + 7);
        if (micro >= MicrosecondsPerSecond)
            return DecodeStatus::Malformed;
        fields.timeOfDay += micro;
    }
    return fields.year <= 9999 && fields.month <= 12 && fields.day <= 31 ? DecodeStatus::Ok
                                                                         : DecodeStatus::Malformed;
}

DecodeStatus readBinaryTime(QByteArrayView bytes, qint64 &microseconds) noexcept
{
    const auto size = bytes.size();
    const auto *at = reinterpret_cast<const uchar *>(bytes.data());
    qint64 time = 0;
    if (size != 0) {
        if (size != 8 && size != 12)
            return DecodeStatus::Malformed;
        const quint32 days = qFromLittleEndian<quint32>(at + 1);
        const quint32 micro = size == 12 ? qFromLittleEndian<quint32>(at + 8) : 0;
        if (at[0] > 1 || days > 10'000 || at[5] > 23 || at[6] > 59 || at[7] > 59
            || micro >= MicrosecondsPerSecond)
            return DecodeStatus::Malformed;
        time = qint64(days) * MicrosecondsPerDay
            + qint64(at[5] * 3600 + at[6] * 60 + at[7]) * MicrosecondsPerSecond + micro;
        if (at[0] == 1)
            time = -time;
    }
    microseconds = time;
    return DecodeStatus::Ok;
}

void putDigits(char *to, int count, int value) noexcept
{
    for (char *at = to + count; at != to; value /= 10)
        *--at = char('0' + value % 10);
}

char *writeNumber(char *to, int width, int value) noexcept
{
    putDigits(to, width, value);
    return to + width;
}

char *writeFraction(char *to, int microseconds, int decimals) noexcept
{
    if (decimals < 0)
        decimals = microseconds != 0 ? 6 : 0;
    if (decimals == 0)
        return to;
    *to = '.';
    putDigits(to + 1, 6, microseconds);
    return to + 1 + qMin(decimals, 6);
}

char *writeTimeOfDay(char *to, qint64 microseconds, int decimals) noexcept
{
    const auto seconds = int(microseconds / MicrosecondsPerSecond);
    const int hours = seconds / 3600;
    to = writeNumber(to, hours > 99 ? 3 : 2, hours);
    *to++ = ':';
    to = writeNumber(to, 2, seconds / 60 % 60);
    *to++ = ':';
    to = writeNumber(to, 2, seconds % 60);
    return writeFraction(to, int(microseconds % MicrosecondsPerSecond), decimals);
}

bool isText(ColumnType type) noexcept
{
    return type == ColumnType::VarChar || type == ColumnType::Enum
        || (quint8(type) >= quint8(ColumnType::TinyBlob) && type != ColumnType::Geometry);
}

} // namespace

bool DateFields::isCalendarDate() const noexcept
{
    static constexpr int Days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1)
        return false;
    const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= Days[month - 1] + (leap && month == 2 ? 1 : 0);
}

qint64 DateFields::daysSinceEpoch() const noexcept
{
    using namespace std::chrono;
    return sys_days(year_month_day(std::chrono::year(year), std::chrono::month(unsigned(month)),
                                   std::chrono::day(unsigned(day))))
        .time_since_epoch()
        .count();
}

namespace {

/*
    Eight characters at once, which must look like a pattern: 0 stands for a digit, all else for itself. Bytes
    of it are then the numbers that two digits make, where the first of them stands.
*/
class EightCharacters
{
public:
    EightCharacters(const char *at, const char (&pattern)[9]) noexcept
    {
        const auto form = qFromLittleEndian<quint64>(pattern);
        quint64 separators = 0;
        for (int i = 0; i < 8; ++i)
            separators |= pattern[i] == '0' ? 0 : Q_UINT64_C(0xFF) << (8 * i);
        const quint64 digits = qFromLittleEndian<quint64>(at) ^ form;
        m_wrong = (((digits + Q_UINT64_C(0x7676767676767676)) | digits) & Q_UINT64_C(0x8080808080808080))
            | (digits & separators);
        m_pairs = digits * 10 + (digits >> 8);
    }
    //! 0 if they are as they should be.
    quint64 wrong() const noexcept { return m_wrong; }
    unsigned two(int index) const noexcept { return unsigned(m_pairs >> (8 * index)) & 0xFF; }

private:
    quint64 m_wrong;
    quint64 m_pairs;
};

// As servers write it: "YYYY-MM-DD hh:mm:ss.ffffff", or without the fraction. False for anything else.
bool parseUsualDateTime(QByteArrayView text, DateFields &fields) noexcept
{
    if (text.size() != 26 && text.size() != 19)
        return false;
    const EightCharacters date(text.data(), "0000-00-");
    const EightCharacters middle(text.data() + 8, "00 00:00");
    const EightCharacters time(text.data() + 11, "00:00:00");
    const unsigned month = date.two(5);
    const unsigned day = middle.two(0);
    const unsigned hour = time.two(0);
    const unsigned minute = time.two(3);
    const unsigned second = time.two(6);
    const quint64 wrong = date.wrong() | middle.wrong() | time.wrong();
    bool good = (wrong == 0) & (month <= 12) & (day <= 31) & (hour <= 23) & (minute <= 59) & (second <= 59);
    unsigned micro = 0;
    if (text.size() == 26) {
        const EightCharacters fraction(text.data() + 18, "0.000000");
        micro = fraction.two(2) * 10'000 + fraction.two(4) * 100 + fraction.two(6);
        good = good & (fraction.wrong() == 0);
    }
    if (!good)
        return false;
    fields = {int(date.two(0) * 100 + date.two(2)), int(month), int(day),
              qint64(hour * 3600 + minute * 60 + second) * MicrosecondsPerSecond + micro};
    return true;
}

} // namespace

bool parseDate(QByteArrayView text, DateFields &fields) noexcept
{
    if (parseUsualDateTime(text, fields))
        return true;
    Scanner scanner(text);
    fields = {};
    if (!scanner.number(4, 4, fields.year) || !scanner.skip('-') || !scanner.number(2, 2, fields.month)
        || !scanner.skip('-') || !scanner.number(2, 2, fields.day) || fields.month > 12 || fields.day > 31)
        return false;
    if (scanner.atEnd())
        return true;
    int hour = 0;
    qint64 rest = 0;
    if (!(scanner.skip(' ') || scanner.skip('T')) || !scanner.number(2, 2, hour) || hour > 23
        || !scanner.minutes(rest))
        return false;
    fields.timeOfDay = hour * 3600 * MicrosecondsPerSecond + rest;
    return true;
}

bool parseTime(QByteArrayView text, qint64 &microseconds) noexcept
{
    Scanner scanner(text);
    const bool negative = scanner.skip('-');
    int hour = 0;
    qint64 rest = 0;
    if (!scanner.number(1, 3, hour) || !scanner.minutes(rest))
        return false;
    const qint64 time = hour * 3600 * MicrosecondsPerSecond + rest;
    microseconds = negative ? -time : time;
    return true;
}

DecodeStatus readDate(const Cell &cell, DateFields &fields) noexcept
{
    switch (cell.type()) {
    case ColumnType::Date:
    case ColumnType::NewDate:
    case ColumnType::DateTime:
    case ColumnType::Timestamp:
        if (cell.format() == RowFormat::Binary)
            return readBinaryDate(cell.bytes(), fields);
        break;
    default:
        if (!isText(cell.type()))
            return DecodeStatus::WrongType;
    }
    return parseDate(cell.bytes(), fields) ? DecodeStatus::Ok : DecodeStatus::Malformed;
}

DecodeStatus readTime(const Cell &cell, qint64 &microseconds) noexcept
{
    if (cell.type() == ColumnType::Time) {
        if (cell.format() == RowFormat::Binary)
            return readBinaryTime(cell.bytes(), microseconds);
    } else if (!isText(cell.type())) {
        return DecodeStatus::WrongType;
    }
    return parseTime(cell.bytes(), microseconds) ? DecodeStatus::Ok : DecodeStatus::Malformed;
}

char *writeDate(char *to, const DateFields &fields) noexcept
{
    to = writeNumber(to, 4, fields.year);
    *to++ = '-';
    to = writeNumber(to, 2, fields.month);
    *to++ = '-';
    return writeNumber(to, 2, fields.day);
}

char *writeDateTime(char *to, const DateFields &fields, int decimals) noexcept
{
    to = writeDate(to, fields);
    *to++ = ' ';
    return writeTimeOfDay(to, fields.timeOfDay, decimals);
}

char *writeTime(char *to, qint64 microseconds, int decimals) noexcept
{
    if (microseconds < 0) {
        *to++ = '-';
        microseconds = -microseconds;
    }
    return writeTimeOfDay(to, microseconds, decimals);
}

void appendDate(QByteArray &to, const DateFields &fields)
{
    char buffer[LongestTimeText];
    to.append(buffer, writeDate(buffer, fields) - buffer);
}

void appendDateTime(QByteArray &to, const DateFields &fields, int decimals)
{
    char buffer[LongestTimeText];
    to.append(buffer, writeDateTime(buffer, fields, decimals) - buffer);
}

void appendTime(QByteArray &to, qint64 microseconds, int decimals)
{
    char buffer[LongestTimeText];
    to.append(buffer, writeTime(buffer, microseconds, decimals) - buffer);
}

QByteArray formatDate(const DateFields &fields)
{
    QByteArray text;
    appendDate(text, fields);
    return text;
}

QByteArray formatDateTime(const DateFields &fields, int decimals)
{
    QByteArray text;
    appendDateTime(text, fields, decimals);
    return text;
}

QByteArray formatTime(qint64 microseconds, int decimals)
{
    QByteArray text;
    appendTime(text, microseconds, decimals);
    return text;
}

} // namespace QAsyncMySql::Internal
