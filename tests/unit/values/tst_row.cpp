// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "unit/values/rowbuilder.h"

#include <QAsyncMySql/resultset.h>

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace QAsyncMySql;
using namespace Qt::StringLiterals;
using namespace QAsyncMySql::Test;

class tst_Row : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsCellsInAnyOrder_data();
    void readsCellsInAnyOrder();
    void lengthsOfAllSizes();
    void nullBitmapOfManyColumns();
    void staysWithinBrokenRows_data();
    void staysWithinBrokenRows();
    void invalidRowsAndColumnsAreNull();
    void findsColumnsByName();
    void triesColumnsThatAreNot();
    void outlivesItsBatch();
    void movedFromIsInvalid();
    void iteratesOverBlocks_data();
    void iteratesOverBlocks();
    void slicesAndJoins();
    void toMapListAndJson();
    void resultSetChain();
    void scalarOfResultSet();

private:
    static RowBatch numbers(qsizetype from, qsizetype count, qsizetype perBlock);
    static QList<int> values(const RowBatch &batch);
};

void tst_Row::readsCellsInAnyOrder_data()
{
    QTest::addColumn<RowFormat>("format");
    QTest::addRow("text") << RowFormat::Text;
    QTest::addRow("binary") << RowFormat::Binary;
}

void tst_Row::readsCellsInAnyOrder()
{
    QFETCH(const RowFormat, format);
    const QByteArray seven = format == RowFormat::Text ? QByteArray("7") : littleEndian(qint32(7));
    const QByteArray date
        = format == RowFormat::Text ? QByteArray("2024-02-29") : QByteArray("\xE8\x07\x02\x1D", 4);
    const Row row = makeRows({plain(ColumnType::Long), text(), text(), plain(ColumnType::Date), text()},
                             format, {{seven, QByteArray("abc"), std::nullopt, date, QByteArray("")}})
                        .first();
    QVERIFY(row.isValid());
    QCOMPARE(row.columnCount(), 5);
    const auto check = [&row](int column) {
        switch (column) {
        case 0:
            QCOMPARE(row.get<int>(0), 7);
            break;
        case 1:
            QCOMPARE(row.get<QString>(1), QStringLiteral("abc"));
            break;
        case 2:
            QVERIFY(row.isNull(2));
            break;
        case 3:
            QCOMPARE(row.get<QDate>(3), QDate(2024, 2, 29));
            break;
        default:
            QVERIFY(!row.isNull(4));
            QCOMPARE(row.raw(4).size(), 0);
        }
    };
    QList<int> order{0, 1, 2, 3, 4};
    do {
        for (const int column : std::as_const(order)) {
            check(column);
            check(column); // and the same once more
        }
    } while (std::next_permutation(order.begin(), order.end()));
}

void tst_Row::lengthsOfAllSizes()
{
    for (const qsizetype size : {0, 1, 250, 251, 252, 65535, 65536, 16777215, 16777216}) {
        const QByteArray value(size, 'x');
        for (const RowFormat format : {RowFormat::Text, RowFormat::Binary}) {
            const Row row = makeRows({bytes(), text()}, format, {{value, QByteArray("end")}}).first();
            QCOMPARE(row.get<QString>(1), QStringLiteral("end"));
            QCOMPARE(row.raw(0).size(), size);
            QVERIFY(row.get<QByteArray>(0) == value);
        }
    }
}

void tst_Row::nullBitmapOfManyColumns()
{
    // The bitmap begins with two unused bits: NULLs on either side of each byte's border.
    constexpr int Columns = 40;
    for (int null = 0; null < Columns; ++null) {
        QList<ColumnSpec> specs;
        Cells cells;
        for (int i = 0; i < Columns; ++i) {
            specs.append(plain(ColumnType::Tiny));
            cells.append(i == null ? std::nullopt : std::optional(QByteArray(1, char(i))));
        }
        const Row row = makeRows(specs, RowFormat::Binary, {cells}).first();
        for (int i = 0; i < Columns; ++i) {
            QCOMPARE(row.isNull(i), i == null);
            if (i != null)
                QCOMPARE(row.get<int>(i), i);
        }
    }
}

void tst_Row::staysWithinBrokenRows_data()
{
    QTest::addColumn<RowFormat>("format");
    QTest::addColumn<QByteArray>("payload");
    QTest::addRow("text, empty") << RowFormat::Text << QByteArray();
    QTest::addRow("text, one cell only") << RowFormat::Text
                                         << QByteArray("\x01"
                                                       "a",
                                                       2);
    QTest::addRow("text, length beyond the end") << RowFormat::Text
                                                 << QByteArray("\x05"
                                                               "ab",
                                                               3);
    QTest::addRow("text, two-byte length cut") << RowFormat::Text << QByteArray("\xFC\x01", 2);
    QTest::addRow("text, three-byte length cut") << RowFormat::Text << QByteArray("\xFD\x01\x01", 3);
    QTest::addRow("text, eight-byte length cut") << RowFormat::Text << QByteArray("\xFE\x01\x01\x01", 4);
    QTest::addRow("text, length of 2^64 - 1")
        << RowFormat::Text << QByteArray(9, char(0xFF)).replace(0, 1, "\xFE");
    QTest::addRow("text, length that is none") << RowFormat::Text
                                               << QByteArray("\xFF"
                                                             "abcdefgh");
    QTest::addRow("binary, empty") << RowFormat::Binary << QByteArray();
    QTest::addRow("binary, no bitmap") << RowFormat::Binary << QByteArray(1, '\0');
    QTest::addRow("binary, bitmap only") << RowFormat::Binary << QByteArray(2, '\0');
    QTest::addRow("binary, number cut") << RowFormat::Binary << QByteArray(4, '\0');
    QTest::addRow("binary, string beyond the end") << RowFormat::Binary
                                                   << QByteArray(6, '\0')
            + QByteArray("\x09"
                         "a");
    QTest::addRow("binary, time beyond the end")
        << RowFormat::Binary << QByteArray(6, '\0') + QByteArray("\x00\x0C", 2);
}

void tst_Row::staysWithinBrokenRows()
{
    QFETCH(const RowFormat, format);
    QFETCH(const QByteArray, payload);
    // Exactly as large as the row, so that a step too far is one that AddressSanitizer sees.
    const Internal::RowColumnsPointer columns
        = makeColumns({plain(ColumnType::Long), text(), plain(ColumnType::DateTime)}, format);
    Internal::RowBlockPointer block(new Internal::RowBlock(columns));
    block->append(payload);
    block->bytes.shrink_to_fit();
    const Row row = Internal::RowBlock::makeRow(block.data(), 0);
    for (const int column : {2, 0, 1, 2, 1, 0}) {
        row.value(column);
        (void)row.tryGet<qint64>(column).hasValue();
        row.get<QByteArray>(column);
    }
    QVERIFY(row.isNull(2));
}

void tst_Row::invalidRowsAndColumnsAreNull()
{
    const Row none;
    QVERIFY(!none.isValid());
    QCOMPARE(none.columnCount(), 0);
    QVERIFY(none.columns().isEmpty());
    QVERIFY(none.isNull(0));
    QCOMPARE(none.indexOf("c"), -1);
    QCOMPARE(none.get<int>(3), 0);
    QVERIFY(none.toVariantMap().isEmpty());

    const Row row = makeCell(text(), RowFormat::Text, QByteArray("x"));
    QVERIFY(row.isNull(-1));
    QVERIFY(row.isNull(1));
    QVERIFY(!row.tryGet<int>(1));
    QCOMPARE(row.value(1), QVariant(QMetaType(QMetaType::Nullptr)));

    const RowBatch batch = makeRows({text()}, RowFormat::Text, {{QByteArray("x")}});
    QVERIFY(!batch.at(-1).isValid());
    QVERIFY(!batch.at(1).isValid());
}

void tst_Row::findsColumnsByName()
{
    const auto spec = [](const char *name) {
        ColumnSpec column = plain(ColumnType::Long);
        column.name = name;
        return column;
    };
    const Row row
        = makeRows({spec("id"), spec("Name"), spec("name"), spec("größe"), spec("ID")}, RowFormat::Text,
                   {{QByteArray("0"), QByteArray("1"), QByteArray("2"), QByteArray("3"), QByteArray("4")}})
              .first();
    QCOMPARE(row.indexOf("id"), 0);
    QCOMPARE(row.indexOf(u"ID"), 4); // exact before the first
    QCOMPARE(row.indexOf("Id"), 0);
    QCOMPARE(row.indexOf("name"), 2);
    QCOMPARE(row.indexOf("NAME"), 1);
    QCOMPARE(row.indexOf(u"größe"), 3);
    QCOMPARE(row.indexOf(u"GRÖSSE"), -1);
    QCOMPARE(row.indexOf("nothing"), -1);
    QCOMPARE(row.get<int>(u"größe"), 3);

    QTest::ignoreMessage(QtWarningMsg,
                         "The row has no column \"nothing\"; it has: id, Name, name, größe, ID");
    QCOMPARE(row.get<int>("nothing"), 0);
}

void tst_Row::triesColumnsThatAreNot()
{
    const Row row
        = makeRows({plain(ColumnType::Long), text()}, RowFormat::Text, {{std::nullopt, QByteArray("b")}})
              .first();
    const QString names = row.columns().at(0).name() + u", "_s + row.columns().at(1).name();
    const auto check = [](const auto &result, const QString &text) {
        QVERIFY(!result.hasValue());
        QCOMPARE(result.error().kind(), Error::Kind::Conversion);
        QCOMPARE(result.error().message(), text);
    };
    // Types with a null of their own, too: NULL is another thing than a misspelt name.
    const QString unnamed = u"The row has no column \"nope\"; it has: "_s + names;
    check(row.tryGet<QString>("nope"), unnamed);
    check(row.tryGet<std::optional<int>>(u"nope"), unnamed);
    check(row.tryGet<int>("nope"), unnamed);
    check(row.tryGet<QString>(2), u"The row has no column number 2; it has, from 0: "_s + names);
    check(row.tryGet<std::optional<int>>(-1), u"The row has no column number -1; it has, from 0: "_s + names);
    check(Row().tryGet<QString>("x"), u"Column \"x\" was asked of an invalid row."_s);
    check(Row().tryGet<QString>(0), u"Column number 0 was asked of an invalid row."_s);
    QCOMPARE(row.tryGet<std::optional<int>>(0).value(), std::nullopt);
    QCOMPARE(row.tryGet<QString>(1).value(), u"b"_s);
}

void tst_Row::outlivesItsBatch()
{
    Row row;
    {
        const RowBatch batch = numbers(5, 1, 10);
        row = batch.first();
    }
    QCOMPARE(row.get<int>(0), 5);
    const Row copy = row;
    row = Row();
    QCOMPARE(copy.get<int>(0), 5);
}

RowBatch tst_Row::numbers(qsizetype from, qsizetype count, qsizetype perBlock)
{
    QList<Cells> rows;
    for (qsizetype i = from; i < from + count; ++i)
        rows.append({QByteArray::number(i)});
    return makeRows({plain(ColumnType::Long)}, RowFormat::Text, rows, perBlock);
}

QList<int> tst_Row::values(const RowBatch &batch)
{
    QList<int> list;
    for (const Row &row : batch)
        list.append(row.get<int>(0));
    QList<int> byIndex;
    for (qsizetype i = 0; i < batch.size(); ++i)
        byIndex.append(batch.at(i).get<int>(0));
    if (list != byIndex)
        qFatal("Iterating and indexing differ");
    return list;
}

void tst_Row::movedFromIsInvalid()
{
    for (const RowFormat format : {RowFormat::Text, RowFormat::Binary}) {
        Row row = makeRows({text(), text()}, format, {{QByteArray("a"), QByteArray("b")}}).first();
        QCOMPARE(row.get<QString>(0), QStringLiteral("a"));
        Row moved = std::move(row);
        QVERIFY(!row.isValid() && row.isNull(1) && row.columnCount() == 0);
        QCOMPARE(moved.get<QString>(1), QStringLiteral("b"));
        row = std::move(moved);
        QVERIFY(!moved.isValid() && moved.isNull(0));
        QCOMPARE(row.get<QString>(0), QStringLiteral("a"));
    }
}

void tst_Row::iteratesOverBlocks_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<int>("perBlock");
    for (const int count : {0, 1, 2, 3, 7, 100}) {
        for (const int perBlock : {1, 2, 3, 50, 100})
            QTest::addRow("%d rows by %d", count, perBlock) << count << perBlock;
    }
}

void tst_Row::iteratesOverBlocks()
{
    QFETCH(const int, count);
    QFETCH(const int, perBlock);
    QList<int> expected;
    for (int i = 0; i < count; ++i)
        expected.append(i);
    const RowBatch batch = numbers(0, count, perBlock);
    QCOMPARE(batch.size(), count);
    QCOMPARE(batch.isEmpty(), count == 0);
    QCOMPARE(values(batch), expected);
    QVERIFY(count == 0 || batch.byteSize() > count);
}

void tst_Row::slicesAndJoins()
{
    const RowBatch batch = numbers(0, 20, 6);
    for (qsizetype from = 0; from <= 20; ++from) {
        for (qsizetype count = 0; from + count <= 20; ++count) {
            const RowBatch slice = batch.mid(from, count);
            QList<int> expected;
            for (qsizetype i = from; i < from + count; ++i)
                expected.append(int(i));
            QCOMPARE(values(slice), expected);
            QCOMPARE(slice.columns(), batch.columns());
            // Joined with what follows, whether it touches or leaves a gap
            for (const qsizetype gap : {0, 1, 7}) {
                const RowBatch rest = batch.mid(from + count + gap, 9);
                QCOMPARE(values(Internal::joinBatches(slice, rest)), expected + values(rest));
                QCOMPARE(values(Internal::joinBatches(rest, slice)), values(rest) + expected);
            }
        }
    }
    QCOMPARE(batch.mid(-5, 3).size(), 3);
    QCOMPARE(batch.mid(18, 1000).size(), 2);
    QVERIFY(RowBatch().mid(0, 5).isEmpty());
    QCOMPARE(values(Internal::joinBatches(RowBatch(), batch)), values(batch));
}

void tst_Row::toMapListAndJson()
{
    ColumnSpec id = plain(ColumnType::LongLong, ColumnFlag::Unsigned);
    id.name = "id";
    ColumnSpec price = plain(ColumnType::NewDecimal, {}, 2);
    price.name = "price";
    ColumnSpec photo = bytes();
    photo.name = "photo";
    ColumnSpec note = text();
    note.name = "note";
    const Row row = makeRows({id, price, photo, note}, RowFormat::Text,
                             {{QByteArray("18446744073709551615"), QByteArray("1.50"),
                               QByteArray("\x00\xFF", 2), std::nullopt}})
                        .first();
    const QVariantMap map = row.toVariantMap();
    QCOMPARE(map.size(), 4);
    QCOMPARE(map.value(QStringLiteral("id")), QVariant(Q_UINT64_C(18446744073709551615)));
    QCOMPARE(map.value(QStringLiteral("price")), QVariant(QStringLiteral("1.50")));
    QCOMPARE(map.value(QStringLiteral("photo")), QVariant(QByteArray("\x00\xFF", 2)));
    QVERIFY(map.value(QStringLiteral("note")).isNull());
    QCOMPARE(map.value(QStringLiteral("note")).metaType(), QMetaType(QMetaType::QString));
    QCOMPARE(row.toVariantList(),
             QVariantList({map[QStringLiteral("id")], map[QStringLiteral("price")],
                           map[QStringLiteral("photo")], map[QStringLiteral("note")]}));
    QCOMPARE(
        QJsonDocument(row.toJson()).toJson(QJsonDocument::Compact),
        QByteArray(R"({"id":"18446744073709551615","note":null,"photo":{"base64":"AP8="},"price":"1.50"})"));
}

void tst_Row::resultSetChain()
{
    // As long as a procedure with a loop can make it: destroying it must not recurse.
    ResultSet last;
    for (int i = 0; i < 200'000; ++i) {
        auto *data = new ResultSetData;
        data->affectedRows = quint64(i);
        data->next = last;
        data->hasNext = i > 0;
        last = ResultSet(data);
    }
    const ResultSet first = last;
    QCOMPARE(first.affectedRows(), 199'999u);
    QVERIFY(first.hasNext());
    QCOMPARE(first.next().affectedRows(), 199'998u);
    int links = 1;
    for (ResultSet at = first; at.hasNext(); at = at.next())
        ++links;
    QCOMPARE(links, 200'000);
}

void tst_Row::scalarOfResultSet()
{
    QVERIFY(!ResultSet().scalar<int>());
    QCOMPARE(ResultSet().scalar<int>().error().kind(), Error::Kind::Conversion);
    auto *data = new ResultSetData;
    data->rows = numbers(42, 3, 2);
    data->status = 0x1000;
    const ResultSet result(data);
    QCOMPARE(result.scalar<int>().value(), 42);
    QCOMPARE(result.size(), 3);
    QVERIFY(result.hasColumns());
    QVERIFY(result.isOutParameters());
    QVERIFY(!result.hasNext());
    QVERIFY(!result.next().hasColumns());
    int sum = 0;
    for (const Row &row : result)
        sum += row.get<int>("C");
    QCOMPARE(sum, 42 + 43 + 44);
}

QTEST_GUILESS_MAIN(tst_Row)
#include "tst_row.moc"
