// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "transfer/jsonrecord.h"

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonParseError>

#include <charconv>

namespace QAsyncMySql::Internal {

namespace {

class Scanner
{
public:
    Scanner(QByteArrayView text, Record &record)
        : m_text(text)
        , m_record(record)
    {
    }

    void run();

private:
    bool fail(const QString &why);
    void skipBlanks();
    bool take(char c);
    bool takeWord(QByteArrayView word);
    bool readString(QByteArray &value);
    bool readEscape(QByteArray &value);
    bool readUnit(char16_t &unit);
    bool readNumber(QByteArray &value);
    bool readStructure(QByteArray &value);
    bool readValue(Field &field);
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool skipDigits();

    QByteArrayView m_text;
    Record &m_record;
    qsizetype m_at = 0;
};

bool Scanner::fail(const QString &why)
{
    if (m_record.fault.isEmpty())
        m_record.fault = QStringLiteral("It is no JSON object: %1 at byte %2.").arg(why).arg(m_at + 1);
    return false;
}

void Scanner::skipBlanks()
{
    while (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n')
        ++m_at;
}

bool Scanner::take(char c)
{
    skipBlanks();
    if (peek() != c || m_at >= m_text.size())
        return false;
    ++m_at;
    return true;
}

bool Scanner::takeWord(QByteArrayView word)
{
    if (!m_text.sliced(m_at).startsWith(word))
        return false;
    m_at += word.size();
    return true;
}

void Scanner::run()
{
    if (!m_text.isValidUtf8()) {
        m_record.fault = QStringLiteral("It is not UTF-8.");
        return;
    }
    if (!take('{')) {
        fail(QStringLiteral("a { is missing"));
        return;
    }
    if (!take('}')) {
        do {
            QByteArray name;
            skipBlanks();
            if (!readString(name))
                return;
            if (!take(':')) {
                fail(QStringLiteral("a : is missing"));
                return;
            }
            skipBlanks();
            Field field;
            if (!readValue(field))
                return;
            m_record.names.append(QString::fromUtf8(name));
            m_record.fields.append(std::move(field));
        } while (take(','));
        if (!take('}')) {
            fail(QStringLiteral("a , or } is missing"));
            return;
        }
    }
    skipBlanks();
    if (m_at < m_text.size())
        fail(QStringLiteral("something follows the object"));
}

bool Scanner::readValue(Field &field)
{
    const char c = peek();
    if (c == '"') {
        field.kind = Field::Kind::Text;
        return readString(field.bytes);
    }
    if (c == '{' || c == '[') {
        field.kind = Field::Kind::Structure;
        return readStructure(field.bytes);
    }
    if (c == '-' || (c >= '0' && c <= '9')) {
        field.kind = Field::Kind::Number;
        return readNumber(field.bytes);
    }
    if (takeWord("null"))
        return true;
    if (takeWord("true")) {
        field = Field(Field::Kind::True, "true");
        return true;
    }
    if (takeWord("false")) {
        field = Field(Field::Kind::False, "false");
        return true;
    }
    return fail(QStringLiteral("a value is missing"));
}

bool Scanner::skipDigits()
{
    const qsizetype from = m_at;
    while (peek() >= '0' && peek() <= '9')
        ++m_at;
    return m_at > from;
}

bool Scanner::readNumber(QByteArray &value)
{
    const qsizetype from = m_at;
    if (peek() == '-')
        ++m_at;
    const bool zero = peek() == '0';
    const qsizetype digits = m_at;
    bool good = skipDigits() && (!zero || m_at == digits + 1);
    if (good && peek() == '.') {
        ++m_at;
        good = skipDigits();
    }
    if (good && (peek() == 'e' || peek() == 'E')) {
        ++m_at;
        if (peek() == '+' || peek() == '-')
            ++m_at;
        good = skipDigits();
    }
    value = m_text.sliced(from, m_at - from).toByteArray();
    return good || fail(QStringLiteral("a number is not complete"));
}

bool Scanner::readString(QByteArray &value)
{
    if (peek() != '"')
        return fail(QStringLiteral("a string is missing"));
    ++m_at;
    for (;;) {
        const qsizetype from = m_at;
        while (m_at < m_text.size() && m_text[m_at] != '"' && m_text[m_at] != '\\'
               && uchar(m_text[m_at]) >= 0x20)
            ++m_at;
        value += m_text.sliced(from, m_at - from);
        if (m_at >= m_text.size())
            return fail(QStringLiteral("the closing quote of a string is missing"));
        if (m_text[m_at] == '"') {
            ++m_at;
            return true;
        }
        if (m_text[m_at] != '\\')
            return fail(QStringLiteral("a control character stands in a string"));
        ++m_at;
        if (!readEscape(value))
            return false;
    }
}

bool Scanner::readUnit(char16_t &unit)
{
    // Not QByteArray::toUShort(), which takes "0x1F" and blanks, too.
    const QByteArrayView digits = m_text.sliced(m_at, qMin<qsizetype>(4, m_text.size() - m_at));
    quint16 number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
    if (error != std::errc() || end != digits.data() + 4)
        return fail(QStringLiteral("four hexadecimal digits are missing"));
    unit = number;
    m_at += 4;
    return true;
}

bool Scanner::readEscape(QByteArray &value)
{
    static constexpr QByteArrayView Letters("\"\\/bfnrt");
    static constexpr QByteArrayView Meanings("\"\\/\b\f\n\r\t");
    const char letter = peek();
    ++m_at;
    if (const qsizetype index = Letters.indexOf(letter); index >= 0 && letter != '\0') {
        value += Meanings[index];
        return true;
    }
    if (letter != 'u')
        return fail(QStringLiteral("an unknown escape stands in a string"));
    char16_t unit = 0;
    if (!readUnit(unit))
        return false;
    QString character = QChar(unit);
    if (QChar::isHighSurrogate(unit) && takeWord("\\u")) {
        char16_t low = 0;
        if (!readUnit(low))
            return false;
        character += QChar(low);
    }
    if (!character.isValidUtf16())
        return fail(QStringLiteral("half a character stands in a string"));
    value += character.toUtf8();
    return true;
}

// Where it ends is found here; whether it is good, QJsonDocument knows.
bool Scanner::readStructure(QByteArray &value)
{
    const qsizetype from = m_at;
    int depth = 0;
    bool quoted = false;
    for (; m_at < m_text.size(); ++m_at) {
        const char c = m_text[m_at];
        if (quoted) {
            if (c == '\\')
                ++m_at;
            else
                quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            ++m_at;
            value = m_text.sliced(from, m_at - from).toByteArray();
            QJsonParseError error;
            (void)QJsonDocument::fromJson(value, &error);
            return error.error == QJsonParseError::NoError || fail(error.errorString());
        }
    }
    return fail(QStringLiteral("a closing bracket is missing"));
}

} // namespace

void parseJsonRecord(QByteArrayView text, Record &record)
{
    Scanner(text, record).run();
}

} // namespace QAsyncMySql::Internal
