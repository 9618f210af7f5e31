// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "jsonformatter.h"

#include "output.h"

using namespace QAsyncMySql;

namespace Cli {

void JsonFormatter::writeHead()
{
    QByteArray &out = output().buffer();
    out += m_anyResult ? ",\n" : "[";
    out += "{\"columns\":[";
    for (qsizetype i = 0; i < columns().size(); ++i) {
        if (i > 0)
            out += ',';
        out += "{\"name\":";
        m_values.appendValue(out, columns().at(i).name());
        out += ",\"type\":";
        m_values.appendValue(out, columns().at(i).typeName());
        out += '}';
    }
    out += "],\n\"rows\":[";
    m_anyResult = true;
    m_anyRow = false;
    m_inResult = true;
}

void JsonFormatter::addRows(const RowBatch &rows)
{
    const auto count = int(columns().size());
    for (const Row &row : rows) {
        QByteArray &out = output().buffer();
        out += m_anyRow ? ",\n[" : "\n[";
        m_anyRow = true;
        for (int i = 0; i < count; ++i) {
            if (i > 0)
                out += ',';
            m_values.appendValue(out, row.cell(i));
        }
        out += ']';
        output().checkpoint();
    }
}

void JsonFormatter::endResult(const ResultSet &summary, bool outParameters)
{
    QByteArray &out = output().buffer();
    out += m_anyRow ? "\n],\n" : "],\n";
    if (outParameters)
        out += "\"outParameters\":true,";
    out += "\"affectedRows\":";
    m_values.appendValue(out, summary.affectedRows());
    out += ",\"lastInsertId\":";
    m_values.appendValue(out, summary.lastInsertId());
    out += ",\"warningCount\":" + QByteArray::number(summary.warningCount()) + ",\"info\":";
    m_values.appendValue(out, summary.info());
    out += '}';
    m_inResult = false;
}

void JsonFormatter::finish(bool good)
{
    QByteArray &out = output().buffer();
    if (m_anyResult)
        out += m_inResult ? "\n" : "]\n";
    else if (good)
        out += "[]\n";
}

} // namespace Cli
