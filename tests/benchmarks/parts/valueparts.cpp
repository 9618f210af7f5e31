// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "benchmarks/parts/part.h"

#include "unit/values/rowbuilder.h"

#include <QAsyncMySql/decimal.h>
#include <QAsyncMySql/sqltime.h>

#include <QtCore/QDateTime>
#include <QtCore/QJsonDocument>

#include <chrono>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Test;

namespace Parts {

namespace {

//! Reads the one cell of a row as a T.
template <class T> Part reading(std::string_view name, ColumnSpec spec, RowFormat format, QByteArray value)
{
    return {name, "cell", [=] {
                return Work([row = makeCell(spec, format, value)](qint64 count) {
                    for (; count > 0; --count)
                        use(row.get<T>(0));
                });
            }};
}
template <class T> Part fromText(std::string_view name, ColumnType type, QByteArray value)
{
    return reading<T>(name, plain(type), RowFormat::Text, std::move(value));
}
template <class T> Part fromBinary(std::string_view name, ColumnType type, QByteArray value)
{
    return reading<T>(name, plain(type), RowFormat::Binary, std::move(value));
}

using Microseconds = std::chrono::local_time<std::chrono::microseconds>;

//! Goes over the rows of a batch, and reads all cells of each.
Work walk()
{
    const QList<ColumnSpec> specs{plain(ColumnType::LongLong), plain(ColumnType::Long), text(),
                                  plain(ColumnType::Double)};
    const Cells cells{QByteArray("123456"), QByteArray("-42"), QByteArray("a-user-name000001"),
                      QByteArray("17636.571428571428")};
    return [rows = makeRows(specs, RowFormat::Text, QList<Cells>(1000, cells))](qint64 count) {
        for (; count > 0; count -= 1000) {
            for (const Row &row : rows) {
                use(row.get<qint64>(0));
                use(row.get<int>(1));
                use(row.get<QUtf8StringView>(2));
                use(row.get<double>(3));
            }
        }
    };
}

} // namespace

std::vector<Part> valueParts()
{
    const QByteArray time = "2020-03-27 21:43:12.123000";
    const QByteArray packed = binaryDateTime(2020, 3, 27, 21, 43, 12, 123000);
    return {
        fromText<int>("int from text", ColumnType::Long, "-1073741823"),
        fromText<qint64>("bigint from text", ColumnType::LongLong, "123456"),
        fromText<double>("double from text", ColumnType::Double, "17636.571428571428"),
        fromText<Decimal>("decimal from text", ColumnType::NewDecimal, "45678.90"),
        fromText<QDateTime>("QDateTime from text", ColumnType::DateTime, time),
        fromText<Microseconds>("local_time from text", ColumnType::DateTime, time),
        fromText<QDate>("QDate from text", ColumnType::Date, "2020-03-27"),
        fromText<SqlTime>("SqlTime from text", ColumnType::Time, "-12:34:56.789"),
        fromBinary<int>("int from binary", ColumnType::Long, littleEndian(-1073741823)),
        fromBinary<qint64>("bigint from binary", ColumnType::LongLong, littleEndian(qint64(123456))),
        fromBinary<double>("double from binary", ColumnType::Double, littleEndian(17636.57)),
        fromBinary<Decimal>("decimal from binary", ColumnType::NewDecimal, "45678.90"),
        fromBinary<QDateTime>("QDateTime from binary", ColumnType::DateTime, packed),
        fromBinary<Microseconds>("local_time from binary", ColumnType::DateTime, packed),
        reading<QString>("QString", text(), RowFormat::Text, "a-user-name000001"),
        reading<QUtf8StringView>("QUtf8StringView", text(), RowFormat::Text, "a-user-name000001"),
        reading<QByteArray>("QByteArray", bytes(), RowFormat::Text, QByteArray(100, 'x')),
        reading<QVariant>("QVariant of int", plain(ColumnType::Long), RowFormat::Text, "-1073741823"),
        reading<QVariant>("QVariant of text", text(), RowFormat::Text, "a-user-name000001"),
        {"rows walked, four cells read", "row", walk},
    };
}

} // namespace Parts
