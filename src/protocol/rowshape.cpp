// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#include "protocol/rowshape.h"

namespace QAsyncMySql::Protocol {

namespace {

constexpr qsizetype BitmapOffset = 2; // the first two bits of the NULL bitmap of a row are not used

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
    PacketReader reader(row);
    if (reader.u8() != 0x00)
        return false;
    const QByteArrayView bitmap = reader.bytes(quint64(m_columns + BitmapOffset + 7) / 8);
    if (reader.failed())
        return false;
    const auto *bits = reinterpret_cast<const uchar *>(bitmap.data());
    for (qsizetype i = 0; i < m_columns; ++i) {
        const auto bit = size_t(i + BitmapOffset);
        if (bits[bit / 8] >> (bit % 8) & 1)
            continue;
        switch (const Form form = m_forms[size_t(i)]) {
        case Counted:
            reader.skip(reader.lenenc());
            break;
        case DateTime:
        case Time: {
            const quint8 length = reader.u8();
            if (!(form == Time ? isTimeLength(length) : isDateTimeLength(length)))
                return false;
            reader.skip(length);
            break;
        }
        default:
            reader.skip(form);
        }
    }
    return reader.finished();
}

} // namespace QAsyncMySql::Protocol
