// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "rowbuilder.h"

#include <QAsyncMySql/geometry.h>

#include <QtTest/QtTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Test;

class tst_Geometry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void points();
    void bigEndian();
    void cut();
    void counts();
    void cells();
};

void tst_Geometry::points()
{
    const Geometry point = Geometry::fromPoint({1.5, -2}, 4326);
    QCOMPARE(point.toBytes().toHex(), QByteArray("e61000000101000000000000000000f83f00000000000000c0"));
    QCOMPARE(point.type(), Geometry::Type::Point);
    QCOMPARE(point.point().value(), QPointF(1.5, -2));
    QCOMPARE(Geometry::fromBytes(point.toBytes()).value(), point);
    const QList<QPointF> corners{{0, 0}, {1, 2}, {-3, 4}};
    const Geometry line = Geometry::fromLine(corners);
    QCOMPARE(line.type(), Geometry::Type::LineString);
    QCOMPARE(line.points().value(), corners);
    QVERIFY(!line.point());
    QCOMPARE(Geometry().type(), Geometry::Type::None);
}

// Each part of a MULTIPOINT has a byte order of its own.
void tst_Geometry::bigEndian()
{
    const QByteArray wkb = QByteArray::fromHex("00000000040000000200000000013ff00000000000004000000000000000"
                                               "0101000000000000000000f03f0000000000000040");
    QCOMPARE(Geometry::fromWkb(wkb).points().value(), (QList<QPointF>{{1, 2}, {1, 2}}));
}

void tst_Geometry::cut()
{
    const QByteArray whole = Geometry::fromLine({{0, 0}, {1, 2}}).toBytes();
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const auto geometry = Geometry::fromBytes(whole.first(size));
        QVERIFY(!geometry || !geometry->points());
    }
    QVERIFY(!Geometry::fromBytes(QByteArray(whole + char(0)))->points());
}

// A count that lies reserves nothing.
void tst_Geometry::counts()
{
    QByteArray wkb = Geometry::fromLine({{0, 0}, {1, 2}}).wkb();
    wkb.replace(5, 4, QByteArray(4, '\xFF'));
    QVERIFY(!Geometry::fromWkb(wkb).points());
    wkb.replace(5, 4, QByteArray(4, '\0'));
    QVERIFY(!Geometry::fromWkb(wkb).points());
}

void tst_Geometry::cells()
{
    const Geometry point = Geometry::fromPoint({1, 2}, 7);
    const Row row = makeCell(bytes(ColumnType::Geometry), RowFormat::Text, point.toBytes());
    QCOMPARE(row.tryGet<Geometry>(0).value(), point);
    QCOMPARE(Parameter(point), Parameter(point.toBytes()));
    QVERIFY(!makeCell(text(), RowFormat::Text, point.toBytes()).tryGet<Geometry>(0));
    QVERIFY(!makeCell(bytes(), RowFormat::Text, "short").tryGet<Geometry>(0));
    QVERIFY(!makeCell(bytes(ColumnType::Geometry), RowFormat::Text, std::nullopt).tryGet<Geometry>(0));
    QVERIFY(makeCell(bytes(ColumnType::Geometry), RowFormat::Text, std::nullopt)
                .tryGet<std::optional<Geometry>>(0)
                .hasValue());
}

QTEST_APPLESS_MAIN(tst_Geometry)
#include "tst_geometry.moc"
