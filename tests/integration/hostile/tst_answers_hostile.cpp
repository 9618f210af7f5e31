// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Servers whose OK, EOF and ERR packets are wrong (series O of the catalogue in doc/catalogue.md).

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

constexpr quint16 More = FakePacket::StatusAutocommit | FakePacket::StatusMoreResults;
constexpr quint16 Changed = FakePacket::StatusAutocommit | FakePacket::StatusSessionChanged;

FakeScript saying(const QByteArray &payload)
{
    return FakeScript().send(payload);
}

//! An OK packet with \a block as what has changed in the session.
FakeScript tracking(const QByteArray &block)
{
    return saying(FakePacket::ok(0, 0, Changed) + FakePacket::text({}) + FakePacket::text(block));
}

QByteArray entry(quint8 type, const QByteArray &data)
{
    return FakePacket::fixed(type, 1) + FakePacket::text(data);
}

FakeScript column()
{
    return saying(FakePacket::columnCount(1)).send(FakePacket::column("a"));
}

//! A script for each command that has no result.
QList<std::pair<const char *, Operation>> simpleCommands()
{
    return {{"query", Operation::Query},
            {"ping", Operation::Ping},
            {"reset", Operation::Reset},
            {"use", Operation::Use}};
}

} // namespace

class tst_AnswersHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void behaviour_data();
    void behaviour();
};

void tst_AnswersHostile::behaviour_data()
{
    QTest::addColumn<HostileCase>("hostile");
    const QByteArray ok = FakePacket::ok(300, 70'000);
    for (const auto &[name, operation] : simpleCommands()) {
        for (qsizetype size = 1; size < ok.size(); ++size) {
            QTest::addRow("O01 OK cut to %d bytes, %s", int(size), name)
                << HostileCase::answer(saying(ok.first(size)), operation)
                       .fails(Kind::Protocol, Phase::Command);
        }
        for (const char *marker : {"\xFB", "\xFF"}) {
            QTest::addRow("O03 OK with the length %s, %s", QByteArray(marker).toHex().constData(), name)
                << HostileCase::answer(saying(QByteArray(1, '\0') + marker + ok.sliced(2)), operation)
                       .fails(Kind::Protocol, Phase::Command);
        }
        QTest::addRow("O04 OK with a text beyond its end, %s", name)
            << HostileCase::answer(saying(FakePacket::ok() + QByteArray("\x20short")), operation)
                   .fails(Kind::Protocol, Phase::Command);
        QTest::addRow("O05 OK with bytes behind it, %s", name)
            << HostileCase::answer(saying(FakePacket::ok() + QByteArray("\x02okrest")), operation)
                   .fails(Kind::Protocol, Phase::Command);
        const QByteArray error = FakePacket::error(1064, "E", "42000");
        for (const int size : {1, 2, 3, 4, 5, 8}) {
            QTest::addRow("O09 an error cut to %d bytes, %s", size, name)
                << HostileCase::answer(saying(error.first(size)), operation)
                       .fails(Kind::Protocol, Phase::Command);
        }
        QTest::addRow("O09 an error, %s", name)
            << HostileCase::answer(saying(error), operation).failsGently(Kind::Server).withCode(1064);
    }
    addCase(
        "O02 the largest numbers",
        HostileCase::answer(saying(FakePacket::ok(~0ULL, 1ULL << 63))).succeeds([](const ResultSet &result) {
            return result.affectedRows() == ~0ULL && result.lastInsertId() == 1ULL << 63
                ? QString()
                : u"they were changed"_s;
        }));
    addCase("O06 tracking of an unknown kind", HostileCase::answer(tracking(entry(0xFF, "what"))).succeeds());
    addCase("O06 tracking of nothing", HostileCase::answer(tracking({})).succeeds());
    addCase("O06 a variable beyond its entry",
            HostileCase::answer(tracking(entry(0, "\x14short"))).fails(Kind::Protocol, Phase::Command));
    addCase("O06 an entry beyond its block",
            HostileCase::answer(tracking(QByteArray("\x01\x50xx"))).fails(Kind::Protocol, Phase::Command));
    addCase("O06 10,000 entries",
            HostileCase::answer(tracking(entry(1, FakePacket::text("db")).repeated(10'000))).succeeds());
    addCase("O06 100,000 entries",
            HostileCase::answer(tracking(entry(1, FakePacket::text("db")).repeated(100'000)))
                .fails(Kind::Protocol, Phase::Command));
    addCase("O06 a name that is no UTF-8",
            HostileCase::answer(tracking(entry(0, FakePacket::text("\xFF\xFE") + FakePacket::text("\xC0"))))
                .succeeds());
    addCase("O07 another character set",
            HostileCase::answer(
                tracking(entry(0, FakePacket::text("character_set_client") + FakePacket::text("gbk"))))
                .succeeds());
    addCase("O07 another schema",
            HostileCase::answer(tracking(entry(1, FakePacket::text("elsewhere")))).succeeds());
    addCase(
        "O08 a wish to go elsewhere",
        HostileCase::answer(
            tracking(entry(0, FakePacket::text("redirect_url") + FakePacket::text("mysql://evil.example"))))
            .succeeds());
    addCase("O10 progress of nothing",
            HostileCase::answer(saying(QByteArray("\xFF\xFF\xFF", 3))).fails(Kind::Protocol, Phase::Command));
    addCase("O11 more results without end",
            HostileCase::answer(FakeScript().sendForever(FakePacket::ok(0, 0, More)))
                .fails(Kind::Limit, Phase::Command)
                .withMemory(32 << 20));
    addCase("O12 an EOF packet in place of OK behind rows",
            HostileCase::answer(column().send(FakePacket::eof())).fails(Kind::Protocol, Phase::Command));
    addCase("O12 OK in place of an EOF packet behind rows",
            HostileCase::answer(column().send(FakePacket::eof()).send(FakePacket::ok(0, 0, 2, 0, 0xFE)))
                .withGreeting(FakeGreeting().removeCapabilities(FakeGreeting::DeprecateEof))
                .fails(Kind::Protocol, Phase::Command));
    addCase(
        "O15 an empty first cell",
        HostileCase::answer(column().send(FakePacket::textRow({""})).send(FakePacket::ok(0, 0, 2, 0, 0xFE)))
            .succeeds());
    addCase("O15 a first cell that is NULL",
            HostileCase::answer(
                column().send(FakePacket::textRow({QByteArray()})).send(FakePacket::ok(0, 0, 2, 0, 0xFE)))
                .succeeds([](const ResultSet &result) {
                    return result.size() == 1 && result[0].isNull(0) ? QString() : u"not NULL"_s;
                }));
    addCase("O15 a first cell of 16 MiB",
            HostileCase::answer(column()
                                    .send(FakePacket::textRow({QByteArray(0x1'00'00'01, 'x')}))
                                    .send(FakePacket::ok(0, 0, 2, 0, 0xFE)))
                .withMemory(200 << 20)
                .succeeds([](const ResultSet &result) {
                    return result.size() == 1 && result[0].get<QByteArray>(0).size() == 0x1'00'00'01
                        ? QString()
                        : u"another size"_s;
                }));
}

void tst_AnswersHostile::behaviour()
{
    QFETCH(HostileCase, hostile);
    hostile.run();
}

QTEST_GUILESS_MAIN(tst_AnswersHostile)
#include "tst_answers_hostile.moc"
