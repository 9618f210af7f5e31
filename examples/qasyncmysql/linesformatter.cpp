// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "linesformatter.h"

#include "output.h"

using namespace QAsyncMySql;

namespace Cli {

void LinesFormatter::writeHead()
{
    if (columns().isEmpty())
        return;
    QByteArray &out = output().buffer();
    if (resultNumber() > 1)
        out += m_lineEnd;
    m_rows.begin(out, columns());
}

void LinesFormatter::addRows(const RowBatch &rows)
{
    for (const Row &row : rows) {
        m_rows.appendRow(output().buffer(), row);
        output().checkpoint();
    }
}

} // namespace Cli
