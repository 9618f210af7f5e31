// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transfer/recordreader.h"

#include <QAsyncMySql/rowformatter.h>

#include <QRandomGenerator>
#include <QTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Internal;

using Type = TransferFormat::Type;

class tst_RowFormatter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void formats_data();
    void formats();
    void checksFormats();
    void isReadBack_data();
    void isReadBack();
};

void tst_RowFormatter::formats_data()
{
    QTest::addColumn<TransferFormat>("format");
    QTest::addColumn<QByteArray>("expected");
    QTest::addRow("csv") << TransferFormat(Type::Csv)
                         << QByteArray("text,\"a \"\"b\"\"\",text_2\r\n"
                                       "\"x,y\",-5,0x00ff\r\n"
                                       "\"\",,1.50\r\n"
                                       "\" a\",18446744073709551615,\"2024-02-29 12:00:00.000001\"\r\n"
                                       "0.1,-838:59:59,2024-02-29\r\n")
                                .replace("\"2024-02-29 12:00:00.000001\"", "2024-02-29 12:00:00.000001")
                                .replace("text_2", "text");
    QTest::addRow("csv without header, semicolons, text for NULL")
        << TransferFormat(Type::Csv).setHeader(false).setSeparator(';').setNullText("1.50")
        << QByteArray("x,y;-5;0x00ff\r\n"
                      "\"\";1.50;\"1.50\"\r\n"
                      "\" a\";18446744073709551615;2024-02-29 12:00:00.000001\r\n"
                      "0.1;-838:59:59;2024-02-29\r\n");
    QTest::addRow("tsv") << TransferFormat(Type::Tsv)
                         << QByteArray("text\ta \"b\"\ttext\n"
                                       "x,y\t-5\t\\0\xFF\n"
                                       "\t\\N\t1.50\n"
                                       " a\t18446744073709551615\t2024-02-29 12:00:00.000001\n"
                                       "0.1\t-838:59:59\t2024-02-29\n");
    QTest::addRow("json lines")
        << TransferFormat(Type::JsonLines)
        << QByteArray(
               R"({"text":"x,y","a \"b\"":-5,"text_2":{"base64":"AP8="}})"
               "\n"
               R"({"text":"","a \"b\"":null,"text_2":"1.50"})"
               "\n"
               R"({"text":" a","a \"b\"":"18446744073709551615","text_2":"2024-02-29 12:00:00.000001"})"
               "\n"
               R"({"text":0.1,"a \"b\"":"-838:59:59","text_2":"2024-02-29"})"
               "\n");
}

void tst_RowFormatter::formats()
{
    QFETCH(const TransferFormat, format);
    QFETCH(const QByteArray, expected);
    RowFormatter formatter(format);
    QByteArray out;
    formatter.begin(out, {QStringLiteral("text"), QStringLiteral("a \"b\""), QStringLiteral("text")});
    formatter.appendRow(out, Parameters{QStringLiteral("x,y"), -5, QByteArray("\0\xFF", 2)});
    formatter.appendRow(out, Parameters{QString(), nullptr, *Decimal::fromString(u"1.50")});
    const auto instant = std::chrono::sys_days(std::chrono::year(2024) / 2 / 29) + std::chrono::hours(12)
        + std::chrono::microseconds(1);
    formatter.appendRow(out, Parameters{QStringLiteral(" a"), ~quint64(0), instant});
    formatter.appendRow(out, Parameters{0.1f, SqlTime(std::chrono::seconds(-3'020'399)), QDate(2024, 2, 29)});
    QCOMPARE(out, expected);
}

void tst_RowFormatter::checksFormats()
{
    QVERIFY(!TransferFormat().check());
    QVERIFY(!TransferFormat(Type::Csv).setSeparator('\t').setNullText("\\N").check());
    for (const char separator : {'"', '\n', '\r', '\0', '\xFC'})
        QCOMPARE(TransferFormat().setSeparator(separator).check().kind(), Error::Kind::Usage);
    for (const char *text : {"a,b", "\"", "\n", "\xFF"})
        QCOMPARE(TransferFormat().setNullText(text).check().kind(), Error::Kind::Usage);
    QCOMPARE(TransferFormat(Type::Tsv).setNullText("NULL").check().kind(), Error::Kind::Usage);
    QCOMPARE(TransferFormat(Type::JsonLines).setSeparator(';').check().kind(), Error::Kind::Usage);
}

void tst_RowFormatter::isReadBack_data()
{
    QTest::addColumn<TransferFormat>("format");
    QTest::addRow("csv") << TransferFormat(Type::Csv);
    QTest::addRow("csv, other notation") << TransferFormat(Type::Csv).setSeparator('\t').setNullText("NULL");
    QTest::addRow("tsv") << TransferFormat(Type::Tsv);
    QTest::addRow("json lines") << TransferFormat(Type::JsonLines);
}

// Texts of what is special somewhere, and NULL, at random.
void tst_RowFormatter::isReadBack()
{
    QFETCH(const TransferFormat, format);
    static const QStringList pieces
        = {QStringLiteral("\""),   QStringLiteral(","),    QStringLiteral("\n"),
           QStringLiteral("\r\n"), QStringLiteral("\\"),   QStringLiteral("\t"),
           QStringLiteral(" "),    QStringLiteral("NULL"), QStringLiteral("\\N"),
           QString(QChar()),       QStringLiteral("ü"),    QStringLiteral("\U0001D11E"),
           QStringLiteral("null"), QString(QChar(0xFEFF)), QStringLiteral("0x41"),
           QString(QChar(0x7F)),   QStringLiteral("{}"),   QStringLiteral("\u2028"),
           QStringLiteral("a"),    QString(QChar(0x1A))};
    QRandomGenerator random(4711);
    for (int round = 0; round < 2000; ++round) {
        const int columns = 1 + random.bounded(4);
        QStringList names;
        for (int i = 0; i < columns; ++i)
            names.append(QStringLiteral("c%1").arg(i));
        RowFormatter formatter(format);
        QByteArray file;
        formatter.begin(file, names);
        QList<Parameters> rows;
        for (int row = random.bounded(5); row > 0; --row) {
            Parameters values;
            for (int i = 0; i < columns; ++i) {
                QString text;
                for (int piece = random.bounded(4); piece > 0; --piece)
                    text += pieces.at(random.bounded(int(pieces.size())));
                values.append(random.bounded(5) == 0 ? Parameter() : Parameter(text));
            }
            formatter.appendRow(file, values);
            rows.append(values);
        }
        const std::unique_ptr<RecordReader> reader = RecordReader::create(format);
        reader->setColumnCount(columns);
        reader->feed(file);
        reader->finish();
        Record record;
        if (format.type() != Type::JsonLines)
            QCOMPARE(reader->next(record), RecordReader::Status::Record);
        for (const Parameters &row : std::as_const(rows)) {
            QCOMPARE(reader->next(record), RecordReader::Status::Record);
            QVERIFY2(record.fault.isEmpty(), qPrintable(record.fault));
            QCOMPARE(record.fields.size(), columns);
            for (int i = 0; i < columns; ++i) {
                QCOMPARE(record.fields.at(i).kind == Field::Kind::Null, row.at(i).isNull());
                QCOMPARE(record.fields.at(i).bytes, row.at(i).bytes());
            }
        }
        QCOMPARE(reader->next(record), RecordReader::Status::End);
    }
}

QTEST_GUILESS_MAIN(tst_RowFormatter)
#include "tst_rowformatter.moc"
