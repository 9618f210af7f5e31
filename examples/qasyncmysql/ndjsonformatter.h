// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include "formatter.h"

namespace Cli {

/*!
    One JSON object for each row, one object a line. Values are those of JsonFormatter. Of columns with one
   name, the second is called name_2, and so on. Several results are separated by an empty line, which readers
   of NDJSON skip.
*/
class NdJsonFormatter : public Formatter
{
public:
    explicit NdJsonFormatter(Output &output)
        : Formatter(output)
    {
    }

    void addRows(const QAsyncMySql::RowBatch &rows) override;
    void endResult(const QAsyncMySql::ResultSet &, bool) override { }

protected:
    void writeHead() override;

private:
    QList<QByteArray> m_keys; // what stands before each value: {"a": and ,"b":
};

} // namespace Cli
