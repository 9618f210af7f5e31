// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "celltext.h"

#include "jsontext.h"

#include <QAsyncMySql/row.h>

#include <charconv>
#include <cmath>

using namespace QAsyncMySql;

namespace Cli {

CellClass cellClass(const Column &column)
{
    switch (column.type()) {
    case ColumnType::Tiny:
    case ColumnType::Short:
    case ColumnType::Int24:
    case ColumnType::Long:
    case ColumnType::LongLong:
        return column.isUnsigned() ? CellClass::Unsigned : CellClass::Integer;
    case ColumnType::Year:
    case ColumnType::Bit:
        return CellClass::Unsigned;
    case ColumnType::Float:
    case ColumnType::Double:
        return CellClass::Float;
    default:
        return column.isBinary() ? CellClass::Bytes : CellClass::Text;
    }
}

QByteArrayView cellText(const Cell &cell, CellClass kind, QByteArray &storage)
{
    const bool asSent = cell.format() == RowFormat::Text && cell.column().isUtf8();
    if (kind == CellClass::Bytes || (asSent && cell.column().type() != ColumnType::Bit))
        return cell.bytes();
    if (kind == CellClass::Unsigned && cell.column().type() == ColumnType::Bit) {
        const Result<quint64> bits = cell.as<quint64>();
        storage = bits ? QByteArray::number(*bits) : hexText(cell.bytes());
        return storage;
    }
    storage = cell.toText();
    return storage;
}

static void appendJsonFloat(QByteArray &out, const Cell &cell)
{
    char buffer[32];
    std::to_chars_result end{buffer, std::errc()};
    bool finite = false;
    // A float is printed with the digits that a float needs: 3.14 and not 3.140000104904175.
    if (cell.column().type() == ColumnType::Float) {
        const Result<float> value = cell.as<float>();
        finite = value && std::isfinite(*value);
        if (finite)
            end = std::to_chars(buffer, buffer + sizeof(buffer), *value);
    } else {
        const Result<double> value = cell.as<double>();
        finite = value && std::isfinite(*value);
        if (finite)
            end = std::to_chars(buffer, buffer + sizeof(buffer), *value);
    }
    if (finite) {
        out.append(buffer, end.ptr - buffer);
    } else {
        QByteArray storage;
        appendJsonString(out, cellText(cell, CellClass::Float, storage));
    }
}

void appendJsonCell(QByteArray &out, const Cell &cell, CellClass kind)
{
    if (cell.isNull()) {
        out += "null";
        return;
    }
    switch (kind) {
    case CellClass::Integer:
        if (const Result<qint64> value = cell.as<qint64>()) {
            appendJsonInteger(out, *value);
            return;
        }
        break;
    case CellClass::Unsigned:
        if (const Result<quint64> value = cell.as<quint64>()) {
            appendJsonInteger(out, *value);
            return;
        }
        break;
    case CellClass::Float:
        appendJsonFloat(out, cell);
        return;
    case CellClass::Bytes:
        out += "{\"base64\":\"" + cell.bytes().toByteArray().toBase64() + "\"}";
        return;
    case CellClass::Text:
        break;
    }
    QByteArray storage;
    appendJsonString(out, cellText(cell, kind, storage));
}

QByteArray hexText(QByteArrayView bytes)
{
    return "0x" + QByteArray::fromRawData(bytes.data(), bytes.size()).toHex();
}

} // namespace Cli
