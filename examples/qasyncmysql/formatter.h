// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/resultset.h>

#include <QList>

#include <memory>

namespace Cli {

class Output;

enum class Format
{
    Table,
    Tsv,
    Csv,
    Json,
    NdJson
};

/*!
    Writes results in one of the formats. For each result: beginResult(), addRows() any number of times,
   endResult(); after all of them finish(). When an error ends a result, endResult() is not called.
*/
class Formatter
{
public:
    explicit Formatter(Output &output)
        : m_output(output)
    {
    }
    virtual ~Formatter() = default;
    Q_DISABLE_COPY_MOVE(Formatter)

    void beginResult(const QList<QAsyncMySql::Column> &columns);
    //! Rows of the result that has begun; \a rows has its columns.
    virtual void addRows(const QAsyncMySql::RowBatch &rows) = 0;
    //! \a summary has the counts; its rows are not looked at. \a outParameters: they were a procedure's.
    virtual void endResult(const QAsyncMySql::ResultSet &summary, bool outParameters) = 0;
    //! All is done; false after an error. A result that has begun and not ended is then left unfinished.
    virtual void finish(bool good) { Q_UNUSED(good) }

protected:
    virtual void writeHead() = 0;

    Output &output() { return m_output; }
    const QList<QAsyncMySql::Column> &columns() const { return m_columns; }
    //! 1 for the first result with columns.
    int resultNumber() const { return m_resultNumber; }

private:
    Output &m_output;
    QList<QAsyncMySql::Column> m_columns;
    int m_resultNumber = 0;
};

//! \a header is whether table, tsv and csv begin with a line of column names.
std::unique_ptr<Formatter> makeFormatter(Format format, Output &output, bool header);

} // namespace Cli
