// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "formatter.h"

#include <QAsyncMySql/rowformatter.h>

namespace Cli {

//! CSV, TSV and NDJSON, as QAsyncMySql::TransferFormat has them. Several results are separated by an empty
//! line.
class LinesFormatter : public Formatter
{
public:
    LinesFormatter(Output &output, const QAsyncMySql::TransferFormat &format)
        : Formatter(output)
        , m_rows(format)
        , m_lineEnd(format.type() == QAsyncMySql::TransferFormat::Type::Csv ? "\r\n" : "\n")
    {
    }

    void addRows(const QAsyncMySql::RowBatch &rows) override;
    void endResult(const QAsyncMySql::ResultSet &, bool) override { }

protected:
    void writeHead() override;

private:
    QAsyncMySql::RowFormatter m_rows;
    const char *m_lineEnd;
};

} // namespace Cli
