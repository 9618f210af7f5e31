// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/connection.h>
#include <QAsyncMySql/decimal.h>
#include <QAsyncMySql/sql.h>

#include <QtCore/QRandomGenerator>
#include <QtCore/QSet>

#include <algorithm>
#include <limits>

using namespace QAsyncMySql;

namespace {

constexpr int Batch = 100; // payloads in one statement

// What escapes are made of: quotes and their look-alikes, escapes, comments, ends of statements, lead bytes
// of other character sets, and what people write when they mean it.
QStringList pieces()
{
    QStringList list;
    for (const char16_t *piece : {u"'",
                                  u"''",
                                  u"\\",
                                  u"\\'",
                                  u"\\\\",
                                  u"\"",
                                  u"\\\"",
                                  u"`",
                                  u"-- ",
                                  u"--",
                                  u"#",
                                  u"/*",
                                  u"*/",
                                  u"/*!",
                                  u"/*M!",
                                  u"*/;",
                                  u";",
                                  u"\n",
                                  u"\r",
                                  u"\t",
                                  u"\x1A",
                                  u"\u00A5",
                                  u"\u20A9",
                                  u"\uFF07",
                                  u"\u2019",
                                  u"\u02BC",
                                  u"\u0327",
                                  u"\uFF3C",
                                  u"\u00BF'",
                                  u"\u00BF\\",
                                  u"\u8868",
                                  u"\u8868'",
                                  u"\u00DF",
                                  u"\u2028",
                                  u"\U0001D11E",
                                  u"\U0001F600'",
                                  u"\u200F",
                                  u"\u202E",
                                  u"\uFEFF",
                                  u"?",
                                  u":name",
                                  u"%",
                                  u"_",
                                  u"%s",
                                  u"{}",
                                  u"$$",
                                  u"x'",
                                  u"N'",
                                  u"_utf8mb4'",
                                  u"\\0",
                                  u"\\Z",
                                  u"\\n",
                                  u"\b",
                                  u"\x7F",
                                  u"\u0085",
                                  u" OR 1=1 -- ",
                                  u"' OR ''='",
                                  u"'; DROP TABLE canary; -- ",
                                  u"\\'; DROP TABLE canary; -- ",
                                  u"') ; DELETE FROM canary; #",
                                  u"' UNION SELECT n FROM canary -- ",
                                  u"0x27",
                                  u"CHAR(39)",
                                  u"' /*!50000 ; DROP TABLE canary */ '",
                                  u"'||(DELETE FROM canary)||'",
                                  u"a",
                                  u"1",
                                  u" ",
                                  u""})
        list.append(QString::fromUtf16(piece));
    list.append(QString(QChar(u'\0')));
    list.append(QString(QChar(u'\0')) + u'\'');
    return list;
}

//! \a count texts, no two alike: each piece alone, all pairs, then longer ones at random.
QStringList payloads(int count)
{
    const QStringList parts = pieces();
    QStringList list;
    QSet<QString> seen;
    const auto add = [&](const QString &text) {
        if (list.size() >= count || seen.contains(text) || !text.isValidUtf16())
            return;
        seen.insert(text);
        list.append(text);
    };
    for (const QString &part : parts)
        add(part);
    for (const QString &first : parts) {
        for (const QString &second : parts)
            add(first + second);
    }
    QRandomGenerator random(20261127);
    while (list.size() < count) {
        QString text;
        for (int i = 0, n = random.bounded(3, 9); i < n; ++i)
            text += parts.at(random.bounded(parts.size()));
        add(text);
    }
    return list;
}

const char16_t *const SqlModes[] = {u"", u"NO_BACKSLASH_ESCAPES", u"ANSI_QUOTES",
                                    u"ANSI_QUOTES,NO_BACKSLASH_ESCAPES,PIPES_AS_CONCAT,IGNORE_SPACE"};

} // namespace

/*
    Values that would break out of their quotes: through query(), in every sql_mode, each must come back as it
    was, and a table beside must stay as it is.

    QASYNCMYSQL_PAYLOADS sets how many are tried for each server and sql_mode.
*/
class tst_Injection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void texts_data() { addRows(); }
    void texts();
    void bytes_data() { addRows(); }
    void bytes();
    void otherCharsets_data() { ServerMatrix::addRows(); }
    void otherCharsets();
    void numbers_data() { addRows(); }
    void numbers();
    void identifiers_data() { addRows(); }
    void identifiers();

private:
    static void addRows();
    static int payloadCount();
    void open(const MatrixServer &server);
    void checkCanary();
    void tryBatch(const QStringList &texts);

    std::unique_ptr<Connection> m_connection;
    QString m_database = QStringLiteral("injection_%1").arg(QCoreApplication::applicationPid());
};

void tst_Injection::addRows()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("mode");
    for (const QString &id : ServerMatrix::ids()) {
        for (const char16_t *mode : SqlModes) {
            const QString name = QString::fromUtf16(mode);
            QTest::addRow("%s, '%s'", qPrintable(id), qPrintable(name)) << id << name;
        }
    }
}

int tst_Injection::payloadCount()
{
    bool given = false;
    const int count = qEnvironmentVariableIntValue("QASYNCMYSQL_PAYLOADS", &given);
    return given ? count : 5000;
}

void tst_Injection::open(const MatrixServer &server)
{
    QFETCH(const QString, mode);
    m_connection = std::make_unique<Connection>();
    // Several statements in one text are allowed, so that one that escapes would be executed.
    VERIFY_OK(await(m_connection->open(
        ConnectOptions::fromUrl(server.url())->setMultiStatements(true).setSqlMode(mode))));
    VERIFY_OK(await(m_connection->query(u"DROP DATABASE IF EXISTS " + m_database)));
    VERIFY_OK(await(m_connection->query(u"CREATE DATABASE " + m_database + u" CHARACTER SET utf8mb4")));
    VERIFY_OK(await(m_connection->useDatabase(m_database)));
    VERIFY_OK(await(m_connection->query(u"CREATE TABLE canary (n INT PRIMARY KEY)")));
    VERIFY_OK(await(m_connection->query(u"INSERT INTO canary VALUES (1), (2), (3)")));
}

void tst_Injection::checkCanary()
{
    const auto canary = await(m_connection->query(u"SELECT COUNT(*), SUM(n) FROM canary"));
    VERIFY_OK(canary);
    QCOMPARE(canary->at(0).get<int>(0), 3);
    QCOMPARE(canary->at(0).get<int>(1), 6);
    const auto modeNow = await(m_connection->query(u"SELECT @@sql_mode"));
    VERIFY_OK(modeNow);
    QFETCH(const QString, mode);
    QCOMPARE(modeNow->scalar<QString>()->contains(u"NO_BACKSLASH_ESCAPES"),
             mode.contains(u"NO_BACKSLASH_ESCAPES"));
}

// All side by side, with a word of our own between them: one that left its quotes would upset the others.
void tst_Injection::tryBatch(const QStringList &texts)
{
    QString sql = QStringLiteral("SELECT 'begin'");
    Parameters parameters;
    for (const QString &text : texts) {
        sql += QStringLiteral(", ?, HEX(?)");
        parameters << text << text;
    }
    sql += QStringLiteral(", 'end'");
    const auto read = await(m_connection->run(StatementProtocol::Text, sql, parameters));
    VERIFY_OK(read);
    QCOMPARE(read->size(), 1);
    QVERIFY(!read->hasNext());
    QCOMPARE(read->columnCount(), 2 + 2 * texts.size());
    const Row row = read->at(0);
    for (qsizetype i = 0; i < texts.size(); ++i) {
        const QByteArray utf8 = texts.at(i).toUtf8();
        QVERIFY2(row.raw(int(1 + 2 * i)) == utf8, utf8.toHex(' ').constData());
        QVERIFY2(row.get<QByteArray>(int(2 + 2 * i)) == utf8.toHex().toUpper(), utf8.toHex(' ').constData());
    }
    QCOMPARE(row.get<QString>(read->columnCount() - 1), QStringLiteral("end"));
}

void tst_Injection::texts()
{
    MATRIX_SERVER(live);
    open(live);
    if (QTest::currentTestFailed())
        return;
    const QStringList all = payloads(payloadCount());
    QCOMPARE(all.size(), payloadCount());
    for (qsizetype from = 0; from < all.size(); from += Batch) {
        tryBatch(all.mid(from, Batch));
        if (QTest::currentTestFailed())
            return;
    }
    checkCanary();
    VERIFY_OK(await(m_connection->query(u"DROP DATABASE " + m_database)));
}

// As bytes, and through a table: all lead and trail bytes before a quote and a backslash.
void tst_Injection::bytes()
{
    MATRIX_SERVER(live);
    open(live);
    if (QTest::currentTestFailed())
        return;
    VERIFY_OK(await(m_connection->query(u"CREATE TABLE b (n INT PRIMARY KEY, v VARBINARY(100))")));
    QByteArrayList all;
    for (int lead = 0; lead < 256; ++lead) {
        for (const char *tail :
             {"'", "\\", "\\'", "''", "\x5C\x27 OR 1=1 -- ", "\xBF\x27", "\x27; DROP TABLE canary; -- "})
            all.append(char(lead) + QByteArray(tail));
    }
    for (qsizetype from = 0; from < all.size(); from += Batch) {
        QString sql = QStringLiteral("INSERT INTO b VALUES ");
        Parameters parameters;
        const QByteArrayList some = all.mid(from, Batch);
        for (qsizetype i = 0; i < some.size(); ++i) {
            sql += i > 0 ? QStringLiteral(", (?, ?)") : QStringLiteral("(?, ?)");
            parameters << int(from + i) << some.at(i);
        }
        VERIFY_OK(await(m_connection->run(StatementProtocol::Text, sql, parameters)));
    }
    const auto read = await(m_connection->query(u"SELECT v, HEX(v) FROM b ORDER BY n"));
    VERIFY_OK(read);
    QCOMPARE(read->size(), all.size());
    for (qsizetype i = 0; i < all.size(); ++i) {
        QCOMPARE(read->at(i).raw(0).toByteArray(), all.at(i));
        QCOMPARE(read->at(i).get<QByteArray>(1), all.at(i).toHex().toUpper());
    }
    checkCanary();
    VERIFY_OK(await(m_connection->query(u"DROP DATABASE " + m_database)));
}

/* Pitfall 33: in GBK and its like, a byte of our UTF-8 may swallow the quote behind it. Once the program has
   changed the session's character set, values are no longer put into the text. */
void tst_Injection::otherCharsets()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(ConnectOptions::fromUrl(live.url()).value())));
    for (const char16_t *charset : {u"gbk", u"sjis", u"big5", u"cp932"}) {
        VERIFY_OK(await(connection.query(u"SET NAMES " + QString::fromUtf16(charset))));
        const auto refused = await(connection.query(u"SELECT ?", QStringLiteral("\u00BF' OR 1=1 -- ")));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind(), Error::Kind::Usage);
        QCOMPARE(refused.error().outcome(), Error::Outcome::NotSent);
        VERIFY_OK(await(connection.query(u"SET NAMES utf8mb4")));
        const auto again = await(connection.query(u"SELECT ?", QStringLiteral("\u00BF' OR 1=1 -- ")));
        VERIFY_OK(again);
        QCOMPARE(again->scalar<QString>().value(), QStringLiteral("\u00BF' OR 1=1 -- "));
    }
}

// TM21: numbers beside operators and letters stay numbers of their own.
void tst_Injection::numbers()
{
    MATRIX_SERVER(live);
    open(live);
    if (QTest::currentTestFailed())
        return;
    struct Case
    {
        const char16_t *sql;
        Parameter value;
        double expected;
    };
    const Case cases[] = {
        {u"SELECT -?", -1, 1},
        {u"SELECT 5-?", -1, 6},
        {u"SELECT 5 -?, 'x' -- ?\n", -1, 6},
        {u"SELECT - -?", -1, -1},
        {u"SELECT 5-?", -1.5, 6.5},
        {u"SELECT 5-?", Decimal::fromString(u"-1.5").value(), 6.5},
        {u"SELECT -?", std::numeric_limits<qint64>::max(), -9223372036854775807.0},
        {u"SELECT 5/?", 2, 2.5},
        {u"SELECT 2*?", -3, -6},
        {u"SELECT ?+1", 1e300, 1e300},
        {u"SELECT ?+0", -0.0, 0},
        {u"SELECT ?+0", 5e-324, 5e-324},
    };
    for (const Case &c : cases) {
        QString sql = QString::fromUtf16(c.sql);
        const auto read = await(m_connection->run(StatementProtocol::Text, sql, {c.value}));
        VERIFY_OK(read);
        QCOMPARE(read->at(0).get<double>(0), c.expected);
    }
    // Not glued to letters: an alias (or an error of the server), and never a number like 0x12 or 1e1.
    const auto alias = await(m_connection->query(u"SELECT ?e1", 1));
    VERIFY_OK(alias);
    QCOMPARE(alias->at(0).get<int>(0), 1);
    QCOMPARE(alias->columns().first().name(), QStringLiteral("e1"));
    const auto prefix = await(m_connection->query(u"SELECT 0x?", 12));
    QVERIFY(!prefix || prefix->at(0).get<int>(0) != 0x12);
    for (const double bad :
         {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
          std::numeric_limits<double>::quiet_NaN()}) {
        const auto refused = await(m_connection->query(u"SELECT ?", bad));
        QVERIFY(!refused);
        QCOMPARE(refused.error().outcome(), Error::Outcome::NotSent);
    }
    for (const QVariant &bad : {QVariant(QVariantMap{{QStringLiteral("a"), 1}}), QVariant(QVariantList{1, 2}),
                                QVariant(QStringList{QStringLiteral("a")})}) {
        const auto refused = await(m_connection->query(u"SELECT ?", bad));
        QVERIFY(!refused);
        QCOMPARE(refused.error().outcome(), Error::Outcome::NotSent);
    }
    checkCanary();
    VERIFY_OK(await(m_connection->query(u"DROP DATABASE " + m_database)));
}

void tst_Injection::identifiers()
{
    MATRIX_SERVER(live);
    open(live);
    if (QTest::currentTestFailed())
        return;
    int tried = 0;
    const QStringList all = payloads(300);
    for (const QString &text : all) {
        const auto quoted = quoteIdentifier(text);
        if (!quoted)
            continue; // cannot be a name, which is said
        const auto read = await(m_connection->query(QString(u"SELECT 1 AS " + *quoted)));
        if (!read) {
            // Servers refuse a few more (characters beyond the BMP); but as a name, not as a syntax error.
            QVERIFY2(read.error().code() != 1064, qPrintable(text));
            continue;
        }
        ++tried;
        QCOMPARE(read->columnCount(), 1);
        // Servers strip what they take for spaces from the beginning, and know no characters beyond the BMP.
        if (text.front() > u' ' && text.front() < QChar(0x7F)
            && std::none_of(text.begin(), text.end(), [](QChar c) { return c.isSurrogate(); }))
            QVERIFY2(read->columns().first().name() == text, qPrintable(text));
    }
    QVERIFY2(tried > 100, QByteArray::number(tried).constData());
    checkCanary();
    VERIFY_OK(await(m_connection->query(u"DROP DATABASE " + m_database)));
}

QTEST_GUILESS_MAIN(tst_Injection)
#include "tst_injection.moc"
