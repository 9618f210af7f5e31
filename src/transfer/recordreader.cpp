// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transfer/recordreader.h"

#include "transfer/jsonrecord.h"

#include <algorithm>

namespace QAsyncMySql::Internal {

namespace {

constexpr QByteArrayView ByteOrderMark("\xEF\xBB\xBF");
constexpr qsizetype KeptBytes = 256 * 1024; // that have been read, before they are moved away

//! RFC 4180, and LF as the end of a line.
class CsvReader final : public RecordReader
{
public:
    explicit CsvReader(const TransferFormat &format)
        : m_nullText(format.nullText())
        , m_separator(format.separator())
    {
    }

private:
    enum class Place : quint8
    {
        Start, // of a field
        Plain,
        Quoted,
        Behind, // a quote within quotes: its end, or the first of two
    };

    qsizetype findEnd(QByteArrayView bytes, qsizetype from) override
    {
        for (qsizetype i = from; i < bytes.size(); ++i) {
            const char c = bytes[i];
            if (m_place == Place::Quoted) {
                if (c == '"')
                    m_place = Place::Behind;
            } else if (c == '\n') {
                return i;
            } else if (c == '"' && m_place != Place::Plain) {
                m_place = Place::Quoted; // begins, or goes on after two quotes
            } else {
                m_place = c == m_separator ? Place::Start : Place::Plain;
            }
        }
        return -1;
    }
    void restart() override { m_place = Place::Start; }

    void parse(QByteArrayView text, Record &record) const override
    {
        if (!text.isValidUtf8()) {
            record.fault = QStringLiteral("It is not UTF-8.");
            return;
        }
        for (qsizetype at = 0;;) {
            const qsizetype number = record.fields.size() + 1;
            if (at < text.size() && text[at] == '"') {
                QByteArray value;
                if (!readQuoted(text, at, value)) {
                    record.fault
                        = QStringLiteral("The quote that begins field %1 is not closed.").arg(number);
                    return;
                }
                if (at < text.size() && text[at] != m_separator) {
                    record.fault
                        = QStringLiteral("Behind the closing quote of field %1 stands something else "
                                         "than a separator; a quote within quotes is doubled.")
                              .arg(number);
                    return;
                }
                record.fields.append(Field(Field::Kind::Text, std::move(value)));
            } else {
                const qsizetype end = text.indexOf(m_separator, at);
                const QByteArrayView plain = text.sliced(at, (end < 0 ? text.size() : end) - at);
                at += plain.size();
                if (plain.contains('"') || plain.contains('\r')) {
                    record.fault
                        = QStringLiteral("Field %1 has a quote or an end of line and does not stand in "
                                         "quotes.")
                              .arg(number);
                    return;
                }
                if (plain == m_nullText)
                    record.fields.append(Field());
                else
                    record.fields.append(Field(Field::Kind::Text, plain.toByteArray()));
            }
            if (at >= text.size())
                return;
            ++at; // the separator
        }
    }

    static bool readQuoted(QByteArrayView text, qsizetype &at, QByteArray &value)
    {
        for (++at;;) {
            const qsizetype quote = text.indexOf('"', at);
            if (quote < 0)
                return false;
            value += text.sliced(at, quote - at);
            at = quote + 1;
            if (at >= text.size() || text[at] != '"')
                return true;
            value += '"';
            ++at;
        }
    }

    QByteArray m_nullText;
    char m_separator;
    Place m_place = Place::Start;
};

//! What LOAD DATA reads without options (MySQL manual, "LOAD DATA Statement").
class TsvReader final : public RecordReader
{
    qsizetype findEnd(QByteArrayView bytes, qsizetype from) override
    {
        for (qsizetype i = from; i < bytes.size(); ++i) {
            if (m_escaped)
                m_escaped = false;
            else if (bytes[i] == '\\')
                m_escaped = true; // SELECT ... INTO OUTFILE writes a line feed behind a backslash
            else if (bytes[i] == '\n')
                return i;
        }
        return -1;
    }
    void restart() override { m_escaped = false; }

    void parse(QByteArrayView text, Record &record) const override
    {
        QByteArray value;
        bool null = false;
        const auto append = [&] {
            record.fields.append(null ? Field() : Field(Field::Kind::Raw, value));
            value = QByteArray();
            null = false;
        };
        for (qsizetype i = 0; i < text.size(); ++i) {
            const char c = text[i];
            if (c == '\t') {
                append();
            } else if (c != '\\') {
                value += c;
            } else if (++i == text.size()) {
                record.fault = QStringLiteral("It ends in a backslash, and nothing follows.");
                return;
            } else {
                const bool alone = value.isEmpty() && (i == 1 || text[i - 2] == '\t')
                    && (i + 1 == text.size() || text[i + 1] == '\t');
                null = alone && text[i] == 'N';
                if (!null)
                    value += unescaped(text[i]);
            }
        }
        append();
    }

    static char unescaped(char letter)
    {
        switch (letter) {
        case '0':
            return '\0';
        case 'b':
            return '\b';
        case 'n':
            return '\n';
        case 'r':
            return '\r';
        case 't':
            return '\t';
        case 'Z':
            return '\x1A';
        default:
            return letter;
        }
    }

    bool m_escaped = false;
};

class JsonLinesReader final : public RecordReader
{
    qsizetype findEnd(QByteArrayView bytes, qsizetype from) override { return bytes.indexOf('\n', from); }
    void parse(QByteArrayView text, Record &record) const override { parseJsonRecord(text, record); }
    bool emptyIsRecord() const override { return false; }
};

} // namespace

std::unique_ptr<RecordReader> RecordReader::create(const TransferFormat &format)
{
    switch (format.type()) {
    case TransferFormat::Type::Csv:
        return std::make_unique<CsvReader>(format);
    case TransferFormat::Type::Tsv:
        return std::make_unique<TsvReader>();
    case TransferFormat::Type::JsonLines:
        break;
    }
    return std::make_unique<JsonLinesReader>();
}

void RecordReader::feed(QByteArrayView bytes)
{
    if (m_start > KeptBytes) {
        m_buffer.remove(0, m_start);
        m_scanned -= m_start;
        m_start = 0;
    }
    m_buffer += bytes;
}

// The first bytes tell the encoding.
RecordReader::Status RecordReader::begin()
{
    if (m_buffer.size() < ByteOrderMark.size() && !m_finished)
        return Status::Wanting;
    m_begun = true;
    if (m_buffer.startsWith("\xFF\xFE") || m_buffer.startsWith("\xFE\xFF")) {
        m_failure = QStringLiteral("The file is UTF-16; UTF-8 is needed.");
        return Status::Failed;
    }
    if (m_buffer.startsWith(ByteOrderMark.toByteArray()))
        m_start = m_scanned = ByteOrderMark.size();
    return Status::Record;
}

RecordReader::Status RecordReader::next(Record &record)
{
    if (!m_failure.isEmpty())
        return Status::Failed;
    if (!m_begun) {
        if (const Status status = begin(); status != Status::Record)
            return status;
    }
    for (;;) {
        const qsizetype found = findEnd(m_buffer, m_scanned);
        if (found < 0) {
            m_scanned = m_buffer.size();
            if (m_scanned - m_start > MaximumRecord) {
                m_failure
                    = QStringLiteral("Line %1 begins a row of more than %2 MiB; a quote may be missing.")
                          .arg(m_line)
                          .arg(MaximumRecord >> 20);
                return Status::Failed;
            }
            if (!m_finished)
                return Status::Wanting;
            if (m_start == m_buffer.size())
                return Status::End;
        }
        const qsizetype end = found < 0 ? m_buffer.size() : found;
        QByteArrayView text = QByteArrayView(m_buffer).sliced(m_start, end - m_start);
        record = Record();
        record.line = m_line;
        m_line += 1 + std::count(text.begin(), text.end(), '\n');
        m_start = m_scanned = found < 0 ? end : end + 1;
        restart();
        if (found >= 0 && text.endsWith('\r'))
            text.chop(1);
        if (text.isEmpty() && !emptyIsRecord())
            continue;
        record.text = text.first(std::min(text.size(), ShownText)).toByteArray();
        parse(text, record);
        return Status::Record;
    }
}

} // namespace QAsyncMySql::Internal
