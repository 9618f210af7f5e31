// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/celltext.h"

#include <QAsyncMySql/valuedecoder.h>

#include "values/textcut.h"

#include <QtCore/QLocale>

namespace QAsyncMySql::Internal {

namespace {

bool isText(const Column &column)
{
    switch (column.type()) {
    case ColumnType::VarChar:
    case ColumnType::Json:
    case ColumnType::Enum:
    case ColumnType::Set:
    case ColumnType::TinyBlob:
    case ColumnType::MediumBlob:
    case ColumnType::LongBlob:
    case ColumnType::Blob:
    case ColumnType::VarString:
    case ColumnType::String:
        return !column.isBinary();
    default:
        return false;
    }
}

bool isBytes(const Column &column)
{
    return column.isBinary() || column.type() == ColumnType::Geometry || column.type() == ColumnType::Vector;
}

QString bytesText(QByteArrayView bytes, qsizetype maximum)
{
    if (bytes.isEmpty())
        return QString();
    const QByteArray head = bytes.first(qMin(bytes.size(), maximum)).toByteArray().toHex().toUpper();
    QString text = QLatin1String("0x") + QLatin1String(head);
    if (bytes.size() > maximum)
        text += QChar(0x2026)
            + QStringLiteral(" (%1 bytes)").arg(QLocale(QLocale::English).toString(bytes.size()));
    return text;
}

// Decodes no more of a long text than is shown. The character that the cut goes through is dropped: it takes
// at most 4 bytes in every character set.
Cell headOf(const Cell &cell, qsizetype characters)
{
    const qsizetype bytes = characters * 4 + 4;
    if (cell.bytes().size() <= bytes)
        return cell;
    return Cell(cell.bytes().first(bytes), cell.column(), cell.format());
}

QString shortText(const Cell &cell, qsizetype characters)
{
    const Cell head = headOf(cell, characters);
    QString text;
    if (decodeCell(head, text) == DecodeStatus::UnknownCharset)
        return bytesText(cell.bytes(), MaximumDisplayBytes);
    if (text.size() > characters) {
        text = cutText(text, characters - 1) + QChar(0x2026);
    }
    return text;
}

void joinLines(QString &text)
{
    if (!text.contains(QLatin1Char('\n')) && !text.contains(QLatin1Char('\r')))
        return;
    text.replace(QLatin1String("\r\n"), QString(QChar(0x21B5)));
    text.replace(QLatin1Char('\n'), QChar(0x21B5));
    text.replace(QLatin1Char('\r'), QChar(0x21B5));
}

} // namespace

QString displayText(const Cell &cell)
{
    if (cell.isNull())
        return QString();
    const Column &column = cell.column();
    if (isBytes(column))
        return bytesText(cell.bytes(), MaximumDisplayBytes);
    if (isText(column)) {
        QString text = shortText(cell, MaximumDisplayLength);
        joinLines(text);
        return text;
    }
    // What the server prints is exact; a QTime or QDateTime would lose the microseconds.
    if (cell.format() == RowFormat::Text && column.type() != ColumnType::Bit)
        return QString::fromLatin1(cell.bytes());
    const Result<QString> text = cell.as<QString>();
    return text ? *text : cell.toVariant().toString();
}

QString toolTipText(const Cell &cell)
{
    if (cell.isNull())
        return QString();
    QString text;
    if (isBytes(cell.column())) {
        if (cell.bytes().size() <= MaximumDisplayBytes)
            return QString();
        text = bytesText(cell.bytes(), 256);
    } else if (isText(cell.column())) {
        // Short values are shown in full where the column is wide enough; the view knows that, the model does
        // not.
        if (cell.bytes().size() < 40 && !cell.bytes().contains('\n'))
            return QString();
        text = shortText(cell, MaximumToolTipLength);
    } else {
        return QString();
    }
    // A tool tip that looks like HTML would be shown as such.
    return QLatin1String("<div style=\"white-space: pre-wrap\">") + text.toHtmlEscaped()
        + QLatin1String("</div>");
}

} // namespace QAsyncMySql::Internal
