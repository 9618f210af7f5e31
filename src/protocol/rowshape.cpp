// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/rowshape.h"

#include <algorithm>

namespace QAsyncMySql::Protocol {

namespace {

constexpr size_t BitmapOffset = 2; // the first two bits of the NULL bitmap of a row are not used

constexpr bool isDateTimeLength(quint8 length) noexcept
{
    return length == 0 || length == 4 || length == 7 || length == 11;
}

constexpr bool isTimeLength(quint8 length) noexcept
{
    return length == 0 || length == 8 || length == 12;
}

} // namespace

void RowShape::setText(qsizetype columns)
{
    m_columns = columns;
    m_binary = false;
    m_forms.clear();
}

void RowShape::setBinary(const QList<Column> &columns)
{
    m_columns = columns.size();
    m_binary = true;
    m_forms.clear();
    m_forms.reserve(size_t(columns.size()));
    for (const Column &column : columns)
        m_forms.push_back(formOf(column.type()));
}

// The rest of a row from a cell on that is NULL, or longer than a byte tells.
bool RowShape::fitsLongText(QByteArrayView rest, qsizetype cells) noexcept
{
    PacketReader reader(rest);
    reader.skipTextCells(cells);
    return reader.finished();
}

// MySQL source documentation, "Binary Protocol Value". Types unknown to us are counted strings.
RowShape::Form RowShape::formOf(ColumnType type) noexcept
{
    switch (type) {
    case ColumnType::Null:
        return None;
    case ColumnType::Tiny:
        return One;
    case ColumnType::Short:
    case ColumnType::Year:
        return Two;
    case ColumnType::Long:
    case ColumnType::Int24:
    case ColumnType::Float:
        return Four;
    case ColumnType::LongLong:
    case ColumnType::Double:
        return Eight;
    case ColumnType::Date:
    case ColumnType::NewDate:
    case ColumnType::DateTime:
    case ColumnType::Timestamp:
        return DateTime;
    case ColumnType::Time:
        return Time;
    default:
        return Counted;
    }
}

// MySQL source documentation, "Binary Protocol Resultset Row": 0x00, the NULL bitmap, and the values that are
// not NULL.
bool RowShape::fitsBinary(QByteArrayView row) const noexcept
{
    const qsizetype head = 1 + (m_columns + qsizetype(BitmapOffset) + 7) / 8;
    if (row.size() < head || row.front() != 0x00)
        return false;
    const auto *const bits = reinterpret_cast<const uchar *>(row.data()) + 1;
    const auto *at = bits + head - 1;
    const auto *const end = reinterpret_cast<const uchar *>(row.data()) + row.size();
    const bool anyNull = std::any_of(bits, at, [](uchar byte) { return byte != 0; });
    for (size_t i = 0; i < size_t(m_columns); ++i) {
        const size_t bit = i + BitmapOffset;
        if (anyNull && (bits[bit / 8] >> (bit % 8) & 1))
            continue;
        const Form form = m_forms[i];
        auto length = qptrdiff(form);
        if (form > Eight) {
            if (at == end)
                return false;
            length = *at++;
            if (form == Counted) {
                if (length >= 0xFB) [[unlikely]] {
                    PacketReader reader(QByteArrayView(at - 1, end - at + 1));
                    const quint64 size = reader.lenenc();
                    if (reader.failed() || size > reader.remaining())
                        return false;
                    at = end - reader.remaining();
                    length = qptrdiff(size);
                }
            } else if (form == DateTime ? !isDateTimeLength(quint8(length)) : !isTimeLength(quint8(length))) {
                return false;
            }
        }
        if (length > end - at)
            return false;
        at += length;
    }
    return at == end;
}

} // namespace QAsyncMySql::Protocol
