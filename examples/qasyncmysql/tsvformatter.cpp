// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "tsvformatter.h"

#include "output.h"

using namespace QAsyncMySql;

namespace Cli {

static void appendEscaped(QByteArray &out, QByteArrayView text)
{
    qsizetype written = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        char letter = 0;
        switch (text[i]) {
        case '\t':
            letter = 't';
            break;
        case '\n':
            letter = 'n';
            break;
        case '\r':
            letter = 'r';
            break;
        case '\0':
            letter = '0';
            break;
        case '\\':
            letter = '\\';
            break;
        default:
            continue;
        }
        out += text.sliced(written, i - written);
        out += '\\';
        out += letter;
        written = i + 1;
    }
    out += text.sliced(written);
}

void TsvFormatter::writeHead()
{
    if (columns().isEmpty())
        return;
    QByteArray &out = output().buffer();
    if (resultNumber() > 1)
        out += '\n';
    if (!m_header)
        return;
    for (qsizetype i = 0; i < columns().size(); ++i) {
        if (i > 0)
            out += '\t';
        appendEscaped(out, columns().at(i).name().toUtf8());
    }
    out += '\n';
}

void TsvFormatter::addRows(const RowBatch &rows)
{
    const auto count = int(columns().size());
    QByteArray storage;
    for (const Row &row : rows) {
        QByteArray &out = output().buffer();
        for (int i = 0; i < count; ++i) {
            if (i > 0)
                out += '\t';
            const Cell cell = row.cell(i);
            if (cell.isNull())
                out += "\\N";
            else
                appendEscaped(out, cellText(cell, cellClassOf(i), storage));
        }
        out += '\n';
        output().checkpoint();
    }
}

} // namespace Cli
