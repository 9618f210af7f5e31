// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "values/binaryparameters.h"

#include "values/temporal.h"

#include <QtCore/QtEndian>

namespace QAsyncMySql::Internal {

namespace {

constexpr quint16 UnsignedBit = 0x8000;

template <class T> void appendLittleEndian(QByteArray &to, T value)
{
    char bytes[sizeof(T)];
    qToLittleEndian(value, bytes);
    to.append(bytes, qsizetype(sizeof bytes));
}

void appendLengthEncoded(QByteArray &to, QByteArrayView bytes)
{
    const auto size = quint64(bytes.size());
    if (size < 0xFB) {
        to.append(char(size));
    } else if (size <= 0xFFFF) {
        to.append(char(0xFC));
        appendLittleEndian(to, quint16(size));
    } else if (size <= 0xFFFFFF) {
        char prefix[5] = {char(0xFD)};
        qToLittleEndian(quint32(size), prefix + 1);
        to.append(prefix, 4);
    } else {
        to.append(char(0xFE));
        appendLittleEndian(to, size);
    }
    to.append(bytes);
}

// DATE, DATETIME: length 4, 7 or 11, as short as it can be said.
void appendDate(QByteArray &to, const Parameter::DateTimeValue &value, bool dateOnly)
{
    const auto micro = quint32(value.timeOfDay % MicrosecondsPerSecond);
    const auto seconds = quint32(value.timeOfDay / MicrosecondsPerSecond);
    to.append(char(dateOnly ? 4 : micro ? 11 : 7));
    appendLittleEndian(to, quint16(value.year));
    to.append(char(value.month)).append(char(value.day));
    if (dateOnly)
        return;
    to.append(char(seconds / 3600)).append(char(seconds / 60 % 60)).append(char(seconds % 60));
    if (micro)
        appendLittleEndian(to, micro);
}

// TIME: sign, days, then the time of day; length 8 or 12.
void appendTime(QByteArray &to, SqlTime time)
{
    const qint64 signedTime = time.duration().count();
    const auto value = quint64(signedTime < 0 ? -signedTime : signedTime);
    const auto micro = quint32(value % quint64(MicrosecondsPerSecond));
    const auto seconds = quint32(value / quint64(MicrosecondsPerSecond));
    to.append(char(micro ? 12 : 8)).append(char(signedTime < 0 ? 1 : 0));
    appendLittleEndian(to, seconds / 86'400);
    to.append(char(seconds / 3600 % 24)).append(char(seconds / 60 % 60)).append(char(seconds % 60));
    if (micro)
        appendLittleEndian(to, micro);
}

} // namespace

quint16 wireType(const Parameter &parameter) noexcept
{
    switch (parameter.kind()) {
    case Parameter::Kind::Boolean:
        return quint16(ColumnType::Tiny);
    case Parameter::Kind::Signed:
        return quint16(ColumnType::LongLong);
    case Parameter::Kind::Unsigned:
        return quint16(ColumnType::LongLong) | UnsignedBit;
    case Parameter::Kind::Float:
        return quint16(ColumnType::Float);
    case Parameter::Kind::Double:
        return quint16(ColumnType::Double);
    case Parameter::Kind::Decimal:
        return quint16(ColumnType::NewDecimal);
    case Parameter::Kind::Text:
    case Parameter::Kind::Json: // as text: only MySQL knows the type, and both read text
        return quint16(ColumnType::VarString);
    case Parameter::Kind::Bytes:
        return quint16(ColumnType::Blob);
    case Parameter::Kind::Date:
        return quint16(ColumnType::Date);
    case Parameter::Kind::Time:
        return quint16(ColumnType::Time);
    case Parameter::Kind::DateTime:
        return quint16(ColumnType::DateTime);
    case Parameter::Kind::Device:
        return quint16(parameter.deviceContent() == Parameter::Kind::Bytes ? ColumnType::LongBlob
                                                                           : ColumnType::VarString);
    case Parameter::Kind::Null:
    case Parameter::Kind::List:
    case Parameter::Kind::Invalid:
        break;
    }
    return quint16(ColumnType::Null);
}

void appendBinaryValue(QByteArray &to, const Parameter &parameter)
{
    switch (parameter.kind()) {
    case Parameter::Kind::Boolean:
        to.append(char(parameter.boolean() ? 1 : 0));
        break;
    case Parameter::Kind::Signed:
        appendLittleEndian(to, parameter.signedInteger());
        break;
    case Parameter::Kind::Unsigned:
        appendLittleEndian(to, parameter.unsignedInteger());
        break;
    case Parameter::Kind::Float:
        appendLittleEndian(to, parameter.floatValue());
        break;
    case Parameter::Kind::Double:
        appendLittleEndian(to, parameter.doubleValue());
        break;
    case Parameter::Kind::Decimal:
    case Parameter::Kind::Text:
    case Parameter::Kind::Json:
    case Parameter::Kind::Bytes:
        appendLengthEncoded(to, parameter.bytesView());
        break;
    case Parameter::Kind::Date:
        appendDate(to, parameter.dateTimeValue(), true);
        break;
    case Parameter::Kind::DateTime:
        appendDate(to, parameter.dateTimeValue(), false);
        break;
    case Parameter::Kind::Time:
        appendTime(to, parameter.time());
        break;
    case Parameter::Kind::Device: // has been sent before
    case Parameter::Kind::Null:
    case Parameter::Kind::List:
    case Parameter::Kind::Invalid:
        break;
    }
}

namespace {

void appendNumber(QByteArray &to, qsizetype number)
{
    if (number < 0xFB) {
        to.append(char(number));
    } else {
        to.append(char(0xFC)); // there are no more than 65,535 parameters
        appendLittleEndian(to, quint16(number));
    }
}

//! Bitmap, types and values; with \a named, a name behind each type, which the first \a unnamed have not.
QByteArray encode(const Parameters &parameters, bool named, qsizetype unnamed)
{
    QByteArray encoded;
    const qsizetype count = parameters.size();
    if (count == 0)
        return encoded;
    qsizetype size = (count + 7) / 8 + 1 + count * 3;
    for (const Parameter &parameter : parameters)
        size += 13 + parameter.bytesView().size();
    encoded.reserve(size);

    encoded.append((count + 7) / 8, '\0');
    for (qsizetype i = 0; i < count; ++i) {
        if (parameters.at(i).isNull())
            encoded[i / 8] |= char(1 << (i % 8));
    }
    encoded.append(char(1)); // types follow
    for (qsizetype i = 0; i < count; ++i) {
        appendLittleEndian(encoded, wireType(parameters.at(i)));
        if (named)
            appendLengthEncoded(encoded, i < unnamed ? QByteArray() : parameters.at(i).name().toUtf8());
    }
    for (const Parameter &parameter : parameters)
        appendBinaryValue(encoded, parameter);
    return encoded;
}

} // namespace

QByteArray encodeExecuteParameters(const Parameters &parameters)
{
    return encode(parameters, false, 0);
}

QByteArray encodeNamedParameters(const Parameters &parameters, const Parameters &attributes)
{
    QByteArray encoded;
    const Parameters all = parameters + attributes;
    if (all.isEmpty())
        return encoded;
    appendNumber(encoded, all.size());
    return encoded.append(encode(all, true, parameters.size()));
}

QByteArray encodeQueryAttributes(const Parameters &attributes)
{
    QByteArray encoded;
    appendNumber(encoded, attributes.size());
    encoded.append(char(1)); // one set of them
    return encoded.append(encode(attributes, true, 0));
}

namespace {

QString parameterName(const Parameters &parameters, qsizetype index)
{
    const QString name = parameters.at(index).name();
    return name.isEmpty() ? QStringLiteral("Parameter %1").arg(index + 1)
                          : QStringLiteral("Parameter :%1").arg(name);
}

} // namespace

Error checkParameters(const Parameters &parameters)
{
    for (qsizetype i = 0; i < parameters.size(); ++i) {
        if (parameters.at(i).isValid())
            continue;
        const Error error = parameters.at(i).error();
        const bool ofStatement = error.phase() == Error::Phase::Command;
        return ofStatement ? error : error.withContext(parameterName(parameters, i));
    }
    return Error();
}

Error checkHeldParameters(const Parameters &parameters)
{
    for (qsizetype i = 0; i < parameters.size(); ++i) {
        if (parameters.at(i).kind() == Parameter::Kind::Device) {
            return Error(
                Error::Kind::Usage,
                QStringLiteral("%1 is a device: only execute() and streamPrepared() send what devices "
                               "give. Read it into a QByteArray for the text protocol, for "
                               "pipelines and for executeMany().")
                    .arg(parameterName(parameters, i)));
        }
    }
    return checkParameters(parameters);
}

} // namespace QAsyncMySql::Internal
