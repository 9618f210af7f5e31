// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "benchmarks/peers/benchmark.h"

#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/*
    The data of the benchmarks, and native values of it.

    t(id BIGINT, a INT, b VARCHAR(32), c DOUBLE, d DATETIME(6), e DECIMAL(12,2)) has a million rows, ins
    takes bulk_insert, blobs has one value of 64 MiB.
*/
namespace Bench {

inline constexpr const char *PointSelect = "SELECT id,a,b,c,d,e FROM t WHERE id=?";
inline constexpr const char *BlobSelect = "SELECT v FROM blobs WHERE id=1";
inline constexpr long TableRows = 1'000'000;

//! The i-th id of a run of point selects: scattered over the table, the same for every peer.
inline std::int64_t pointId(std::int64_t i)
{
    return 1 + (i * 48271 + 11) % TableRows;
}

std::string readRowsSql(const Arguments &arguments);

struct DateTime
{
    int year = 0;
    int month = 0;
    int day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    int microsecond = 0;
};

/*!
    Adds up all values of the rows of t: the same number in every peer, if each cell was decoded right.
   Milliseconds, since QDateTime has no more.
*/
class Checksum
{
public:
    void row(std::int64_t id, int a, std::string_view b, double c, const DateTime &d, std::int64_t cents)
    {
        add(id, a, firstCodePoint(b), static_cast<unsigned char>(b.back()), c, d.day, d.second,
            d.microsecond / 1000, cents);
    }
    void add(std::int64_t id, int a, int first, int last, double c, int day, int second, int millisecond,
             std::int64_t cents)
    {
        m_sum += id + a + first + last + std::int64_t(c * 1000.0) + day + second + millisecond + cents;
    }
    void add(std::int64_t value) { m_sum += value; }
    std::int64_t value() const noexcept { return m_sum; }

private:
    static int firstCodePoint(std::string_view text)
    {
        const auto *u = reinterpret_cast<const unsigned char *>(text.data());
        if (u[0] < 0x80)
            return u[0];
        if (u[0] < 0xE0)
            return (u[0] & 0x1F) << 6 | (u[1] & 0x3F);
        return (u[0] & 0x0F) << 12 | (u[1] & 0x3F) << 6 | (u[2] & 0x3F);
    }

    std::int64_t m_sum = 0;
};

template <class T> T parseNumber(std::string_view text)
{
    T value{};
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec != std::errc{} || result.ptr != text.data() + text.size())
        die("bad number", text);
    return value;
}

//! The text of a DECIMAL(12,2) in hundredths.
inline std::int64_t parseCents(std::string_view text)
{
    std::int64_t value = 0;
    for (const char digit : text) {
        if (digit >= '0' && digit <= '9')
            value = value * 10 + (digit - '0');
    }
    return !text.empty() && text.front() == '-' ? -value : value;
}

//! "YYYY-MM-DD hh:mm:ss.ffffff", for peers whose API hands out text.
DateTime parseDateTime(std::string_view text);

//! Looks at a byte of every 64 KiB and at the last one, so that the whole blob must be there.
std::int64_t blobChecksum(const void *data, std::size_t size);

struct InsertRow
{
    int id = 0;
    int a = 0;
    std::string b;
    double c = 0;
    DateTime d;
};

std::vector<InsertRow> insertRows(long count);

//! What is in the table then, as one number.
inline constexpr const char *InsertCheck
    = "SELECT CAST(COUNT(*)+SUM(id)+SUM(a)+SUM(LENGTH(b))+SUM(FLOOR(c*1000))+SUM(DAY(d)+SECOND(d)) AS SIGNED)"
      " FROM ins";

} // namespace Bench
