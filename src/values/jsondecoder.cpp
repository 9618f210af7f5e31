// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/valuedecoder.h>

#include "values/number.h"
#include "values/utf8text.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QJsonValue>

#include <charconv>
#include <cmath>

namespace QAsyncMySql {

namespace Internal {

namespace {

constexpr qint64 LargestExact = qint64(1) << 53; // up to here a double holds every integer

// QJsonDocument reads objects and arrays only; a lone value is read as the member of an array.
DecodeStatus parseJson(const Cell &cell, QJsonValue &value)
{
    if (!isSentAsText(cell) || cell.type() == ColumnType::Bit || cell.type() == ColumnType::Geometry
        || cell.type() == ColumnType::Vector)
        return DecodeStatus::WrongType;
    QByteArray wrapped;
    wrapped.reserve(cell.bytes().size() + 2);
    wrapped.append('[');
    if (cell.column().isUtf8())
        wrapped.append(cell.bytes());
    else
        wrapped.append(utf8Text(cell));
    wrapped.append(']');
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(wrapped, &error);
    if (error.error != QJsonParseError::NoError || document.array().size() != 1)
        return DecodeStatus::Malformed;
    value = document.array().at(0);
    return DecodeStatus::Ok;
}

QJsonValue jsonNumber(const Cell &cell)
{
    Number number;
    if (readNumber(cell, number) != DecodeStatus::Ok)
        return QString::fromUtf8(cell.toText());
    switch (number.kind) {
    case Number::Kind::Signed:
        if (number.integer >= -LargestExact && number.integer <= LargestExact)
            return number.integer;
        break;
    case Number::Kind::Unsigned:
        if (number.natural <= quint64(LargestExact))
            return qint64(number.natural);
        break;
    case Number::Kind::Real:
        if (!std::isfinite(number.real))
            break;
        if (number.single) {
            // 0.1f is 0.1 and not 0.10000000149011612.
            char buffer[40];
            const auto end = std::to_chars(buffer, buffer + sizeof buffer, float(number.real)).ptr;
            std::from_chars(buffer, end, number.real);
        }
        return number.real;
    }
    return QString::fromLatin1(cell.toText());
}

} // namespace

DecodeStatus decodeCell(const Cell &cell, QJsonValue &value)
{
    return parseJson(cell, value);
}

DecodeStatus decodeCell(const Cell &cell, QJsonDocument &value)
{
    QJsonValue json;
    if (const DecodeStatus status = parseJson(cell, json); status != DecodeStatus::Ok)
        return status;
    if (json.isObject())
        value = QJsonDocument(json.toObject());
    else if (json.isArray())
        value = QJsonDocument(json.toArray());
    else
        return DecodeStatus::WrongType;
    return DecodeStatus::Ok;
}

DecodeStatus decodeCell(const Cell &cell, QJsonObject &value)
{
    QJsonValue json;
    const DecodeStatus status = parseJson(cell, json);
    if (status == DecodeStatus::Ok && !json.isObject())
        return DecodeStatus::WrongType;
    value = json.toObject();
    return status;
}

DecodeStatus decodeCell(const Cell &cell, QJsonArray &value)
{
    QJsonValue json;
    const DecodeStatus status = parseJson(cell, json);
    if (status == DecodeStatus::Ok && !json.isArray())
        return DecodeStatus::WrongType;
    value = json.toArray();
    return status;
}

} // namespace Internal

QJsonValue Cell::toJson() const
{
    if (isNull())
        return QJsonValue::Null;
    switch (m_type) {
    case ColumnType::Tiny:
    case ColumnType::Short:
    case ColumnType::Int24:
    case ColumnType::Long:
    case ColumnType::LongLong:
    case ColumnType::Float:
    case ColumnType::Double:
    case ColumnType::Year:
    case ColumnType::Bit:
        return Internal::jsonNumber(*this);
    default:
        break;
    }
    if (m_column->isBinary())
        return QJsonObject{{QStringLiteral("base64"), QString::fromLatin1(m_bytes.toByteArray().toBase64())}};
    QString text;
    Internal::decodeCell(*this, text);
    return text;
}

} // namespace QAsyncMySql
