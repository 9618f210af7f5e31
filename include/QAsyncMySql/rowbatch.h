// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/row.h>

#include <QtCore/QList>

#include <iterator>

namespace QAsyncMySql {

class RowBatchData;

/*!
    A run of rows with one set of columns: what a Cursor hands out, and the rows of a ResultSet.

    Implicitly shared: a copy costs a pointer. The rows lie packed as they came (about 1.1 times the
    bytes on the wire). Reading is safe from several threads, each with its own copy.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT RowBatch
{
public:
    RowBatch();
    explicit RowBatch(RowBatchData *data);
    RowBatch(const RowBatch &other) noexcept;
    RowBatch(RowBatch &&other) noexcept;
    RowBatch &operator=(const RowBatch &other) noexcept;
    RowBatch &operator=(RowBatch &&other) noexcept;
    ~RowBatch();
    void swap(RowBatch &other) noexcept { d.swap(other.d); }

    const QList<Column> &columns() const noexcept;
    qsizetype size() const noexcept;
    bool isEmpty() const noexcept { return size() == 0; }
    //! Memory that the rows take, in bytes.
    qsizetype byteSize() const noexcept;
    //! Row \a index, from 0 to size() - 1; an invalid Row outside of it.
    Row at(qsizetype index) const;
    Row operator[](qsizetype index) const { return at(index); }
    Row first() const { return at(0); }
    //! Up to \a count rows from row \a from on, sharing the memory of this batch.
    RowBatch mid(qsizetype from, qsizetype count) const;

    /*! All rows as values of T, in a list:

        - \c{std::tuple<…>}: the columns in order,
        - a struct without constructors, of up to 24 fields: the columns in order,
        - a Q_GADGET: by the names of its properties (case does not matter); each column must have one,
        - any type that a cell can be read as: the only column.

        That the columns fit is checked before the first row, and each value by the rules of Row::tryGet(): an
        Error of kind Conversion names the column, both types, and the row. Needs
        \c{#include <QAsyncMySql/TypedRows>}. */
    template <class T> Result<QList<T>> to() const;

    //! Walks the rows in order; the Row it gives is reused, so copy it to keep it.
    class QASYNCMYSQL_EXPORT const_iterator
    {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Row;
        using difference_type = qptrdiff;
        using pointer = const Row *;
        using reference = const Row &;

        const_iterator() = default;
        reference operator*() const noexcept { return m_row; }
        pointer operator->() const noexcept { return &m_row; }
        const_iterator &operator++()
        {
            ++m_index;
            if (++m_inBlock < m_blockRows)
                m_row.seek(m_inBlock);
            else
                nextBlock();
            return *this;
        }
        void operator++(int) { ++*this; }
        friend bool operator==(const const_iterator &a, const const_iterator &b) noexcept
        {
            return a.m_index == b.m_index;
        }

    private:
        friend class RowBatch;
        const_iterator(const RowBatch *batch, qsizetype index);
        void load();
        void nextBlock();
        const RowBatch *m_batch = nullptr;
        qsizetype m_index = 0;
        size_t m_block = 0; // which block of the batch, the row's place in it, and how many rows it has
        qsizetype m_inBlock = 0;
        qsizetype m_blockRows = 0;
        Row m_row;
    };
    const_iterator begin() const { return const_iterator(this, 0); }
    const_iterator end() const { return const_iterator(nullptr, size()); }

    //! For the library's own use.
    const RowBatchData *constData() const noexcept { return d.constData(); }

private:
    QExplicitlySharedDataPointer<RowBatchData> d;
};

} // namespace QAsyncMySql

Q_DECLARE_SHARED(QAsyncMySql::RowBatch)
