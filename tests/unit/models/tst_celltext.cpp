// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "models/celltext.h"
#include "values/columndata.h"

#include <QtTest/QTest>

using namespace QAsyncMySql;
using Internal::displayText;
using Internal::toolTipText;

Q_DECLARE_METATYPE(ColumnType)

namespace {

constexpr quint16 Utf8 = 45; // utf8mb4_general_ci
constexpr quint16 Bytes = Column::BinaryCharset;

Column makeColumn(ColumnType type, quint16 charset)
{
    auto *data = new ColumnData;
    data->name = "c";
    data->type = type;
    data->charset = charset;
    return Column(data);
}

} // namespace

class tst_CellText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void display_data();
    void display();
    void null();
    void longText();
    void cutsNoCharacter();
    void longTextIsNotDecodedWhole();
    void toolTips();
};

void tst_CellText::display_data()
{
    QTest::addColumn<ColumnType>("type");
    QTest::addColumn<quint16>("charset");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");

    const auto row = [](const char *tag, ColumnType type, quint16 charset, const QByteArray &bytes,
                        const char *expected) {
        QTest::newRow(tag) << type << charset << bytes << QString::fromUtf8(expected);
    };
    row("number without separators", ColumnType::LongLong, Bytes, "18446744073709551615",
        "18446744073709551615");
    row("decimal, every digit", ColumnType::NewDecimal, Bytes, "1234567890.1234567890",
        "1234567890.1234567890");
    row("microseconds", ColumnType::DateTime, Bytes, "2024-02-29 23:59:59.123456",
        "2024-02-29 23:59:59.123456");
    row("zero date", ColumnType::Date, Bytes, "0000-00-00", "0000-00-00");
    row("long time", ColumnType::Time, Bytes, "-838:59:59.000001", "-838:59:59.000001");
    row("bits are a number", ColumnType::Bit, Bytes, QByteArray("\x01\x02", 2), "258");
    row("text", ColumnType::VarString, Utf8, "Größe 価格 😀", "Größe 価格 😀");
    row("empty text", ColumnType::VarString, Utf8, "", "");
    row("lines", ColumnType::Blob, Utf8, "a\nb\r\nc\rd", "a↵b↵c↵d");
    row("markup stays text", ColumnType::VarString, Utf8, "<b>x</b>", "<b>x</b>");
    row("json", ColumnType::Json, Utf8, "{\"a\": 1}", "{\"a\": 1}");
    row("bytes", ColumnType::VarString, Bytes, QByteArray("\x00\xff\x10", 3), "0x00FF10");
    row("no bytes", ColumnType::Blob, Bytes, "", "");
    row("many bytes", ColumnType::LongBlob, Bytes, QByteArray(1500, 'A'),
        "0x4141414141414141414141414141414141414141414141414141414141414141… (1,500 bytes)");
}

void tst_CellText::display()
{
    QFETCH(ColumnType, type);
    QFETCH(quint16, charset);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, expected);
    const Column column = makeColumn(type, charset);
    QLocale::setDefault(QLocale(QStringLiteral("de_DE"))); // no locale takes part
    const QString text = displayText(Cell(bytes, column, RowFormat::Text));
    QLocale::setDefault(QLocale::c());
    QCOMPARE(text, expected);
}

void tst_CellText::null()
{
    const Column column = makeColumn(ColumnType::VarString, Utf8);
    const Cell cell(QByteArrayView(), column, RowFormat::Text);
    QCOMPARE(displayText(cell), QString());
    QCOMPARE(toolTipText(cell), QString());
}

void tst_CellText::longText()
{
    const Column column = makeColumn(ColumnType::Blob, Utf8);
    const QByteArray exact(Internal::MaximumDisplayLength, 'x');
    QCOMPARE(displayText(Cell(exact, column, RowFormat::Text)).size(), Internal::MaximumDisplayLength);
    const QByteArray more = exact + 'x';
    const QString cut = displayText(Cell(more, column, RowFormat::Text));
    QCOMPARE(cut.size(), Internal::MaximumDisplayLength);
    QCOMPARE(cut.back(), QChar(0x2026));
}

void tst_CellText::cutsNoCharacter()
{
    // Characters of four bytes, two UTF-16 units each: wherever the cut falls, it is not inside of one.
    const Column column = makeColumn(ColumnType::Blob, Utf8);
    for (const char *start : {"", "a", "ab", "abc"}) {
        const QByteArray bytes = start + QByteArray("😀").repeated(2000);
        const QString text = displayText(Cell(bytes, column, RowFormat::Text));
        QVERIFY(text.size() <= Internal::MaximumDisplayLength);
        QVERIFY(text.isValidUtf16());
        QVERIFY(!text.contains(QChar::ReplacementCharacter));
    }
}

void tst_CellText::longTextIsNotDecodedWhole()
{
    // A megabyte for each cell would hold up painting: a hundred thousand such cells are painted in no time.
    const Column column = makeColumn(ColumnType::LongBlob, Utf8);
    const QByteArray bytes(64 << 20, 'x');
    qsizetype characters = 0;
    for (int i = 0; i < 10'000; ++i)
        characters += displayText(Cell(bytes, column, RowFormat::Text)).size();
    QCOMPARE(characters, 10'000 * Internal::MaximumDisplayLength);
}

void tst_CellText::toolTips()
{
    const Column text = makeColumn(ColumnType::VarString, Utf8);
    QCOMPARE(toolTipText(Cell("short", text, RowFormat::Text)), QString());
    const QByteArray markup = QByteArray("<img src=x>\n").repeated(10);
    const QString tip = toolTipText(Cell(markup, text, RowFormat::Text));
    QVERIFY(tip.contains(QLatin1String("&lt;img src=x&gt;\n")));
    QVERIFY(!tip.contains(QLatin1String("<img")));
    const Column bytes = makeColumn(ColumnType::Blob, Bytes);
    QVERIFY(
        toolTipText(Cell(QByteArray(100, 'A'), bytes, RowFormat::Text)).contains(QLatin1String("0x4141")));
    const Column number = makeColumn(ColumnType::LongLong, Bytes);
    QCOMPARE(toolTipText(Cell("12345678901234567890123456789012345678901234567890", number, RowFormat::Text)),
             QString());
}

QTEST_GUILESS_MAIN(tst_CellText)
#include "tst_celltext.moc"
