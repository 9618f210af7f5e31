// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "values/binaryparameters.h"

#include "values/bytetail.h"
#include "values/temporal.h"

#include <QtCore/QByteArrayList>
#include <QtCore/QtEndian>

#include <cstring>

namespace QAsyncMySql::Internal {

namespace {

constexpr quint16 UnsignedBit = 0x8000;

// Indicators of COM_STMT_BULK_EXECUTE.
constexpr char ValueFollows = 0;
constexpr char IsNull = 1;

template <class T> char *writeLittleEndian(char *to, T value) noexcept
{
    qToLittleEndian(value, to);
    return to + sizeof(T);
}

char *writeLengthEncoded(char *to, QByteArrayView bytes) noexcept
{
    const auto size = quint64(bytes.size());
    if (size < 0xFB) {
        *to++ = char(size);
    } else if (size <= 0xFFFF) {
        *to++ = char(0xFC);
        to = writeLittleEndian(to, quint16(size));
    } else if (size <= 0xFFFFFF) {
        *to++ = char(0xFD);
        to = writeLittleEndian(to, quint32(size)) - 1; // the fourth byte is 0
    } else {
        *to++ = char(0xFE);
        to = writeLittleEndian(to, size);
    }
    if (size > 0)
        std::memcpy(to, bytes.data(), size);
    return to + size;
}

// DATE, DATETIME: length 4, 7 or 11, as short as it can be said.
char *writeDate(char *to, const Parameter::DateTimeValue &value, bool dateOnly) noexcept
{
    const auto micro = quint32(value.timeOfDay % MicrosecondsPerSecond);
    const auto seconds = quint32(value.timeOfDay / MicrosecondsPerSecond);
    *to++ = char(dateOnly ? 4 : micro ? 11 : 7);
    to = writeLittleEndian(to, quint16(value.year));
    *to++ = char(value.month);
    *to++ = char(value.day);
    if (dateOnly)
        return to;
    *to++ = char(seconds / 3600);
    *to++ = char(seconds / 60 % 60);
    *to++ = char(seconds % 60);
    return micro ? writeLittleEndian(to, micro) : to;
}

// TIME: sign, days, then the time of day; length 8 or 12.
char *writeTime(char *to, SqlTime time) noexcept
{
    const qint64 signedTime = time.duration().count();
    const auto value = quint64(signedTime < 0 ? -signedTime : signedTime);
    const auto micro = quint32(value % quint64(MicrosecondsPerSecond));
    const auto seconds = quint32(value / quint64(MicrosecondsPerSecond));
    *to++ = char(micro ? 12 : 8);
    *to++ = char(signedTime < 0 ? 1 : 0);
    to = writeLittleEndian(to, seconds / 86'400);
    *to++ = char(seconds / 3600 % 24);
    *to++ = char(seconds / 60 % 60);
    *to++ = char(seconds % 60);
    return micro ? writeLittleEndian(to, micro) : to;
}

//! At least as many bytes as the value takes.
qsizetype valueRoom(const Parameter &parameter) noexcept
{
    return 13 + parameter.bytesView().size();
}

//! The value of \a parameter, as the binary protocol has it; nothing for NULL and what has been sent before.
char *writeValue(char *to, const Parameter &parameter) noexcept
{
    switch (parameter.kind()) {
    case Parameter::Kind::Boolean:
        *to++ = char(parameter.boolean() ? 1 : 0);
        break;
    case Parameter::Kind::Signed:
        return writeLittleEndian(to, parameter.signedInteger());
    case Parameter::Kind::Unsigned:
        return writeLittleEndian(to, parameter.unsignedInteger());
    case Parameter::Kind::Float:
        return writeLittleEndian(to, parameter.floatValue());
    case Parameter::Kind::Double:
        return writeLittleEndian(to, parameter.doubleValue());
    case Parameter::Kind::Decimal:
    case Parameter::Kind::Text:
    case Parameter::Kind::Json:
    case Parameter::Kind::Bytes:
        return writeLengthEncoded(to, parameter.bytesView());
    case Parameter::Kind::Date:
        return writeDate(to, parameter.dateTimeValue(), true);
    case Parameter::Kind::DateTime:
        return writeDate(to, parameter.dateTimeValue(), false);
    case Parameter::Kind::Time:
        return writeTime(to, parameter.time());
    case Parameter::Kind::Device:
    case Parameter::Kind::Null:
    case Parameter::Kind::List:
    case Parameter::Kind::Invalid:
        break;
    }
    return to;
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

bool appendBulkRow(QByteArray &to, const Parameters &row, std::vector<quint16> &types)
{
    qsizetype room = 0;
    for (size_t i = 0; i < types.size(); ++i) {
        const Parameter &value = row.at(qsizetype(i));
        room += 1 + valueRoom(value);
        const quint16 type = wireType(value);
        if (type == types[i] || value.isNull())
            continue;
        if (types[i] != quint16(ColumnType::Null))
            return false;
        types[i] = type;
    }
    ByteTail tail(to, room);
    for (const Parameter &value : row) {
        *tail.at++ = value.isNull() ? IsNull : ValueFollows;
        tail.at = writeValue(tail.at, value);
    }
    return true;
}

namespace {

char *writeNumber(char *to, qsizetype number) noexcept
{
    if (number < 0xFB) {
        *to++ = char(number);
        return to;
    }
    *to++ = char(0xFC); // there are no more than 65,535 parameters
    return writeLittleEndian(to, quint16(number));
}

void appendNumber(QByteArray &to, qsizetype number)
{
    ByteTail tail(to, 3);
    tail.at = writeNumber(tail.at, number);
}

//! Bitmap, types and values; with \a named, a name behind each type, which the first \a unnamed have not.
QByteArray encode(const Parameters &parameters, bool named, qsizetype unnamed)
{
    QByteArray encoded;
    const qsizetype count = parameters.size();
    if (count == 0)
        return encoded;
    const qsizetype bitmap = (count + 7) / 8;
    qsizetype room = bitmap + 1 + count * 2;
    QByteArrayList names;
    for (qsizetype i = 0; i < count; ++i) {
        room += valueRoom(parameters.at(i));
        if (named) {
            names.append(i < unnamed ? QByteArray() : parameters.at(i).name().toUtf8());
            room += 9 + names.last().size();
        }
    }
    {
        ByteTail tail(encoded, room);
        char *const nulls = tail.at;
        std::memset(nulls, 0, size_t(bitmap));
        tail.at += bitmap;
        for (qsizetype i = 0; i < count; ++i) {
            if (parameters.at(i).isNull())
                nulls[i / 8] |= char(1 << (i % 8));
        }
        *tail.at++ = char(1); // types follow
        for (qsizetype i = 0; i < count; ++i) {
            tail.at = writeLittleEndian(tail.at, wireType(parameters.at(i)));
            if (named)
                tail.at = writeLengthEncoded(tail.at, names.at(i));
        }
        for (const Parameter &parameter : parameters)
            tail.at = writeValue(tail.at, parameter);
    }
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
