// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/row.h>

#include "values/columndata.h"
#include "values/columnlookup.h"
#include "values/logging.h"
#include "values/rowblock.h"
#include "values/rowlayout.h"

#include <QtCore/QJsonObject>

#include <array>
#include <initializer_list>

namespace QAsyncMySql {

namespace {

const Column &noColumn()
{
    static const Column column;
    return column;
}

//! How values of a type are written in the binary protocol: so many bytes, or as one of these says.
constexpr quint8 LengthByte = 0xF0; // the length in a byte before it
constexpr quint8 LengthEncoded = 0xF1;

constexpr std::array<quint8, 256> binaryWidths() noexcept
{
    std::array<quint8, 256> widths{};
    widths.fill(LengthEncoded);
    const auto set = [&widths](quint8 width, std::initializer_list<ColumnType> types) {
        for (const ColumnType type : types)
            widths[quint8(type)] = width;
    };
    set(0, {ColumnType::Null});
    set(1, {ColumnType::Tiny});
    set(2, {ColumnType::Short, ColumnType::Year});
    set(4, {ColumnType::Long, ColumnType::Int24, ColumnType::Float});
    set(8, {ColumnType::LongLong, ColumnType::Double});
    set(LengthByte,
        {ColumnType::Date, ColumnType::NewDate, ColumnType::Time, ColumnType::DateTime,
         ColumnType::Timestamp});
    return widths;
}

constexpr std::array<quint8, 256> BinaryWidths = binaryWidths();

constexpr uchar FirstLongLength = 0xFB; // lengths from here on do not stand in their first byte

Cell makeCell(QByteArrayView bytes, const Column &column, RowFormat format) noexcept
{
    const ColumnData *data = column.constData();
    if (Q_UNLIKELY(!data))
        return Cell(bytes, column, format);
    return Cell(bytes, column, format, data->type, ColumnFlags::fromInt(data->flags));
}

} // namespace

Row::Row() noexcept = default;
Row::Row(const Row &other) noexcept = default;
Row::Row(Row &&other) noexcept = default;
Row &Row::operator=(const Row &other) noexcept = default;
Row &Row::operator=(Row &&other) noexcept = default;
Row::~Row() = default;

Row::Row(Internal::RowBlock *block, qsizetype index) noexcept
    : m_block(block)
    , m_index(index)
{
}

int Row::columnCount() const noexcept
{
    return m_block ? int(m_block->columns->columns.size()) : 0;
}

const QList<Column> &Row::columns() const noexcept
{
    static const QList<Column> none;
    return m_block ? m_block->columns->columns : none;
}

int Row::indexOf(QAnyStringView name) const noexcept
{
    return m_block ? Internal::columnIndex(m_block->columns->columns, name) : -1;
}

int Row::checkedIndexOf(QAnyStringView name) const
{
    const int index = indexOf(name);
    if (index < 0) {
        if (m_block)
            qCWarning(Internal::lcValues).noquote().nospace()
                << "The row has no column \"" << name.toString()
                << "\"; it has: " << Internal::columnNames(m_block->columns->columns);
        else
            qCWarning(Internal::lcValues).noquote().nospace()
                << "Column \"" << name.toString() << "\" was asked of an invalid row.";
    }
    return index;
}

Cell Row::cell(int column) const noexcept
{
    if (Q_UNLIKELY(!m_block || column < 0 || column >= m_block->columns->columns.size()))
        return Cell(QByteArrayView(), noColumn(), RowFormat::Text, ColumnType::Null, {});
    const Internal::RowColumns &description = *m_block->columns;
    const QList<Column> &definitions = description.columns;
    const Column &definition = definitions.at(column);
    // The usual case, kept short: the cell behind the one read last, a short one and not NULL.
    if (Q_LIKELY(column == m_nextColumn)) {
        const QByteArrayView row = m_block->row(m_index);
        const auto *bytes = reinterpret_cast<const uchar *>(row.data());
        const auto size = size_t(row.size());
        const bool text = description.format == RowFormat::Text;
        const ColumnData *data = definition.constData();
        size_t offset = m_nextOffset;
        if (column == 0)
            offset = text ? 0 : 1 + size_t(definitions.size() + 2 + 7) / 8;
        const size_t bit = size_t(column) + 2;
        if (Q_LIKELY(offset < size && data && (text || !(bytes[1 + bit / 8] >> (bit % 8) & 1)))) {
            const quint8 width = text ? LengthEncoded : BinaryWidths[quint8(data->type)];
            const size_t begin = width < LengthByte ? offset : offset + 1;
            const size_t length = width < LengthByte ? width : bytes[offset];
            if (Q_LIKELY(length < FirstLongLength && length <= size - begin)) {
                m_lastOffset = quint32(offset);
                m_nextOffset = quint32(begin + length);
                m_nextColumn = column + 1;
                return Cell(row.sliced(qsizetype(begin), qsizetype(length)), definition, description.format,
                            data->type, ColumnFlags::fromInt(data->flags));
            }
        }
    }
    return description.format == RowFormat::Text ? textCell(column, definition)
                                                 : binaryCell(column, definitions);
}

// Goes to the nearest known beginning of a cell that is not after \a column.
quint32 Row::approach(int column, quint32 firstCell) const noexcept
{
    if (m_nextColumn > 0 && column >= m_nextColumn)
        return m_nextOffset;
    if (m_nextColumn > 0 && column == m_nextColumn - 1) {
        m_nextColumn = column;
        return m_lastOffset;
    }
    m_nextColumn = 0;
    return firstCell;
}

Cell Row::textCell(int column, const Column &definition) const noexcept
{
    const QByteArrayView row = m_block->row(m_index);
    quint32 offset = approach(column, 0);
    for (;;) {
        const Internal::CellExtent extent = Internal::lengthEncoded(row, offset);
        if (Q_UNLIKELY(!extent.ok))
            break;
        if (m_nextColumn == column) {
            m_lastOffset = offset;
            m_nextOffset = extent.end;
            ++m_nextColumn;
            return makeCell(extent.view(row), definition, RowFormat::Text);
        }
        offset = extent.end;
        ++m_nextColumn;
    }
    m_nextColumn = 0;
    return makeCell(QByteArrayView(), definition, RowFormat::Text);
}

Cell Row::binaryCell(int column, const QList<Column> &definitions) const noexcept
{
    // Header byte, NULL bitmap with an offset of 2 bits, then the values that are not NULL.
    const QByteArrayView row = m_block->row(m_index);
    const quint32 firstCell = 1 + quint32((definitions.size() + 2 + 7) / 8);
    const Column &definition = definitions.at(column);
    if (Q_LIKELY(qsizetype(firstCell) <= row.size())) {
        const auto isNullAt = [row](int index) {
            const int bit = index + 2;
            return (uchar(row[1 + bit / 8]) >> (bit % 8) & 1) != 0;
        };
        quint32 offset = approach(column, firstCell);
        for (;;) {
            Internal::CellExtent extent{true, true, offset, offset};
            if (!isNullAt(m_nextColumn)) {
                const ColumnData *data = definitions.at(m_nextColumn).constData();
                extent = Internal::binaryValue(row, offset, data ? data->type : ColumnType::Null);
            }
            if (Q_UNLIKELY(!extent.ok))
                break;
            if (m_nextColumn == column) {
                m_lastOffset = offset;
                m_nextOffset = extent.end;
                ++m_nextColumn;
                return makeCell(extent.view(row), definition, RowFormat::Binary);
            }
            offset = extent.end;
            ++m_nextColumn;
        }
        m_nextColumn = 0;
    }
    return makeCell(QByteArrayView(), definition, RowFormat::Binary);
}

QVariantList Row::toVariantList() const
{
    QVariantList list;
    const int count = columnCount();
    list.reserve(count);
    for (int i = 0; i < count; ++i)
        list.append(value(i));
    return list;
}

QVariantMap Row::toVariantMap() const
{
    QVariantMap map;
    const int count = columnCount();
    for (int i = 0; i < count; ++i) {
        const Cell c = cell(i);
        map.insert(c.column().name(), c.toVariant());
    }
    return map;
}

QJsonObject Row::toJson() const
{
    QJsonObject object;
    const int count = columnCount();
    for (int i = 0; i < count; ++i) {
        const Cell c = cell(i);
        object.insert(c.column().name(), c.toJson());
    }
    return object;
}

} // namespace QAsyncMySql
