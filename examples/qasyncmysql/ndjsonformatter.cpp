// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "ndjsonformatter.h"

#include "jsontext.h"
#include "output.h"

#include <QSet>

using namespace QAsyncMySql;

namespace Cli {

void NdJsonFormatter::writeHead()
{
    m_keys.clear();
    if (columns().isEmpty())
        return;
    if (resultNumber() > 1)
        output().buffer() += '\n';
    QSet<QString> names;
    for (const Column &column : columns()) {
        QString name = column.name();
        for (int number = 2; names.contains(name); ++number)
            name = column.name() + u'_' + QString::number(number);
        names.insert(name);
        m_keys.append((m_keys.isEmpty() ? "{" : ",") + jsonString(name.toUtf8()) + ':');
    }
}

void NdJsonFormatter::addRows(const RowBatch &rows)
{
    const auto count = int(columns().size());
    for (const Row &row : rows) {
        QByteArray &out = output().buffer();
        for (int i = 0; i < count; ++i) {
            out += m_keys.at(i);
            appendJsonCell(out, row.cell(i), cellClassOf(i));
        }
        out += "}\n";
        output().checkpoint();
    }
}

} // namespace Cli
