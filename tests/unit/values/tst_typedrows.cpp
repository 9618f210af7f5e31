// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

/*
    Rows as tuples, structs and gadgets; and what a connection's conversions make of values.
*/

#include "rowbuilder.h"

#include <QAsyncMySql/decimal.h>
#include <QAsyncMySql/typedrows.h>

#include <QtCore/QUuid>
#include <QtNetwork/QHostAddress>
#include <QtTest/QtTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Test;

namespace {

enum class Level : quint8
{
    Low = 1,
    High = 2
};

struct Cents
{
    qint64 count = 0;
    friend bool operator==(const Cents &, const Cents &) = default;
};

struct Person
{
    qint64 id = 0;
    QString name;
    std::optional<double> weight;
    Level level = Level::Low;
};

// As many as are promised, at least.
struct Wide
{
    int a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p;
    std::optional<int> q;
    QString r;
};

} // namespace

template <> struct QAsyncMySql::ValueDecoder<Cents>
{
    static Result<Cents> decode(const Cell &cell)
    {
        const auto decimal = cell.as<Decimal>();
        if (!decimal)
            return decimal.error();
        return Cents{qRound64(decimal->toDouble() * 100)};
    }
};
Q_DECLARE_METATYPE(Cents)

class Gadget
{
    Q_GADGET
    Q_PROPERTY(qint64 id MEMBER id FINAL)
    Q_PROPERTY(QString name MEMBER name FINAL)
    Q_PROPERTY(Kind kind MEMBER kind FINAL)
    Q_PROPERTY(QVariant anything MEMBER anything FINAL)
    Q_PROPERTY(Cents price MEMBER price FINAL)
    Q_PROPERTY(int readOnly READ readOnly CONSTANT FINAL)

public:
    enum class Kind : qint8
    {
        None,
        Some = 100
    };
    Q_ENUM(Kind)
    int readOnly() const { return 1; }

    qint64 id = 0;
    QString name = QStringLiteral("kept");
    Kind kind = Kind::None;
    QVariant anything;
    Cents price;
};

class tst_TypedRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tuples();
    void structs();
    void scalars();
    void gadgets();
    void gadgetsAtFault();
    void columnsAtFault_data();
    void columnsAtFault();
    void valuesAtFault();
    void conversions();
    void zeroDates();
    void converters();
    void targetTypes();
};

static ColumnSpec named(ColumnSpec spec, const QByteArray &name)
{
    spec.name = name;
    return spec;
}

static const QList<ColumnSpec> PersonColumns{named(plain(ColumnType::LongLong), "id"), named(text(), "name"),
                                             named(plain(ColumnType::Double), "weight"),
                                             named(plain(ColumnType::Tiny, ColumnFlag::Unsigned), "level")};

void tst_TypedRows::tuples()
{
    const RowBatch rows = makeRows(PersonColumns, RowFormat::Text,
                                   {{"1", "Ada", "61.5", "2"}, {"2", "Bob", std::nullopt, "1"}});
    const auto people = rows.to<std::tuple<qint64, QString, std::optional<double>, Level>>();
    QVERIFY2(people, qPrintable(people.error().toString()));
    QCOMPARE(people->size(), 2);
    const auto &[id, name, weight, level] = people->at(0);
    QCOMPARE(id, 1);
    QCOMPARE(name, QStringLiteral("Ada"));
    QCOMPARE(weight.value(), 61.5);
    QCOMPARE(level, Level::High);
    QVERIFY(!std::get<2>(people->at(1)));
}

void tst_TypedRows::structs()
{
    const RowBatch rows
        = makeRows(PersonColumns, RowFormat::Binary,
                   {{littleEndian(qint64(7)), "Ada", littleEndian(61.5), littleEndian(quint8(2))}});
    const auto people = rows.to<Person>();
    QVERIFY2(people, qPrintable(people.error().toString()));
    QCOMPARE(people->at(0).id, 7);
    QCOMPARE(people->at(0).name, QStringLiteral("Ada"));
    QCOMPARE(people->at(0).weight.value(), 61.5);
    QCOMPARE(people->at(0).level, Level::High);

    QList<ColumnSpec> columns(16, plain(ColumnType::Long));
    columns << plain(ColumnType::Long) << text();
    Cells cells;
    for (int i = 0; i < 16; ++i)
        cells << QByteArray::number(i);
    cells << std::nullopt << "end";
    const auto wide = makeRows(columns, RowFormat::Text, {cells}).to<Wide>();
    QVERIFY2(wide, qPrintable(wide.error().toString()));
    QCOMPARE(wide->at(0).a, 0);
    QCOMPARE(wide->at(0).p, 15);
    QVERIFY(!wide->at(0).q);
    QCOMPARE(wide->at(0).r, QStringLiteral("end"));
}

void tst_TypedRows::scalars()
{
    const auto names = makeRows({text()}, RowFormat::Text, {{"a"}, {"b"}}).to<QString>();
    QVERIFY(names);
    QCOMPARE(*names, (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    const auto prices = makeRows({plain(ColumnType::NewDecimal)}, RowFormat::Text, {{"1.25"}}).to<Cents>();
    QVERIFY(prices);
    QCOMPARE(prices->at(0).count, 125);
}

void tst_TypedRows::gadgets()
{
    registerValueDecoder<Cents>();
    const RowBatch rows = makeRows(
        {named(plain(ColumnType::LongLong), "ID"), named(plain(ColumnType::Tiny), "kind"),
         named(plain(ColumnType::Date), "anything"), named(plain(ColumnType::NewDecimal), "price")},
        RowFormat::Text, {{"5", "100", "2024-02-29", "0.5"}, {"6", "0", std::nullopt, "2"}});
    const auto gadgets = rows.to<::Gadget>();
    QVERIFY2(gadgets, qPrintable(gadgets.error().toString()));
    QCOMPARE(gadgets->size(), 2);
    const ::Gadget &gadget = gadgets->at(0);
    QCOMPARE(gadget.id, 5);
    QCOMPARE(gadget.name, QStringLiteral("kept"));
    QCOMPARE(gadget.kind, ::Gadget::Kind::Some);
    QCOMPARE(gadget.anything, QVariant(QDate(2024, 2, 29)));
    QCOMPARE(gadget.price.count, 50);
    QVERIFY(gadgets->at(1).anything.isNull());
}

void tst_TypedRows::gadgetsAtFault()
{
    const auto unknown = makeRows({named(text(), "nam")}, RowFormat::Text, {{"x"}}).to<::Gadget>();
    QVERIFY(!unknown);
    QVERIFY2(unknown.error().message().contains(u"\"nam\""), qPrintable(unknown.error().message()));
    const auto constant
        = makeRows({named(plain(ColumnType::Long), "readOnly")}, RowFormat::Text, {{"1"}}).to<::Gadget>();
    QVERIFY(!constant);
    const auto type = makeRows({named(text(), "id")}, RowFormat::Text, {}).to<::Gadget>();
    QVERIFY(!type);
    QVERIFY2(type.error().message().contains(u"VARCHAR") && type.error().message().contains(u"qlonglong"),
             qPrintable(type.error().message()));
    // An enum keeps to its range.
    const auto range = makeRows({named(plain(ColumnType::Long), "kind")}, RowFormat::Text, {{"100"}, {"200"}})
                           .to<::Gadget>();
    QVERIFY(!range);
    QVERIFY2(range.error().message().contains(u"Row 2"), qPrintable(range.error().message()));
}

void tst_TypedRows::columnsAtFault_data()
{
    QTest::addColumn<ColumnType>("type");
    QTest::addColumn<QString>("asked");
    QTest::addColumn<bool>("good");
    using Type = ColumnType;
    const auto add = [](Type type, const char *asked, bool good) {
        QTest::addRow("%d as %s", int(type), asked) << type << QString::fromLatin1(asked) << good;
    };
    add(Type::Long, "int", true);
    add(Type::Bit, "int", true);
    add(Type::NewDecimal, "int", true); // SUM()
    add(Type::Null, "int", true); // SELECT NULL
    add(Type::Double, "int", false);
    add(Type::VarString, "int", false);
    add(Type::Date, "int", false);
    add(Type::NewDecimal, "double", true);
    add(Type::VarString, "double", false);
    add(Type::DateTime, "date", true);
    add(Type::VarString, "date", false);
    add(Type::Time, "date", false);
    add(Type::Time, "duration", true);
    add(Type::Date, "duration", false);
    add(Type::Json, "json", true);
    add(Type::Blob, "json", true); // TEXT
    add(Type::Long, "json", false);
    add(Type::VarString, "uuid", true);
    add(Type::Geometry, "uuid", false);
    add(Type::Vector, "vector", true);
    add(Type::VarString, "vector", false);
    add(Type::Date, "text", true);
    add(Type::LongLong, "text", true);
}

// The columns are looked at before any row: here there is none.
void tst_TypedRows::columnsAtFault()
{
    QFETCH(ColumnType, type);
    QFETCH(QString, asked);
    QFETCH(bool, good);
    const RowBatch rows
        = makeRows({named(text(), "first"), named(text(type), "second")}, RowFormat::Text, {});
    Error error;
    const auto ask = [&]<class T>(const T &) {
        const auto result = rows.to<std::tuple<QString, std::optional<T>>>();
        error = result.error();
    };
    if (asked == u"int")
        ask(0);
    else if (asked == u"double")
        ask(0.5);
    else if (asked == u"date")
        ask(QDate());
    else if (asked == u"duration")
        ask(std::chrono::seconds());
    else if (asked == u"json")
        ask(QJsonObject());
    else if (asked == u"uuid")
        ask(QUuid());
    else if (asked == u"vector")
        ask(QList<float>());
    else
        ask(QString());
    QCOMPARE(!error.isError(), good);
    if (!good) {
        QCOMPARE(error.kind(), Error::Kind::Conversion);
        const QString typeName = rows.columns().at(1).typeName();
        QVERIFY2(error.message().startsWith(u"Column 2, \"second\"") && error.message().contains(typeName),
                 qPrintable(error.message()));
    }
}

void tst_TypedRows::valuesAtFault()
{
    const auto count = makeRows(PersonColumns, RowFormat::Text, {}).to<std::tuple<int, QString>>();
    QVERIFY(!count);
    QVERIFY2(count.error().message().contains(u'4') && count.error().message().contains(u'2'),
             qPrintable(count.error().message()));
    const RowBatch rows
        = makeRows(PersonColumns, RowFormat::Text,
                   {{"1", "a", "1", "1"}, {"2", "b", "1", "1"}, {"3", std::nullopt, "1", "300"}});
    const auto people = rows.to<Person>();
    QVERIFY(!people);
    QCOMPARE(people.error().kind(), Error::Kind::Conversion);
    QVERIFY2(people.error().message().startsWith(u"Row 3: Column \"level\""),
             qPrintable(people.error().message()));
    const auto null = makeRows({plain(ColumnType::Long)}, RowFormat::Text, {{"1"}, {std::nullopt}}).to<int>();
    QVERIFY(!null);
    QVERIFY2(null.error().message().contains(u"Row 2") && null.error().message().contains(u"NULL"),
             qPrintable(null.error().message()));
}

static Row converted(ColumnSpec spec, const QByteArray &value, const ValueConversions &conversions)
{
    Column column = spec.toColumn();
    const_cast<ColumnData *>(column.constData())->conversions = conversions.data();
    const Internal::RowColumnsPointer columns(new Internal::RowColumns({column}, RowFormat::Text));
    Internal::RowBlockPointer block(new Internal::RowBlock(columns));
    block->append(packRow({value}, *columns));
    return Internal::makeBatch(columns, {block}, 0, 1).first();
}

void tst_TypedRows::conversions()
{
    ValueConversions all;
    QVERIFY(all.isDefault());
    all.setTinyIntAsBool(true).setDecimalAsDouble(true).setUuidAsQUuid(true).setInetAsHostAddress(true);
    QVERIFY(all != ValueConversions());
    ColumnSpec tiny = plain(ColumnType::Tiny);
    tiny.length = 1;
    QCOMPARE(converted(tiny, "2", all).value(0), QVariant(true));
    QCOMPARE(converted(tiny, "0", all).columns().first().metaType(), QMetaType(QMetaType::Bool));
    tiny.length = 4;
    QCOMPARE(converted(tiny, "2", all).value(0), QVariant(2));
    QCOMPARE(converted(plain(ColumnType::NewDecimal), "1.25", all).value(0), QVariant(1.25));
    ColumnSpec uuid = text(ColumnType::String);
    uuid.extendedType = "uuid";
    const QByteArray id("67c8770b-44f1-410a-ab9a-f9b5446f13ee");
    QCOMPARE(converted(uuid, id, all).value(0), QVariant(QUuid(QString::fromLatin1(id))));
    QCOMPARE(converted(uuid, id, {}).value(0), QVariant(QString::fromLatin1(id)));
    ColumnSpec inet = text(ColumnType::String);
    inet.extendedType = "inet6";
    QCOMPARE(converted(inet, "2001:db8::1", all).value(0).value<QHostAddress>(),
             QHostAddress(QStringLiteral("2001:db8::1")));
    QCOMPARE(converted(inet, "::", {}).get<QHostAddress>(0), QHostAddress(QHostAddress::AnyIPv6));
    QCOMPARE(converted(bytes(), QByteArray("\x7F\0\0\1", 4), {}).tryGet<QHostAddress>(0).value(),
             QHostAddress(QHostAddress::LocalHost));
    QVERIFY(!converted(text(), "nonsense", {}).tryGet<QHostAddress>(0));
}

void tst_TypedRows::zeroDates()
{
    using Policy = ValueConversions::ZeroDates;
    const ColumnSpec date = plain(ColumnType::Date);
    const QByteArray zero("0000-00-00");
    const Row null = converted(date, zero, {});
    QCOMPARE(null.value(0), QVariant(QDate()));
    QVERIFY(null.tryGet<QDate>(0)->isNull());
    const Row asText = converted(date, zero, ValueConversions().setZeroDates(Policy::Text));
    QCOMPARE(asText.value(0), QVariant(QStringLiteral("0000-00-00")));
    QVERIFY(asText.tryGet<QDate>(0)->isNull());
    const Row asError = converted(date, zero, ValueConversions().setZeroDates(Policy::Error));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("0000-00-00.*month or day is 0")));
    QVERIFY(asError.value(0).isNull());
    QVERIFY(!asError.tryGet<QDate>(0));
    const Row partial = converted(date, "2024-05-00", ValueConversions().setZeroDates(Policy::Error));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("2024-05-00.*month or day is 0")));
    QVERIFY(partial.value(0).isNull());
    QCOMPARE(converted(date, "2024-05-00", {}).value(0), QVariant(QStringLiteral("2024-05-00")));
    QCOMPARE(converted(plain(ColumnType::Timestamp), "0000-00-00 00:00:00",
                       ValueConversions().setZeroDates(Policy::Text))
                 .value(0),
             QVariant(QStringLiteral("0000-00-00 00:00:00")));
}

void tst_TypedRows::converters()
{
    ValueConversions mine;
    mine.setConverter<Cents>(ColumnType::NewDecimal);
    const Row price = converted(plain(ColumnType::NewDecimal), "1.25", mine);
    QCOMPARE(price.value(0).value<Cents>().count, 125);
    QCOMPARE(price.columns().first().metaType(), QMetaType::fromType<Cents>());
    mine.setConverter(QStringLiteral("varchar"), QMetaType(QMetaType::QString), [](const Cell &cell) {
        return Result<QVariant>(QString::fromUtf8(cell.bytes()).toUpper());
    });
    QCOMPARE(converted(text(), "loud", mine).value(0), QVariant(QStringLiteral("LOUD")));
    QCOMPARE(converted(text(ColumnType::String), "soft", mine).value(0), QVariant(QStringLiteral("soft")));
    mine.setConverter(QStringLiteral("varchar"), QMetaType(), nullptr);
    QCOMPARE(converted(text(), "loud", mine).value(0), QVariant(QStringLiteral("loud")));
}

void tst_TypedRows::targetTypes()
{
    const Row row = makeCell(plain(ColumnType::LongLong), RowFormat::Text, "300");
    QCOMPARE(row.cell(0).toVariant(QMetaType(QMetaType::Short)).value(), QVariant::fromValue(short(300)));
    const auto range = row.cell(0).toVariant(QMetaType(QMetaType::UChar));
    QVERIFY(!range);
    QVERIFY2(range.error().message().contains(u"out of range"), qPrintable(range.error().message()));
    QVERIFY(!row.cell(0).toVariant(QMetaType::fromType<QRect>()));
    QCOMPARE(row.cell(0).toVariant(QMetaType(QMetaType::QVariant)).value(), QVariant(qlonglong(300)));
}

QTEST_APPLESS_MAIN(tst_TypedRows)
#include "tst_typedrows.moc"
