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
}

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
    int columnCount() const noexcept;
    const QList<Column> &columns() const noexcept;
    //! The number of the column with this \a name (exact first, then ignoring case), or -1.
    int indexOf(QAnyStringView name) const noexcept;

    //! The cell in \a column; a NULL cell when \a column is not between 0 and columnCount() - 1.
    Cell cell(int column) const noexcept;
    bool isNull(int column) const noexcept { return cell(column).isNull(); }
    //! The value's bytes as sent, without its length prefix; a null view for NULL.
    QByteArrayView raw(int column) const noexcept { return cell(column).bytes(); }

    /*! The value of \a column as a T. NULL gives T{} (std::nullopt for a std::optional); a value that
        does not fit gives T{} and a warning in the category qasyncmysql.values. Where that matters,
        use tryGet(). */
    template <class T> T get(int column) const { return Internal::decodeOrDefault<T>(cell(column)); }
    template <class T> T get(QAnyStringView name) const { return get<T>(checkedIndexOf(name)); }
    //! The value as a T, or an Error of kind Conversion (NULL in a T that has no null, too).
    template <class T> Result<T> tryGet(int column) const { return cell(column).as<T>(); }
    template <class T> Result<T> tryGet(QAnyStringView name) const { return tryGet<T>(checkedIndexOf(name)); }

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
    Row(Internal::RowBlock *block, qsizetype index) noexcept;
    void seek(qsizetype index) noexcept
    {
        m_index = index;
        m_nextColumn = 0;
    }
    Cell textCell(int column, const Column &definition) const noexcept;
    Cell binaryCell(int column, const QList<Column> &definitions) const noexcept;
    quint32 approach(int column, quint32 firstCell) const noexcept;
    int checkedIndexOf(QAnyStringView name) const; // warns when there is none

    QExplicitlySharedDataPointer<Internal::RowBlock> m_block;
    qsizetype m_index = 0;
    // Where the last cell read begins and ends, so that reading in order walks the row once.
    mutable int m_nextColumn = 0;
    mutable quint32 m_lastOffset = 0;
    mutable quint32 m_nextOffset = 0;
};

} // namespace QAsyncMySql
