// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/valuedecoder.h>

#include "values/columndata.h"
#include "values/number.h"
#include "values/temporal.h"
#include "values/utf8text.h"

#include <QtCore/QBitArray>
#include <QtCore/QStringList>
#include <QtCore/QUuid>
#include <QtCore/QtEndian>

#include <charconv>

namespace QAsyncMySql {

namespace {

template <class T> QByteArray shortest(T value)
{
    char buffer[40];
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
    return QByteArray(buffer, result.ptr - buffer);
}

QByteArray numberText(const Cell &cell)
{
    Internal::Number number;
    if (Internal::readNumber(cell, number) != Internal::DecodeStatus::Ok)
        return cell.bytes().toByteArray();
    switch (number.kind) {
    case Internal::Number::Kind::Signed:
        return QByteArray::number(number.integer);
    case Internal::Number::Kind::Unsigned:
        // The one number that servers pad: the year 0 is "0000".
        return cell.type() == ColumnType::Year ? QByteArray::number(number.natural).rightJustified(4, '0')
                                               : QByteArray::number(number.natural);
    case Internal::Number::Kind::Real:
        break;
    }
    return number.single ? shortest(float(number.real)) : shortest(number.real);
}

QByteArray temporalText(const Cell &cell)
{
    // Servers write as many digits of a second as the column has.
    const int decimals = cell.column().decimals() <= 6 ? cell.column().decimals() : -1;
    if (cell.type() == ColumnType::Time) {
        qint64 time = 0;
        if (Internal::readTime(cell, time) == Internal::DecodeStatus::Ok)
            return Internal::formatTime(time, decimals);
        return cell.bytes().toByteArray();
    }
    Internal::DateFields fields;
    if (Internal::readDate(cell, fields) != Internal::DecodeStatus::Ok)
        return cell.bytes().toByteArray();
    const bool dateOnly = cell.type() == ColumnType::Date || cell.type() == ColumnType::NewDate;
    return dateOnly ? Internal::formatDate(fields) : Internal::formatDateTime(fields, decimals);
}

} // namespace

QByteArray Cell::toText() const
{
    if (isNull())
        return {};
    if (m_type == ColumnType::Bit)
        return numberText(*this);
    if (Internal::isSentAsText(*this))
        return Internal::utf8Text(*this);
    switch (m_type) {
    case ColumnType::Date:
    case ColumnType::NewDate:
    case ColumnType::Time:
    case ColumnType::DateTime:
    case ColumnType::Timestamp:
        return temporalText(*this);
    default:
        return numberText(*this);
    }
}

namespace Internal {

namespace {

constexpr QByteArrayView ByteOrderMark("\xEF\xBB\xBF");

DecodeStatus statusOf(CharacterSet::Outcome outcome)
{
    switch (outcome) {
    case CharacterSet::Outcome::Ok:
        break;
    case CharacterSet::Outcome::Lossy:
        return DecodeStatus::Lossy;
    case CharacterSet::Outcome::Unknown:
        return DecodeStatus::UnknownCharset;
    }
    return DecodeStatus::Ok;
}

} // namespace

QByteArray utf8Text(const Cell &cell)
{
    QString text;
    if (cell.column().isUtf8() || decodeCell(cell, text) == DecodeStatus::UnknownCharset)
        return cell.bytes().toByteArray();
    return text.toUtf8();
}

DecodeStatus decodeCell(const Cell &cell, QString &value)
{
    if (Q_UNLIKELY(cell.type() == ColumnType::Bit || !isSentAsText(cell))) {
        value = QString::fromLatin1(cell.toText());
        return DecodeStatus::Ok;
    }
    const ColumnData *facts = cell.column().constData();
    if (Q_UNLIKELY(facts && facts->characterSet))
        return statusOf(facts->characterSet->decode(cell.bytes(), value));
    const QByteArrayView bytes = cell.bytes();
    value = QString::fromUtf8(bytes);
    if (Q_UNLIKELY(bytes.startsWith(ByteOrderMark))) // which is text here, and Qt skips it
        value.prepend(QChar(QChar::ByteOrderMark));
    // Invalid UTF-8 shows as replacement characters; whether they were meant is worth a second look only
    // then.
    if (Q_UNLIKELY(value.contains(QChar::ReplacementCharacter)) && !bytes.isValidUtf8())
        return DecodeStatus::Lossy;
    return DecodeStatus::Ok;
}

DecodeStatus decodeCell(const Cell &cell, QByteArray &value)
{
    value = isSentAsText(cell) ? cell.bytes().toByteArray() : cell.toText();
    return DecodeStatus::Ok;
}

DecodeStatus decodeCell(const Cell &cell, std::string &value)
{
    if (isSentAsText(cell) && cell.type() != ColumnType::Bit && cell.column().isUtf8()) {
        value.assign(cell.bytes().data(), size_t(cell.bytes().size()));
        return DecodeStatus::Ok;
    }
    QString text;
    const DecodeStatus status = decodeCell(cell, text);
    value = text.toStdString();
    return status;
}

DecodeStatus decodeCell(const Cell &cell, QStringList &value)
{
    QString text;
    const DecodeStatus status = decodeCell(cell, text);
    // A SET without members is an empty text, and no list with one empty member.
    value = text.isEmpty() ? QStringList() : text.split(QLatin1Char(','));
    return status;
}

DecodeStatus decodeCell(const Cell &cell, QList<float> &value)
{
    const QByteArrayView bytes = cell.bytes();
    if (!isSentAsText(cell) || cell.type() == ColumnType::Bit)
        return DecodeStatus::WrongType;
    if (bytes.size() % qsizetype(sizeof(float)) != 0)
        return DecodeStatus::Malformed;
    QList<float> list(bytes.size() / qsizetype(sizeof(float)));
    if (!list.isEmpty()) // an empty view may have no data to point to
        qFromLittleEndian<float>(bytes.data(), list.size(), list.data());
    value = std::move(list);
    return DecodeStatus::Ok;
}

DecodeStatus decodeCell(const Cell &cell, QBitArray &value)
{
    // Bit 0 of the array is the lowest of the number, thus the last of the bytes.
    if (cell.type() == ColumnType::Bit) {
        const QByteArrayView bytes = cell.bytes();
        const auto known = qsizetype(cell.column().length());
        const qsizetype bits = known > 0 && known <= bytes.size() * 8 ? known : bytes.size() * 8;
        QBitArray array(bits);
        for (qsizetype i = 0; i < bits; ++i)
            array.setBit(i, (uchar(bytes[bytes.size() - 1 - i / 8]) >> (i % 8) & 1) != 0);
        value = std::move(array);
        return DecodeStatus::Ok;
    }
    quint64 number = 0;
    if (const DecodeStatus status = decodeUInt64(cell, number); status != DecodeStatus::Ok)
        return status;
    QBitArray array(64);
    for (int i = 0; i < 64; ++i)
        array.setBit(i, (number >> i & 1) != 0);
    value = std::move(array);
    return DecodeStatus::Ok;
}

DecodeStatus decodeCell(const Cell &cell, QUuid &value)
{
    const QByteArrayView bytes = cell.bytes();
    if (!isSentAsText(cell) || cell.type() == ColumnType::Bit)
        return DecodeStatus::WrongType;
    QUuid uuid;
    if (bytes.size() == 16 && cell.column().isBinary()) {
        uuid = QUuid::fromRfc4122(bytes);
    } else {
        uuid = QUuid::fromString(QLatin1StringView(bytes));
        // Nothing but the nil UUID itself may become the nil UUID.
        if (uuid.isNull() && bytes != QByteArrayView("00000000-0000-0000-0000-000000000000")
            && bytes != QByteArrayView("{00000000-0000-0000-0000-000000000000}"))
            return DecodeStatus::Malformed;
    }
    value = uuid;
    return DecodeStatus::Ok;
}

} // namespace Internal

} // namespace QAsyncMySql
