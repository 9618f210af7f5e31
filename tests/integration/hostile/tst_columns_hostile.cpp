// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Servers that describe columns wrongly, or ask for files (series C of the catalogue in doc/catalogue.md).

#include "hostilecase.h"

#include <QAsyncMySql/Connection>

using namespace QAsyncMySql;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;
using Phase = Error::Phase;
using Outcome = Error::Outcome;
using Operation = HostileCase::Operation;

namespace {

FakeScript saying(const QByteArray &payload)
{
    return FakeScript().send(payload);
}

FakeScript count(quint64 columns)
{
    return saying(FakePacket::columnCount(columns));
}

FakeScript end()
{
    return saying(FakePacket::ok(0, 0, 2, 0, 0xFE));
}

//! A result of one column that is defined by \a definition, with one row.
FakeScript defined(const QByteArray &definition)
{
    return count(1).send(definition).send(FakePacket::textRow({"1"})).append(end());
}

//! A definition whose fixed part is \a fixed.
QByteArray definition(const QByteArray &fixed)
{
    const QByteArray whole = FakePacket::column("a");
    return whole.chopped(13) + fixed;
}

QByteArray fixedPart(quint16 charset, quint32 length, quint8 type, quint16 flags, quint8 decimals)
{
    return '\x0C' + FakePacket::fixed(charset, 2) + FakePacket::fixed(length, 4) + FakePacket::fixed(type, 1)
        + FakePacket::fixed(flags, 2) + FakePacket::fixed(decimals, 1) + FakePacket::fixed(0, 2);
}

FakeScript wide(int columns)
{
    FakeScript script = count(quint64(columns));
    QByteArray bytes;
    quint8 sequence = 2;
    for (int i = 0; i < columns; ++i)
        bytes += FakePacket::framed(FakePacket::column("c"), sequence++);
    bytes += FakePacket::framed(FakePacket::textRow(QByteArrayList(columns, QByteArray("1"))), sequence++);
    bytes += FakePacket::framed(FakePacket::ok(0, 0, 2, 0, 0xFE), sequence++);
    return script.sendBytes(bytes);
}

const FakeGreeting &withFiles()
{
    static const FakeGreeting greeting = FakeGreeting().addCapabilities(FakeGreeting::LocalFiles);
    return greeting;
}

} // namespace

class tst_ColumnsHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behaviour_data();
    void behaviour();
};

void tst_ColumnsHostile::behaviour_data()
{
    QTest::addColumn<HostileCase>("hostile");
    for (const auto &[what, operation] : {std::pair{"query", Operation::Query},
                                          {"execute", Operation::Execute},
                                          {"ping", Operation::Ping},
                                          {"reset", Operation::Reset},
                                          {"use", Operation::Use},
                                          {"stream", Operation::Stream}}) {
        const bool simple
            = operation == Operation::Ping || operation == Operation::Reset || operation == Operation::Use;
        for (const QByteArray &file : {QByteArray("/etc/passwd"), QByteArray(), QByteArray("a\0b", 3)}) {
            QTest::addRow("C01 wants the file \"%s\", %s", file.constData(), what)
                << HostileCase::answer(saying('\xFB' + file), operation)
                       .withGreeting(withFiles())
                       .fails(simple ? Kind::Protocol : Kind::Security, Phase::Command);
        }
    }
    addCase("C01 wants a file in the second result",
            HostileCase::answer(
                saying(FakePacket::ok(0, 0, FakePacket::StatusMoreResults)).send("\xFB/etc/passwd"))
                .fails(Kind::Security, Phase::Command));
    addCase("C02 wants a file with a name of 16 MB",
            HostileCase::answer(saying('\xFB' + QByteArray(16'000'000, 'x')))
                .fails(Kind::Security, Phase::Command)
                .withMemory(200 << 20));
    addCase("C01 wants a file in place of a prepared statement",
            HostileCase::login(FakeScript().acceptLogin().expectPrepare({}).send("\xFB/etc/passwd"),
                               Operation::Execute)
                .fails(Kind::Protocol, Phase::Command));
    for (const int columns : {4096, 65'535, 65'536, 70'000}) {
        QTest::addRow("C04 %d columns", columns) << HostileCase::answer(wide(columns))
                                                        .withMemory(128 << 20)
                                                        .succeeds([columns](const ResultSet &result) {
                                                            return result.columnCount() == columns
                                                                ? QString()
                                                                : QString::number(result.columnCount());
                                                        });
    }
    for (const quint64 columns : {quint64(1) << 24, quint64(1) << 32, quint64(1) << 63, ~quint64(0)})
        QTest::addRow("C05 %llu columns", columns)
            << HostileCase::answer(count(columns)).fails(Kind::Limit, Phase::Command);
    for (const QByteArray &payload : {QByteArray("\xFC", 1), QByteArray("\xFC\x01", 2),
                                      QByteArray("\xFD\x01", 2), QByteArray("\xFE\x01\x02", 3)})
        QTest::addRow("C06 a count cut to %s", payload.toHex().constData())
            << HostileCase::answer(saying(payload)).fails(Kind::Protocol, Phase::Command);
    addCase("C06 no columns at all",
            HostileCase::answer(saying(FakePacket::number(0) + "x")).fails(Kind::Protocol, Phase::Command));
    addCase("C07 bytes behind the count",
            HostileCase::answer(saying(FakePacket::columnCount(1) + "rest"))
                .fails(Kind::Protocol, Phase::Command));
    addCase("C08 hangs up among definitions",
            HostileCase::answer(count(3).send(FakePacket::column("a")).disconnect())
                .fails(Kind::Connection, Phase::Command));
    addCase("C08 falls silent among definitions",
            HostileCase::answer(count(3).send(FakePacket::column("a")).stall())
                .fails(Kind::Timeout, Phase::Command)
                .impatient());
    addCase("C09 definitions without end",
            HostileCase::answer(count(65'535).sendForever(FakePacket::column(QByteArray(5000, 'n'))))
                .fails(Kind::Limit, Phase::Command)
                .withMemory(64 << 20));
    const QByteArray whole = FakePacket::column("name");
    for (qsizetype size = 0; size < whole.size(); ++size)
        QTest::addRow("C10 a definition cut to %d bytes", int(size))
            << HostileCase::answer(defined(whole.first(size))).fails(Kind::Protocol, Phase::Command);
    addCase(
        "C11 a name beyond the packet",
        HostileCase::answer(defined(QByteArray("\x03") + "def\x7F")).fails(Kind::Protocol, Phase::Command));
    addCase("C11 a name that is NULL",
            HostileCase::answer(defined('\xFB' + whole.sliced(4))).fails(Kind::Protocol, Phase::Command));
    addCase("C11 a name of 2^63 bytes",
            HostileCase::answer(defined(QByteArray("\xFE\0\0\0\0\0\0\0\x80", 9) + whole))
                .fails(Kind::Protocol, Phase::Command));
    for (const char length : {'\x00', '\x0B', '\x0D', '\xFF'}) {
        QTest::addRow("C12 a fixed part of %d bytes", int(quint8(length)))
            << HostileCase::answer(defined(whole.chopped(13) + length + whole.last(12)))
                   .fails(Kind::Protocol, Phase::Command);
    }
    addCase("C13 a name of 16 MB",
            HostileCase::answer(defined(FakePacket::column(QByteArray(16'000'000, 'n'))))
                .fails(Kind::Limit, Phase::Command)
                .withMemory(300 << 20));
    for (const QByteArray &name : {QByteArray(), QByteArray("a\0b", 3), QByteArray("\xFF\xFE\xC0"),
                                   QByteArray("\xE2\x80\xAE<b>%1"), QByteArray("__proto__")}) {
        QTest::addRow("C13 the name %s", name.toHex().constData())
            << HostileCase::answer(defined(FakePacket::column(name))).succeeds([](const ResultSet &result) {
                   return result.columnCount() == 1 && result[0].get<QString>(0) == u"1"_s
                       ? QString()
                       : u"another value"_s;
               });
    }
    for (const int type : {0xC8, 0xF0, 0xF1, 0x20, 0x90}) {
        QTest::addRow("C14 type %d", type)
            << HostileCase::answer(defined(definition(fixedPart(63, 10, quint8(type), 0, 0))))
                   .succeeds([](const ResultSet &result) {
                       return result[0].get<QByteArray>(0) == "1" ? QString() : u"another value"_s;
                   });
    }
    for (const int charset : {0, 255, 65'535})
        QTest::addRow("C15 character set %d", charset)
            << HostileCase::answer(defined(definition(fixedPart(quint16(charset), 10, 253, 0, 0))))
                   .succeeds();
    addCase(
        "C16 the largest numbers",
        HostileCase::answer(defined(definition(fixedPart(45, 0xFFFF'FFFF, 246, 0xFFFF, 255)))).succeeds());
    const FakeGreeting legacy = FakeGreeting().removeCapabilities(FakeGreeting::DeprecateEof);
    addCase("C17 no EOF packet behind the definitions",
            HostileCase::answer(count(1).send(whole).send(FakePacket::textRow({"1"})).send(FakePacket::eof()))
                .withGreeting(legacy)
                .fails(Kind::Protocol, Phase::Command));
    addCase("C18 an EOF packet behind the definitions",
            HostileCase::answer(count(1).send(whole).send(FakePacket::eof()).append(end()))
                .fails(Kind::Protocol, Phase::Command));
    addCase("C19 an error among definitions",
            HostileCase::answer(count(2).send(whole).answerError(1105, u"something"_s))
                .failsGently(Kind::Server)
                .withCode(1105));
}

void tst_ColumnsHostile::behaviour()
{
    QFETCH(HostileCase, hostile);
    hostile.run();
}

QTEST_GUILESS_MAIN(tst_ColumnsHostile)
#include "tst_columns_hostile.moc"
