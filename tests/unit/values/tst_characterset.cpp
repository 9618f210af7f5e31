// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "unit/values/rowbuilder.h"
#include "values/characterset.h"

#include <QJsonArray>
#include <QTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Test;
using Internal::CharacterSet;
using Outcome = CharacterSet::Outcome;

//! How text in other character sets than UTF-8 is read. tst_charsets compares every character with the
//! servers.
class tst_CharacterSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbers();
    void decodes_data();
    void decodes();
    void cells();
    void lossy();
    void views();
};

void tst_CharacterSet::numbers()
{
    const auto name = [](quint16 number) {
        const CharacterSet *set = CharacterSet::ofCollation(number);
        return set ? set->name().toByteArray() : QByteArray();
    };
    QCOMPARE(name(8), "latin1");
    QCOMPARE(name(28), "gbk");
    QCOMPARE(name(33), "utf8mb3");
    QCOMPARE(name(45), "utf8mb4");
    QCOMPARE(name(63), "binary");
    QCOMPARE(name(255), "utf8mb4"); // utf8mb4_0900_ai_ci
    QCOMPARE(name(323), "utf8mb4");
    QCOMPARE(name(1032), "latin1"); // MariaDB: latin1_swedish_nopad_ci
    QCOMPARE(name(2304), "utf8mb4"); // MariaDB: utf8mb4_uca1400_ai_ci
    QCOMPARE(name(2816), "utf16");
    for (const int unknown : {0, 17, 100, 500, 1000, 3500, 65'535})
        QVERIFY(!CharacterSet::ofCollation(quint16(unknown)));
    QVERIFY(CharacterSet::named("koi8r"));
    QVERIFY(!CharacterSet::named("klingon"));
    QVERIFY(!CharacterSet::named(QByteArrayView()));
}

void tst_CharacterSet::decodes_data()
{
    QTest::addColumn<QByteArray>("charset");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("lossy");
    const auto row = [](const char *charset, const char *hex, const QString &text, bool lossy = false) {
        QTest::addRow("%s %s", charset, hex)
            << QByteArray(charset) << QByteArray::fromHex(hex) << text << lossy;
    };
    row("latin1", "", QString());
    row("latin1", "41fc80", QStringLiteral(u"A\u00fc\u20ac"));
    row("latin1", "81", QStringLiteral(u"\u0081")); // Windows-1252 has none there, the server has
    row("cp1250", "4181", QStringLiteral(u"A\ufffd"), true);
    row("koi8r", "f6c9", QStringLiteral(u"\u0416\u0438"));
    row("swe7", "405b5c5d7b7c7d7e41", QStringLiteral(u"\u00c9\u00c4\u00d6\u00c5\u00e4\u00f6\u00e5\u00fcA"));
    row("swe7", "7f", QStringLiteral(u"\ufffd"), true);
    row("tis620", "a1", QStringLiteral(u"\u0e01"));
    row("ucs2", "00410416", QStringLiteral(u"A\u0416"));
    row("utf16", "d83dde00", QStringLiteral(u"\U0001f600"));
    row("utf16", "feff0041", QStringLiteral(u"\ufeffA")); // no mark of the byte order: it is text
    row("utf16", "d83d", QStringLiteral(u"\ufffd"), true);
    row("utf16le", "3dd800de", QStringLiteral(u"\U0001f600"));
    row("utf32", "0001f600", QStringLiteral(u"\U0001f600"));
    row("utf32", "0011000000", QString(), true);
    row("gbk", "41d6d0", QStringLiteral(u"A\u4e2d"));
    row("gbk", "d6d041d6", QStringLiteral(u"\u4e2dA\ufffd"), true); // cut amid a character
    row("gb18030", "d6d041", QStringLiteral(u"\u4e2dA"));
    row("gb18030", "9439fc3641", QStringLiteral(u"\U0001f600A"));
    row("big5", "a4a4", QStringLiteral(u"\u4e2d"));
    row("sjis", "955c", QStringLiteral(u"\u8868"));
    row("sjis", "5c7e", QStringLiteral("\\~")); // not the signs of the yen and the overline
    row("cp932", "fc4b", QStringLiteral(u"\u9ed1"));
    row("ujis", "c9bd", QStringLiteral(u"\u8868"));
    row("ujis", "8fb0a1", QStringLiteral(u"\u4e02"));
    row("eucjpms", "c9bd", QStringLiteral(u"\u8868"));
    row("euckr", "b0a1", QStringLiteral(u"\uac00"));
    row("gb2312", "d6d0", QStringLiteral(u"\u4e2d"));
    row("utf8mb4", "f09f9880", QStringLiteral(u"\U0001f600"));
    row("utf8mb3", "efbfbd", QStringLiteral(u"\ufffd")); // meant
    row("utf8mb3", "ff", QStringLiteral(u"\ufffd"), true);
}

void tst_CharacterSet::decodes()
{
    QFETCH(const QByteArray, charset);
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, text);
    QFETCH(const bool, lossy);
    const CharacterSet *set = CharacterSet::named(charset);
    QVERIFY(set);
    QString read = QStringLiteral("something before");
    QCOMPARE(set->decode(bytes, read), lossy ? Outcome::Lossy : Outcome::Ok);
    if (!text.isEmpty() || !lossy)
        QCOMPARE(read, text);
    QCOMPARE(set->decode(bytes, read), lossy ? Outcome::Lossy : Outcome::Ok); // no state stays
}

void tst_CharacterSet::cells()
{
    const ColumnSpec spec{ColumnType::VarString, {}, 28, 40};
    for (const RowFormat format : {RowFormat::Text, RowFormat::Binary}) {
        const Row row = makeCell(spec, format, QByteArray::fromHex("d6d0"));
        const QString meant = QStringLiteral(u"\u4e2d");
        QCOMPARE(row.columns().first().charsetName(), QStringLiteral("gbk"));
        QVERIFY(!row.columns().first().isUtf8());
        QCOMPARE(row.get<QString>(0), meant);
        QCOMPARE(row.value(0), QVariant(meant));
        QCOMPARE(row.cell(0).toText(), meant.toUtf8());
        QCOMPARE(row.cell(0).toJson().toString(), meant);
        QCOMPARE(row.get<std::string>(0), meant.toStdString());
        QCOMPARE(row.get<QStringList>(0), QStringList{meant});
        QCOMPARE(row.get<QByteArray>(0), QByteArray::fromHex("d6d0"));
    }
    // Two bytes for a character: the length says VARCHAR(20), and a TEXT of 255 characters is a TINYTEXT.
    QCOMPARE((ColumnSpec{ColumnType::Blob, {}, 28, 510}).toColumn().typeName(), QStringLiteral("TINYTEXT"));
    QCOMPARE((ColumnSpec{ColumnType::Blob, {}, 28, 131'070}).toColumn().typeName(), QStringLiteral("TEXT"));
    // What would mark the order of bytes at the beginning of a file is a character of the text.
    QCOMPARE(makeCell(text(), RowFormat::Text,
                      QByteArray("\xEF\xBB\xBF"
                                 "a"))
                 .get<QString>(0),
             QStringLiteral(u"\ufeffa"));
    // Numbers in text, and JSON.
    QCOMPARE(makeCell(spec, RowFormat::Text, QByteArray("12")).get<int>(0), 12);
    QCOMPARE(makeCell(spec, RowFormat::Text, QByteArray("[\"") + QByteArray::fromHex("d6d0") + "\"]")
                 .get<QJsonArray>(0)
                 .at(0)
                 .toString(),
             QStringLiteral(u"\u4e2d"));
}

void tst_CharacterSet::lossy()
{
    const ColumnSpec spec{ColumnType::VarString, {}, 28, 40};
    const Row row = makeCell(spec, RowFormat::Text, QByteArray::fromHex("41ff"));
    const auto read = row.tryGet<QString>(0);
    QVERIFY(fails(read));
    QVERIFY2(read.error().message().contains(u"not valid gbk"), qPrintable(read.error().message()));
    QCOMPARE(row.get<QString>(0), QStringLiteral(u"A\ufffd"));
}

void tst_CharacterSet::views()
{
    const ColumnSpec spec{ColumnType::VarString, {}, 8, 40};
    const Row row = makeCell(spec, RowFormat::Text, QByteArray("\xfc"));
    const auto view = row.tryGet<QUtf8StringView>(0);
    QVERIFY(fails(view));
    QVERIFY2(view.error().message().contains(u"latin1"), qPrintable(view.error().message()));
    QCOMPARE(row.tryGet<QByteArrayView>(0).value(), QByteArrayView("\xfc"));
}

QTEST_GUILESS_MAIN(tst_CharacterSet)
#include "tst_characterset.moc"
