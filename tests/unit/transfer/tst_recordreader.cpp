// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transfer/recordreader.h"

#include <QTest>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Internal;

using Type = TransferFormat::Type;

class tst_RecordReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refusesEncodings();
    void refusesEndlessRecords();
    void goesOnBehindFaults();
};

// A record in short: its line, and its fields or its fault.
static QByteArray shortly(const Record &record)
{
    QByteArray text = QByteArray::number(record.line) + ':';
    if (!record.fault.isEmpty())
        return text + " fault";
    for (qsizetype i = 0; i < record.fields.size(); ++i) {
        static constexpr const char *Marks[] = {"NULL", "", "", "#", "", "", "@"};
        const Field &field = record.fields.at(i);
        text += '[' + (record.names.isEmpty() ? QByteArray() : record.names.at(i).toUtf8() + '=')
            + Marks[int(field.kind)] + field.bytes + ']';
    }
    return text;
}

// All records, with the file given in portions of some bytes.
static QByteArrayList readAll(const QByteArray &file, const TransferFormat &format, qsizetype portion,
                              qsizetype columns)
{
    const std::unique_ptr<RecordReader> reader = RecordReader::create(format);
    reader->setColumnCount(columns);
    QByteArrayList records;
    Record record;
    for (qsizetype given = 0;;) {
        switch (reader->next(record)) {
        case RecordReader::Status::Record:
            records.append(shortly(record));
            break;
        case RecordReader::Status::Wanting:
            if (given < file.size())
                reader->feed(QByteArrayView(file).sliced(given, qMin(portion, file.size() - given)));
            else
                reader->finish();
            given += portion;
            break;
        case RecordReader::Status::End:
            return records;
        case RecordReader::Status::Failed:
            return records << "failed: " + reader->failure().toUtf8();
        }
    }
}

void tst_RecordReader::reads_data()
{
    QTest::addColumn<TransferFormat>("format");
    QTest::addColumn<int>("columns");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArrayList>("expected");
    const auto add = [](const char *name, const TransferFormat &format, int columns, const QByteArray &file,
                        const QByteArrayList &expected) {
        QTest::addRow("%s", name) << format << columns << file << expected;
    };
    const TransferFormat csv(Type::Csv);
    add("csv: nothing", csv, 2, "", {});
    add("csv: CR LF", csv, 2, "a,b\r\nc,d\r\n", {"1:[a][b]", "2:[c][d]"});
    add("csv: LF, none at the end", csv, 2, "a,b\nc,d", {"1:[a][b]", "2:[c][d]"});
    add("csv: NULL and empty", csv, 3, ",\"\",x\r\n", {"1:[NULL][][x]"});
    add("csv: last is NULL", csv, 2, "a,\r\n", {"1:[a][NULL]"});
    add("csv: quotes", csv, 2, "\"a\"\"b\",\",\"\r\n", {"1:[a\"b][,]"});
    add("csv: quotes alone", csv, 1, "\"\"\"\"\r\n", {"1:[\"]"});
    add("csv: ends of lines in quotes", csv, 2, "\"a\r\nb\n\",c\r\nd,e\r\n", {"1:[a\r\nb\n][c]", "4:[d][e]"});
    add("csv: byte order mark", csv, 2,
        "\xEF\xBB\xBF"
        "a,b\n",
        {"1:[a][b]"});
    add("csv: mark in a field", csv, 2, "a,\xEF\xBB\xBF\n", {"1:[a][\xEF\xBB\xBF]"});
    add("csv: empty lines", csv, 2, "\r\na,b\r\n\r\n", {"2:[a][b]"});
    add("csv: empty line, one column", csv, 1, "a\r\n\r\nb\r\n", {"1:[a]", "2:[NULL]", "3:[b]"});
    add("csv: NUL", csv, 2, QByteArray("a\0b,c\n", 6), {QByteArray("1:[a\0b][c]", 10)});
    add("csv: quote not closed", csv, 2, "a,\"b\nc,d\n", {"1: fault"});
    add("csv: quote in a plain field", csv, 2, "a\"b,c\nd,e\n", {"1: fault", "2:[d][e]"});
    add("csv: text behind a quote", csv, 2, "\"a\"b,c\nd,e\n", {"1: fault", "2:[d][e]"});
    add("csv: not UTF-8", csv, 2, "a,\xFF\nd,e\n", {"1: fault", "2:[d][e]"});
    add("csv: CR in a plain field", csv, 2, "a\rb,c\n", {"1: fault"});
    add("csv: any number of fields", csv, 2, "a\nb,c,d\n", {"1:[a]", "2:[b][c][d]"});
    add("csv: semicolons", TransferFormat(csv).setSeparator(';'), 2, "a,b;\"c;d\"\n", {"1:[a,b][c;d]"});
    add("csv: text for NULL", TransferFormat(csv).setNullText("NULL"), 3, "NULL,\"NULL\",\n",
        {"1:[NULL][NULL][]"});

    const TransferFormat tsv(Type::Tsv);
    add("tsv: fields", tsv, 3, "a\t\t\\N\nb\tc\td\n", {"1:[a][][NULL]", "2:[b][c][d]"});
    add("tsv: CR LF", tsv, 2, "a\tb\r\n", {"1:[a][b]"});
    add("tsv: escapes", tsv, 2, "\\t\\n\\r\\\\\t\\b\\Z\\x\n", {"1:[\t\n\r\\][\b\x1Ax]"});
    add("tsv: NUL", tsv, 1, "\\0\n", {QByteArray("1:[\0]", 5)});
    add("tsv: N is NULL alone only", tsv, 3, "\\Na\ta\\N\t\\\\N\n", {"1:[Na][aN][\\N]"});
    add("tsv: escaped line feed", tsv, 2, "a\\\nb\tc\nd\te\n", {"1:[a\nb][c]", "3:[d][e]"});
    add("tsv: backslash at the end", tsv, 1, "a\\", {"1: fault"});
    add("tsv: empty line, one column", tsv, 1, "\n", {"1:[]"});
    add("tsv: bytes", tsv, 1, "\xFF\xFD\n", {"1:[\xFF\xFD]"});

    const TransferFormat json(Type::JsonLines);
    add("json: values", json, -1,
        R"({"a": 1, "b":null,"c":true,"d":false,"e":"x"})"
        "\n",
        {"1:[a=#1][b=NULL][c=true][d=false][e=x]"});
    add("json: all digits", json, -1,
        R"({"a":18446744073709551615,"b":-0.10e+5})"
        "\n\n",
        {"1:[a=#18446744073709551615][b=#-0.10e+5]"});
    add("json: escapes", json, -1, R"({"a":"\"\\\/\b\f\n\r\t\u00fc\ud834\udd1e"})",
        {"1:[a=\"\\/\b\f\n\r\t\xC3\xBC\xF0\x9D\x84\x9E]"});
    add("json: structures", json, -1, R"({"a":{"b":[1,"}"]},"c":["\"]"]})",
        {R"(1:[a=@{"b":[1,"}"]}][c=@["\"]"])"
         "]"});
    add("json: empty object", json, -1, "{}", {"1:"});
    for (const char *bad : {"[1]",
                            "{",
                            "{\"a\"}",
                            "{\"a\":}",
                            "{\"a\":1",
                            "{\"a\":1,}",
                            "{\"a\":1}x",
                            "{a:1}",
                            "{\"a\":01}",
                            "{\"a\":1.}",
                            "{\"a\":-}",
                            "{\"a\":1e}",
                            "{\"a\":\"\\x\"}",
                            "{\"a\":\"\\ud834\"}",
                            "{\"a\":\"\\u12\"}",
                            "{\"a\":\"x}",
                            "{\"a\":\"\t\"}",
                            "{\"a\":[}",
                            "{\"a\":[1}",
                            "{\"a\":{\"b\"}}",
                            "{\"a\":nul}",
                            "\"\\",
                            "{\"a\":\"\\",
                            "{\"a\":[\"\\",
                            "{\"\xFF\":1}",
                            "{\"a\":[01]}",
                            "{\"a\":\"\\u+123\"}",
                            "{\"a\":\"\\u0x1f\"}",
                            "{\"a\":\"\\u\v123\"}"})
        add(bad, json, -1, QByteArray(bad) + "\n{\"a\":1}", {"1: fault", "2:[a=#1]"});
}

void tst_RecordReader::reads()
{
    QFETCH(const TransferFormat, format);
    QFETCH(const int, columns);
    QFETCH(const QByteArray, file);
    QFETCH(const QByteArrayList, expected);
    for (const qsizetype portion : {qsizetype(1), qsizetype(2), qsizetype(3), file.size() + 1})
        QCOMPARE(readAll(file, format, portion, columns), expected);
}

void tst_RecordReader::refusesEncodings()
{
    for (const QByteArray &file : {QByteArray("\xFF\xFE"
                                              "a\0",
                                              4),
                                   QByteArray("\xFE\xFF\0a", 4)})
        QCOMPARE(readAll(file, Type::Csv, 1, 1),
                 QByteArrayList{"failed: The file is UTF-16; UTF-8 is needed."});
}

void tst_RecordReader::refusesEndlessRecords()
{
    const std::unique_ptr<RecordReader> reader = RecordReader::create(Type::Csv);
    Record record;
    reader->feed("a,b\n\"");
    QCOMPARE(reader->next(record), RecordReader::Status::Record);
    const QByteArray portion(1 << 20, 'x');
    RecordReader::Status status = RecordReader::Status::Wanting;
    qsizetype given = 0;
    while (status == RecordReader::Status::Wanting && given < 2 * RecordReader::MaximumRecord) {
        reader->feed(portion);
        given += portion.size();
        status = reader->next(record);
    }
    QCOMPARE(status, RecordReader::Status::Failed);
    QVERIFY(given <= RecordReader::MaximumRecord + 2 * portion.size());
    QVERIFY2(reader->failure().startsWith(QStringLiteral("Line 2 ")), qPrintable(reader->failure()));
    QCOMPARE(reader->next(record), RecordReader::Status::Failed);
}

void tst_RecordReader::goesOnBehindFaults()
{
    const std::unique_ptr<RecordReader> reader = RecordReader::create(Type::Csv);
    const QByteArray longText(1000, 'y');
    reader->feed(QByteArray("x\"," + longText + "\nz\n"));
    reader->finish();
    Record record;
    QCOMPARE(reader->next(record), RecordReader::Status::Record);
    QVERIFY(!record.fault.isEmpty());
    QCOMPARE(record.text.size(), RecordReader::ShownText);
    QVERIFY(record.text.startsWith("x\",yyy"));
    QCOMPARE(reader->next(record), RecordReader::Status::Record);
    QCOMPARE(record.text, QByteArray("z"));
    QCOMPARE(record.line, 2);
    QCOMPARE(reader->next(record), RecordReader::Status::End);
}

QTEST_GUILESS_MAIN(tst_RecordReader)
#include "tst_recordreader.moc"
