// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Each limit of ServerLimits, passed and just not passed; and how limits are written in URLs and checked.

#include "hostilecase.h"

#include <QAsyncMySql/Connection>

using namespace QAsyncMySql;
using namespace Qt::StringLiterals;
using Kind = Error::Kind;
using Phase = Error::Phase;
using Operation = HostileCase::Operation;

namespace {

//! A change of the options by one of the limits.
template <class Value> auto limited(ServerLimits &(ServerLimits::*set)(Value) noexcept, Value value)
{
    return [set, value](ConnectOptions &options) {
        ServerLimits limits = options.serverLimits();
        (limits.*set)(value);
        options.setServerLimits(limits);
    };
}

FakeScript result(int columns)
{
    QStringList names;
    QVariantList row;
    for (int i = 0; i < columns; ++i) {
        names.append(u"column %1"_s.arg(i));
        row.append(i);
    }
    return FakeScript().answer(FakeResult(names).addRow(row));
}

FakeScript results(int count)
{
    FakeScript script;
    for (int i = 1; i < count; ++i)
        script.answer(FakeResult().setMoreResults());
    return script.answerOk();
}

} // namespace

class tst_LimitsHostile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void limits_data();
    void limits();
    void urls();
    void validation_data();
    void validation();
};

void tst_LimitsHostile::limits_data()
{
    QTest::addColumn<HostileCase>("hostile");
    using L = ServerLimits;
    const auto few = limited(&L::setMaxColumns, 10);
    addCase(
        "columns",
        HostileCase::answer(result(11)).withOptions(few).fails(Kind::Limit, Phase::Command).saying(u"10"_s));
    addCase("just enough columns", HostileCase::answer(result(10)).withOptions(few).succeeds());
    const auto small = limited(&L::setMaxMetadata, qint64(400));
    addCase("metadata",
            HostileCase::answer(result(20))
                .withOptions(small)
                .fails(Kind::Limit, Phase::Command)
                .saying(u"400"_s));
    addCase("just enough metadata", HostileCase::answer(result(5)).withOptions(small).succeeds());
    const auto three = limited(&L::setMaxResults, 3);
    addCase(
        "results",
        HostileCase::answer(results(4)).withOptions(three).fails(Kind::Limit, Phase::Command).saying(u"3"_s));
    addCase("just enough results", HostileCase::answer(results(3)).withOptions(three).succeeds());
    const auto answer = FakeScript().answerOk();
    addCase("packets of the login",
            HostileCase::login(FakeScript().acceptLogin())
                .withOptions(limited(&L::setMaxLoginPackets, 2))
                .fails(Kind::Limit, Phase::Authentication)
                .saying(u"2"_s));
    addCase("just enough packets of the login",
            HostileCase::answer(answer).withOptions(limited(&L::setMaxLoginPackets, 3)).succeeds());
    const auto long_ = FakeGreeting().setVersion(QByteArray(300, '8'));
    addCase("size of the greeting",
            HostileCase::login(FakeScript().greet(long_))
                .withOptions(limited(&L::setMaxLoginPacketSize, qint64(256)))
                .fails(Kind::Limit, Phase::Greeting)
                .saying(u"256"_s));
    addCase("just enough for the greeting",
            HostileCase::answer(answer)
                .withGreeting(long_)
                .withOptions(limited(&L::setMaxLoginPacketSize, qint64(512)))
                .succeeds());
    addCase("text of an error",
            HostileCase::answer(FakeScript().answerError(1105, u"Something else"_s))
                .withOptions(limited(&L::setMaxErrorText, 9))
                .failsGently(Kind::Server)
                .saying(u"Something"_s)
                .withoutSaying(u"else"_s));
}

void tst_LimitsHostile::limits()
{
    QFETCH(HostileCase, hostile);
    hostile.run();
}

void tst_LimitsHostile::urls()
{
    const auto options = ConnectOptions::fromUrl(
        u"mysql://u@h/?max-columns=1&max-metadata=2&max-results=3&max-login-packets=4&max-login-packet=500&max-error-text=6"_s);
    QVERIFY2(options, qPrintable(options.error().message()));
    const ServerLimits limits = options->serverLimits();
    QCOMPARE(limits.maxColumns(), 1);
    QCOMPARE(limits.maxMetadata(), 2);
    QCOMPARE(limits.maxResults(), 3);
    QCOMPARE(limits.maxLoginPackets(), 4);
    QCOMPARE(limits.maxLoginPacketSize(), 500);
    QCOMPARE(limits.maxErrorText(), 6);
    const auto again = ConnectOptions::fromUrl(options->toUrl());
    QVERIFY(again);
    QVERIFY(again->serverLimits() == limits);
    QVERIFY(*again == *options);
    QVERIFY(!(ConnectOptions().setServerLimits(limits) == ConnectOptions()));
    QVERIFY(!ConnectOptions::fromUrl(u"mysql://u@h/?max-columns=many"_s));
}

void tst_LimitsHostile::validation_data()
{
    QTest::addColumn<ServerLimits>("limits");
    QTest::newRow("no columns") << ServerLimits().setMaxColumns(0);
    QTest::newRow("no metadata") << ServerLimits().setMaxMetadata(-1);
    QTest::newRow("no results") << ServerLimits().setMaxResults(0);
    QTest::newRow("one packet") << ServerLimits().setMaxLoginPackets(1);
    QTest::newRow("small packets") << ServerLimits().setMaxLoginPacketSize(20);
    QTest::newRow("huge packets") << ServerLimits().setMaxLoginPacketSize(qint64(1) << 40);
    QTest::newRow("no text") << ServerLimits().setMaxErrorText(0);
}

void tst_LimitsHostile::validation()
{
    QFETCH(ServerLimits, limits);
    ConnectOptions options;
    options.setUser(u"somebody"_s);
    QVERIFY(options.validate());
    const Error error = options.setServerLimits(limits).validate().error();
    QCOMPARE(error.kind(), Kind::Usage);
    QVERIFY2(error.message().contains(u"limit"_s), qPrintable(error.message()));
}

QTEST_GUILESS_MAIN(tst_LimitsHostile)
#include "tst_limits_hostile.moc"
