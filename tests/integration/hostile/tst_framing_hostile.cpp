// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Servers that get the framing wrong, fall silent, or go away (series F of the catalogue in
// doc/catalogue.md).

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

const QByteArray Ok = FakePacket::ok();
constexpr qsizetype FullFrame = 0xFF'FF'FF;

QByteArray frame(const QByteArray &payload, quint8 sequence)
{
    return FakePacket::framed(payload, sequence);
}

FakeScript greetingBytes(const QByteArray &bytes)
{
    return FakeScript().sendBytes(bytes);
}

FakeScript oneColumn()
{
    return FakeScript().send(FakePacket::columnCount(1)).send(FakePacket::column("a", ColumnType::LongBlob));
}

FakeScript manyRows(int count)
{
    FakeScript script = oneColumn();
    for (int i = 0; i < count; ++i)
        script.send(FakePacket::textRow({QByteArray::number(i)}));
    return script.send(FakePacket::ok(0, 0, 2, 0, 0xFE));
}

std::function<QString(const ResultSet &)> hasRows(qsizetype count)
{
    return [count](const ResultSet &result) {
        return result.size() == count ? QString() : u"%1 rows"_s.arg(result.size());
    };
}

} // namespace

class tst_FramingHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behaviour_data();
    void behaviour();
};

void tst_FramingHostile::behaviour_data()
{
    QTest::addColumn<HostileCase>("hostile");

    addCase("F01 closes after accepting",
            HostileCase::login(FakeScript().disconnect()).fails(Kind::Connection, Phase::Greeting));
    addCase("F02 never says anything",
            HostileCase::login(FakeScript().stall())
                .fails(Kind::Timeout, Phase::Greeting)
                .impatient()
                .withoutSending());
    addCase("F03 a byte now and then instead of a greeting",
            HostileCase::login(FakeScript().sendSlowly(frame(FakeGreeting().payload(), 0), 50ms))
                .fails(Kind::Timeout, Phase::Greeting)
                .impatient());
    addCase("F04 a byte now and then instead of an answer",
            HostileCase::answer(FakeScript().sendSlowly(frame(Ok + QByteArray(200, 'x'), 1), 50ms))
                .fails(Kind::Timeout, Phase::Command)
                .withOutcome(Outcome::Unknown)
                .impatient());
    addCase("F05 empty packet as greeting",
            HostileCase::login(FakeScript().sendNumbered({}, 0)).fails(Kind::Protocol, Phase::Greeting));
    for (const auto &[name, operation] : {std::pair{"query", Operation::Query},
                                          {"execute", Operation::Execute},
                                          {"ping", Operation::Ping},
                                          {"reset", Operation::Reset},
                                          {"use", Operation::Use},
                                          {"stream", Operation::Stream}}) {
        QTest::addRow("F06 empty packet as answer, %s", name)
            << HostileCase::answer(FakeScript().send({}), operation).fails(Kind::Protocol, Phase::Command);
    }
    addCase("F07 empty packet as row",
            HostileCase::answer(oneColumn().send({}).send(FakePacket::textRow({"1"})))
                .fails(Kind::Protocol, Phase::Command));
    addCase("F08 wrong number of the greeting",
            HostileCase::login(FakeScript().sendNumbered(FakeGreeting().payload(), 9))
                .fails(Kind::Protocol, Phase::Greeting)
                .saying(u"sequence number"_s));
    addCase("F09 wrong number of a row",
            HostileCase::answer(oneColumn().sendNumbered(FakePacket::textRow({"1"}), 77))
                .fails(Kind::Protocol, Phase::Command)
                .saying(u"sequence number"_s));
    addCase("F10 numbers that go round", HostileCase::answer(manyRows(1000)).succeeds(hasRows(1000)));
    addCase("F11 a farewell while nothing is asked",
            HostileCase::answer(
                FakeScript()
                    .answerOk()
                    .sendNumbered(FakePacket::error(4031, "The client was disconnected by the server"), 0)
                    .disconnect(),
                Operation::Idle)
                .fails(Kind::Server, Phase::Command)
                .withCode(4031)
                .withOutcome(Outcome::NotExecuted));
    for (const auto &[name, payload] : {std::pair{"OK", Ok},
                                        {"EOF", FakePacket::eof()},
                                        {"a row", FakePacket::textRow({"1", "2"})},
                                        {"nothing", QByteArray()}}) {
        QTest::addRow("F12 comes unasked: %s", name)
            << HostileCase::answer(FakeScript().answerOk().sendNumbered(payload, 0), Operation::Idle)
                   .fails(Kind::Protocol, Phase::Result);
    }
    addCase("F13 two answers to one question",
            HostileCase::answer(FakeScript().sendBytes(frame(Ok, 1) + frame(Ok, 1)), Operation::Ping)
                .fails(Kind::Usage, Phase::Queue) // closed before it was sent
                .fromFirst());
    const QByteArray full = FakePacket::text(QByteArray(FullFrame - 4, 'x')); // 4 bytes of length
    addCase("F14 a row of exactly one frame",
            HostileCase::answer(oneColumn().send(full).send(FakePacket::ok(0, 0, 2, 0, 0xFE)))
                .succeeds(hasRows(1))
                .withMemory(8 * FullFrame));
    addCase("F15 a full frame and no more",
            HostileCase::answer(
                FakeScript().sendBytes(QByteArray("\xFF\xFF\xFF\x01", 4) + QByteArray(FullFrame, 'x')))
                .fails(Kind::Timeout, Phase::Command)
                .withMemory(8 * FullFrame)
                .impatient());
    addCase("F16 a packet without end",
            HostileCase::answer(FakeScript().sendForever(QByteArray(5 * FullFrame, 'x')))
                .fails(Kind::Limit, Phase::Command)
                .withOptions([](ConnectOptions &options) { options.setMaxPacketSize(40 << 20); })
                .withMemory(500 << 20)); // of which the server takes most
    addCase("F17 a frame that continues with a wrong number",
            HostileCase::answer(FakeScript().sendBytes(QByteArray("\xFF\xFF\xFF\x01", 4)
                                                       + QByteArray(FullFrame, 'x')
                                                       + QByteArray("\x01\0\0\x05x", 5)))
                .fails(Kind::Protocol, Phase::Command)
                .withMemory(8 * FullFrame));
    addCase("F18 hangs up within a packet",
            HostileCase::answer(
                FakeScript().sendBytes(QByteArray("\x0A\0\0\x01", 4) + QByteArray(9, '\0')).disconnect())
                .fails(Kind::Connection, Phase::Command)
                .withOutcome(Outcome::Unknown));
    for (int size = 1; size <= 3; ++size) {
        QTest::addRow("F19 hangs up within a header, %d bytes", size)
            << HostileCase::answer(FakeScript().sendBytes(frame(Ok, 1).first(size)).disconnect())
                   .fails(Kind::Connection, Phase::Command)
                   .withOutcome(Outcome::Unknown);
    }
    // GUI life 24: a captive portal, or the wrong port.
    for (const auto &[name, banner] : {std::pair{"HTTP", "HTTP/1.1 400 Bad Request\r\n\r\n"},
                                       {"SSH", "SSH-2.0-OpenSSH_9.2\r\n"},
                                       {"TLS", "\x15\x03\x01\x02\x02\x46"},
                                       {"Redis", "-ERR unknown command\r\n"},
                                       {"SMTP", "220 mail.example ESMTP\r\n"}}) {
        QTest::addRow("F24 another protocol, %s", name) << HostileCase::login(greetingBytes(banner))
                                                               .fails(Kind::Protocol, Phase::Greeting)
                                                               .saying(u"looks like"_s)
                                                               .withoutSending();
    }
    addCase("F25 the X protocol",
            HostileCase::login(greetingBytes(QByteArray("\x05\0\0\0\x0B\x08\x05\x1A\0", 9)))
                .fails(Kind::Protocol, Phase::Greeting)
                .saying(u"X protocol"_s));
    addCase("F26 hangs up after the columns",
            HostileCase::answer(oneColumn().disconnect())
                .fails(Kind::Connection, Phase::Command)
                .withOutcome(Outcome::Unknown));
    addCase("F27 hangs up instead of an answer",
            HostileCase::answer(FakeScript().disconnect())
                .fails(Kind::Connection, Phase::Command)
                .withOutcome(Outcome::Unknown));
    addCase("F27 resets instead of an answer",
            HostileCase::answer(FakeScript().reset())
                .fails(Kind::Connection, Phase::Command)
                .withOutcome(Outcome::Unknown));
    addCase("F29 an error, then a reset",
            HostileCase::answer(
                FakeScript()
                    .answerError(1153, u"Got a packet bigger than 'max_allowed_packet' bytes"_s, "08S01")
                    .wait(20ms)
                    .reset())
                .fails(Kind::Server, Phase::Command)
                .withCode(1153));
    addCase("F30 a greeting of 16 MiB",
            HostileCase::login(greetingBytes(QByteArray("\xFE\xFF\xFF\0\x0A", 5)))
                .fails(Kind::Limit, Phase::Greeting));
}

void tst_FramingHostile::behaviour()
{
    QFETCH(HostileCase, hostile);
    hostile.run();
}

QTEST_GUILESS_MAIN(tst_FramingHostile)
#include "tst_framing_hostile.moc"
