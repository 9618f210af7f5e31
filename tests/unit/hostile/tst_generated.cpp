// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Every kind of packet with each of its fields, and each two of them, at the edges of what they can say, and
// with every beginning. The protocol core must make the same of it however the bytes arrive, and end each
// conversation well or with a fault that has a text. AddressSanitizer watches over the reading.

#include "fields.h"
#include "fuzz/conversation.h"
#include "protocol/packetwriter.h"

#include <QtTest/QTest>

#include <memory>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Protocol;
using Test::Conversation;

namespace {

// The numbers that Conversation has for what is asked, and for the server's character.
enum Asked : quint8
{
    Login = 0,
    Query = 1,
    Execute = 2,
    Prepare = 3,
    Simple = 4
};
constexpr quint8 DeprecateEof = 1;
constexpr quint8 SessionTrack = 2;
constexpr quint8 MariaDb = 8 | 16;

Fields greeting()
{
    Fields fields;
    return fields.number(10, 1)
        .terminated("8.0.36")
        .number(7, 4)
        .bytes("12345678")
        .number(0, 1)
        .number(0xFFDF, 2)
        .number(45, 1)
        .number(2, 2)
        .number(0xC1BF, 2)
        .number(21, 1)
        .bytes(QByteArray(6, '\0'))
        .number(0, 4)
        .bytes(QByteArray("abcdefghijkl\0", 13))
        .terminated("mysql_native_password");
}

Fields ok(quint8 header = 0)
{
    Fields fields;
    return fields.number(header, 1).counted(3).counted(44).number(2, 2).number(0, 2);
}

Fields trackingOk()
{
    Fields fields;
    return fields.number(0, 1)
        .counted(0)
        .counted(0)
        .number(0x4002, 2)
        .number(0, 2)
        .text("info")
        .counted(27) // the block that follows
        .number(0, 1)
        .counted(24)
        .text("character_set_client")
        .text("gb");
}

Fields error()
{
    Fields fields;
    return fields.number(0xFF, 1).number(1064, 2).bytes("#42000").bytes("You have an error");
}

Fields column(quint8 type = 253)
{
    Fields fields;
    return fields.text("def")
        .text("db")
        .text("t")
        .text("t")
        .text("name")
        .text("name")
        .counted(12)
        .number(45, 2)
        .number(80, 4)
        .number(type, 1)
        .number(0, 2)
        .number(0, 1)
        .number(0, 2);
}

Fields extendedColumn()
{
    Fields fields;
    return fields.text("def")
        .text("")
        .text("")
        .text("")
        .text("id")
        .text("")
        .counted(6)
        .number(0, 1)
        .text("uuid")
        .counted(12)
        .number(45, 2)
        .number(80, 4)
        .number(254, 1)
        .number(0, 2)
        .number(0, 1)
        .number(0, 2);
}

QByteArray goodColumn(quint8 type = 253)
{
    return column(type).good();
}

QByteArray eof()
{
    return QByteArray("\xFE\0\0\x02\0", 5);
}

QByteArray endOfRows()
{
    return ok(0xFE).good();
}

} // namespace

class tst_Generated : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void packets_data();
    void packets();
    void cleanupTestCase();

private:
    qint64 m_cases = 0;
};

void tst_Generated::packets_data()
{
    QTest::addColumn<quint8>("asked");
    QTest::addColumn<QList<quint8>>("characters");
    QTest::addColumn<QByteArrayList>("before");
    QTest::addColumn<std::shared_ptr<Fields>>("fields");
    QTest::addColumn<QByteArrayList>("after");
    const QList<quint8> all{0, DeprecateEof, SessionTrack, DeprecateEof | SessionTrack};
    const QList<quint8> modern{DeprecateEof | SessionTrack};
    const QList<quint8> legacy{0};
    const auto add = [](const char *name, Asked asked, const QList<quint8> &characters,
                        const QByteArrayList &before, const Fields &fields, const QByteArrayList &after) {
        QTest::newRow(name) << quint8(asked) << characters << before << std::make_shared<Fields>(fields)
                            << after;
    };
    const auto fields = [] { return Fields(); };

    const QByteArray hello = greeting().good();
    add("greeting", Login, {0}, {}, greeting(), {ok().good()});
    add("OK of a login", Login, {0}, {hello}, ok(), {});
    add("error of a login", Login, {0}, {hello}, error(), {});
    add("switch", Login, {0}, {hello},
        fields()
            .number(0xFE, 1)
            .terminated("caching_sha2_password")
            .bytes(QByteArray("abcdefghijklmnopqrst\0", 21)),
        {});
    add("data", Login, {0}, {hello}, fields().number(1, 1).number(3, 1), {ok().good()});
    add("OK", Query, all, {}, ok(), {});
    add("OK of a ping", Simple, all, {}, ok(), {});
    add("OK with tracking", Query, modern, {}, trackingOk(), {});
    add("error", Query, all, {}, error(), {});
    add("number of columns", Query, modern, {}, fields().counted(1), {goodColumn(), "\x01x", endOfRows()});
    add("column", Query, modern, {"\x01"}, column(), {"\x01x", endOfRows()});
    add("column of MariaDB", Query, {DeprecateEof | MariaDb}, {"\x01"}, extendedColumn(),
        {"\x01x", endOfRows()});
    add("EOF behind columns", Query, legacy, {"\x01", goodColumn()},
        fields().number(0xFE, 1).number(0, 2).number(2, 2), {"\x01x", eof()});
    add("row", Query, modern, {"\x03", goodColumn(), goodColumn(), goodColumn()},
        fields().text("one").text("").text("three"), {endOfRows()});
    add("end of rows", Query, modern, {"\x01", goodColumn(), "\x01x"}, ok(0xFE), {});
    add("EOF behind rows", Query, legacy, {"\x01", goodColumn(), eof(), "\x01x"},
        fields().number(0xFE, 1).number(0, 2).number(2, 2), {});
    add("prepared statement", Prepare, {0, DeprecateEof}, {},
        fields().number(0, 1).number(1, 4).number(1, 2).number(1, 2).number(0, 1).number(0, 2),
        {goodColumn(), goodColumn()});
    add("parameter", Prepare, modern, {QByteArray("\0\1\0\0\0\0\0\1\0\0\0\0", 12)}, column(), {});
    add("binary row of text", Execute, modern, {"\x02", goodColumn(), goodColumn()},
        fields().number(0, 1).number(0, 1).text("apple").text("pear"), {endOfRows()});
    add("binary row of numbers", Execute, modern, {"\x03", goodColumn(1), goodColumn(3), goodColumn(8)},
        fields().number(0, 1).number(0, 1).number(5, 1).number(70'000, 4).number(1, 8), {endOfRows()});
    add("binary row of times", Execute, modern, {"\x02", goodColumn(12), goodColumn(11)},
        fields()
            .number(0, 1)
            .number(0, 1)
            .number(7, 1)
            .number(2026, 2)
            .number(2, 1)
            .number(28, 1)
            .number(12, 1)
            .number(34, 1)
            .number(56, 1)
            .number(8, 1)
            .number(0, 1)
            .number(1, 4)
            .number(1, 1)
            .number(2, 1)
            .number(3, 1),
        {endOfRows()});
}

void tst_Generated::packets()
{
    QFETCH(quint8, asked);
    QFETCH(QList<quint8>, characters);
    QFETCH(QByteArrayList, before);
    QFETCH(std::shared_ptr<Fields>, fields);
    QFETCH(QByteArrayList, after);
    QByteArray wrong;
    for (const quint8 character : characters) {
        fields->each([&](const QByteArray &packet) {
            if (!wrong.isEmpty())
                return;
            ++m_cases;
            const bool login = asked == Login;
            QByteArray bytes;
            quint8 sequence = login ? 0 : 1;
            QByteArrayList said = before;
            said << packet << after;
            for (qsizetype i = 0; i < said.size(); ++i) {
                PacketWriter(bytes, sequence).packet(said[i]);
                // The client answers the greeting, and a change of the method.
                const bool answered = login && (i == 0 || said[i].startsWith('\xFE'));
                sequence = quint8(sequence + (answered ? 2 : 1));
            }
            Conversation whole(asked, character);
            whole.feed(bytes, 0, 1 << 20);
            Conversation cut(asked, character);
            cut.feed(bytes, 1, 1 << 20);
            const Fault &fault = whole.session().fault();
            if (whole.events() != cut.events())
                wrong = "it depends on how they arrive: " + bytes.toHex();
            else if (fault && fault.text.size() < 20)
                wrong = "a fault without a text: " + bytes.toHex();
        });
    }
    QVERIFY2(wrong.isEmpty(), wrong.constData());
}

void tst_Generated::cleanupTestCase()
{
    qInfo("%lld packets", static_cast<long long>(m_cases));
    QVERIFY(m_cases >= 10'000);
}

QTEST_GUILESS_MAIN(tst_Generated)
#include "tst_generated.moc"
