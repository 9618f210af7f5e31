// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/decimal.h>
#include <QAsyncMySql/sqltime.h>
#include <QAsyncMySql/valuefamily.h>

#include "values/utf8text.h"

#include <QtCore/QBitArray>
#include <QtCore/QDateTime>
#include <QtCore/QHash>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QReadWriteLock>
#include <QtCore/QUuid>
#include <QtNetwork/QHostAddress>

#include <cstring>

namespace QAsyncMySql {

namespace Internal {

namespace {

template <class T> Result<QVariant> variantAs(const Cell &cell)
{
    auto value = cell.as<T>();
    if (!value)
        return value.error();
    return QVariant::fromValue(*std::move(value));
}

//! What is known of a type at run time: how a cell becomes a QVariant of it, and what columns fit it.
struct KnownType
{
    VariantDecoder decode = nullptr;
    ValueFamily family = ValueFamily::Any;
};

template <class... T> QHash<int, KnownType> knownTypes()
{
    return {{QMetaType::fromType<T>().id(), KnownType{&variantAs<T>, familyOf<T>()}}...};
}

struct Registry
{
    QReadWriteLock lock;
    QHash<int, KnownType> types
        = knownTypes<bool, signed char, uchar, short, ushort, int, uint, long, ulong, qlonglong, qulonglong,
                     float, double, QString, QByteArray, QStringList, QBitArray, QUuid, QDate, QTime,
                     QDateTime, QJsonDocument, QJsonObject, QJsonArray, QJsonValue, Decimal, SqlTime,
                     QList<float>, QHostAddress>();
};

Registry &registry()
{
    static Registry instance;
    return instance;
}

KnownType known(QMetaType type)
{
    Registry &all = registry();
    const QReadLocker lock(&all.lock);
    return all.types.value(type.id());
}

// An enum by its number, checked against its size.
Result<QVariant> enumVariant(const Cell &cell, QMetaType type)
{
    const bool isUnsigned = type.flags().testFlag(QMetaType::IsUnsignedEnumeration);
    const auto number = cell.as<qint64>();
    if (!number)
        return number.error();
    const int bits = int(type.sizeOf()) * 8;
    const qint64 upper = bits >= 64 ? 0 : *number >> (isUnsigned ? bits : bits - 1);
    if (upper != 0 && (isUnsigned || upper != -1))
        return conversionError(cell, DecodeStatus::OutOfRange, type.name());
    QVariant value(type);
    const qint64 littleEndian = qToLittleEndian(*number);
    if constexpr (Q_BYTE_ORDER == Q_LITTLE_ENDIAN)
        std::memcpy(value.data(), &littleEndian, size_t(type.sizeOf()));
    else
        std::memcpy(value.data(), reinterpret_cast<const char *>(&*number) + 8 - type.sizeOf(),
                    size_t(type.sizeOf()));
    return value;
}

} // namespace

void registerDecoder(QMetaType type, VariantDecoder decode)
{
    Registry &all = registry();
    const QWriteLocker lock(&all.lock);
    all.types.insert(type.id(), KnownType{decode, ValueFamily::Any});
}

ValueFamily familyOf(QMetaType type)
{
    if (type.flags().testFlag(QMetaType::IsEnumeration) && !known(type).decode)
        return ValueFamily::Integer;
    return known(type).family;
}

bool isReadable(QMetaType type)
{
    return type.id() == QMetaType::QVariant || type.flags().testFlag(QMetaType::IsEnumeration)
        || known(type).decode;
}

DecodeStatus decodeCell(const Cell &cell, QHostAddress &value)
{
    if (!isSentAsText(cell) || cell.type() == ColumnType::Bit)
        return DecodeStatus::WrongType;
    const QByteArrayView bytes = cell.bytes();
    QHostAddress address;
    if (cell.column().isBinary()) { // as INET6_ATON() writes it
        if (bytes.size() == 4)
            address.setAddress(qFromBigEndian<quint32>(bytes.data()));
        else if (bytes.size() == 16)
            address.setAddress(reinterpret_cast<const quint8 *>(bytes.data()));
        else
            return DecodeStatus::Malformed;
    } else if (!address.setAddress(QString::fromUtf8(utf8Text(cell)))) {
        return DecodeStatus::Malformed;
    }
    value = address;
    return DecodeStatus::Ok;
}

} // namespace Internal

Result<QVariant> Cell::toVariant(QMetaType type) const
{
    if (type.id() == QMetaType::QVariant)
        return toVariant();
    if (const Internal::KnownType known = Internal::known(type); known.decode)
        return known.decode(*this);
    if (type.flags().testFlag(QMetaType::IsEnumeration))
        return Internal::enumVariant(*this, type);
    return Error(Error::Kind::Conversion,
                 QStringLiteral("Column \"%1\" (%2) cannot be read as %3, for which there is no decoder; "
                                "call registerValueDecoder().")
                     .arg(column().name(), column().typeName(),
                          QString::fromLatin1(type.name() ? type.name() : "an unknown type")),
                 Error::Outcome::Executed, Error::Phase::Value);
}

} // namespace QAsyncMySql
