// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/resultset.h>

#include <QtCore/QList>

namespace QAsyncMySql {

/*!
    What a procedure gave: its results, and the values of its OUT and INOUT parameters. A value.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT CallResult
{
public:
    CallResult() { }
    //! Takes \a results apart: what holds OUT parameters, and the rest.
    explicit CallResult(ResultSet results);
    //! The same, with the OUT and INOUT parameters in a result of their own.
    CallResult(ResultSet results, const ResultSet &out);

    //! The results with columns, in the order of the procedure's statements.
    const QList<ResultSet> &resultSets() const noexcept { return m_resultSets; }
    //! One row, whose columns are the OUT and INOUT parameters in their order; empty if there are none.
    const ResultSet &outParameters() const noexcept { return m_out; }
    //! Rows changed by the procedure's last statement, as the server counts.
    quint64 affectedRows() const noexcept { return m_affectedRows; }
    int warningCount() const noexcept { return m_warningCount; }

    //! The OUT or INOUT parameter called \a name. An Error of kind Conversion if there is none, or if its
    //! value is no T.
    template <class T> Result<T> out(QAnyStringView name) const { return out<T>(outIndex(name)); }
    //! The OUT or INOUT parameter number \a index among them, from 0.
    template <class T> Result<T> out(int index) const
    {
        if (m_out.isEmpty() || index < 0 || index >= m_out.columnCount())
            return noSuchParameter();
        return m_out.at(0).template tryGet<T>(index);
    }

private:
    int outIndex(QAnyStringView name) const;
    Error noSuchParameter() const;

    QList<ResultSet> m_resultSets;
    ResultSet m_out;
    quint64 m_affectedRows = 0;
    int m_warningCount = 0;
};

} // namespace QAsyncMySql
