// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "formatter.h"

#include <QAsyncMySql/rowformatter.h>

namespace Cli {

/*!
    One array of results: [{"columns": [{"name", "type"}], "rows": [[...]], "affectedRows", "lastInsertId",
    "warningCount", "info"}]. Written as the rows come. When an error ends the program amid the rows of a
   result, the array stays open: what is cut off cannot be taken for the whole.
*/
class JsonFormatter : public Formatter
{
public:
    explicit JsonFormatter(Output &output)
        : Formatter(output)
    {
    }

    void addRows(const QAsyncMySql::RowBatch &rows) override;
    void endResult(const QAsyncMySql::ResultSet &summary, bool outParameters) override;
    void finish(bool good) override;

protected:
    void writeHead() override;

private:
    const QAsyncMySql::RowFormatter m_values{QAsyncMySql::TransferFormat::Type::JsonLines};
    bool m_anyResult = false;
    bool m_anyRow = false;
    bool m_inResult = false;
};

} // namespace Cli
