// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transfer/fieldvalue.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <charconv>
#include <cmath>

namespace QAsyncMySql::Internal {

namespace {

constexpr qsizetype ShownBytes = 40;

// A value in a message.
QString shown(const QByteArray &bytes)
{
    const QString text = QString::fromUtf8(bytes.left(ShownBytes));
    return bytes.size() > ShownBytes ? QStringLiteral("\"%1…\"").arg(text)
                                     : QStringLiteral("\"%1\"").arg(text);
}

template <class T> bool parse(QByteArrayView text, T &value)
{
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size();
}

int bitsOf(ColumnType type)
{
    switch (type) {
    case ColumnType::Tiny:
        return 8;
    case ColumnType::Short:
        return 16;
    case ColumnType::Int24:
        return 24;
    case ColumnType::Long:
        return 32;
    default:
        return 64;
    }
}

Parameter integer(QByteArrayView text, const Column &column, QString &fault)
{
    const int bits = bitsOf(column.type());
    if (column.isUnsigned() || column.type() == ColumnType::Bit || column.type() == ColumnType::Year) {
        quint64 number = 0;
        const quint64 most = bits == 64 ? ~quint64(0) : (quint64(1) << bits) - 1;
        if (!parse(text, number) || number > most)
            fault = QStringLiteral("a whole number from 0 to %1 is needed").arg(most);
        return Parameter(number);
    }
    qint64 number = 0;
    const auto most = qint64((quint64(1) << (bits - 1)) - 1);
    if (!parse(text, number) || number > most || number < -most - 1)
        fault = QStringLiteral("a whole number from %1 to %2 is needed").arg(-most - 1).arg(most);
    return Parameter(number);
}

template <class T> Parameter real(QByteArrayView text, QString &fault)
{
    T number = 0;
    if (!parse(text, number) || !std::isfinite(number))
        fault = QStringLiteral("a number that fits is needed");
    return Parameter(number);
}

Parameter decimal(const QByteArray &text, QString &fault)
{
    if (const std::optional<Decimal> number = Decimal::fromString(text))
        return Parameter(*number);
    fault = QStringLiteral("a decimal number is needed");
    return Parameter();
}

// "0x48656c6c6f"
Parameter hexBytes(const QByteArray &text, QString &fault)
{
    const QByteArray digits = text.mid(2);
    const QByteArray bytes = QByteArray::fromHex(digits); // which skips what is no digit
    if (!text.startsWith("0x") || digits.size() != 2 * bytes.size())
        fault = QStringLiteral("bytes are written as 0x and pairs of hexadecimal digits");
    return Parameter(bytes.isNull() ? QByteArray("") : bytes);
}

// {"base64": "..."}
Parameter base64Bytes(const QByteArray &json, QString &fault)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    const QJsonValue text = object.value(QLatin1String("base64"));
    const auto bytes
        = QByteArray::fromBase64Encoding(text.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (object.size() != 1 || !text.isString() || !bytes)
        fault = QStringLiteral("bytes are written as {\"base64\": \"...\"}");
    return Parameter(bytes.decoded.isNull() ? QByteArray("") : bytes.decoded);
}

Parameter bytes(const Field &field, QString &fault)
{
    switch (field.kind) {
    case Field::Kind::Raw:
        return Parameter(field.bytes);
    case Field::Kind::Structure:
        return base64Bytes(field.bytes, fault);
    default:
        return hexBytes(field.bytes, fault);
    }
}

Parameter text(const QByteArray &utf8, QString &fault)
{
    if (!utf8.isValidUtf8())
        fault = QStringLiteral("the text is not UTF-8");
    return Parameter::fromUtf8(utf8);
}

Parameter converted(const Field &field, const Column &column, QString &fault)
{
    const bool truth = field.kind == Field::Kind::True || field.kind == Field::Kind::False;
    const QByteArray value
        = truth && column.isNumeric() ? QByteArray(field.kind == Field::Kind::True ? "1" : "0") : field.bytes;
    switch (column.type()) {
    case ColumnType::Tiny:
    case ColumnType::Short:
    case ColumnType::Int24:
    case ColumnType::Long:
    case ColumnType::LongLong:
    case ColumnType::Year:
    case ColumnType::Bit:
        return integer(value, column, fault);
    case ColumnType::Float:
        return real<float>(value, fault);
    case ColumnType::Double:
        return real<double>(value, fault);
    case ColumnType::Decimal:
    case ColumnType::NewDecimal:
        return decimal(value, fault);
    default:
        return column.isBinary() ? bytes(field, fault) : text(value, fault);
    }
}

} // namespace

Parameter fieldValue(const Field &field, const Column &column, QString &fault)
{
    if (field.kind == Field::Kind::Null)
        return Parameter();
    QString why;
    Parameter value = converted(field, column, why);
    if (!why.isEmpty()) {
        fault = QStringLiteral("Column \"%1\" (%2): %3, and not %4.")
                    .arg(column.name(), column.typeName(), why, shown(field.bytes));
    }
    return value;
}

} // namespace QAsyncMySql::Internal
