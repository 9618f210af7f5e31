// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "formatter.h"

namespace Cli {

/*!
    One row a line, fields separated by tabs. Tab, line feed, carriage return, NUL and backslash are written
   as \t \n \r \0 \\, NULL as \N: what LOAD DATA reads without options, byte for byte. Several results are
   separated by an empty line.
*/
class TsvFormatter : public Formatter
{
public:
    TsvFormatter(Output &output, bool header)
        : Formatter(output)
        , m_header(header)
    {
    }

    void addRows(const QAsyncMySql::RowBatch &rows) override;
    void endResult(const QAsyncMySql::ResultSet &, bool) override { }

protected:
    void writeHead() override;

private:
    bool m_header;
};

} // namespace Cli
