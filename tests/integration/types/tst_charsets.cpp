// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/connection.h>
#include <QAsyncMySql/typedrows.h>

#include <QtCore/QJsonObject>

using namespace QAsyncMySql;

/*!
    Text in every character set of the servers, where a program lets answers come in it: what we read is what
    the server says that the text is. Pitfalls 16 and 25.
*/
class tst_Charsets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void collations_data() { ServerMatrix::addRows(); }
    void collations();
    void everyCode_data() { ServerMatrix::addRows(); }
    void everyCode();
    void everyCharacter_data() { ServerMatrix::addRows(); }
    void everyCharacter();
    void namedAtRunTime_data();
    void namedAtRunTime();
    void asStored_data() { ServerMatrix::addRows(); }
    void asStored();
    void wideNumbers_data();
    void wideNumbers();

private:
    static void compare(Connection &connection, const QString &charset, const QString &text, int codes);
};

namespace {

Result<void> open(Connection &connection, const MatrixServer &live)
{
    if (const auto opened = await(connection.open(ConnectOptions::fromUrl(live.url()).value())); !opened)
        return opened.error();
    const auto set = await(connection.query(live.isMySql() ? u"SET cte_max_recursion_depth = 200000"
                                                           : u"SET max_recursive_iterations = 200000"));
    return set ? Result<void>() : Result<void>(set.error());
}

Result<QStringList> charsets(Connection &connection, const QString &condition)
{
    const auto rows
        = await(connection.query(QString(u"SELECT character_set_name FROM information_schema.character_sets "
                                         u"WHERE character_set_name <> 'binary' "
                                         "AND "
                                         + condition)));
    return rows ? rows->to<QString>() : Result<QStringList>(rows.error());
}

//! What was read, or why not, for messages.
QString shown(const Result<QString> &text)
{
    return text ? QString::fromLatin1(text->toUtf8().toHex(' ')) : text.error().message();
}

} // namespace

// Pitfall 16.
// The number of every collation is known to be of its character set.
void tst_Charsets::collations()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(open(connection, live));
    const auto collations = await(connection.query(
        live.isMariaDb()
            ? u"SELECT full_collation_name, character_set_name, id FROM "
              "information_schema.collation_character_set_applicability WHERE "
              "character_set_name <> 'binary'"
            : u"SELECT collation_name, character_set_name, id FROM information_schema.collations WHERE "
              "character_set_name <> 'binary'"));
    VERIFY_OK(collations);
    QVERIFY(collations->size() > 200);
    QStringList columns;
    for (const Row &row : *collations)
        columns.append(
            QStringLiteral("CONVERT('a' USING %1) COLLATE %2").arg(row.get<QString>(1), row.get<QString>(0)));
    VERIFY_OK(await(connection.query(u"SET character_set_results = NULL")));
    const auto sample = await(connection.query(QString(u"SELECT " + columns.join(u", "))));
    VERIFY_OK(sample);
    for (qsizetype i = 0; i < collations->size(); ++i) {
        const Row row = collations->at(i);
        const Column column = sample->columns().at(i);
        // MariaDB tells clients the number of an older collation where many do not know the new one's.
        const bool sameNumber = column.charset() == row.get<quint16>(2) || row.get<int>(2) >= 2048;
        QVERIFY2(column.charsetName() == row.get<QString>(1) && sameNumber,
                 qPrintable(QStringLiteral("%1 (%2) of %3 is taken for %4 of %5")
                                .arg(row.get<QString>(0))
                                .arg(row.get<int>(2))
                                .arg(row.get<QString>(1))
                                .arg(column.charset())
                                .arg(column.charsetName())));
        const auto read = sample->at(0).tryGet<QString>(int(i));
        VERIFY_OK(read);
        QCOMPARE(*read, QStringLiteral("a"));
    }
}

/* Reads \a text (an expression of the number n) in \a charset, for n up to \a codes, and compares it with
   what the server makes of it in UTF-8. Left out is what the server itself has no character for. */
void tst_Charsets::compare(Connection &connection, const QString &charset, const QString &text, int codes)
{
    VERIFY_OK(await(connection.query(u"SET character_set_results = NULL")));
    const auto rows = await(connection.query(
        QStringLiteral("WITH RECURSIVE codes(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM codes WHERE n < %1) "
                       "SELECT n, t, u FROM (SELECT n, t, CONVERT(t USING utf8mb4) AS u FROM "
                       "(SELECT n, %2 AS t FROM codes) AS texts) AS answers "
                       "WHERE t IS NOT NULL AND (u NOT LIKE '%?%' OR n = 63) AND u NOT LIKE '%\uFFFD%'")
            .arg(codes)
            .arg(text)));
    VERIFY_OK(rows);
    QVERIFY(!rows->isEmpty());
    qsizetype differences = 0;
    for (const Row &row : *rows) {
        QCOMPARE(row.columns().at(1).charsetName(), charset);
        const auto read = row.tryGet<QString>(1);
        const QString meant = row.get<QString>(2);
        if (read && *read == meant)
            continue;
        if (++differences <= 5)
            qInfo().noquote() << charset << row.get<QByteArray>(1).toHex() << "is read as" << shown(read)
                              << "but is" << shown(meant);
    }
    // In some rare places the system's iconv() has another idea than the servers: the kana and signs beyond
    // the standard in Big5, characters of one's own in EUC, and those that have moved out of the private
    // area.
    const QHash<QString, qsizetype> allowed{
        {QStringLiteral("big5"), 270}, {QStringLiteral("gb18030"), 42}, {QStringLiteral("ujis"), 1880}};
    QVERIFY2(
        differences <= allowed.value(charset, 0),
        qPrintable(
            QStringLiteral("%1: %2 of %3 texts differ").arg(charset).arg(differences).arg(rows->size())));
}

void tst_Charsets::everyCode()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(open(connection, live));
    const auto narrow = charsets(connection, QStringLiteral("maxlen = 1"));
    VERIFY_OK(narrow);
    QVERIFY(narrow->size() > 20);
    for (const QString &charset : *narrow) {
        if (QTest::currentTestFailed())
            return;
        const QString bytes = QStringLiteral("UNHEX(LPAD(HEX(n), 2, '0'))");
        compare(connection, charset, QStringLiteral("CONVERT(%1 USING %2)").arg(bytes, charset), 255);
    }
    const auto wide = charsets(connection, QStringLiteral("maxlen > 1 AND character_set_name NOT LIKE 'u%'"));
    VERIFY_OK(wide);
    for (const QString &charset : *wide) {
        const QString bytes = QStringLiteral("UNHEX(HEX(n + 32768))");
        compare(connection, charset,
                QStringLiteral("IF(HEX(CONVERT(%1 USING %2)) = HEX(%1), CONVERT(%1 USING %2), NULL)")
                    .arg(bytes, charset),
                32'767);
    }
}

void tst_Charsets::everyCharacter()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(open(connection, live));
    const auto all = charsets(connection, QStringLiteral("maxlen > 1"));
    VERIFY_OK(all);
    for (const QString &charset : *all) {
        const QString text = QStringLiteral("CONVERT(CHAR(n USING utf32) USING %1)").arg(charset);
        compare(connection, charset,
                QStringLiteral("IF(n BETWEEN 55296 AND 57343 OR (%1 = '?' AND n <> 63), NULL, %1)").arg(text),
                charset == u"gb18030" || charset.startsWith(u"utf") ? 0x1FFFF : 0xFFFF);
    }
}

void tst_Charsets::namedAtRunTime_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<StatementProtocol>("protocol");
    QTest::addColumn<QString>("charset");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("bytes");
    const QStringList servers = ServerMatrix::ids();
    for (const QString &server : servers) {
        for (const auto protocol : {StatementProtocol::Text, StatementProtocol::Prepared}) {
            const auto row = [&](const char *charset, const char *hex, const QString &text) {
                QTest::addRow("%s, %s, %s", qPrintable(server), charset,
                              protocol == StatementProtocol::Text ? "text" : "prepared")
                    << server << protocol << QString::fromLatin1(charset) << text << QByteArray::fromHex(hex);
            };
            row("utf8mb4", "5ac3bc", QStringLiteral(u"Z\u00fc"));
            row("utf8mb3", "5ac3bc", QStringLiteral(u"Z\u00fc"));
            row("latin1", "5afc", QStringLiteral(u"Z\u00fc"));
            row("latin2", "b3", QStringLiteral(u"\u0142"));
            row("cp1251", "c6e8", QStringLiteral(u"\u0416\u0438"));
            row("koi8r", "f6c9", QStringLiteral(u"\u0416\u0438"));
            row("swe7", "5d7b", QStringLiteral(u"\u00c5\u00e4"));
            row("gbk", "d6d0", QStringLiteral(u"\u4e2d"));
            row("big5", "a4a4", QStringLiteral(u"\u4e2d"));
            row("sjis", "955c", QStringLiteral(u"\u8868")); // its second byte is a backslash
            row("ujis", "c9bd", QStringLiteral(u"\u8868"));
            row("euckr", "b0a1", QStringLiteral(u"\uac00"));
            row("ucs2", "0416", QStringLiteral(u"\u0416"));
            row("utf16", "d83dde00", QStringLiteral(u"\U0001f600"));
            row("utf32", "0001f600", QStringLiteral(u"\U0001f600"));
        }
    }
}

// A program that says SET NAMES itself: names, values, and errors are read as they come then.
void tst_Charsets::namedAtRunTime()
{
    MATRIX_SERVER(live);
    QFETCH(const StatementProtocol, protocol);
    QFETCH(const QString, charset);
    QFETCH(const QString, text);
    QFETCH(const QByteArray, bytes);
    const bool inBmp = text.size() == 1 || !text.at(0).isSurrogate();
    const QString name = inBmp ? text : QStringLiteral("plain"); // an identifier cannot have others
    Connection connection;
    VERIFY_OK(open(connection, live));
    VERIFY_OK(await(connection.query(
        QString(u"CREATE TEMPORARY TABLE t (`" + name
                + u"` VARCHAR(20) CHARACTER SET utf8mb4, doc JSON, PRIMARY KEY (`" + name + u"`))"))));
    VERIFY_OK(await(connection.query(u"INSERT INTO t VALUES (?, JSON_OBJECT('key', ?))", text, text)));
    VERIFY_OK(await(connection.query(u"CREATE TEMPORARY TABLE same AS SELECT * FROM t")));
    const bool forClients = charset != u"ucs2" && charset != u"utf16" && charset != u"utf32";
    VERIFY_OK(await(connection.query(forClients ? QString(u"SET NAMES " + charset)
                                                : QString(u"SET character_set_results = " + charset))));

    const auto result = await(connection.run(protocol, QStringLiteral("SELECT * FROM t"), {}));
    VERIFY_OK(result);
    const Row row = result->at(0);
    const Column column = result->columns().at(0);
    QCOMPARE(column.name(), name);
    QCOMPARE(column.charsetName(), charset);
    QCOMPARE(column.typeName(), QStringLiteral("VARCHAR"));
    QCOMPARE(row.get<QByteArray>(0), bytes);
    QCOMPARE(row.get<QString>(0), text);
    QCOMPARE(row.tryGet<QString>(0).value(), text);
    QCOMPARE(row.get<QString>(name), text);
    QCOMPARE(row.value(0).toString(), text);
    QCOMPARE(row.cell(0).toJson().toString(), text);
    QCOMPARE(row.cell(0).toText(), text.toUtf8());
    QCOMPARE(QString::fromStdString(row.get<std::string>(0)), text);
    if (charset != u"swe7") // which has letters where JSON has braces
        QCOMPARE(row.get<QJsonObject>(1).value(u"key").toString(), text);
    const auto view = row.tryGet<QUtf8StringView>(0);
    QCOMPARE(view.hasValue(), column.isUtf8());
    if (view)
        QCOMPARE(view->toString(), text);
    else
        QVERIFY2(view.error().message().contains(charset), qPrintable(view.error().message()));

    const auto twice
        = await(connection.run(protocol, QStringLiteral("INSERT INTO t SELECT * FROM same"), {}));
    QVERIFY(!twice);
    QCOMPARE(twice.error().code(), 1062); // ER_DUP_ENTRY
    if (forClients) // of wide ones the server sends what stands before the first NUL
        QVERIFY2(twice.error().message().contains(text), qPrintable(twice.error().toString()));
}

// Without a character set for results each text comes in its column's own.
void tst_Charsets::asStored()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(open(connection, live));
    VERIFY_OK(await(connection.query(QStringLiteral(
        u"CREATE TEMPORARY TABLE t (`n\u00e4me` VARCHAR(20) CHARACTER SET latin1, b TEXT CHARACTER SET "
        u"gbk, c CHAR(5) CHARACTER SET utf16, d ENUM('\u0416') CHARACTER SET cp1251, "
        u"e VARBINARY(9))"))));
    VERIFY_OK(await(connection.query(u"INSERT INTO t VALUES (?, ?, ?, ?, ?)", QStringLiteral(u"\u20ac"),
                                     QStringLiteral(u"\u4e2d"), QStringLiteral(u"\U0001f600"),
                                     QStringLiteral(u"\u0416"), QByteArray("\xff\x00", 2))));
    for (const auto protocol : {StatementProtocol::Text, StatementProtocol::Prepared}) {
        VERIFY_OK(await(connection.query(u"SET character_set_results = NULL")));
        const auto stored = await(connection.run(protocol, QStringLiteral("SELECT * FROM t"), {}));
        VERIFY_OK(stored);
        const Row row = stored->at(0);
        QCOMPARE(stored->columns().at(0).name(), QStringLiteral(u"n\u00e4me"));
        QCOMPARE(row.value(0), QVariant(QStringLiteral(u"\u20ac")));
        QCOMPARE(row.value(1), QVariant(QStringLiteral(u"\u4e2d")));
        QCOMPARE(row.value(2), QVariant(QStringLiteral(u"\U0001f600")));
        QCOMPARE(row.value(3), QVariant(QStringLiteral(u"\u0416")));
        QCOMPARE(row.value(4), QVariant(QByteArray("\xff\x00", 2)));

        // The same bytes, which the server calls bytes.
        VERIFY_OK(await(connection.query(u"SET character_set_results = binary")));
        const auto bytes = await(connection.run(protocol, QStringLiteral("SELECT * FROM t"), {}));
        VERIFY_OK(bytes);
        QCOMPARE(bytes->columns().at(0).name(), QStringLiteral(u"n\u00e4me"));
        QCOMPARE(bytes->at(0).value(0), QVariant(QByteArray("\x80")));
        QCOMPARE(bytes->at(0).value(1), QVariant(QByteArray("\xd6\xd0")));
    }
}

void tst_Charsets::wideNumbers_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("charset");
    const QStringList servers = ServerMatrix::ids();
    for (const QString &server : servers) {
        for (const char *charset : {"ucs2", "utf16", "utf16le", "utf32"})
            QTest::addRow("%s, %s", qPrintable(server), charset) << server << QString::fromLatin1(charset);
    }
}

// Servers send some numbers in two or four bytes for each digit then: they are read, or refused, and never
// wrong.
void tst_Charsets::wideNumbers()
{
    MATRIX_SERVER(live);
    QFETCH(const QString, charset);
    Connection connection;
    VERIFY_OK(open(connection, live));
    VERIFY_OK(await(connection.query(QString(u"SET character_set_results = " + charset))));
    for (const auto protocol : {StatementProtocol::Text, StatementProtocol::Prepared}) {
        const auto result = await(
            connection.run(protocol,
                           QStringLiteral("SELECT 12, -1.5, 2.5e0, DATE '2024-02-29', TIME '-12:30:00', "
                                          "CAST('12' AS CHAR(5)), NULL, 18446744073709551615"),
                           {}));
        VERIFY_OK(result);
        const Row row = result->at(0);
        const auto check = [](const auto &read, const auto &meant) {
            return read ? *read == meant : read.error().kind() == Error::Kind::Conversion;
        };
        QVERIFY(check(row.tryGet<int>(0), 12));
        QVERIFY(check(row.tryGet<double>(1), -1.5));
        QVERIFY(check(row.tryGet<double>(2), 2.5));
        QVERIFY(check(row.tryGet<QDate>(3), QDate(2024, 2, 29)));
        QVERIFY(check(row.tryGet<std::chrono::minutes>(4), std::chrono::minutes(-750)));
        QCOMPARE(row.get<QString>(5), QStringLiteral("12"));
        QVERIFY(row.isNull(6));
        QVERIFY(check(row.tryGet<quint64>(7), std::numeric_limits<quint64>::max()));
    }
}

QTEST_GUILESS_MAIN(tst_Charsets)
#include "tst_charsets.moc"
