// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "values/columndata.h"
#include "values/rowbatchbuilder.h"

#include <QtCore/QtEndian>

#include <optional>

namespace QAsyncMySql::Test {

//! What a column definition says, as far as values depend on it.
struct ColumnSpec
{
    ColumnType type = ColumnType::VarString;
    ColumnFlags flags = {};
    quint16 charset = 45; // utf8mb4_general_ci
    quint32 length = 0;
    quint8 decimals = 0;
    QByteArray name = "c";
    QByteArray extendedType = {};
    QByteArray extendedFormat = {};

    Column toColumn() const
    {
        auto *data = new ColumnData;
        data->name = name;
        data->type = type;
        data->flags = quint16(flags.toInt());
        data->charset = charset;
        if (const auto *set = Internal::CharacterSet::ofCollation(charset); set && !set->isUtf8())
            data->characterSet = set;
        data->length = length;
        data->decimals = decimals;
        data->extendedType = extendedType;
        data->extendedFormat = extendedFormat;
        return Column(data);
    }
};

//! A column of numbers or times, which have the character set of bytes.
inline ColumnSpec plain(ColumnType type, ColumnFlags flags = {}, quint8 decimals = 0)
{
    return {type, flags, Column::BinaryCharset, 0, decimals};
}
inline ColumnSpec text(ColumnType type = ColumnType::VarString, ColumnFlags flags = {})
{
    return {type, flags};
}
inline ColumnSpec bytes(ColumnType type = ColumnType::Blob)
{
    return {type, ColumnFlag::Binary, Column::BinaryCharset};
}

inline QByteArray lengthEncoded(const QByteArray &value)
{
    QByteArray out;
    const auto size = quint64(value.size());
    if (size < 0xFB) {
        out.append(char(size));
    } else if (size <= 0xFFFF) {
        out.append(char(0xFC)).append(char(size)).append(char(size >> 8));
    } else if (size <= 0xFFFFFF) {
        out.append(char(0xFD)).append(char(size)).append(char(size >> 8)).append(char(size >> 16));
    } else {
        out.append(char(0xFE));
        for (int i = 0; i < 8; ++i)
            out.append(char(size >> (8 * i)));
    }
    return out + value;
}

template <class T> QByteArray littleEndian(T value)
{
    QByteArray out(qsizetype(sizeof value), '\0');
    qToLittleEndian(value, out.data());
    return out;
}

inline Internal::RowColumnsPointer makeColumns(const QList<ColumnSpec> &specs, RowFormat format)
{
    QList<Column> columns;
    for (const ColumnSpec &spec : specs)
        columns.append(spec.toColumn());
    return Internal::RowColumnsPointer(new Internal::RowColumns(columns, format));
}

using Cells = QList<std::optional<QByteArray>>;

//! The payload of a row packet. Binary cells are given as they stand after their length, if they have one.
inline QByteArray packRow(const Cells &cells, const Internal::RowColumns &columns)
{
    QByteArray row;
    if (columns.format == RowFormat::Text) {
        for (const auto &cell : cells)
            row += cell ? lengthEncoded(*cell) : QByteArray(1, char(0xFB));
        return row;
    }
    row.fill('\0', 1 + (cells.size() + 9) / 8);
    for (qsizetype i = 0; i < cells.size(); ++i) {
        if (!cells.at(i)) {
            row[1 + (i + 2) / 8] |= char(1 << ((i + 2) % 8));
            continue;
        }
        switch (columns.columns.at(i).type()) {
        case ColumnType::Tiny:
        case ColumnType::Short:
        case ColumnType::Year:
        case ColumnType::Int24:
        case ColumnType::Long:
        case ColumnType::LongLong:
        case ColumnType::Float:
        case ColumnType::Double:
            row += *cells.at(i);
            break;
        default:
            row += lengthEncoded(*cells.at(i)); // times have one byte of length too
        }
    }
    return row;
}

inline RowBatch makeRows(const QList<ColumnSpec> &specs, RowFormat format, const QList<Cells> &rows,
                         qsizetype rowsPerBlock = 1000)
{
    const Internal::RowColumnsPointer columns = makeColumns(specs, format);
    std::vector<Internal::RowBlockPointer> blocks;
    for (const Cells &cells : rows) {
        if (blocks.empty() || blocks.back()->rowCount() == rowsPerBlock)
            blocks.emplace_back(new Internal::RowBlock(columns));
        blocks.back()->append(packRow(cells, *columns));
    }
    return Internal::makeBatch(columns, std::move(blocks), 0, rows.size());
}

//! One row of one column.
inline Row makeCell(const ColumnSpec &spec, RowFormat format, const std::optional<QByteArray> &value)
{
    return makeRows({spec}, format, {Cells{value}}).first();
}

//! The value as a T, or why not.
template <class T> Result<T> read(const ColumnSpec &spec, RowFormat format, const QByteArray &value)
{
    return makeCell(spec, format, value).tryGet<T>(0);
}
template <class T> Result<T> readText(const ColumnSpec &spec, const QByteArray &value)
{
    return read<T>(spec, RowFormat::Text, value);
}
template <class T> Result<T> readBinary(const ColumnSpec &spec, const QByteArray &value)
{
    return read<T>(spec, RowFormat::Binary, value);
}

template <class T> bool fails(const Result<T> &result)
{
    return !result && result.error().kind() == Error::Kind::Conversion
        && result.error().phase() == Error::Phase::Value;
}

// DATE, DATETIME and TIME as the binary protocol has them after their length.
inline QByteArray binaryDate(int year, int month, int day)
{
    return littleEndian(quint16(year)) + char(month) + char(day);
}
inline QByteArray binaryDateTime(int year, int month, int day, int h, int m, int s, quint32 micro = 0)
{
    const QByteArray value = binaryDate(year, month, day) + char(h) + char(m) + char(s);
    return micro ? value + littleEndian(micro) : value;
}
inline QByteArray binaryTime(bool negative, quint32 days, int h, int m, int s, quint32 micro = 0)
{
    const QByteArray value = QByteArray(1, char(negative)) + littleEndian(days) + char(h) + char(m) + char(s);
    return micro ? value + littleEndian(micro) : value;
}

} // namespace QAsyncMySql::Test
