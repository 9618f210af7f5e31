// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtCore/QByteArrayList>
#include <QtCore/QList>
#include <QtCore/QMetaType>

namespace Types {

//! How the server itself is asked what a value is.
enum class Proof
{
    Text, //!< CAST(v AS CHAR)
    Hex, //!< HEX(v)
    Number, //!< v + 0, as text
    Double, //!< compared as doubles
};

struct TypeCase
{
    const char *definition; //!< of the column
    const char *typeName; //!< as Column::typeName() has it
    QMetaType::Type metaType;
    Proof proof;
    QByteArrayList literals;
    const char *only
        = ""; //!< "mariadb", "mysql", or empty for both; "mariadb-11.8" begins with the server's id
};

//! Every column type, at its edges.
inline const QList<TypeCase> &typeCases()
{
    static const QList<TypeCase> cases{
        {"TINYINT", "TINYINT", QMetaType::Int, Proof::Text, {"-128", "-1", "0", "127"}},
        {"TINYINT UNSIGNED", "TINYINT UNSIGNED", QMetaType::UInt, Proof::Text, {"0", "128", "255"}},
        {"SMALLINT", "SMALLINT", QMetaType::Int, Proof::Text, {"-32768", "32767"}},
        {"SMALLINT UNSIGNED", "SMALLINT UNSIGNED", QMetaType::UInt, Proof::Text, {"0", "65535"}},
        {"MEDIUMINT", "MEDIUMINT", QMetaType::Int, Proof::Text, {"-8388608", "8388607"}},
        {"MEDIUMINT UNSIGNED", "MEDIUMINT UNSIGNED", QMetaType::UInt, Proof::Text, {"16777215"}},
        {"INT", "INT", QMetaType::Int, Proof::Text, {"-2147483648", "2147483647", "0"}},
        {"INT(8) UNSIGNED ZEROFILL", "INT UNSIGNED", QMetaType::UInt, Proof::Number, {"42", "4294967295"}},
        {"BIGINT",
         "BIGINT",
         QMetaType::LongLong,
         Proof::Text,
         {"-9223372036854775808", "9223372036854775807"}},
        {"BIGINT UNSIGNED",
         "BIGINT UNSIGNED",
         QMetaType::ULongLong,
         Proof::Text,
         {"18446744073709551615", "9223372036854775808", "0"}},
        {"FLOAT", "FLOAT", QMetaType::Float, Proof::Double, {"0.1", "-3.40282e38", "1.17549e-38", "0"}},
        {"DOUBLE",
         "DOUBLE",
         QMetaType::Double,
         Proof::Double,
         {"0.1", "-1.7976931348623157e308", "2.2250738585072014e-308", "123456789.123456789"}},
        {"DECIMAL(65,30)",
         "DECIMAL",
         QMetaType::QString,
         Proof::Text,
         {"-99999999999999999999999999999999999.999999999999999999999999999999",
          "0.000000000000000000000000000001", "0"}},
        {"DECIMAL(20,10) UNSIGNED",
         "DECIMAL UNSIGNED",
         QMetaType::QString,
         Proof::Text,
         {"1234567890.1234567891"}},
        {"BIT(1)", "BIT", QMetaType::ULongLong, Proof::Number, {"b'0'", "b'1'"}},
        {"BIT(10)", "BIT", QMetaType::ULongLong, Proof::Number, {"b'1000000001'", "b'110001'"}},
        {"BIT(64)", "BIT", QMetaType::ULongLong, Proof::Number, {"0xFFFFFFFFFFFFFFFF", "0x8000000000000001"}},
        {"YEAR", "YEAR", QMetaType::Int, Proof::Text, {"1901", "2155", "0"}},
        {"DATE",
         "DATE",
         QMetaType::QDate,
         Proof::Text,
         {"'0001-01-01'", "'1000-01-01'", "'2024-02-29'", "'9999-12-31'", "'0000-00-00'", "'2024-00-00'",
          "'2024-05-00'"}},
        {"DATETIME",
         "DATETIME",
         QMetaType::QDateTime,
         Proof::Text,
         {"'1000-01-01 00:00:00'", "'9999-12-31 23:59:59'", "'2024-02-29 00:00:00'",
          "'0000-00-00 00:00:00'"}},
        {"DATETIME(3)",
         "DATETIME",
         QMetaType::QDateTime,
         Proof::Text,
         {"'2024-02-29 12:34:56.789'", "'2024-02-29 12:34:56'"}},
        {"DATETIME(6)",
         "DATETIME",
         QMetaType::QDateTime,
         Proof::Text,
         {"'2024-02-29 12:34:56.000001'", "'9999-12-31 23:59:59.999999'", "'0000-00-00 00:00:00'"}},
        {"TIMESTAMP(6) NULL",
         "TIMESTAMP",
         QMetaType::QDateTime,
         Proof::Text,
         {"'1970-01-01 00:00:01'", "'2038-01-19 03:14:07.999999'", "'0000-00-00 00:00:00'"}},
        {"TIME",
         "TIME",
         QMetaType::QTime,
         Proof::Text,
         {"'00:00:00'", "'-838:59:59'", "'838:59:59'", "'23:59:59'"}},
        {"TIME(6)",
         "TIME",
         QMetaType::QTime,
         Proof::Text,
         {"'-00:00:00.000001'", "'838:59:58.999999'", "'100:00:00.5'", "'24:00:00'"}},
        {"CHAR(20) CHARACTER SET latin1", "CHAR", QMetaType::QString, Proof::Text, {"'Z\u00FCrich'", "''"}},
        {"VARCHAR(50) CHARACTER SET utf8mb4",
         "VARCHAR",
         QMetaType::QString,
         Proof::Text,
         {"'\u6771\u4EAC \U0001D11E'", "''", "'a''b'", "'back\\\\slash'"}},
        {"VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
         "VARCHAR",
         QMetaType::QString,
         Proof::Text,
         {"'text'"}},
        {"VARCHAR(50) CHARACTER SET gbk", "VARCHAR", QMetaType::QString, Proof::Text, {"'\u6771\u4EAC'"}},
        {"VARCHAR(50) CHARACTER SET sjis", "VARCHAR", QMetaType::QString, Proof::Text, {"'\u8868'"}},
        {"VARCHAR(50) CHARACTER SET utf16", "VARCHAR", QMetaType::QString, Proof::Text, {"'\U0001D11E'"}},
        {"TINYTEXT", "TINYTEXT", QMetaType::QString, Proof::Text, {"'a'", "''"}},
        {"TEXT", "TEXT", QMetaType::QString, Proof::Text, {"'a'", "REPEAT('x', 65535)"}},
        {"MEDIUMTEXT", "MEDIUMTEXT", QMetaType::QString, Proof::Text, {"REPEAT('\u00FC', 70000)"}},
        {"LONGTEXT", "LONGTEXT", QMetaType::QString, Proof::Text, {"'a'"}},
        {"BINARY(4)", "BINARY", QMetaType::QByteArray, Proof::Hex, {"X'00FF'", "''"}},
        {"VARBINARY(40)", "VARBINARY", QMetaType::QByteArray, Proof::Hex, {"X'00FF27225C'", "''"}},
        {"TINYBLOB", "TINYBLOB", QMetaType::QByteArray, Proof::Hex, {"X'00'", "''"}},
        {"BLOB", "BLOB", QMetaType::QByteArray, Proof::Hex, {"REPEAT(X'FE', 65535)", "REPEAT(X'FB', 251)"}},
        {"MEDIUMBLOB", "MEDIUMBLOB", QMetaType::QByteArray, Proof::Hex, {"REPEAT(X'00', 70000)"}},
        {"LONGBLOB", "LONGBLOB", QMetaType::QByteArray, Proof::Hex, {"X'DEADBEEF'"}},
        {"ENUM('small','gr\u00F6\u00DFe','')",
         "ENUM",
         QMetaType::QString,
         Proof::Text,
         {"'small'", "'gr\u00F6\u00DFe'", "''"}},
        {"SET('a','b','c')", "SET", QMetaType::QString, Proof::Text, {"'a,c'", "''", "'a,b,c'"}},
        {"JSON",
         "JSON",
         QMetaType::QString,
         Proof::Text,
         {"'{\"a\": [1, 18446744073709551615, \"\u00FC\"]}'", "'null'", "'[]'"}},
        {"GEOMETRY", "GEOMETRY", QMetaType::QByteArray, Proof::Hex, {"ST_GeomFromText('POINT(1 2)')"}},
        {"VECTOR(2)",
         "VECTOR",
         QMetaType::QByteArray,
         Proof::Hex,
         {"STRING_TO_VECTOR('[1.5,-0.25]')"},
         "mysql"},
        {"UUID",
         "UUID",
         QMetaType::QString,
         Proof::Text,
         {"'67c8770b-44f1-410a-ab9a-f9b5446f13ee'"},
         "mariadb"},
        {"INET6", "INET6", QMetaType::QString, Proof::Text, {"'2001:db8::ff00:42:8329'", "'::'"}, "mariadb"},
        {"INET4", "INET4", QMetaType::QString, Proof::Text, {"'0.0.0.0'", "'255.255.255.255'"}, "mariadb"},
        {"VECTOR(2)", // as MariaDB sends it
         "VARBINARY",
         QMetaType::QByteArray,
         Proof::Hex,
         {"VEC_FromText('[1.5,-0.25]')"},
         "mariadb-11.8"},
    };
    return cases;
}

//! True if the server called \a id has the type.
inline bool applies(const TypeCase &type, const QString &id, bool isMySql)
{
    const QLatin1String only(type.only);
    if (only.isEmpty())
        return true;
    return only.contains(u'-') ? id == only
                               : only == (isMySql ? QLatin1String("mysql") : QLatin1String("mariadb"));
}

} // namespace Types
