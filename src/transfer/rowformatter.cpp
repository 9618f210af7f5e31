// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/rowformatter.h>

#include "transfer/jsontext.h"
#include "values/temporal.h"

#include <QtCore/QSet>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace QAsyncMySql {

using namespace Internal;

//! What the formats tell apart.
enum class RowFormatter::Value : quint8
{
    Text, //!< characters: strings, times, JSON, DECIMAL
    Bytes, //!< bytes without meaning as text
    Integer,
    Unsigned, //!< also BIT and YEAR
    Float,
    Double,
};

namespace {

QByteArray hexText(QByteArrayView bytes)
{
    return "0x" + QByteArray::fromRawData(bytes.data(), bytes.size()).toHex();
}

void appendCsvField(QByteArray &out, QByteArrayView text, char separator, QByteArrayView nullText)
{
    const bool quote = text.isEmpty() || text.front() == ' ' || text.back() == ' ' || text == nullText
        || std::any_of(text.begin(), text.end(),
                       [separator](char c) { return c == '"' || c == separator || c == '\n' || c == '\r'; });
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

void appendTsvField(QByteArray &out, QByteArrayView text)
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

template <class T> QByteArray shortest(T value)
{
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof(buffer), value).ptr;
    return QByteArray(buffer, end - buffer);
}

// False for what JSON has no number for.
template <class T> bool appendJsonFloat(QByteArray &out, T value)
{
    if (!std::isfinite(value))
        return false;
    out += shortest(value);
    return true;
}

template <class T> bool appendJsonFloat(QByteArray &out, const Result<T> &value)
{
    return value && appendJsonFloat(out, *value);
}

template <class T> bool appendJsonInteger(QByteArray &out, const Result<T> &value)
{
    if (value)
        Internal::appendJsonInteger(out, *value);
    return value.hasValue();
}

} // namespace

Error TransferFormat::check() const
{
    const auto usage = [](const QString &message) { return Error(Error::Kind::Usage, message); };
    if (m_separator == '"' || m_separator == '\n' || m_separator == '\r' || m_separator == '\0'
        || uchar(m_separator) > 0x7F)
        return usage(QStringLiteral("The separator of CSV is an ASCII character, and neither a quote nor an "
                                    "end of line; use a comma, semicolon or tab."));
    const bool special = std::any_of(m_nullText.begin(), m_nullText.end(), [this](char c) {
        return c == '"' || c == m_separator || c == '\n' || c == '\r';
    });
    if (special || !m_nullText.isValidUtf8())
        return usage(
            QStringLiteral("The text for NULL cannot stand in a field without quotes; use NULL, \\N, "
                           "or nothing."));
    if (m_type != Type::Csv && (m_separator != ',' || !m_nullText.isEmpty()))
        return usage(QStringLiteral("Only CSV has another separator or another text for NULL."));
    return {};
}

RowFormatter::RowFormatter(const TransferFormat &format)
    : m_format(format)
{
}

void RowFormatter::begin(QByteArray &out, const QList<Column> &columns)
{
    QStringList names;
    for (const Column &column : columns)
        names.append(column.name());
    begin(out, names);
}

void RowFormatter::begin(QByteArray &out, const QStringList &names)
{
    if (m_format.type() == TransferFormat::Type::JsonLines) {
        m_keys.clear();
        QSet<QString> taken;
        for (const QString &wanted : names) {
            QString name = wanted;
            for (int number = 2; taken.contains(name); ++number)
                name = wanted + QLatin1Char('_') + QString::number(number);
            taken.insert(name);
            QByteArray key(m_keys.isEmpty() ? "{" : ",");
            appendJsonString(key, name.toUtf8());
            m_keys.append(key + ':');
        }
    } else if (m_format.hasHeader()) {
        appendLine(out, names.size(),
                   [&](qsizetype i) { appendText(out, names.at(i).toUtf8(), Value::Text); });
    }
}

template <class Append> void RowFormatter::appendLine(QByteArray &out, qsizetype count, Append append) const
{
    const TransferFormat::Type type = m_format.type();
    for (qsizetype i = 0; i < count; ++i) {
        if (type == TransferFormat::Type::JsonLines)
            out += m_keys.value(i);
        else if (i > 0)
            out += type == TransferFormat::Type::Csv ? m_format.separator() : '\t';
        append(i);
    }
    out += type == TransferFormat::Type::Csv ? "\r\n" : type == TransferFormat::Type::Tsv ? "\n" : "}\n";
}

void RowFormatter::appendRow(QByteArray &out, const Row &row) const
{
    appendLine(out, row.columnCount(), [&](qsizetype i) { appendValue(out, row.cell(int(i))); });
}

void RowFormatter::appendRow(QByteArray &out, const Parameters &row) const
{
    appendLine(out, row.size(), [&](qsizetype i) { appendValue(out, row.at(i)); });
}

void RowFormatter::appendNull(QByteArray &out) const
{
    switch (m_format.type()) {
    case TransferFormat::Type::Csv:
        out += m_format.nullText();
        break;
    case TransferFormat::Type::Tsv:
        out += "\\N";
        break;
    case TransferFormat::Type::JsonLines:
        out += "null";
        break;
    }
}

void RowFormatter::appendText(QByteArray &out, QByteArrayView text, Value kind) const
{
    switch (m_format.type()) {
    case TransferFormat::Type::Csv:
        if (kind == Value::Bytes)
            appendCsvField(out, hexText(text), m_format.separator(), m_format.nullText());
        else
            appendCsvField(out, text, m_format.separator(), m_format.nullText());
        break;
    case TransferFormat::Type::Tsv:
        appendTsvField(out, text);
        break;
    case TransferFormat::Type::JsonLines:
        if (kind == Value::Bytes)
            out += "{\"base64\":\"" + text.toByteArray().toBase64() + "\"}";
        else
            appendJsonString(out, text);
        break;
    }
}

RowFormatter::Value RowFormatter::kindOf(const Cell &cell)
{
    switch (cell.type()) {
    case ColumnType::Tiny:
    case ColumnType::Short:
    case ColumnType::Int24:
    case ColumnType::Long:
    case ColumnType::LongLong:
        return cell.isUnsigned() ? Value::Unsigned : Value::Integer;
    case ColumnType::Year:
    case ColumnType::Bit:
        return Value::Unsigned;
    case ColumnType::Float:
        return Value::Float;
    case ColumnType::Double:
        return Value::Double;
    default:
        return cell.column().isBinary() ? Value::Bytes : Value::Text;
    }
}

// In UTF-8, as the server prints it; bytes as they are. Of the text protocol this is a view into the row;
// storage keeps what had to be made.
QByteArrayView RowFormatter::textOf(const Cell &cell, Value kind, QByteArray &storage)
{
    const bool asSent = cell.format() == RowFormat::Text && cell.column().isUtf8();
    if (kind == Value::Bytes || (asSent && cell.type() != ColumnType::Bit))
        return cell.bytes();
    if (cell.type() == ColumnType::Bit) {
        const Result<quint64> bits = cell.as<quint64>();
        storage = bits ? QByteArray::number(*bits) : hexText(cell.bytes());
    } else {
        storage = cell.toText();
    }
    return storage;
}

QByteArray RowFormatter::plainText(const Cell &cell)
{
    if (cell.isNull())
        return {};
    const Value kind = kindOf(cell);
    if (kind == Value::Bytes)
        return hexText(cell.bytes());
    QByteArray storage;
    const QByteArrayView text = textOf(cell, kind, storage);
    return QByteArray(text.data(), text.size());
}

void RowFormatter::appendValue(QByteArray &out, const Cell &cell) const
{
    if (cell.isNull()) {
        appendNull(out);
        return;
    }
    const Value kind = kindOf(cell);
    if (m_format.type() == TransferFormat::Type::JsonLines) {
        switch (kind) {
        case Value::Integer:
            if (appendJsonInteger(out, cell.as<qint64>()))
                return;
            break;
        case Value::Unsigned:
            if (appendJsonInteger(out, cell.as<quint64>()))
                return;
            break;
        case Value::Float: // 3.14 and not 3.140000104904175
            if (appendJsonFloat(out, cell.as<float>()))
                return;
            break;
        case Value::Double:
            if (appendJsonFloat(out, cell.as<double>()))
                return;
            break;
        case Value::Text:
        case Value::Bytes:
            break;
        }
    }
    QByteArray storage;
    appendText(out, textOf(cell, kind, storage), kind);
}

void RowFormatter::appendValue(QByteArray &out, const Parameter &value) const
{
    const bool json = m_format.type() == TransferFormat::Type::JsonLines;
    switch (value.kind()) {
    case Parameter::Kind::Boolean:
    case Parameter::Kind::Signed:
        if (json)
            Internal::appendJsonInteger(out, value.signedInteger());
        else
            out += QByteArray::number(value.signedInteger());
        return;
    case Parameter::Kind::Unsigned:
        if (json)
            Internal::appendJsonInteger(out, value.unsignedInteger());
        else
            out += QByteArray::number(value.unsignedInteger());
        return;
    case Parameter::Kind::Float:
        out += shortest(value.floatValue()); // a parameter is finite
        return;
    case Parameter::Kind::Double:
        out += shortest(value.doubleValue());
        return;
    case Parameter::Kind::Decimal:
    case Parameter::Kind::Text:
    case Parameter::Kind::Json:
        appendText(out, value.bytesView(), Value::Text);
        return;
    case Parameter::Kind::Bytes:
        appendText(out, value.bytesView(), Value::Bytes);
        return;
    case Parameter::Kind::Date:
    case Parameter::Kind::DateTime: {
        const Parameter::DateTimeValue time = value.dateTimeValue();
        DateFields fields;
        fields.year = time.year;
        fields.month = time.month;
        fields.day = time.day;
        fields.timeOfDay = time.timeOfDay;
        appendText(out, value.kind() == Parameter::Kind::Date ? formatDate(fields) : formatDateTime(fields),
                   Value::Text);
        return;
    }
    case Parameter::Kind::Time:
        appendText(out, formatTime(value.time().duration().count()), Value::Text);
        return;
    case Parameter::Kind::Null:
    case Parameter::Kind::List:
    case Parameter::Kind::Device:
    case Parameter::Kind::Invalid:
        break;
    }
    appendNull(out);
}

} // namespace QAsyncMySql
