// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include "models/tableschema.h"

namespace QAsyncMySql::Internal {

/*!
    A total order of a table's rows: a column to sort by, then those of the key. With it a place in the table
   is the values of these columns in one row, and the rows behind it are found by a condition.

    The values are read along with the row, where need be as an expression that compares as the server sorts:
   an ENUM by its number, a FLOAT as the double it is, a long text by its beginning (the server sorts by no
   more than max_sort_length bytes).
*/
class RowOrder
{
public:
    //! A place in the order: the values of its terms.
    using Place = Parameters;

    RowOrder() = default;
    /*! \a sortColumn may be -1; \a key holds columns of \a schema. An Error of kind Usage for a column that
       has no order. */
    static Result<RowOrder> make(const TableSchema &schema, int sortColumn, Qt::SortOrder order,
                                 const QStringList &key);

    //! What to SELECT for a whole row: all columns, and behind them what place() needs.
    QString selectList() const { return m_selectList; }
    //! What to SELECT for a place alone; then placeOf() is to be used.
    QString placeList() const;
    QString orderBy(bool backwards) const;
    //! The rows after \a place, or before it if \a backwards; \a inclusive: the row itself too.
    SqlFragment beyond(const Place &place, bool backwards, bool inclusive = false) const;
    //! The place of \a row, which was read by selectList().
    Place placeIn(const Row &row) const { return valuesOf(row, false); }
    //! The place that \a row is, which was read by placeList().
    Place placeOf(const Row &row) const { return valuesOf(row, true); }

    /*! Whether places between two others can be guessed: the first term is an integer that is never NULL. */
    bool canInterpolate() const;
    //! The rows from about the \a part (0 to 1) of the way from \a first to \a last on.
    SqlFragment beyondGuess(const Place &first, const Place &last, double part) const;

private:
    struct Term
    {
        QString expression; // that is compared and sorted by
        QString value; // that is read
        int column = -1; // where it is in a row
        bool descending = false;
        bool nullable = false;
        bool integer = false;
    };
    Result<void> append(const TableSchema &schema, const QString &column, bool descending);
    Place valuesOf(const Row &row, bool alone) const;

    QList<Term> m_terms;
    QString m_selectList;
    int m_width = 0; // columns in the list
};

//! The value of \a cell, to be compared with it by the server.
Parameter parameterOf(const Cell &cell);

} // namespace QAsyncMySql::Internal
