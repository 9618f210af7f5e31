// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "formatter.h"

namespace Cli {

class DisplayText;

/*!
    A table for people. The first rows that come set the widths of the columns; a later value that is wider
   pushes its row to the right and is never cut. Numbers stand to the right, bytes are 0x and hexadecimal
   digits, NULL is NULL. Under each table stands the number of its rows, and for a statement without rows what
   it did.
*/
class TableFormatter : public Formatter
{
public:
    TableFormatter(Output &output, bool header)
        : Formatter(output)
        , m_header(header)
    {
    }

    void addRows(const QAsyncMySql::RowBatch &rows) override;
    void endResult(const QAsyncMySql::ResultSet &summary, bool outParameters) override;

protected:
    void writeHead() override;

private:
    DisplayText displayText(const QAsyncMySql::Row &row, int column) const;
    void measure(const QAsyncMySql::RowBatch &rows);
    void writeTitles();
    void appendCell(const DisplayText &text, int column, bool right);

    QList<int> m_widths;
    qint64 m_rows = 0;
    bool m_header;
    bool m_measured = false;
    bool m_anyOutput = false;
};

} // namespace Cli
