// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "formatter.h"

namespace Cli {

/*!
    Comma-separated values of RFC 4180, lines ended by CR LF. NULL is an empty field, an empty string is "".
   Bytes are written as 0x and hexadecimal digits. Several results are separated by an empty line.
*/
class CsvFormatter : public Formatter
{
public:
    CsvFormatter(Output &output, bool header)
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
