// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "tableformatter.h"

#include "displaytext.h"
#include "output.h"

#include <QAsyncMySql/rowformatter.h>

#include <algorithm>

using namespace QAsyncMySql;

namespace Cli {

// Rows that are looked at before the first is written. More cost time and seldom change the widths.
static constexpr qsizetype MeasuredRows = 10'000;

static bool isRight(const Column &column)
{
    return column.isNumeric();
}

void TableFormatter::writeHead()
{
    m_rows = 0;
    m_measured = false;
    m_widths.fill(0, columns().size());
    if (m_anyOutput)
        output().buffer() += '\n';
    m_anyOutput = true;
}

DisplayText TableFormatter::displayText(const Row &row, int column) const
{
    const Cell cell = row.cell(column);
    if (cell.isNull())
        return DisplayText("NULL");
    return DisplayText(RowFormatter::plainText(cell));
}

void TableFormatter::measure(const RowBatch &rows)
{
    m_measured = true;
    for (int i = 0; i < int(columns().size()); ++i) {
        if (m_header)
            m_widths[i] = DisplayText(columns().at(i).name().toUtf8()).width();
    }
    const qsizetype count = std::min(rows.size(), MeasuredRows);
    for (qsizetype r = 0; r < count; ++r) {
        const Row row = rows.at(r);
        for (int i = 0; i < int(columns().size()); ++i)
            m_widths[i] = std::max(m_widths.at(i), displayText(row, i).width());
    }
    if (m_header)
        writeTitles();
}

void TableFormatter::writeTitles()
{
    QByteArray &out = output().buffer();
    for (int i = 0; i < int(columns().size()); ++i)
        appendCell(DisplayText(columns().at(i).name().toUtf8()), i, isRight(columns().at(i)));
    out += '\n';
    for (int i = 0; i < int(columns().size()); ++i)
        out += (i > 0 ? "+-" : "-") + QByteArray(m_widths.at(i) + 1, '-');
    out += '\n';
}

void TableFormatter::appendCell(const DisplayText &text, int column, bool right)
{
    QByteArray &out = output().buffer();
    out += column > 0 ? " | " : " ";
    const int padding = std::max(0, m_widths.at(column) - text.width());
    if (right)
        out.append(padding, ' ');
    out += text.bytes();
    if (!right && column + 1 < int(columns().size()))
        out.append(padding, ' ');
}

void TableFormatter::addRows(const RowBatch &rows)
{
    if (!m_measured)
        measure(rows);
    for (const Row &row : rows) {
        for (int i = 0; i < int(columns().size()); ++i)
            appendCell(displayText(row, i), i, isRight(columns().at(i)) && !row.isNull(i));
        output().buffer() += '\n';
        output().checkpoint();
    }
    m_rows += rows.size();
}

static QByteArray counted(quint64 count, const char *one, const char *many)
{
    return QByteArray::number(count) + ' ' + (count == 1 ? one : many);
}

void TableFormatter::endResult(const ResultSet &summary, bool outParameters)
{
    QByteArray &out = output().buffer();
    if (!columns().isEmpty()) {
        if (!m_measured)
            measure(RowBatch());
        out += '(' + counted(quint64(m_rows), "row", "rows");
        if (outParameters)
            out += " of OUT parameters";
    } else {
        out += "(OK, " + counted(summary.affectedRows(), "row affected", "rows affected");
        if (summary.lastInsertId() != 0)
            out += ", last insert id " + QByteArray::number(summary.lastInsertId());
    }
    if (summary.warningCount() > 0)
        out += ", " + counted(quint64(summary.warningCount()), "warning", "warnings");
    if (!summary.info().isEmpty())
        out += ". " + DisplayText(summary.info().toUtf8()).bytes();
    out += ")\n";
}

} // namespace Cli
