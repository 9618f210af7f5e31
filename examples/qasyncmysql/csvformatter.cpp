// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "csvformatter.h"

#include "output.h"

#include <algorithm>

using namespace QAsyncMySql;

namespace Cli {

static void appendField(QByteArray &out, QByteArrayView text)
{
    const bool quote = text.isEmpty() || text.front() == ' ' || text.back() == ' '
        || std::any_of(text.begin(), text.end(),
                       [](char c) { return c == '"' || c == ',' || c == '\n' || c == '\r'; });
    if (!quote) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    out += '"';
}

void CsvFormatter::writeHead()
{
    if (columns().isEmpty())
        return;
    QByteArray &out = output().buffer();
    if (resultNumber() > 1)
        out += "\r\n";
    if (!m_header)
        return;
    for (qsizetype i = 0; i < columns().size(); ++i) {
        if (i > 0)
            out += ',';
        appendField(out, columns().at(i).name().toUtf8());
    }
    out += "\r\n";
}

void CsvFormatter::addRows(const RowBatch &rows)
{
    const auto count = int(columns().size());
    QByteArray storage;
    for (const Row &row : rows) {
        QByteArray &out = output().buffer();
        for (int i = 0; i < count; ++i) {
            if (i > 0)
                out += ',';
            const Cell cell = row.cell(i);
            if (cell.isNull())
                continue;
            if (cellClassOf(i) == CellClass::Bytes)
                out += hexText(cell.bytes());
            else
                appendField(out, cellText(cell, cellClassOf(i), storage));
        }
        out += "\r\n";
        output().checkpoint();
    }
}

} // namespace Cli
