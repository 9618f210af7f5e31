// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "benchmarks/peers/rows.h"

namespace Bench {

std::string readRowsSql(const Arguments &arguments)
{
    const long count = arguments.number("n", TableRows);
    return count == TableRows ? std::string("SELECT * FROM t")
                              : "SELECT * FROM t LIMIT " + std::to_string(count);
}

DateTime parseDateTime(std::string_view text)
{
    if (text.size() != 26)
        die("bad datetime", text);
    const auto two = [text](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
    DateTime value;
    value.year = two(0) * 100 + two(2);
    value.month = two(5);
    value.day = two(8);
    value.hour = two(11);
    value.minute = two(14);
    value.second = two(17);
    value.microsecond = two(20) * 10000 + two(22) * 100 + two(24);
    return value;
}

std::int64_t blobChecksum(const void *data, std::size_t size)
{
    const auto *bytes = static_cast<const unsigned char *>(data);
    auto sum = std::int64_t(size);
    for (std::size_t i = 0; i < size; i += 65537)
        sum += bytes[i];
    return size > 0 ? sum + bytes[size - 1] : sum;
}

std::vector<InsertRow> insertRows(long count)
{
    std::vector<InsertRow> rows;
    rows.reserve(std::size_t(count));
    for (long i = 1; i <= count; ++i) {
        InsertRow row;
        row.id = int(i);
        row.a = int(i * 7919 % 1000003);
        row.b = "it's row \\" + std::to_string(i); // has to be escaped, so that safe means safe
        row.c = double(i) / 7.0;
        row.d.year = 2024;
        row.d.month = 5;
        row.d.day = int(1 + i % 28);
        row.d.hour = int(i % 24);
        row.d.minute = int(i % 60);
        row.d.second = int(i / 60 % 60);
        row.d.microsecond = int(i % 1000) * 1000;
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace Bench
