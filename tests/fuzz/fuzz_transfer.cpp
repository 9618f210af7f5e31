// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

// Files that are imported: how they are taken apart, and whether what is exported is read back.

#include "fuzztarget.h"

#include "transfer/fieldvalue.h"
#include "transfer/recordreader.h"
#include "values/columndata.h"

#include <QAsyncMySql/parameters.h>
#include <QAsyncMySql/rowformatter.h>

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QJsonParseError>

#include <algorithm>

using namespace QAsyncMySql;
using Internal::Field;
using Internal::Record;
using Internal::RecordReader;
using Test::FuzzTarget;
using Test::require;
using Type = TransferFormat::Type;

namespace {

//! All records of \a bytes, given \a piece of them at a time.
QList<Record> recordsOf(const TransferFormat &format, QByteArrayView bytes, qsizetype piece)
{
    const std::unique_ptr<RecordReader> reader = RecordReader::create(format);
    QList<Record> records;
    for (;;) {
        Record record;
        switch (reader->next(record)) {
        case RecordReader::Status::Record:
            require(record.text.size() <= RecordReader::ShownText, "a report shows little");
            require(records.isEmpty() || record.line > records.last().line, "lines are counted");
            require(record.names.isEmpty() || record.names.size() == record.fields.size(),
                    "all fields have names, or none");
            records.append(record);
            break;
        case RecordReader::Status::Wanting: {
            const QByteArrayView now = bytes.first(std::min(piece, bytes.size()));
            bytes = bytes.sliced(now.size());
            if (now.isEmpty())
                reader->finish();
            else
                reader->feed(now);
            break;
        }
        case RecordReader::Status::Failed:
            require(!reader->failure().isEmpty(), "a failure says why");
            return records;
        case RecordReader::Status::End:
            require(bytes.isEmpty(), "all is read");
            return records;
        }
    }
}

bool isSame(const Record &a, const Record &b)
{
    const auto sameField
        = [](const Field &x, const Field &y) { return x.kind == y.kind && x.bytes == y.bytes; };
    return a.names == b.names && a.fault == b.fault && a.text == b.text && a.line == b.line
        && std::equal(a.fields.begin(), a.fields.end(), b.fields.begin(), b.fields.end(), sameField);
}

//! \a text less the marks of the byte order before it, some of which QString::fromUtf8() leaves out.
QString withoutMarks(QString text)
{
    while (text.startsWith(QChar(QChar::ByteOrderMark)))
        text.remove(0, 1);
    return text;
}

//! What we take for a JSON object is one for Qt, too, with the same texts. (Qt takes more.)
void compareWithQt(const Record &record)
{
    if (!record.fault.isEmpty() || record.text.size() == RecordReader::ShownText)
        return; // of a longer one not all is known here
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(record.text, &error).object();
    if (error.error == QJsonParseError::IllegalNumber)
        return; // too large for a double, but not for DECIMAL
    require(error.error == QJsonParseError::NoError, "what is read is JSON");
    for (qsizetype i = 0; i < record.fields.size(); ++i) {
        if (record.fields[i].kind != Field::Kind::Text || record.names.count(record.names[i]) > 1)
            continue;
        require(withoutMarks(object.value(record.names[i]).toString())
                    == withoutMarks(QString::fromUtf8(record.fields[i].bytes)),
                "a text is the same for others");
    }
}

//! The first byte says how the file comes, the rest is the file.
FuzzTarget::Function file(const TransferFormat &format)
{
    return [format](QByteArrayView input) {
        if (input.isEmpty())
            return;
        const qsizetype piece = 1 + quint8(input.front()) % 16;
        input = input.sliced(1);
        const QList<Record> whole = recordsOf(format, input, std::max<qsizetype>(1, input.size()));
        const QList<Record> pieces = recordsOf(format, input, piece);
        require(std::equal(whole.begin(), whole.end(), pieces.begin(), pieces.end(), isSame),
                "the records do not depend on how the file comes");
        if (format.type() == Type::JsonLines)
            std::for_each(whole.begin(), whole.end(), compareWithQt);
    };
}

const FuzzTarget csv("records_csv", file(TransferFormat(Type::Csv)));
const FuzzTarget other("records_semicolons",
                       file(TransferFormat(Type::Csv).setSeparator(';').setNullText("NULL")));
const FuzzTarget tsv("records_tsv", file(TransferFormat(Type::Tsv)));
const FuzzTarget json("records_json", file(TransferFormat(Type::JsonLines)));

//! The type of the column, its flags, the kind of the field, and its bytes.
const FuzzTarget value("field_value", [](QByteArrayView input) {
    if (input.size() < 3)
        return;
    auto *data = new ColumnData;
    data->type = ColumnType(quint8(input[0]));
    data->flags = quint8(input[1]) & 1 ? quint16(ColumnFlag::Unsigned) : quint16(0);
    data->charset = quint8(input[1]) & 2 ? 63 : 45;
    const Column column(data);
    const auto kind = Field::Kind(quint8(input[2]) % (quint8(Field::Kind::Structure) + 1));
    QString fault;
    const Parameter parameter
        = Internal::fieldValue(Field(kind, input.sliced(3).toByteArray()), column, fault);
    require(!fault.isEmpty() || parameter.kind() != Parameter::Kind::Invalid, "there is a value or a fault");
    require(fault.isEmpty() || kind != Field::Kind::Null, "NULL is a value of any column");
});

//! Two values, a text and bytes, are written and read back.
FuzzTarget::Function roundTrip(const TransferFormat &format)
{
    return [format](QByteArrayView input) {
        if (input.isEmpty())
            return;
        const qsizetype half = std::min<qsizetype>(quint8(input.front()), input.size() - 1);
        const QString text = QString::fromUtf8(input.sliced(1, half));
        const QByteArray bytes = input.sliced(1 + half).toByteArray();
        RowFormatter formatter(format);
        QByteArray written;
        formatter.begin(written, QStringList{QStringLiteral("text"), QStringLiteral("bytes")});
        formatter.appendRow(written, Internal::makeParameters(text, bytes));
        const QList<Record> read = recordsOf(format, written, 7);
        require(!read.isEmpty() && read.last().fault.isEmpty(), "what is written can be read");
        const QList<Field> &fields = read.last().fields;
        require(fields.size() == 2 && fields[0].bytes == text.toUtf8(), "a text is read back as it was");
        auto *data = new ColumnData;
        data->type = ColumnType::Blob;
        data->charset = 63;
        QString fault;
        const Parameter back = Internal::fieldValue(fields[1], Column(data), fault);
        require(fault.isEmpty() && back.bytesView() == bytes, "bytes are read back as they were");
    };
}

const FuzzTarget csvBack("formatted_csv", roundTrip(TransferFormat(Type::Csv)));
const FuzzTarget tsvBack("formatted_tsv", roundTrip(TransferFormat(Type::Tsv)));
const FuzzTarget jsonBack("formatted_json", roundTrip(TransferFormat(Type::JsonLines)));

} // namespace
