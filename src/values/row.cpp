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

constexpr std::array<quint8, 256> binaryWidths() noexcept
{
    std::array<quint8, 256> widths{};
    widths.fill(Internal::CellForm::LengthEncoded);
    const auto set = [&widths](quint8 width, std::initializer_list<ColumnType> types) {
        for (const ColumnType type : types)
            widths[quint8(type)] = width;
    };
    set(0, {ColumnType::Null});
    set(1, {ColumnType::Tiny});
    set(2, {ColumnType::Short, ColumnType::Year});
    set(4, {ColumnType::Long, ColumnType::Int24, ColumnType::Float});
    set(8, {ColumnType::LongLong, ColumnType::Double});
    set(Internal::CellForm::LengthByte,
        {ColumnType::Date, ColumnType::NewDate, ColumnType::Time, ColumnType::DateTime,
         ColumnType::Timestamp});
    return widths;
}

std::vector<Internal::CellForm> formsOf(const QList<Column> &columns, RowFormat format)
{
    static constexpr std::array<quint8, 256> BinaryWidths = binaryWidths();
    std::vector<Internal::CellForm> forms(size_t(columns.size()));
    for (size_t i = 0; i < forms.size(); ++i) {
        const ColumnData *data = columns.at(qsizetype(i)).constData();
        if (data) {
            forms[i].type = data->type;
            forms[i].flags = data->flags;
        }
        forms[i].width = format == RowFormat::Text ? Internal::CellForm::LengthEncoded
                                                   : BinaryWidths[quint8(forms[i].type)];
    }
    return forms;
}

Error noColumnError(const QString &text)
{
    return Error(Error::Kind::Conversion, text, Error::Outcome::Executed, Error::Phase::Value);
}

} // namespace

Row::Row() noexcept = default;
Row::Row(const Row &other) noexcept = default;
Row::Row(Row &&other) noexcept
    : Row(static_cast<const Row &>(other))
{
    other.forget();
}
Row &Row::operator=(const Row &other) noexcept = default;
Row &Row::operator=(Row &&other) noexcept
{
    if (this != &other) {
        *this = static_cast<const Row &>(other);
        other.forget();
    }
    return *this;
}
Row::~Row() = default;

Row::Row(Internal::RowBlock *block, qsizetype index) noexcept
    : m_block(block)
    , m_index(index)
    , m_columns(block->columns->columns.constData())
    , m_forms(block->columns->forms.data())
    , m_count(int(block->columns->columns.size()))
{
    load();
}

// Leaves an invalid row. What it points to goes with the block.
void Row::forget() noexcept
{
    m_block.reset();
    m_count = 0;
    unload();
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
    if (index < 0)
        qCWarning(Internal::lcValues).noquote() << noSuchColumn(name).message();
    return index;
}

Error Row::noSuchColumn(QAnyStringView name) const
{
    const QString text = m_block
        ? QStringLiteral("The row has no column \"%1\"; it has: %2")
              .arg(name.toString(), Internal::columnNames(columns()))
        : QStringLiteral("Column \"%1\" was asked of an invalid row.").arg(name.toString());
    return noColumnError(text);
}

Error Row::noSuchColumn(int column) const
{
    const QString text = m_block
        ? QStringLiteral("The row has no column number %1; it has, from 0: %2")
              .arg(QString::number(column), Internal::columnNames(columns()))
        : QStringLiteral("Column number %1 was asked of an invalid row.").arg(column);
    return noColumnError(text);
}

// Header byte, NULL bitmap with an offset of 2 bits, then the values that are not NULL; or the values alone.
bool Row::load() const noexcept
{
    unload();
    const QByteArrayView row = m_block->row(m_index);
    const auto *const begin = reinterpret_cast<const uchar *>(row.data());
    const bool binary = m_block->columns->format == RowFormat::Binary;
    const qsizetype head = binary ? 1 + (qsizetype(m_count) + 2 + 7) / 8 : 0;
    if (Q_UNLIKELY(row.size() < head))
        return false;
    m_nulls = binary ? begin + 1 : nullptr;
    m_at = begin + head;
    m_end = begin + row.size();
    return true;
}

Cell Row::makeCell(QByteArrayView bytes, int column) const noexcept
{
    const Internal::CellForm form = m_forms[column];
    return Cell(bytes, m_columns[column], m_block->columns->format, form.type,
                ColumnFlags::fromInt(form.flags));
}

Cell Row::findCell(int column) const noexcept
{
    if (Q_UNLIKELY(!m_block || column < 0 || column >= m_count))
        return Cell(QByteArrayView(), noColumn(), RowFormat::Text, ColumnType::Null, {});
    // To the nearest known beginning of a cell that is not after it.
    if (m_nextColumn > 0 && column == m_nextColumn - 1) {
        m_nextColumn = column;
        m_at = m_last;
    } else if ((!m_end || column < m_nextColumn) && !load()) {
        return makeCell(QByteArrayView(), column);
    }
    const QByteArrayView row = m_block->row(m_index);
    const auto *const begin = reinterpret_cast<const uchar *>(row.data());
    while (m_nextColumn <= column) {
        const auto offset = quint32(m_at - begin);
        const unsigned bit = unsigned(m_nextColumn) + 2;
        Internal::CellExtent extent{true, true, offset, offset};
        if (!m_nulls)
            extent = Internal::lengthEncoded(row, offset);
        else if (!(m_nulls[bit / 8] >> (bit % 8) & 1))
            extent = Internal::binaryValue(row, offset, m_forms[m_nextColumn].type);
        if (Q_UNLIKELY(!extent.ok))
            break;
        m_last = m_at;
        m_at = begin + extent.end;
        if (m_nextColumn++ == column)
            return makeCell(extent.view(row), column);
    }
    unload();
    return makeCell(QByteArrayView(), column);
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

namespace Internal {

RowColumns::RowColumns(QList<Column> rowColumns, RowFormat rowFormat)
    : columns(std::move(rowColumns))
    , format(rowFormat)
    , forms(formsOf(columns, format))
{
}

} // namespace Internal

} // namespace QAsyncMySql
