// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "watchedtable.h"

using namespace QAsyncMySql;

//! Tables sorted by columns of every type.
class tst_TableOrders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordersAreTotal_data();
    void ordersAreTotal();
};

void tst_TableOrders::ordersAreTotal_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("value");
    const std::pair<const char *, const char *> types[] = {
        {"INT NULL", "IF(n % 7 = 0, NULL, n % 50 - 25)"},
        {"BIGINT UNSIGNED NOT NULL", "18446744073709551615 - n % 90"},
        {"VARCHAR(40) NULL", "IF(n % 11 = 0, NULL, ELT(1 + n % 5, 'a', 'A', 'b', 'ä', 'zz '))"},
        {"VARCHAR(400) COLLATE utf8mb4_bin", "CONCAT(REPEAT('x', 200), n % 40)"},
        {"TEXT", "IF(n % 3 = 0, '', CONCAT('t', n % 20))"},
        {"FLOAT", "n % 30 / 7"},
        {"DOUBLE", "-n % 30 / 7"},
        {"DECIMAL(30,10)", "n % 13 / 3"},
        {"DATE", "DATE('2024-01-01') + INTERVAL n % 60 DAY"},
        {"DATETIME(6)", "TIMESTAMP('2024-01-01 00:00:00') + INTERVAL n % 60 * 1000001 MICROSECOND"},
        {"TIMESTAMP NULL", "TIMESTAMP('2024-03-31 00:00:00') + INTERVAL n % 60 MINUTE"},
        {"TIME(3)", "SEC_TO_TIME(n % 60 - 30)"},
        {"YEAR", "2000 + n % 20"},
        {"ENUM('z','y','a','b')", "1 + n % 4"},
        {"SET('z','y','a')", "n % 8"},
        {"BIT(12)", "n % 100"},
        {"VARBINARY(20)", "UNHEX(LPAD(HEX(n % 300), 4, '0'))"},
        {"BLOB", "IF(n % 5 = 0, NULL, UNHEX(LPAD(HEX(n % 300), 4, '0')))"},
        {"JSON", "CAST(n % 9 AS CHAR)"},
        {"VARCHAR(30) CHARACTER SET latin1 COLLATE latin1_german2_ci",
         "ELT(1 + n % 4, 'ö', 'oe', 'of', 'z')"},
    };
    for (const QString &server : ServerMatrix::ids()) {
        for (const auto &[type, value] : types) {
            QTest::newRow(qPrintable(server + QLatin1Char(' ') + QLatin1String(type)))
                << server << QString::fromUtf8(type) << QString::fromUtf8(value);
        }
    }
}

// Whatever is sorted by: walking in either direction meets each row once, in the order of the server.
void tst_TableOrders::ordersAreTotal()
{
    MATRIX_SERVER(live);
    QFETCH(QString, type);
    QFETCH(QString, value);
    ScratchSchema schema(live);
    schema.must(QStringLiteral("CREATE TABLE t (a INT, v %1, b VARCHAR(10), PRIMARY KEY (a, b))").arg(type));
    schema.fill(QStringLiteral("t"), QStringLiteral("a, v, b"),
                value.isEmpty() ? value : QStringLiteral("n % 40, %1, n").arg(value), 1100);
    for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
        const QString direction
            = order == Qt::AscendingOrder ? QStringLiteral("ASC") : QStringLiteral("DESC");
        QStringList expected;
        for (const Row &row :
             schema.must(QStringLiteral("SELECT b FROM t ORDER BY v %1, a %1, b %1").arg(direction)))
            expected.append(row.get<QString>(0));
        WatchedTable model(schema);
        model.setTable(QStringLiteral("t"));
        model.sort(1, order);
        QVERIFY2(model.selectAll(), qPrintable(model.errorString()));
        QTRY_COMPARE_WITH_TIMEOUT(model.rowCount(), 1100, 10'000);
        QVERIFY(!model.isStreaming());
        QCOMPARE(model.walk(2), expected);
        // From a page that was reached by a jump, backwards.
        WatchedTable other(schema);
        other.setTable(QStringLiteral("t"));
        other.sort(1, order);
        QVERIFY(other.selectAll());
        for (int row = 1023; row >= 0; row -= 16)
            QCOMPARE(other.cell(row, 2), expected.at(row));
    }
}

QTEST_GUILESS_MAIN(tst_TableOrders)
#include "tst_tableorders.moc"
