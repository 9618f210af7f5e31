// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Servers whose prepared statements and binary rows are wrong (series P of the catalogue in
// doc/catalogue.md).

#include "hostilecase.h"

#include "support/await.h"

#include <QAsyncMySql/BulkOptions>
#include <QAsyncMySql/Connection>
#include <QAsyncMySql/FakeServer>

#include <QAsyncMySql/Decimal>
#include <QAsyncMySql/SqlTime>
#include <QtCore/QDateTime>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;
using Phase = Error::Phase;
using Outcome = Error::Outcome;
using Operation = HostileCase::Operation;

namespace {

using Check = std::function<QString(const ResultSet &)>;

//! What the server says when it has a statement to prepare; then comes the execution.
HostileCase preparing(const FakeScript &answer)
{
    return HostileCase::login(FakeScript().acceptLogin().expectPrepare({}).append(answer),
                              Operation::Execute);
}

QByteArray prepared(quint32 id, quint16 columns, quint16 parameters)
{
    return QByteArray(1, '\0') + FakePacket::fixed(id, 4) + FakePacket::fixed(columns, 2)
        + FakePacket::fixed(parameters, 2) + QByteArray(3, '\0');
}

FakeScript head(const QList<ColumnType> &types)
{
    FakeScript script = FakeScript().send(FakePacket::columnCount(quint64(types.size())));
    for (const ColumnType type : types)
        script.send(FakePacket::column("c", type, 63));
    return script;
}

FakeScript end(quint16 status = FakePacket::StatusAutocommit)
{
    return FakeScript().send(FakePacket::ok(0, 0, status, 0, 0xFE));
}

//! One row of columns of \a types.
HostileCase row(const QList<ColumnType> &types, const QByteArray &payload)
{
    return HostileCase::answer(head(types).send(payload).append(end()), Operation::Execute);
}

//! One value; the row has one column.
HostileCase value(ColumnType type, const QByteArray &bytes)
{
    return row({type}, QByteArray(2, '\0') + bytes);
}

template <class T> Check refusesAs()
{
    return [](const ResultSet &result) {
        const Result<T> value = result[0].tryGet<T>(0);
        if (value)
            return u"it was taken for a value"_s;
        return value.error().kind() == Kind::Conversion ? QString() : value.error().toString();
    };
}

constexpr ColumnType LongLong = ColumnType::LongLong;

} // namespace

class tst_PreparedHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behaviour_data();
    void behaviour();
    void resultsOfOtherRows_data();
    void resultsOfOtherRows();
};

void tst_PreparedHostile::behaviour_data()
{
    QTest::addColumn<HostileCase>("hostile");
    const QByteArray ok = prepared(1, 0, 0);
    for (qsizetype size = 0; size < ok.size(); ++size)
        QTest::addRow("P01 a prepared statement cut to %d bytes", int(size))
            << preparing(FakeScript().send(ok.first(size))).fails(Kind::Protocol, Phase::Command);
    addCase("P02 parameters that were not announced",
            preparing(FakeScript().sendBytes(FakePacket::framed(ok, 1)
                                             + FakePacket::framed(FakePacket::column("?"), 2)))
                .fails(Kind::Protocol, Phase::Command));
    addCase("P03 five parameters for none",
            HostileCase::login(FakeScript().acceptLogin().expectPrepare({}).answerPrepared(1, 5),
                               Operation::Execute)
                .failsGently(Kind::Usage));
    addCase("P04 65,535 columns, then the end",
            preparing(FakeScript().send(prepared(1, 65'535, 0)).disconnect())
                .fails(Kind::Connection, Phase::Command));
    addCase("P04 65,535 columns, then nothing",
            preparing(FakeScript().send(prepared(1, 65'535, 0)).stall())
                .fails(Kind::Timeout, Phase::Command)
                .impatient());
    addCase("P05 other columns than prepared",
            HostileCase::login(FakeScript()
                                   .acceptLogin()
                                   .expectPrepare({})
                                   .answerPrepared(1, 0, {u"a"_s, u"b"_s})
                                   .expectExecute()
                                   .append(head({LongLong}))
                                   .send(QByteArray(2, '\0') + FakePacket::fixed(42, 8))
                                   .append(end()),
                               Operation::Execute)
                .succeeds([](const ResultSet &result) {
                    return result.columnCount() == 1 && result[0].get<int>(0) == 42 ? QString()
                                                                                    : u"another value"_s;
                }));
    addCase("P06 the number 0",
            preparing(FakeScript().send(prepared(0, 0, 0))).fails(Kind::Protocol, Phase::Command));
    addCase("P06 the number 2^32-1",
            HostileCase::login(FakeScript()
                                   .acceptLogin()
                                   .expectPrepare({})
                                   .answerPrepared(0xFFFF'FFFF)
                                   .expectExecute()
                                   .answerOk(),
                               Operation::Execute)
                .succeeds());
    for (const char header : {'\x01', '\x7F', '\xFB'})
        QTest::addRow("P07 a row that begins with %d", int(quint8(header)))
            << row({LongLong}, header + QByteArray(1, '\0') + FakePacket::fixed(1, 8))
                   .fails(Kind::Protocol, Phase::Command);
    addCase("P08 no NULL bitmap", row({LongLong}, QByteArray(1, '\0')).fails(Kind::Protocol, Phase::Command));
    addCase("P08 a NULL bitmap that is too short",
            row(QList<ColumnType>(20, LongLong), QByteArray(3, '\0')).fails(Kind::Protocol, Phase::Command));
    addCase("P09 bits for columns that are not there",
            row({LongLong}, QByteArray("\0\xFB", 2) + FakePacket::fixed(1, 8)).succeeds());
    for (const auto &[type, size] : {std::pair{ColumnType::Tiny, 1},
                                     {ColumnType::Short, 2},
                                     {ColumnType::Long, 4},
                                     {LongLong, 8},
                                     {ColumnType::Float, 4},
                                     {ColumnType::Double, 8}}) {
        for (int cut = 0; cut < size; ++cut)
            QTest::addRow("P10 type %d cut to %d bytes", int(type), cut)
                << value(type, QByteArray(cut, 'x')).fails(Kind::Protocol, Phase::Command);
    }
    for (const int length : {1, 2, 3, 5, 6, 8, 9, 10, 12, 255}) {
        for (const ColumnType type : {ColumnType::Date, ColumnType::DateTime, ColumnType::Timestamp})
            QTest::addRow("P11 type %d of %d bytes", int(type), length)
                << value(type, char(length) + QByteArray(length, '\1')).fails(Kind::Protocol, Phase::Command);
    }
    for (const int length : {1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13, 255})
        QTest::addRow("P12 TIME of %d bytes", length)
            << value(ColumnType::Time, char(length) + QByteArray(length, '\1'))
                   .fails(Kind::Protocol, Phase::Command);
    addCase("P13 a date that is none",
            value(ColumnType::DateTime, '\x0B' + QByteArray(11, '\xFF')).succeeds(refusesAs<QDateTime>()));
    addCase("P13 the 30th of February",
            value(ColumnType::Date, '\x04' + FakePacket::fixed(2026, 2) + "\x02\x1E")
                .succeeds(refusesAs<QDate>()));
    addCase("P14 a time with the sign 5",
            value(ColumnType::Time, '\x08' + QByteArray("\5\0\0\0\0\1\1\1", 8)).succeeds(refusesAs<QTime>()));
    addCase("P14 a time of 2^32 days",
            value(ColumnType::Time, '\x0C' + QByteArray(12, '\xFF')).succeeds(refusesAs<SqlTime>()));
    addCase("P15 text beyond the packet",
            value(ColumnType::VarString,
                  "\x7F"
                  "abc")
                .fails(Kind::Protocol, Phase::Command));
    addCase("P15 text of 2^63 bytes",
            value(ColumnType::VarString, QByteArray("\xFE\0\0\0\0\0\0\0\x80", 9) + "abc")
                .fails(Kind::Protocol, Phase::Command));
    addCase("P15 text that is NULL by its length",
            value(ColumnType::VarString, "\xFB").fails(Kind::Protocol, Phase::Command));
    for (const char *text : {"junk", "", "1.2.3"})
        QTest::addRow("P16 \"%s\" as DECIMAL", text)
            << value(ColumnType::NewDecimal, FakePacket::text(text)).succeeds(refusesAs<Decimal>());
    addCase("P17 bytes behind the last column",
            value(LongLong, FakePacket::fixed(1, 8) + "x").fails(Kind::Protocol, Phase::Command));
    addCase(
        "P18 a cursor nobody asked for",
        HostileCase::answer(head({LongLong}).append(end(FakePacket::StatusCursorExists)), Operation::Execute)
            .fails(Kind::Protocol, Phase::Command));
    const QString tooMany = u"Can't create more than max_prepared_stmt_count statements"_s;
    addCase("P21 too many statements",
            HostileCase::login(FakeScript()
                                   .acceptLogin()
                                   .expectPrepare({})
                                   .answerError(1461, tooMany, "42000")
                                   .expectPrepare({}) // once more, after the cache has been emptied
                                   .answerError(1461, tooMany, "42000"),
                               Operation::Execute)
                .failsGently(Kind::Server)
                .withCode(1461));
    addCase("P22 must be prepared again",
            HostileCase::login(FakeScript()
                                   .acceptLogin()
                                   .expectPrepare({})
                                   .answerPrepared(1)
                                   .expectExecute()
                                   .answerError(1615, u"Prepared statement needs to be re-prepared"_s)
                                   .expectPrepare({})
                                   .answerPrepared(2)
                                   .expectExecute()
                                   .answerOk(),
                               Operation::Execute)
                .succeeds());
    addCase("P23 OUT parameters, twice",
            HostileCase::answer(head({LongLong})
                                    .send(QByteArray(2, '\0') + FakePacket::fixed(1, 8))
                                    .append(end(0x1000 | FakePacket::StatusMoreResults))
                                    .append(head({LongLong}))
                                    .send(QByteArray(2, '\0') + FakePacket::fixed(1, 8))
                                    .append(end(0x1000 | FakePacket::StatusMoreResults))
                                    .answerOk(),
                                Operation::Execute)
                .succeeds());
    addCase("P23 OUT parameters that are cut",
            HostileCase::answer(head({LongLong}).send(QByteArray(2, '\0')).append(end(0x1000)),
                                Operation::Execute)
                .fails(Kind::Protocol, Phase::Command));
}

void tst_PreparedHostile::behaviour()
{
    QFETCH(HostileCase, hostile);
    hostile.run();
}

void tst_PreparedHostile::resultsOfOtherRows_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    QTest::newRow("fewer") << 1 << 2;
    QTest::newRow("none") << 0 << 2;
    QTest::newRow("more") << 3 << 2;
    QTest::newRow("other columns") << 2 << 3;
}

// P24: each of MariaDB's results of a bulk belongs to one row, so that there must be as many.
void tst_PreparedHostile::resultsOfOtherRows()
{
    QFETCH(int, rows);
    QFETCH(int, columns);
    constexpr quint8 BulkExecute = 0xFA;
    constexpr quint32 BulkOperations = 1u << 2;
    constexpr quint32 UnitResults = 1u << 5;
    FakeResult limits({u"@@max_allowed_packet"_s, u"@@auto_increment_increment"_s});
    FakeScript units = head(QList<ColumnType>(columns, LongLong));
    for (int i = 0; i < rows; ++i)
        units.send(QByteArray(2, '\0') + FakePacket::fixed(1, 8).repeated(columns));
    FakeServer server;
    server.addScript(FakeScript()
                         .acceptLogin(FakeGreeting()
                                          .setVersion("11.8.1-MariaDB")
                                          .setMariaDbCapabilities(BulkOperations | UnitResults))
                         .expectQuery({})
                         .answer(limits.addRow(1 << 20, 1))
                         .expectPrepare({})
                         .answerPrepared(7, 1)
                         .expectCommand(BulkExecute)
                         .append(units.append(end())));
    QVERIFY(server.listen());
    Connection connection;
    VERIFY_OK(await(connection.open(server.options())));
    const auto result = await(connection.executeMany(u"INSERT INTO t VALUES (?)", QList<int>{1, 2},
                                                     BulkOptions().setRowResults(true)));
    QVERIFY(!result);
    QCOMPARE(result.error().kind(), Kind::Protocol);
    QCOMPARE(result.error().outcome(), Outcome::Executed);
}

QTEST_GUILESS_MAIN(tst_PreparedHostile)
#include "tst_prepared_hostile.moc"
