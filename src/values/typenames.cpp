// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "values/typenames.h"

#include "values/columndata.h"

namespace QAsyncMySql::Internal {

namespace {

bool hasFlag(const ColumnData &column, ColumnFlag flag)
{
    return (column.flags & quint16(flag)) != 0;
}

// The most bytes that a character takes in the result's character set.
quint32 bytesPerCharacter(quint16 charset)
{
    const CharacterSet *set = CharacterSet::ofCollation(charset);
    return set ? quint32(set->maximumBytes()) : 4;
}

// The server sends one type for all four sizes of BLOB and TEXT, and says the size by the length.
QString blobName(const ColumnData &column, bool binary)
{
    const quint32 characters
        = column.length == 0xFFFFFFFFu ? column.length : column.length / bytesPerCharacter(column.charset);
    const QString base = binary ? QStringLiteral("BLOB") : QStringLiteral("TEXT");
    if (column.type == ColumnType::TinyBlob || (column.type == ColumnType::Blob && characters <= 0xFF))
        return QStringLiteral("TINY") + base;
    if (column.type == ColumnType::Blob && characters <= 0xFFFF)
        return base;
    if (column.type == ColumnType::MediumBlob || (column.type == ColumnType::Blob && characters <= 0xFFFFFF))
        return QStringLiteral("MEDIUM") + base;
    return QStringLiteral("LONG") + base;
}

QString numberName(const ColumnData &column, const QString &base)
{
    return hasFlag(column, ColumnFlag::Unsigned) ? base + QStringLiteral(" UNSIGNED") : base;
}

} // namespace

bool isTextExtension(QByteArrayView extendedType) noexcept
{
    return extendedType == QByteArrayView("uuid") || extendedType == QByteArrayView("inet6")
        || extendedType == QByteArrayView("inet4");
}

QString sqlTypeName(const ColumnData &column, bool binary)
{
    if (!column.extendedType.isEmpty())
        return QString::fromUtf8(column.extendedType).toUpper();
    if (column.extendedFormat == "json")
        return QStringLiteral("JSON");

    switch (column.type) {
    case ColumnType::Tiny:
        return numberName(column, QStringLiteral("TINYINT"));
    case ColumnType::Short:
        return numberName(column, QStringLiteral("SMALLINT"));
    case ColumnType::Int24:
        return numberName(column, QStringLiteral("MEDIUMINT"));
    case ColumnType::Long:
        return numberName(column, QStringLiteral("INT"));
    case ColumnType::LongLong:
        return numberName(column, QStringLiteral("BIGINT"));
    case ColumnType::Decimal:
    case ColumnType::NewDecimal:
        return numberName(column, QStringLiteral("DECIMAL"));
    case ColumnType::Float:
        return numberName(column, QStringLiteral("FLOAT"));
    case ColumnType::Double:
        return numberName(column, QStringLiteral("DOUBLE"));
    case ColumnType::Null:
        return QStringLiteral("NULL");
    case ColumnType::Timestamp:
        return QStringLiteral("TIMESTAMP");
    case ColumnType::Date:
    case ColumnType::NewDate:
        return QStringLiteral("DATE");
    case ColumnType::Time:
        return QStringLiteral("TIME");
    case ColumnType::DateTime:
        return QStringLiteral("DATETIME");
    case ColumnType::Year:
        return QStringLiteral("YEAR");
    case ColumnType::Bit:
        return QStringLiteral("BIT");
    case ColumnType::Vector:
        return QStringLiteral("VECTOR");
    case ColumnType::Json:
        return QStringLiteral("JSON");
    case ColumnType::Enum:
        return QStringLiteral("ENUM");
    case ColumnType::Set:
        return QStringLiteral("SET");
    case ColumnType::Geometry:
        return QStringLiteral("GEOMETRY");
    case ColumnType::TinyBlob:
    case ColumnType::Blob:
    case ColumnType::MediumBlob:
    case ColumnType::LongBlob:
        return blobName(column, binary);
    case ColumnType::String:
    case ColumnType::VarString:
    case ColumnType::VarChar:
        break;
    default:
        return QStringLiteral("UNKNOWN(%1)").arg(int(column.type));
    }

    if (hasFlag(column, ColumnFlag::Enum))
        return QStringLiteral("ENUM");
    if (hasFlag(column, ColumnFlag::Set))
        return QStringLiteral("SET");
    if (column.type == ColumnType::String)
        return binary ? QStringLiteral("BINARY") : QStringLiteral("CHAR");
    return binary ? QStringLiteral("VARBINARY") : QStringLiteral("VARCHAR");
}

} // namespace QAsyncMySql::Internal
