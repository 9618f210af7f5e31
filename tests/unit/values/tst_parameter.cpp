// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "values/binaryparameters.h"

#include <QAsyncMySql/parameters.h>
#include <QAsyncMySql/types.h>

#include <QBitArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSize>
#include <QTest>
#include <QUuid>

#include <array>
#include <limits>
#include <vector>

using namespace QAsyncMySql;
using namespace std::chrono;
using Kind = Parameter::Kind;

namespace {

enum class Colour : quint8
{
    Green = 200
};
enum Plain
{
    MinusOne = -1
};

struct Money
{
    qint64 cents;
};

struct Distance
{
    double kilometres;
};

enum class Shade
{
    Red,
    Green
};

//! The value as the binary protocol has it, without the indicator in front.
QByteArray binaryValue(const Parameter &parameter)
{
    QByteArray bytes;
    std::vector<quint16> types(1, quint16(ColumnType::Null));
    Internal::appendBulkRow(bytes, Parameters{parameter}, types);
    return bytes.sliced(1);
}

QByteArray encoded(const Parameter &parameter)
{
    return binaryValue(parameter).toHex(' ');
}

} // namespace

template <> struct QAsyncMySql::ParameterEncoder<Money>
{
    static Parameter encode(const Money &money)
    {
        return Decimal::fromString(QString::number(money.cents / 100) + u'.'
                                   + QString::number(money.cents % 100))
            .value();
    }
};

template <> struct QAsyncMySql::ParameterEncoder<Distance>
{
    static Parameter encode(const Distance &distance)
    {
        return distance.kilometres < 0 ? Parameter::invalid(QStringLiteral("a distance below 0"))
                                       : Parameter(distance.kilometres * 1000);
    }
};

template <> struct QAsyncMySql::ParameterEncoder<Shade>
{
    static Parameter encode(Shade colour)
    {
        return QString::fromLatin1(colour == Shade::Red ? "red" : "green");
    }
};

class tst_Parameter : public QObject
{
    Q_OBJECT

public:
    enum class Registered
    {
        Seven = 7
    };
    Q_ENUM(Registered)

private Q_SLOTS:
    void kinds();
    void texts();
    void bytes();
    void invalidValues();
    void temporal();
    void json();
    void lists();
    void names();
    void variants_data();
    void variants();
    void refusedVariants_data();
    void refusedVariants();
    void registeredEncoders();
    void packing();
    void binaryValues();
    void executeParameters();
    void lengths();
    void checks();
    void debugShowsNoValue();
};

void tst_Parameter::kinds()
{
    QCOMPARE(Parameter().kind(), Kind::Null);
    QCOMPARE(Parameter(nullptr).kind(), Kind::Null);
    QCOMPARE(Parameter(std::nullopt).kind(), Kind::Null);
    QCOMPARE(Parameter(std::optional<int>()).kind(), Kind::Null);
    QCOMPARE(Parameter(std::optional(5)).signedInteger(), 5);
    QCOMPARE(Parameter(true).kind(), Kind::Boolean);
    QCOMPARE(Parameter(true).boolean(), true);
    QCOMPARE(Parameter(0).kind(), Kind::Signed); // and no null pointer
    QCOMPARE(Parameter(-5).signedInteger(), -5);
    QCOMPARE(Parameter(qint8(-5)).signedInteger(), -5);
    QCOMPARE(Parameter(5u).kind(), Kind::Unsigned);
    QCOMPARE(Parameter(quint8(255)).unsignedInteger(), 255u);
    QCOMPARE(Parameter(std::numeric_limits<quint64>::max()).unsignedInteger(),
             std::numeric_limits<quint64>::max());
    QCOMPARE(Parameter(1.5f).kind(), Kind::Float);
    QCOMPARE(Parameter(1.5f).floatValue(), 1.5f);
    QCOMPARE(Parameter(1.5).kind(), Kind::Double);
    QCOMPARE(Parameter(1.5).doubleValue(), 1.5);
    QCOMPARE(Parameter(Colour::Green).unsignedInteger(), 200u);
    QCOMPARE(Parameter(MinusOne).kind() == Kind::Signed || Parameter(MinusOne).kind() == Kind::Unsigned,
             true);
    QCOMPARE(Parameter(Qt::AlignLeft | Qt::AlignTop).unsignedInteger(), 0x21u);
    QCOMPARE(Parameter(Decimal::fromString(u"1.50").value()).kind(), Kind::Decimal);
    QCOMPARE(Parameter(Decimal::fromString(u"1.50").value()).bytes(), QByteArray("1.50"));
    QCOMPARE(Parameter(Money{1234}).bytes(), QByteArray("12.34"));
    static_assert(!std::is_constructible_v<Parameter, char>);
    static_assert(!std::is_constructible_v<Parameter, void *>);
    static_assert(!std::is_constructible_v<Parameter, QObject *>);
    static_assert(!std::is_constructible_v<Parameter, QVariantMap>);
    static_assert(!std::is_constructible_v<Parameter, QVariantList>);
    static_assert(!std::is_constructible_v<Parameter, QStringList>);
    static_assert(!std::is_constructible_v<Parameter, QSize>);
    static_assert(!std::is_constructible_v<Parameter, long double>);
}

void tst_Parameter::texts()
{
    const QString text = QStringLiteral("Zürich 𝄞");
    const QByteArray utf8 = text.toUtf8();
    const std::string standard = utf8.toStdString();
    for (const Parameter &parameter :
         {Parameter(text), Parameter(QStringView(text)), Parameter(QUtf8StringView(utf8)),
          Parameter(standard), Parameter(std::string_view(standard)), Parameter(utf8.constData()),
          Parameter("Zürich 𝄞"), Parameter(u"Zürich 𝄞"), Parameter(u8"Zürich 𝄞"),
          Parameter(text.toStdU16String()), Parameter::fromUtf8(utf8)}) {
        QCOMPARE(parameter.kind(), Kind::Text);
        QCOMPARE(parameter.bytes(), utf8);
    }
    QCOMPARE(Parameter(QLatin1String("Z\xFCrich")).bytes(), QByteArray("Zürich"));
    QCOMPARE(Parameter(text + QLatin1Char('!')).bytes(), utf8 + '!'); // a QStringBuilder
    QCOMPARE(Parameter(text + text).bytes(), utf8 + utf8);
    QCOMPARE(Parameter(utf8 + utf8).kind(), Kind::Bytes);
    QCOMPARE(Parameter(QString()).kind(), Kind::Text); // the empty text, not NULL
    QCOMPARE(Parameter("").kind(), Kind::Text);
    QCOMPARE(Parameter(static_cast<const char *>(nullptr)).kind(), Kind::Null);
    QCOMPARE(Parameter(QUuid(u"{67c8770b-44f1-410a-ab9a-f9b5446f13ee}"_qs)).bytes(),
             QByteArray("67c8770b-44f1-410a-ab9a-f9b5446f13ee"));
    QCOMPARE(Parameter(std::string("a\0b", 3)).bytes(), QByteArray("a\0b", 3));
}

void tst_Parameter::bytes()
{
    const QByteArray raw("\x00\xFF'\\", 4);
    const std::vector<std::byte> vector{std::byte(0), std::byte(255)};
    QCOMPARE(Parameter(raw).kind(), Kind::Bytes);
    QCOMPARE(Parameter(raw).bytes(), raw);
    QCOMPARE(Parameter(raw).bytesView().data(), raw.constData()); // shared, not copied
    QCOMPARE(Parameter(QByteArrayView(raw)).kind(), Kind::Bytes);
    QCOMPARE(Parameter(vector).kind(), Kind::Bytes);
    QCOMPARE(Parameter(vector).bytes(), QByteArray("\x00\xFF", 2));
    QCOMPARE(Parameter(QByteArray()).kind(), Kind::Bytes);
    QCOMPARE(Parameter(QList<float>{1.0f}).bytes(), QByteArray("\x00\x00\x80\x3F", 4));
    QBitArray bits(10);
    bits.setBit(0);
    bits.setBit(9);
    QCOMPARE(Parameter(bits).bytes(), QByteArray("\x02\x01", 2));
}

void tst_Parameter::invalidValues()
{
    const QList<Parameter> bad{
        Parameter(std::numeric_limits<double>::quiet_NaN()),
        Parameter(std::numeric_limits<double>::infinity()),
        Parameter(-std::numeric_limits<float>::infinity()),
        Parameter(QString(QChar(0xD800))),
        Parameter(QString(QChar(0xDC00)) + QLatin1Char('x')),
        Parameter("\xC0\xA7"), // overlong apostrophe
        Parameter(std::string("\xFF")),
        Parameter(839h),
        Parameter(QDate(-5, 1, 1)),
        Parameter(QDate(10000, 1, 1)),
        Parameter(2023y / 2 / 29),
        Parameter(sys_days(10000y / 1 / 1) + 0us),
        Parameter(InList(QList<Parameter>())),
        Parameter(InList(QList<Parameter>{Parameter(InList(QList<int>{1}))})),
        Parameter::invalid(QStringLiteral("no")),
    };
    for (const Parameter &parameter : bad) {
        QVERIFY(!parameter.isValid());
        QCOMPARE(parameter.error().kind(), Error::Kind::Usage);
        QCOMPARE(parameter.error().outcome(), Error::Outcome::NotSent);
    }
    QVERIFY(!Parameter(1).error().isError());
}

void tst_Parameter::temporal()
{
    using Value = Parameter::DateTimeValue;
    const Value date{2024, 2, 29, 0};
    QCOMPARE(Parameter(QDate(2024, 2, 29)).kind(), Kind::Date);
    QVERIFY(Parameter(QDate(2024, 2, 29)).dateTimeValue() == date);
    QVERIFY(Parameter(2024y / 2 / 29).dateTimeValue() == date);
    QCOMPARE(Parameter(sys_days(2024y / 2 / 29)).kind(), Kind::Date);
    QVERIFY(Parameter(local_days(2024y / 2 / 29)).dateTimeValue() == date);
    QCOMPARE(Parameter(QDate()).kind(), Kind::Null);
    QCOMPARE(Parameter(QTime()).kind(), Kind::Null);
    QCOMPARE(Parameter(QDateTime()).kind(), Kind::Null);

    QCOMPARE(Parameter(QTime(1, 2, 3, 4)).kind(), Kind::Time);
    QCOMPARE(Parameter(QTime(1, 2, 3, 4)).time(), SqlTime(1h + 2min + 3s + 4ms));
    QCOMPARE(Parameter(-838h).time(), SqlTime(-838h));
    QCOMPARE(Parameter(1500ns).time(), SqlTime(1us));
    QCOMPARE(Parameter(SqlTime::max()).time(), SqlTime::max());

    const Value time{1969, 12, 31, 86'399'999'999};
    const Parameter instant(sys_time<microseconds>(-1us));
    QCOMPARE(instant.kind(), Kind::DateTime);
    QVERIFY(instant.dateTimeValue() == time);
    QVERIFY(Parameter(local_time<nanoseconds>(-1ns)).dateTimeValue() == time);
    // A QDateTime is an instant, whatever zone it is written in.
    const QDateTime offset(QDate(2024, 1, 1), QTime(1, 0), Qt::OffsetFromUTC, 7200);
    QVERIFY((Parameter(offset).dateTimeValue() == Value{2023, 12, 31, 82'800'000'000}));
    QVERIFY(Parameter(offset.toLocalTime()) == Parameter(offset.toUTC()));
}

void tst_Parameter::json()
{
    QCOMPARE(Parameter(QJsonObject{{u"a"_qs, 1}}).kind(), Kind::Json);
    QCOMPARE(Parameter(QJsonObject{{u"a"_qs, 1}}).bytes(), QByteArray("{\"a\":1}"));
    QCOMPARE(Parameter(QJsonArray{1, u"ü"_qs}).bytes(), QByteArray("[1,\"ü\"]"));
    QCOMPARE(Parameter(QJsonDocument(QJsonArray())).bytes(), QByteArray("[]"));
    QCOMPARE(Parameter(QJsonValue(true)).bytes(), QByteArray("true"));
    QCOMPARE(Parameter(QJsonValue(u"x"_qs)).bytes(), QByteArray("\"x\""));
    QCOMPARE(Parameter(Json::fromVariant(QVariantMap{{u"k"_qs, QVariantList{1}}})).bytes(),
             QByteArray("{\"k\":[1]}"));
    QCOMPARE(Parameter(Json(u"[1, 2]"_qs)).bytes(), QByteArray("[1, 2]"));
}

void tst_Parameter::lists()
{
    const Parameter list(InList(QList<int>{1, 2, 3}));
    QCOMPARE(list.kind(), Kind::List);
    QCOMPARE(list.list().size(), 3);
    QCOMPARE(list.list().at(2).signedInteger(), 3);
    const Parameter texts(InList(QStringList{u"a"_qs}));
    QCOMPARE(texts.list().first().kind(), Kind::Text);
    QCOMPARE(Parameter(InList(std::array{1.5, 2.5})).list().size(), 2);
    QVERIFY(!Parameter(InList(std::array{1.5, std::nan("")})).isValid());
}

void tst_Parameter::names()
{
    const Parameter parameter = named(u"id", 5);
    QCOMPARE(parameter.name(), u"id"_qs);
    QCOMPARE(parameter.signedInteger(), 5);
    QCOMPARE(Parameter(5).name(), QString());
    const Parameter list = named("ids", InList(QList<int>{1}));
    QCOMPARE(list.name(), u"ids"_qs);
    QCOMPARE(list.list().size(), 1);
    const Parameter invalid = named("x", std::nan(""));
    QVERIFY(!invalid.isValid());
    QCOMPARE(invalid.name(), u"x"_qs);
}

void tst_Parameter::variants_data()
{
    QTest::addColumn<QVariant>("variant");
    QTest::addColumn<Parameter>("parameter");
    QTest::addRow("invalid") << QVariant() << Parameter();
    QTest::addRow("typed null") << QVariant(QMetaType(QMetaType::Int)) << Parameter();
    QTest::addRow("nullptr") << QVariant::fromValue(nullptr) << Parameter();
    QTest::addRow("bool") << QVariant(true) << Parameter(true);
    QTest::addRow("int") << QVariant(-1) << Parameter(-1);
    QTest::addRow("uint") << QVariant(1u) << Parameter(1u);
    QTest::addRow("short") << QVariant::fromValue(short(-7)) << Parameter(-7);
    QTest::addRow("uchar") << QVariant::fromValue(uchar(7)) << Parameter(7u);
    QTest::addRow("long") << QVariant::fromValue(-7L) << Parameter(-7);
    QTest::addRow("qulonglong") << QVariant(qulonglong(-1)) << Parameter(qulonglong(-1));
    QTest::addRow("float") << QVariant(1.5f) << Parameter(1.5f);
    QTest::addRow("double") << QVariant(1.5) << Parameter(1.5);
    QTest::addRow("QString") << QVariant(u"ü"_qs) << Parameter(u"ü");
    QTest::addRow("QChar") << QVariant(QChar(u'ü')) << Parameter(u"ü");
    QTest::addRow("QByteArray") << QVariant(QByteArray("ab")) << Parameter(QByteArray("ab"));
    QTest::addRow("QDate") << QVariant(QDate(2024, 1, 1)) << Parameter(QDate(2024, 1, 1));
    QTest::addRow("QTime") << QVariant(QTime(1, 2)) << Parameter(QTime(1, 2));
    QTest::addRow("QDateTime") << QVariant(QDateTime::fromMSecsSinceEpoch(1))
                               << Parameter(sys_time<milliseconds>(1ms));
    QTest::addRow("QUuid") << QVariant(QUuid()) << Parameter(QUuid());
    QTest::addRow("Decimal") << QVariant::fromValue(Decimal(5)) << Parameter(Decimal(5));
    QTest::addRow("SqlTime") << QVariant::fromValue(SqlTime(-1s)) << Parameter(-1s);
    QTest::addRow("enum") << QVariant::fromValue(Registered::Seven) << Parameter(7);
    QTest::addRow("Parameter") << QVariant::fromValue(named("n", 5)) << named("n", 5);
    QTest::addRow("vector") << QVariant::fromValue(QList<float>{1.0f}) << Parameter(QList<float>{1.0f});
}

void tst_Parameter::variants()
{
    QFETCH(const QVariant, variant);
    QFETCH(const Parameter, parameter);
    QCOMPARE(Parameter(variant), parameter);
}

void tst_Parameter::refusedVariants_data()
{
    QTest::addColumn<QVariant>("variant");
    QTest::addColumn<QString>("named");
    QTest::addRow("list") << QVariant(QVariantList{1, 2}) << u"QVariantList"_qs;
    QTest::addRow("strings") << QVariant(QStringList{u"a"_qs}) << u"QStringList"_qs;
    QTest::addRow("map") << QVariant(QVariantMap{{u"a"_qs, 1}}) << u"QVariantMap"_qs;
    QTest::addRow("JSON object") << QVariant(QJsonObject{{u"a"_qs, 1}}) << u"QJsonObject"_qs;
    QTest::addRow("other") << QVariant(QSize(1, 2)) << u"QSize"_qs;
}

void tst_Parameter::refusedVariants()
{
    QFETCH(const QVariant, variant);
    QFETCH(const QString, named);
    const Parameter parameter(variant);
    QVERIFY(!parameter.isValid());
    QVERIFY2(parameter.error().message().contains(named), qPrintable(parameter.error().message()));
}

void tst_Parameter::packing()
{
    QCOMPARE(Internal::makeParameters().size(), 0);
    QCOMPARE(Internal::makeParameters(1, "a", nullptr).size(), 3);
    QCOMPARE(Internal::makeParameters(QVariantList{1, u"a"_qs, QVariant()}).size(), 3);
    QCOMPARE(Internal::makeParameters(Parameters{1, 2}).size(), 2);
    QVariantList list{1, 2, 3, 4};
    QCOMPARE(Internal::makeParameters(list).size(), 4);
    QCOMPARE(Internal::makeParameters(QVariant(5)).size(), 1);
}

void tst_Parameter::binaryValues()
{
    QCOMPARE(encoded(Parameter(true)), QByteArray("01"));
    QCOMPARE(encoded(Parameter(-2)), QByteArray("fe ff ff ff ff ff ff ff"));
    QCOMPARE(encoded(Parameter(1u)), QByteArray("01 00 00 00 00 00 00 00"));
    QCOMPARE(encoded(Parameter(1.0f)), QByteArray("00 00 80 3f"));
    QCOMPARE(encoded(Parameter(1.0)), QByteArray("00 00 00 00 00 00 f0 3f"));
    QCOMPARE(encoded(Parameter("ab")), QByteArray("02 61 62"));
    QCOMPARE(encoded(Parameter(Decimal(-12))), QByteArray("03 2d 31 32"));
    QCOMPARE(encoded(Parameter(QDate(2024, 2, 29))), QByteArray("04 e8 07 02 1d"));
    QCOMPARE(encoded(Parameter(sys_days(2024y / 2 / 29) + 1h + 2min + 3s)),
             QByteArray("07 e8 07 02 1d 01 02 03"));
    QCOMPARE(encoded(Parameter(sys_days(2024y / 2 / 29) + 5us)),
             QByteArray("0b e8 07 02 1d 00 00 00 05 00 00 00"));
    QCOMPARE(encoded(Parameter(QTime(1, 2, 3))), QByteArray("08 00 00 00 00 00 01 02 03"));
    QCOMPARE(encoded(Parameter(SqlTime::min())), QByteArray("0c 01 22 00 00 00 16 3b 3b 3f 42 0f 00"));
    QCOMPARE(encoded(Parameter(QTime(0, 0))), QByteArray("08 00 00 00 00 00 00 00 00"));
}

// Pitfall 27.
void tst_Parameter::executeParameters()
{
    QCOMPARE(Internal::encodeExecuteParameters({}), QByteArray());
    const Parameters parameters{Parameter(nullptr), Parameter(1), Parameter(2u), Parameter("x"),
                                Parameter(QByteArray("y"))};
    QCOMPARE(Internal::encodeExecuteParameters(parameters).toHex(' '),
             QByteArray("01 01 06 00 08 00 08 80 fd 00 fc 00 "
                        "01 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00 01 78 01 79"));
    // The bitmap has no offset: the ninth parameter is the first bit of the second byte.
    Parameters nine(9, Parameter(true));
    nine[8] = nullptr;
    QCOMPARE(Internal::encodeExecuteParameters(nine).first(3).toHex(), QByteArray("000101"));
}

void tst_Parameter::registeredEncoders()
{
    // A type is registered for the whole program, so these are used here only.
    const auto variant = QVariant::fromValue(Distance{2.5});
    const Parameter before(variant);
    QVERIFY(!before.isValid());
    QVERIFY2(before.error().message().contains(u"registerParameterEncoder"),
             qPrintable(before.error().message()));
    registerParameterEncoder<Distance>();
    QCOMPARE(Parameter(variant).kind(), Kind::Double);
    QCOMPARE(Parameter(variant).doubleValue(), 2500.0);
    QVERIFY(!Parameter(QVariant::fromValue(Distance{-1})).isValid()); // the encoder's own refusal
    QCOMPARE(Internal::makeParameters(QVariantList{1, variant}).at(1).doubleValue(), 2500.0);

    QCOMPARE(Parameter(QVariant::fromValue(Shade::Green)).signedInteger(), 1);
    registerParameterEncoder<Shade>();
    QCOMPARE(Parameter(QVariant::fromValue(Shade::Green)).bytes(), QByteArray("green"));
    QCOMPARE(Parameter(Shade::Green).bytes(), QByteArray("green"));

    // What comes from outside as a map or a list is refused whatever is registered.
    QVERIFY(!Parameter(QVariant(QVariantMap{{QStringLiteral("a"), 1}})).isValid());
    QVERIFY(!Parameter(QVariant(QVariantList{1})).isValid());
}

void tst_Parameter::lengths()
{
    const auto prefix = [](qsizetype size) {
        const QByteArray out = binaryValue(Parameter(QByteArray(size, 'x')));
        return QByteArray(out.first(out.size() - size).toHex(' '));
    };
    QCOMPARE(prefix(0), QByteArray("00"));
    QCOMPARE(prefix(250), QByteArray("fa"));
    QCOMPARE(prefix(251), QByteArray("fc fb 00"));
    QCOMPARE(prefix(65535), QByteArray("fc ff ff"));
    QCOMPARE(prefix(65536), QByteArray("fd 00 00 01"));
    QCOMPARE(prefix(16777215), QByteArray("fd ff ff ff"));
    QCOMPARE(prefix(16777216), QByteArray("fe 00 00 00 01 00 00 00 00"));
}

void tst_Parameter::checks()
{
    QVERIFY(!Internal::checkParameters({1, 2}).isError());
    const Error error = Internal::checkParameters({1, std::nan("")});
    QCOMPARE(error.kind(), Error::Kind::Usage);
    QVERIFY(error.message().startsWith(u"Parameter 2: "));
    QVERIFY(Internal::checkParameters({named("price", std::nan(""))})
                .message()
                .startsWith(u"Parameter :price: "));
}

void tst_Parameter::debugShowsNoValue()
{
    QString text;
    QDebug(&text) << named("password", u"secret") << Parameter(5);
    QVERIFY(!text.contains(u"secret"));
    QVERIFY(text.contains(u"password"));
    QVERIFY(text.contains(u"6 bytes"));
}

QTEST_GUILESS_MAIN(tst_Parameter)
#include "tst_parameter.moc"
