// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "formatter.h"

#include "jsonformatter.h"
#include "linesformatter.h"
#include "tableformatter.h"

using namespace QAsyncMySql;

namespace Cli {

void Formatter::beginResult(const QList<QAsyncMySql::Column> &columns)
{
    m_columns = columns;
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
        return std::make_unique<LinesFormatter>(output,
                                                TransferFormat(TransferFormat::Type::Tsv).setHeader(header));
    case Format::Csv:
        return std::make_unique<LinesFormatter>(output,
                                                TransferFormat(TransferFormat::Type::Csv).setHeader(header));
    case Format::Json:
        return std::make_unique<JsonFormatter>(output);
    case Format::NdJson:
        return std::make_unique<LinesFormatter>(output, TransferFormat(TransferFormat::Type::JsonLines));
    }
    Q_UNREACHABLE();
}

} // namespace Cli
