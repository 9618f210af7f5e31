// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include <QAsyncMySql/column.h>

#include "values/columndata.h"
#include "values/typenames.h"

#include <QtCore/QDebug>

namespace QAsyncMySql {

Column::Column() = default;
Column::Column(ColumnData *data)
    : d(data)
{
}
Column::Column(const Column &other) noexcept = default;
Column::Column(Column &&other) noexcept = default;
Column &Column::operator=(const Column &other) noexcept = default;
Column &Column::operator=(Column &&other) noexcept = default;
Column::~Column() = default;

QString Column::name() const
{
    return d ? QString::fromUtf8(d->name) : QString();
}

QString Column::originalName() const
{
    return d ? QString::fromUtf8(d->originalName) : QString();
}

QString Column::table() const
{
    return d ? QString::fromUtf8(d->table) : QString();
}

QString Column::originalTable() const
{
    return d ? QString::fromUtf8(d->originalTable) : QString();
}

QString Column::schema() const
{
    return d ? QString::fromUtf8(d->schema) : QString();
}

ColumnType Column::type() const noexcept
{
    return d ? d->type : ColumnType::Null;
}

ColumnFlags Column::flags() const noexcept
{
    return d ? ColumnFlags::fromInt(d->flags) : ColumnFlags();
}

quint16 Column::charset() const noexcept
{
    return d ? d->charset : BinaryCharset;
}

QString Column::charsetName() const
{
    const auto *set = Internal::CharacterSet::ofCollation(charset());
    return set ? QString::fromLatin1(set->name()) : QString();
}

bool Column::isUtf8() const noexcept
{
    return !d || !d->characterSet;
}

quint32 Column::length() const noexcept
{
    return d ? d->length : 0;
}

quint8 Column::decimals() const noexcept
{
    return d ? d->decimals : 0;
}

bool Column::isNumeric() const noexcept
{
    switch (type()) {
    case ColumnType::Decimal:
    case ColumnType::NewDecimal:
    case ColumnType::Tiny:
    case ColumnType::Short:
    case ColumnType::Int24:
    case ColumnType::Long:
    case ColumnType::LongLong:
    case ColumnType::Float:
    case ColumnType::Double:
    case ColumnType::Year:
    case ColumnType::Bit:
        return true;
    default:
        return false;
    }
}

bool Column::isBinary() const noexcept
{
    switch (type()) {
    case ColumnType::Geometry:
    case ColumnType::Vector:
        return true;
    case ColumnType::VarChar:
    case ColumnType::VarString:
    case ColumnType::String:
    case ColumnType::TinyBlob:
    case ColumnType::Blob:
    case ColumnType::MediumBlob:
    case ColumnType::LongBlob:
        // MariaDB's UUID and INET types come as text, whatever their character set says.
        return charset() == BinaryCharset && !(flags() & (ColumnFlag::Enum | ColumnFlag::Set)) && !isJson()
            && !Internal::isTextExtension(d->extendedType);
    default:
        return false;
    }
}

bool Column::isJson() const noexcept
{
    return d && (d->type == ColumnType::Json || d->extendedFormat == "json");
}

QString Column::typeName() const
{
    return d ? Internal::sqlTypeName(*d, isBinary()) : QString();
}

QString Column::extendedTypeName() const
{
    if (!d)
        return {};
    return QString::fromUtf8(d->extendedType.isEmpty() ? d->extendedFormat : d->extendedType);
}

QMetaType Column::metaType() const
{
    if (const ValueConversionsData *conversions = d ? d->conversions.constData() : nullptr) {
        if (const auto *entry = conversions->find(*this))
            return entry->metaType;
        if (const QMetaType type = conversions->metaTypeOf(*this); type.isValid())
            return type;
    }
    switch (type()) {
    case ColumnType::Tiny:
    case ColumnType::Short:
    case ColumnType::Int24:
    case ColumnType::Long:
        return QMetaType(isUnsigned() ? QMetaType::UInt : QMetaType::Int);
    case ColumnType::LongLong:
        return QMetaType(isUnsigned() ? QMetaType::ULongLong : QMetaType::LongLong);
    case ColumnType::Year:
        return QMetaType(QMetaType::Int);
    case ColumnType::Bit:
        return QMetaType(QMetaType::ULongLong);
    case ColumnType::Float:
        return QMetaType(QMetaType::Float);
    case ColumnType::Double:
        return QMetaType(QMetaType::Double);
    case ColumnType::Date:
    case ColumnType::NewDate:
        return QMetaType(QMetaType::QDate);
    case ColumnType::Time:
        return QMetaType(QMetaType::QTime);
    case ColumnType::DateTime:
    case ColumnType::Timestamp:
        return QMetaType(QMetaType::QDateTime);
    case ColumnType::Null:
        return QMetaType(QMetaType::Nullptr);
    default:
        return QMetaType(isBinary() ? QMetaType::QByteArray : QMetaType::QString);
    }
}

bool operator==(const Column &a, const Column &b) noexcept
{
    if (a.d == b.d)
        return true;
    if (!a.d || !b.d)
        return false;
    return a.d->type == b.d->type && a.d->flags == b.d->flags && a.d->charset == b.d->charset
        && a.d->length == b.d->length && a.d->decimals == b.d->decimals && a.d->name == b.d->name
        && a.d->originalName == b.d->originalName && a.d->table == b.d->table
        && a.d->originalTable == b.d->originalTable && a.d->schema == b.d->schema
        && a.d->extendedType == b.d->extendedType && a.d->extendedFormat == b.d->extendedFormat;
}

QDebug operator<<(QDebug debug, const Column &column)
{
    const QDebugStateSaver saver(debug);
    debug.nospace().noquote() << "Column(" << column.name() << ", " << column.typeName() << ')';
    return debug;
}

} // namespace QAsyncMySql
