// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QAsyncMySql/global.h>

#include <QtCore/QFlags>
#include <QtCore/QObject>

/*! \file
    The enumerations that several classes share. They stand in one header, since a namespace can have one meta
   object only.
*/

namespace QAsyncMySql {

Q_NAMESPACE_EXPORT(QASYNCMYSQL_EXPORT)

//! Column types with their numbers on the wire (MySQL source documentation, "enum_field_types").
enum class ColumnType : quint8
{
    Decimal = 0,
    Tiny = 1,
    Short = 2,
    Long = 3,
    Float = 4,
    Double = 5,
    Null = 6,
    Timestamp = 7,
    LongLong = 8,
    Int24 = 9,
    Date = 10,
    Time = 11,
    DateTime = 12,
    Year = 13,
    NewDate = 14,
    VarChar = 15,
    Bit = 16,
    Vector = 242,
    Json = 245,
    NewDecimal = 246,
    Enum = 247,
    Set = 248,
    TinyBlob = 249,
    MediumBlob = 250,
    LongBlob = 251,
    Blob = 252,
    VarString = 253,
    String = 254,
    Geometry = 255,
};
Q_ENUM_NS(ColumnType)

//! Column flags with their bits on the wire.
enum class ColumnFlag : quint16
{
    NotNull = 0x0001,
    PrimaryKey = 0x0002,
    UniqueKey = 0x0004,
    MultipleKey = 0x0008,
    Blob = 0x0010,
    Unsigned = 0x0020,
    ZeroFill = 0x0040,
    Binary = 0x0080,
    Enum = 0x0100,
    AutoIncrement = 0x0200,
    Timestamp = 0x0400,
    Set = 0x0800,
    NoDefaultValue = 0x1000,
    OnUpdateNow = 0x2000,
};
Q_DECLARE_FLAGS(ColumnFlags, ColumnFlag)
Q_DECLARE_OPERATORS_FOR_FLAGS(ColumnFlags)
Q_FLAG_NS(ColumnFlags)

//! How far a connection is to be encrypted and the server's identity proven (MySQL manual, "--ssl-mode").
enum class SslMode : quint8
{
    Automatic, //!< Preferred for a server on this machine (localhost, loopback), VerifyIdentity for all
               //!< others
    Disabled, //!< never TLS
    Preferred, //!< TLS where the server offers it, nothing verified: no protection from an active attacker
    Required, //!< TLS or no connection; the certificate is not verified
    VerifyCa, //!< TLS, and the certificate comes from a trusted authority
    VerifyIdentity, //!< TLS, and the certificate is a trusted one for this host name
};
Q_ENUM_NS(SslMode)

} // namespace QAsyncMySql
