// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "formatter.h"

#include "csvformatter.h"
#include "jsonformatter.h"
#include "ndjsonformatter.h"
#include "tableformatter.h"
#include "tsvformatter.h"

namespace Cli {

void Formatter::beginResult(const QList<QAsyncMySql::Column> &columns)
{
    m_columns = columns;
    m_classes.clear();
    for (const QAsyncMySql::Column &column : columns)
        m_classes.append(cellClass(column));
    if (!columns.isEmpty())
        ++m_resultNumber;
    writeHead();
}

std::unique_ptr<Formatter> makeFormatter(Format format, Output &output, bool header)
{
    switch (format) {
    case Format::Table:
        return std::make_unique<TableFormatter>(output, header);
    case Format::Tsv:
        return std::make_unique<TsvFormatter>(output, header);
    case Format::Csv:
        return std::make_unique<CsvFormatter>(output, header);
    case Format::Json:
        return std::make_unique<JsonFormatter>(output);
    case Format::NdJson:
        return std::make_unique<NdJsonFormatter>(output);
    }
    Q_UNREACHABLE();
}

} // namespace Cli
