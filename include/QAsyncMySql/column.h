// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAsyncMySql/types.h>

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QMetaType>
#include <QtCore/QObject>
#include <QtCore/QSharedData>
#include <QtCore/QString>

QT_BEGIN_NAMESPACE
class QDebug;
QT_END_NAMESPACE

namespace QAsyncMySql {

class ColumnData;

/*!
    The description of one column of a result: an implicitly shared value.

    \since 1.0
*/
class QASYNCMYSQL_EXPORT Column
{
    Q_GADGET
    Q_PROPERTY(QString name READ name CONSTANT FINAL)
    Q_PROPERTY(QString table READ table CONSTANT FINAL)
    Q_PROPERTY(QString schema READ schema CONSTANT FINAL)
    Q_PROPERTY(QString typeName READ typeName CONSTANT FINAL)
    Q_PROPERTY(bool nullable READ isNullable CONSTANT FINAL)

public:
    //! The character set number that means "bytes, not text".
    static constexpr quint16 BinaryCharset = 63;

    Column();
    explicit Column(ColumnData *data);
    Column(const Column &other) noexcept;
    Column(Column &&other) noexcept;
    Column &operator=(const Column &other) noexcept;
    Column &operator=(Column &&other) noexcept;
    ~Column();
    void swap(Column &other) noexcept { d.swap(other.d); }

    //! The name as the statement gives it (its alias).
    QString name() const;
    //! The name in the table, or empty for an expression.
    QString originalName() const;
    //! The table as the statement names it, and its real name; empty for an expression.
    QString table() const;
    QString originalTable() const;
    QString schema() const;

    ColumnType type() const noexcept;
    ColumnFlags flags() const noexcept;
    //! The collation number of the column's text as it is sent; 63 for bytes and numbers.
    quint16 charset() const noexcept;
    //! The character set of that number in the server's words: "utf8mb4", "latin1", "binary" …; empty if
    //! unknown.
    QString charsetName() const;
    //! True if texts of the column come in UTF-8 (or ASCII), as they do unless the session was told
    //! otherwise.
    bool isUtf8() const noexcept;
    //! Maximum length in bytes as the server states it. A hint: never used to allocate.
    quint32 length() const noexcept;
    //! Digits after the point: 0 to 30 for DECIMAL, 0 to 6 for times, 31 or 39 where it does not apply.
    quint8 decimals() const noexcept;

    bool isNullable() const noexcept { return !flags().testFlag(ColumnFlag::NotNull); }
    bool isUnsigned() const noexcept { return flags().testFlag(ColumnFlag::Unsigned); }
    bool isPrimaryKey() const noexcept { return flags().testFlag(ColumnFlag::PrimaryKey); }
    bool isAutoIncrement() const noexcept { return flags().testFlag(ColumnFlag::AutoIncrement); }
    //! True for numbers of any kind (also DECIMAL, YEAR and BIT).
    bool isNumeric() const noexcept;
    //! True for strings of bytes: BINARY, VARBINARY, BLOB, GEOMETRY, VECTOR. Character set 63 tells them,
    //! never the BINARY flag.
    bool isBinary() const noexcept;
    //! True for MySQL's JSON, and MariaDB's where the server's extended metadata tell.
    bool isJson() const noexcept;
    //! The type in the words of SQL: "BIGINT UNSIGNED", "VARCHAR", "VARBINARY", "DECIMAL", "ENUM" …
    QString typeName() const;
    /*! The type that Row::value() gives for this column. Two kinds of values have another: TIME that QTime
        cannot hold is a SqlTime, and dates that no calendar has ("2024-05-00") are a QString. */
    QMetaType metaType() const;
    //! MariaDB's extended metadata: the type name ("uuid", "inet6", "json" …), or empty.
    QString extendedTypeName() const;

    //! For the library's own use.
    const ColumnData *constData() const noexcept { return d.constData(); }

    friend QASYNCMYSQL_EXPORT bool operator==(const Column &a, const Column &b) noexcept;
    friend QASYNCMYSQL_EXPORT QDebug operator<<(QDebug debug, const Column &column);

private:
    QExplicitlySharedDataPointer<ColumnData> d;
};

} // namespace QAsyncMySql

Q_DECLARE_SHARED(QAsyncMySql::Column)
