// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/cell.h>
#include <QAsyncMySql/valuedecoder.h>

#include <QtCore/QAnyStringView>
#include <QtCore/QExplicitlySharedDataPointer>
#include <QtCore/QVariantMap>

QT_BEGIN_NAMESPACE
class QJsonObject;
QT_END_NAMESPACE

namespace QAsyncMySql {

namespace Internal {

class RowBlock;

//! How the cells of a column stand in a row, and what makes a Cell of them.
struct CellForm
{
    static constexpr quint8 LengthByte = 0xF0; // the length in a byte before it
    static constexpr quint8 LengthEncoded = 0xF1;

    quint8 width = 0; // bytes of each value, or one of the above
    ColumnType type = ColumnType::Null;
    quint16 flags = 0; // ColumnFlags
};

} // namespace Internal

/*!
    One row of a result. It keeps the block of rows it lies in alive, so it may outlive its ResultSet.

    Cells are decoded when they are asked for. Columns are numbered from 0; reading them in order is
    the fastest. Not thread-safe: give each thread its own copy.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Row
{
public:
    Row() noexcept;
    Row(const Row &other) noexcept;
    Row(Row &&other) noexcept;
    Row &operator=(const Row &other) noexcept;
    Row &operator=(Row &&other) noexcept;
    ~Row();

    bool isValid() const noexcept { return bool(m_block); }
    int columnCount() const noexcept { return m_count; }
    const QList<Column> &columns() const noexcept;
    //! The number of the column with this \a name (exact first, then ignoring case), or -1.
    int indexOf(QAnyStringView name) const noexcept;

    //! The cell in \a column; a NULL cell when \a column is not between 0 and columnCount() - 1.
    Cell cell(int column) const noexcept
    {
        // The usual case, kept short: the cell behind the one read last, a short one and not NULL.
        if (Q_LIKELY(column == m_nextColumn && m_at != m_end && column < m_count)) {
            const Internal::CellForm form = m_forms[column];
            const bool inFront = form.width >= Internal::CellForm::LengthByte; // the length is
            const uchar *const begin = m_at + (inFront ? 1 : 0);
            const qptrdiff length = inFront ? *m_at : form.width;
            const unsigned bit = unsigned(column) + 2;
            if (Q_LIKELY(length < FirstLongLength && length <= m_end - begin
                         && !(m_nulls && m_nulls[bit / 8] >> (bit % 8) & 1))) {
                m_last = m_at;
                m_at = begin + length;
                m_nextColumn = column + 1;
                return Cell(QByteArrayView(begin, length), m_columns[column],
                            m_nulls ? RowFormat::Binary : RowFormat::Text, form.type,
                            ColumnFlags::fromInt(form.flags));
            }
        }
        return findCell(column);
    }
    bool isNull(int column) const noexcept { return cell(column).isNull(); }
    //! The value's bytes as sent, without its length prefix; a null view for NULL.
    QByteArrayView raw(int column) const noexcept { return cell(column).bytes(); }

    /*! The value of \a column as a T. NULL gives T{} (std::nullopt for a std::optional); a value that
        does not fit gives T{} and a warning in the category qasyncmysql.values. Where that matters,
        use tryGet(). */
    template <class T> T get(int column) const { return Internal::decodeOrDefault<T>(cell(column)); }
    template <class T> T get(QAnyStringView name) const { return get<T>(checkedIndexOf(name)); }
    /*! The value as a T, or an Error of kind Conversion: for a value that is no T, for NULL in a T that has
       no null, and for a column that is not there, which it names with those that are. */
    template <class T> Result<T> tryGet(int column) const
    {
        if (Q_UNLIKELY(column < 0 || column >= m_count))
            return noSuchColumn(column);
        return cell(column).as<T>();
    }
    template <class T> Result<T> tryGet(QAnyStringView name) const
    {
        const int column = indexOf(name);
        if (Q_UNLIKELY(column < 0))
            return noSuchColumn(name);
        return cell(column).as<T>();
    }

    QVariant value(int column) const { return cell(column).toVariant(); }
    QVariant value(QAnyStringView name) const { return value(checkedIndexOf(name)); }
    QVariantList toVariantList() const;
    //! By column name; of columns with one name, the last wins.
    QVariantMap toVariantMap() const;
    //! As toVariantMap(), in JSON: numbers that a double cannot hold exactly are strings, bytes are
    //! {"base64": "…"}.
    QJsonObject toJson() const;

private:
    friend class RowBatch;
    friend class Internal::RowBlock;
    static constexpr qptrdiff FirstLongLength = 0xFB; // lengths from here on are no single byte

    Row(Internal::RowBlock *block, qsizetype index) noexcept;
    void seek(qsizetype index) noexcept
    {
        m_index = index;
        load();
    }
    bool load() const noexcept;
    void unload() const noexcept
    {
        m_nextColumn = 0;
        m_at = m_end = nullptr;
    }
    void forget() noexcept;
    Cell findCell(int column) const noexcept;
    Cell makeCell(QByteArrayView bytes, int column) const noexcept;
    int checkedIndexOf(QAnyStringView name) const; // warns when there is none
    Error noSuchColumn(QAnyStringView name) const;
    Error noSuchColumn(int column) const;

    QExplicitlySharedDataPointer<Internal::RowBlock> m_block;
    qsizetype m_index = 0;
    const Column *m_columns = nullptr;
    const Internal::CellForm *m_forms = nullptr;
    // Where the row ends, its bitmap of NULLs if it has one, and where the last cell read begins and ends, so
    // that reading in order walks the row once.
    mutable const uchar *m_end = nullptr;
    mutable const uchar *m_nulls = nullptr;
    mutable const uchar *m_last = nullptr;
    mutable const uchar *m_at = nullptr;
    mutable int m_nextColumn = 0;
    int m_count = 0;
};

} // namespace QAsyncMySql
