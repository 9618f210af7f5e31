// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Servers whose rows and values are wrong (series R of the catalogue in doc/catalogue.md).

#include "hostilecase.h"

#include <QAsyncMySql/Connection>
#include <QAsyncMySql/Decimal>
#include <QAsyncMySql/SqlTime>

#include <QtCore/QDateTime>
#include <QtCore/QJsonValue>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;
using Phase = Error::Phase;
using Outcome = Error::Outcome;
using Operation = HostileCase::Operation;

namespace {

using Check = std::function<QString(const ResultSet &)>;

FakeScript head(const QList<ColumnType> &types, quint16 charset = 45)
{
    FakeScript script = FakeScript().send(FakePacket::columnCount(quint64(types.size())));
    for (const ColumnType type : types)
        script.send(FakePacket::column("c", type, charset));
    return script;
}

FakeScript end()
{
    return FakeScript().send(FakePacket::ok(0, 0, 2, 0, 0xFE));
}

//! Three text columns and this row.
HostileCase row(const QByteArray &payload)
{
    constexpr ColumnType Text = ColumnType::VarString;
    return HostileCase::answer(head({Text, Text, Text}).send(payload).append(end()));
}

//! One value in a column of \a type.
HostileCase cell(ColumnType type, const QByteArray &value, const Check &check, quint16 charset = 63)
{
    return HostileCase::answer(head({type}, charset).send(FakePacket::textRow({value})).append(end()))
        .succeeds(check);
}

//! The value cannot be had as T, the error says so, and the bytes can be had nevertheless.
template <class T> Check refusesAs(const QByteArray &raw)
{
    return [raw](const ResultSet &result) {
        const Result<T> value = result[0].tryGet<T>(0);
        if (value)
            return u"it was taken for a value"_s;
        if (value.error().kind() != Kind::Conversion || value.error().isConnectionLost())
            return value.error().toString();
        return result[0].raw(0) == raw ? QString() : u"the bytes are others"_s;
    };
}

Check anyNumber()
{
    return [](const ResultSet &result) {
        const Result<double> value = result[0].tryGet<double>(0);
        return value || value.error().kind() == Kind::Conversion ? QString() : value.error().toString();
    };
}

//! As a QVariant, as models ask for it, there is always something, or nothing.
Check survivesAsVariant()
{
    return [](const ResultSet &result) {
        const QVariant value = result[0].value(0);
        return value.toString().size() <= 1 << 24 ? QString() : u"too long"_s;
    };
}

} // namespace

class tst_RowsHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behaviour_data();
    void behaviour();
};

void tst_RowsHostile::behaviour_data()
{
    QTest::addColumn<HostileCase>("hostile");
    addCase("R01 a cell beyond the row",
            row("\x01"
                "1\x01"
                "2\x7F"
                "3")
                .fails(Kind::Protocol, Phase::Command));
    addCase("R02 a cell of 2^63 bytes",
            row(QByteArray("\x01"
                           "1\x01"
                           "2\xFE\0\0\0\0\0\0\0\x80",
                           13))
                .fails(Kind::Protocol, Phase::Command));
    addCase("R02 a cell of 2^64-1 bytes",
            row(QByteArray("\x01"
                           "1\x01"
                           "2\xFE\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
                           13))
                .fails(Kind::Protocol, Phase::Command));
    for (const QByteArray &tail : {QByteArray("\xFC"), QByteArray("\xFC\x01"), QByteArray("\xFD\x01\x01"),
                                   QByteArray("\xFE\x01\x01\x01\x01\x01\x01\x01")})
        QTest::addRow("R03 a length cut to %s", tail.toHex().constData())
            << row(QByteArray("\x01"
                              "1\x01"
                              "2")
                   + tail)
                   .fails(Kind::Protocol, Phase::Command);
    addCase("R04 fewer cells than columns",
            row(FakePacket::textRow({"1", "2"})).fails(Kind::Protocol, Phase::Command));
    addCase("R05 more cells than columns",
            row(FakePacket::textRow({"1", "2", "3", "4"})).fails(Kind::Protocol, Phase::Command));
    addCase("R05 more bytes than cells",
            row(FakePacket::textRow({"1", "2", "3"}) + "x").fails(Kind::Protocol, Phase::Command));
    addCase("R06 0xFF as a length",
            row("\x01"
                "1\x01"
                "2\xFF")
                .fails(Kind::Protocol, Phase::Command));
    for (const quint16 code : {quint16(1317), quint16(1969), quint16(3024)}) {
        for (const Operation operation : {Operation::Query, Operation::Stream}) {
            QTest::addRow("R07 error %d among rows, operation %d", int(code), int(operation))
                << HostileCase::answer(head({ColumnType::VarString})
                                           .send(FakePacket::textRow({"1"}))
                                           .answerError(code, u"interrupted"_s, "70100"),
                                       operation)
                       .failsGently(Kind::Server)
                       .withCode(code);
        }
    }
    addCase("R07 the server ends among rows",
            HostileCase::answer(head({ColumnType::VarString})
                                    .send(FakePacket::textRow({"1"}))
                                    .answerError(1053, u"Server shutdown in progress"_s, "08S01")
                                    .disconnect())
                .fails(Kind::Server, Phase::Result)
                .withCode(1053));
    addCase("R09 rows without end",
            HostileCase::answer(
                head({ColumnType::VarString}).sendForever(FakePacket::textRow({QByteArray(1000, 'x')})))
                .withOptions([](ConnectOptions &options) { options.setMaxBufferedResult(4 << 20); })
                .fails(Kind::Limit, Phase::Command)
                .withMemory(8 << 20));
    addCase("R09 empty rows without end",
            HostileCase::answer(head({ColumnType::VarString}).sendForever(FakePacket::textRow({""})))
                .withOptions([](ConnectOptions &options) { options.setMaxBufferedResult(4 << 20); })
                .fails(Kind::Limit, Phase::Command)
                .withMemory(16 << 20));
    for (const QByteArray &text :
         {QByteArray("abc"), QByteArray(""), QByteArray(40, '9'), QByteArray("-"), QByteArray("+"),
          QByteArray(" 1"), QByteArray("1\0", 2), QByteArray("99999999999999999999")}) {
        for (const ColumnType type : {ColumnType::Tiny, ColumnType::Long, ColumnType::LongLong}) {
            QTest::addRow("R11 \"%s\" as integer of type %d", text.left(25).constData(), int(type))
                << cell(type, text, refusesAs<qint64>(text));
        }
    }
    for (const QByteArray &text : {QByteArray("junk"), QByteArray("1e999999999"), QByteArray("."),
                                   QByteArray("--1"), QByteArray("1.2.3"), QByteArray("")})
        QTest::addRow("R12 \"%s\" as DECIMAL", text.constData())
            << cell(ColumnType::NewDecimal, text, refusesAs<Decimal>(text));
    addCase("R12 5 million digits",
            cell(ColumnType::NewDecimal, QByteArray(5'000'000, '7'), anyNumber()).withMemory(128 << 20));
    addCase(
        "R12 5 million digits, as QVariant",
        cell(ColumnType::NewDecimal, QByteArray(5'000'000, '7'), survivesAsVariant()).withMemory(128 << 20));
    for (const QByteArray &text :
         {QByteArray("junk"), QByteArray("9999-99-99"), QByteArray("2026-02-30"), QByteArray("2026-1-1-1"),
          QByteArray("2026-02-28 25:61:61"), QByteArray("2026-02-28 10:00:00.1234567890123"),
          QByteArray("-2026-02-28"), QByteArray(""), QByteArray("2026-02-28 10:00:00 and more")}) {
        QTest::addRow("R13 \"%s\" as DATETIME", text.constData())
            << cell(ColumnType::DateTime, text, refusesAs<QDateTime>(text));
    }
    for (const QByteArray &text :
         {QByteArray("junk"), QByteArray("99:99:99"), QByteArray("1:2"), QByteArray("999999999999:00:00"),
          QByteArray("12:00:00.1234567"), QByteArray("--1:00:00")})
        QTest::addRow("R13 \"%s\" as TIME", text.constData())
            << cell(ColumnType::Time, text, refusesAs<SqlTime>(text));
    for (const QByteArray &text :
         {QByteArray("nan"), QByteArray("inf"), QByteArray("-inf"), QByteArray("1e400"), QByteArray("-1e400"),
          QByteArray("1e-400"), QByteArray("0x10"), QByteArray("1,5")})
        QTest::addRow("R14 \"%s\" as DOUBLE", text.constData())
            << cell(ColumnType::Double, text, anyNumber());
    addCase("R15 BIT of 9 bytes",
            cell(ColumnType::Bit, QByteArray(9, '\xFF'), refusesAs<quint64>(QByteArray(9, '\xFF'))));
    addCase("R15 BIT of no bytes", cell(ColumnType::Bit, "", survivesAsVariant()));
    addCase("R16 JSON that is none", cell(ColumnType::Json, "{\"a\":", survivesAsVariant(), 45));
    addCase("R16 JSON a million deep",
            cell(ColumnType::Json, QByteArray(1'000'000, '['), survivesAsVariant(), 45).withMemory(64 << 20));
    addCase("R16 JSON a million deep, asked for as such",
            cell(
                ColumnType::Json, QByteArray(1'000'000, '['),
                [](const ResultSet &result) {
                    return result[0].tryGet<QJsonValue>(0) ? u"it was taken"_s : QString();
                },
                45)
                .withMemory(64 << 20));
    const QByteArrayList shapes{QByteArray("\1\0\0", 3), QByteArray("\0\0\0\0\1\3\0\0\0\xFF\xFF\xFF\xFF", 13),
                                QByteArray("\0\0\0\0\1\7\0\0\0\1\0\0\0", 13).repeated(100'000)};
    for (const QByteArray &bytes : shapes) {
        QTest::addRow("R17 GEOMETRY of %d bytes", int(bytes.size()))
            << cell(ColumnType::Geometry, bytes, survivesAsVariant()).withMemory(32 << 20);
    }
    for (const int size : {1, 3, 5, 4097})
        QTest::addRow("R18 VECTOR of %d bytes", size)
            << cell(ColumnType::Vector, QByteArray(size, 'v'), survivesAsVariant());
    for (const QByteArray &bytes :
         {QByteArray("\xC0\xAF"), QByteArray("\xED\xA0\x80"), QByteArray("\xFF\xFE"),
          QByteArray("\xF8\x88\x80\x80\x80"), QByteArray("a\0b", 3)}) {
        QTest::addRow("R19 text %s", bytes.toHex().constData()) << cell(
            ColumnType::VarString, bytes,
            [bytes](const ResultSet &result) {
                return result[0].raw(0) == bytes && !result[0].get<QString>(0).isEmpty()
                    ? QString()
                    : u"it was changed"_s;
            },
            45);
    }
    for (const ColumnType type :
         {ColumnType::Enum, ColumnType::Set, ColumnType::Year, ColumnType::Null, ColumnType::NewDate})
        QTest::addRow("R20 junk in type %d", int(type)) << cell(type, "\xFFjunk", survivesAsVariant());
}

void tst_RowsHostile::behaviour()
{
    QFETCH(HostileCase, hostile);
    hostile.run();
}

QTEST_GUILESS_MAIN(tst_RowsHostile)
#include "tst_rows_hostile.moc"
