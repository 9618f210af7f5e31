// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "unit/values/rowbuilder.h"

#include <QTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Test;

Q_DECLARE_METATYPE(QAsyncMySql::Test::ColumnSpec)

class tst_Column : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void describes_data();
    void describes();
    void names();
    void emptyColumn();
    void comparesByValue();
};

// Pitfall 25: what a column is hangs on type, flags, character set and length together.
void tst_Column::describes_data()
{
    QTest::addColumn<ColumnSpec>("spec");
    QTest::addColumn<QString>("typeName");
    QTest::addColumn<QMetaType::Type>("metaType");
    QTest::addColumn<bool>("binary");
    QTest::addColumn<bool>("numeric");
    const auto add = [](const ColumnSpec &spec, const char *name, QMetaType::Type type, bool binary,
                        bool numeric, const char *what = "") {
        QTest::addRow("%s%s", name, what) << spec << QString::fromLatin1(name) << type << binary << numeric;
    };
    const ColumnFlags isUnsigned = ColumnFlag::Unsigned;
    add(plain(ColumnType::Tiny), "TINYINT", QMetaType::Int, false, true);
    add(plain(ColumnType::Tiny, isUnsigned), "TINYINT UNSIGNED", QMetaType::UInt, false, true);
    add(plain(ColumnType::Short), "SMALLINT", QMetaType::Int, false, true);
    add(plain(ColumnType::Int24, isUnsigned), "MEDIUMINT UNSIGNED", QMetaType::UInt, false, true);
    add(plain(ColumnType::Long), "INT", QMetaType::Int, false, true);
    add(plain(ColumnType::Long, isUnsigned), "INT UNSIGNED", QMetaType::UInt, false, true);
    add(plain(ColumnType::LongLong), "BIGINT", QMetaType::LongLong, false, true);
    add(plain(ColumnType::LongLong, isUnsigned), "BIGINT UNSIGNED", QMetaType::ULongLong, false, true);
    add(plain(ColumnType::Float), "FLOAT", QMetaType::Float, false, true);
    add(plain(ColumnType::Double), "DOUBLE", QMetaType::Double, false, true);
    add(plain(ColumnType::NewDecimal), "DECIMAL", QMetaType::QString, false, true);
    add(plain(ColumnType::Decimal), "DECIMAL", QMetaType::QString, false, true, ", old");
    add(plain(ColumnType::Bit, isUnsigned), "BIT", QMetaType::ULongLong, false, true);
    add(plain(ColumnType::Year, isUnsigned | ColumnFlag::ZeroFill), "YEAR", QMetaType::Int, false, true);
    add(plain(ColumnType::Date), "DATE", QMetaType::QDate, false, false);
    add(plain(ColumnType::Time), "TIME", QMetaType::QTime, false, false);
    add(plain(ColumnType::DateTime), "DATETIME", QMetaType::QDateTime, false, false);
    add(plain(ColumnType::Timestamp), "TIMESTAMP", QMetaType::QDateTime, false, false);
    add(plain(ColumnType::Null), "NULL", QMetaType::Nullptr, false, false);
    add(text(ColumnType::String), "CHAR", QMetaType::QString, false, false);
    add(text(ColumnType::VarString), "VARCHAR", QMetaType::QString, false, false);
    // utf8mb4_bin has the BINARY flag and is text all the same.
    add({ColumnType::VarString, ColumnFlag::Binary, 46}, "VARCHAR", QMetaType::QString, false, false,
        ", utf8mb4_bin");
    add(bytes(ColumnType::String), "BINARY", QMetaType::QByteArray, true, false);
    add(bytes(ColumnType::VarString), "VARBINARY", QMetaType::QByteArray, true, false);
    add({ColumnType::Blob, ColumnFlag::Blob, 63, 255}, "TINYBLOB", QMetaType::QByteArray, true, false);
    add({ColumnType::Blob, ColumnFlag::Blob, 63, 65535}, "BLOB", QMetaType::QByteArray, true, false);
    add({ColumnType::Blob, ColumnFlag::Blob, 63, 16777215}, "MEDIUMBLOB", QMetaType::QByteArray, true, false);
    add({ColumnType::Blob, ColumnFlag::Blob, 63, 4294967295u}, "LONGBLOB", QMetaType::QByteArray, true,
        false);
    add({ColumnType::Blob, ColumnFlag::Blob, 45, 255 * 4}, "TINYTEXT", QMetaType::QString, false, false);
    add({ColumnType::Blob, ColumnFlag::Blob, 255, 65535 * 4}, "TEXT", QMetaType::QString, false, false);
    add({ColumnType::Blob, ColumnFlag::Blob, 45, 16777215 * 4}, "MEDIUMTEXT", QMetaType::QString, false,
        false);
    add({ColumnType::Blob, ColumnFlag::Blob, 45, 4294967295u}, "LONGTEXT", QMetaType::QString, false, false);
    add({ColumnType::Blob, ColumnFlag::Blob, 8, 65535}, "TEXT", QMetaType::QString, false, false, ", latin1");
    add(text(ColumnType::String, ColumnFlag::Enum), "ENUM", QMetaType::QString, false, false);
    add(text(ColumnType::String, ColumnFlag::Set), "SET", QMetaType::QString, false, false);
    add({ColumnType::Json, ColumnFlag::Binary, 63}, "JSON", QMetaType::QString, false, false);
    add({ColumnType::Blob, ColumnFlag::Blob, 46, 4294967295u, 0, "c", {}, "json"}, "JSON", QMetaType::QString,
        false, false, ", MariaDB");
    add({ColumnType::Blob, ColumnFlag::Binary, 63, 4294967295u, 0, "c", {}, "json"}, "JSON",
        QMetaType::QString, false, false, ", MariaDB, bytes");
    add(bytes(ColumnType::Geometry), "GEOMETRY", QMetaType::QByteArray, true, false);
    add({ColumnType::Geometry, {}, 63, 0, 0, "c", "point"}, "POINT", QMetaType::QByteArray, true, false);
    add(bytes(ColumnType::Vector), "VECTOR", QMetaType::QByteArray, true, false);
    add({ColumnType::String, {}, 63, 0, 0, "c", "uuid"}, "UUID", QMetaType::QString, false, false);
    add({ColumnType::String, {}, 63, 0, 0, "c", "inet6"}, "INET6", QMetaType::QString, false, false);
    add(plain(ColumnType(200)), "UNKNOWN(200)", QMetaType::QString, false, false);
}

// Pitfall 25.
void tst_Column::describes()
{
    QFETCH(const ColumnSpec, spec);
    QFETCH(const QMetaType::Type, metaType);
    const Column column = spec.toColumn();
    QTEST(column.typeName(), "typeName");
    QCOMPARE(column.metaType(), QMetaType(metaType));
    QTEST(column.isBinary(), "binary");
    QTEST(column.isNumeric(), "numeric");
    QCOMPARE(column.isJson(), column.typeName() == QLatin1String("JSON"));
    // NULL is a null of just that type.
    for (const RowFormat format : {RowFormat::Text, RowFormat::Binary}) {
        const QVariant null = makeCell(spec, format, std::nullopt).value(0);
        QVERIFY(null.isNull());
        QCOMPARE(null.metaType(), column.metaType());
    }
}

void tst_Column::names()
{
    auto *data = new ColumnData;
    data->name = "größe";
    data->originalName = "size";
    data->table = "t";
    data->originalTable = "things";
    data->schema = "demo";
    data->flags = quint16((ColumnFlag::NotNull | ColumnFlag::PrimaryKey | ColumnFlag::AutoIncrement).toInt());
    const Column column(data);
    QCOMPARE(column.name(), u"größe"_qs);
    QCOMPARE(column.originalName(), u"size"_qs);
    QCOMPARE(column.table(), u"t"_qs);
    QCOMPARE(column.originalTable(), u"things"_qs);
    QCOMPARE(column.schema(), u"demo"_qs);
    QVERIFY(!column.isNullable());
    QVERIFY(column.isPrimaryKey());
    QVERIFY(column.isAutoIncrement());
    QVERIFY(!column.isUnsigned());
    QCOMPARE(column.staticMetaObject.indexOfProperty("typeName") >= 0, true);
}

void tst_Column::emptyColumn()
{
    const Column column;
    QCOMPARE(column.name(), QString());
    QCOMPARE(column.typeName(), QString());
    QCOMPARE(column.type(), ColumnType::Null);
    QVERIFY(column.isNullable());
    QVERIFY(!column.isBinary());
    QVERIFY(!column.isJson());
}

void tst_Column::comparesByValue()
{
    const Column a = plain(ColumnType::Long).toColumn();
    const Column same = plain(ColumnType::Long).toColumn();
    const Column other = plain(ColumnType::Long, ColumnFlag::Unsigned).toColumn();
    QCOMPARE(a, same);
    QVERIFY(!(a == other));
    QVERIFY(!(a == Column()));
    QCOMPARE(Column(), Column());
}

QTEST_GUILESS_MAIN(tst_Column)
#include "tst_column.moc"
