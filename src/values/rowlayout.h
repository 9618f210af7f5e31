// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/types.h>

#include <QtCore/QByteArrayView>
#include <QtCore/QtEndian>

namespace QAsyncMySql::Internal {

//! Where a value lies within its row: the bytes from begin to end, or NULL.
struct CellExtent
{
    bool ok = false; //!< false: the row ends too early or holds a length that is none
    bool null = false;
    quint32 begin = 0;
    quint32 end = 0;

    QByteArrayView view(QByteArrayView row) const noexcept
    {
        return null ? QByteArrayView() : QByteArrayView(row.data() + begin, qsizetype(end - begin));
    }
};

//! The length-encoded string at \a offset, as rows of the text protocol hold them; 0xFB is NULL.
inline CellExtent lengthEncoded(QByteArrayView row, quint32 offset) noexcept
{
    const auto size = quint64(row.size());
    if (Q_UNLIKELY(offset >= size))
        return {};
    const auto *at = reinterpret_cast<const uchar *>(row.data()) + offset;
    quint64 length = *at;
    quint32 prefix = 1;
    if (Q_UNLIKELY(length >= 0xFB)) {
        if (length == 0xFB)
            return {true, true, offset + 1, offset + 1};
        if (length == 0xFF)
            return {};
        prefix = length == 0xFC ? 3 : length == 0xFD ? 4 : 9;
        if (size - offset < prefix)
            return {};
        if (prefix == 3)
            length = qFromLittleEndian<quint16>(at + 1);
        else if (prefix == 4)
            length = quint64(at[1]) | quint64(at[2]) << 8 | quint64(at[3]) << 16;
        else
            length = qFromLittleEndian<quint64>(at + 1);
    }
    if (Q_UNLIKELY(length > size - offset - prefix))
        return {};
    return {true, false, offset + prefix, quint32(offset + prefix + length)};
}

//! The value of a column of \a type at \a offset, as rows of the binary protocol hold them.
inline CellExtent binaryValue(QByteArrayView row, quint32 offset, ColumnType type) noexcept
{
    const auto size = quint64(row.size());
    quint32 fixed = 0;
    switch (type) {
    case ColumnType::Null:
        return {true, true, offset, offset};
    case ColumnType::Tiny:
        fixed = 1;
        break;
    case ColumnType::Short:
    case ColumnType::Year:
        fixed = 2;
        break;
    case ColumnType::Long:
    case ColumnType::Int24:
    case ColumnType::Float:
        fixed = 4;
        break;
    case ColumnType::LongLong:
    case ColumnType::Double:
        fixed = 8;
        break;
    case ColumnType::Date:
    case ColumnType::NewDate:
    case ColumnType::Time:
    case ColumnType::DateTime:
    case ColumnType::Timestamp:
        if (offset >= size)
            return {};
        fixed = uchar(row[offset]); // at most 12; others are told when they are decoded
        ++offset;
        break;
    default:
        return lengthEncoded(row, offset);
    }
    if (Q_UNLIKELY(size < offset || size - offset < fixed))
        return {};
    return {true, false, offset, offset + fixed};
}

} // namespace QAsyncMySql::Internal
