// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/connection.h>
#include <QAsyncMySql/sql.h>

#include <limits>

using namespace QAsyncMySql;
using namespace std::chrono;

namespace {

struct BindCase
{
    const char *definition; //!< of the column that takes the value
    Parameter parameter;
    QByteArray proof; //!< what the server must say to HEX() or CAST(), see hex
    bool hex = false;
    bool mariaDbOnly = false;
};

QList<BindCase> bindCases()
{
    const QByteArray all = [] {
        QByteArray bytes;
        for (int i = 0; i < 256; ++i)
            bytes.append(char(i));
        return bytes;
    }();
    const QString nasty
        = QStringLiteral("'\"`\\ \\' '' ; -- # /* */ \n\r\t\u00A5\uFF07\u2019\u20A9\U0001D11E%_")
        + QChar(u'\0') + QChar(u'\x1A') + QLatin1Char('\\');
    QList<BindCase> cases{
        {"TINYINT", Parameter(true), "1"},
        {"TINYINT", Parameter(qint8(-128)), "-128"},
        {"BIGINT", Parameter(std::numeric_limits<qint64>::min()), "-9223372036854775808"},
        {"BIGINT UNSIGNED", Parameter(std::numeric_limits<quint64>::max()), "18446744073709551615"},
        {"DOUBLE", Parameter(0.1), "0.1"},
        {"DOUBLE", Parameter(-2.5), "-2.5"},
        {"FLOAT", Parameter(1.5f), "1.5"},
        {"DECIMAL(65,30)",
         Parameter(Decimal::fromString(u"-99999999999999999999999999999999999.999999999999999999999999999999")
                       .value()),
         "-99999999999999999999999999999999999.999999999999999999999999999999"},
        {"DATE", Parameter(QDate(2024, 2, 29)), "2024-02-29"},
        {"DATE", Parameter(9999y / 12 / 31), "9999-12-31"},
        {"DATETIME(6)", Parameter(sys_days(2024y / 2 / 29) + 23h + 59min + 59s + 999999us),
         "2024-02-29 23:59:59.999999"},
        {"DATETIME(6)", Parameter(local_days(1969y / 12 / 31) + 1us), "1969-12-31 00:00:00.000001"},
        {"TIMESTAMP(6) NULL", Parameter(sys_seconds(1s)), "1970-01-01 00:00:01.000000"},
        {"DATETIME(3)", Parameter(QDateTime(QDate(2024, 1, 1), QTime(1, 0, 0, 5), Qt::OffsetFromUTC, 3600)),
         "2024-01-01 00:00:00.005"},
        {"TIME(6)", Parameter(SqlTime::min()), "-838:59:59.999999", false, true},
        {"TIME(6)", Parameter(SqlTime::max()), "838:59:59.999999", false, true},
        {"TIME(6)", Parameter(-(837h + 59min + 59s + 999999us)), "-837:59:59.999999"},
        {"TIME(6)", Parameter(838h + 59min + 59s), "838:59:59.000000"},
        {"TIME(6)", Parameter(-1us), "-00:00:00.000001"},
        {"TIME(6)", Parameter(QTime(23, 59, 59, 1)), "23:59:59.001000"},
        {"VARCHAR(100)", Parameter(nasty), nasty.toUtf8().toHex().toUpper(), true},
        {"VARCHAR(100)", Parameter(""), "", true},
        {"LONGTEXT", Parameter(QString(300'000, u'\'')), QByteArray("27").repeated(300'000), true},
        {"VARCHAR(100)", Parameter(QStringLiteral("\\")), "5C", true},
        {"BLOB", Parameter(all), all.toHex().toUpper(), true},
        {"BLOB", Parameter(QByteArray()), "", true},
        {"BIT(16)", Parameter(QByteArray("\x81\x01", 2)), "8101", true},
        {"ENUM('a','b')", Parameter("b"), "b"},
        {"SET('a','b')", Parameter("a,b"), "a,b"},
        {"VARCHAR(40)", Parameter(QUuid(QStringLiteral("{67c8770b-44f1-410a-ab9a-f9b5446f13ee}"))),
         "67c8770b-44f1-410a-ab9a-f9b5446f13ee"},
    };
    return cases;
}

} // namespace

//! Every kind of parameter, as a literal in text and as a value of a prepared statement, against what
//! arrives.
class tst_Binding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void values_data() { addRows(); }
    void values();
    void everySqlMode_data() { addRows(); }
    void everySqlMode();
    void json_data() { addRows(); }
    void json();
    void lists_data() { addRows(); }
    void lists();
    void identifiersAndLike_data() { addRows(); }
    void identifiersAndLike();
    void cleanup() { m_connection.reset(); }

private:
    static void addRows();
    void open(const MatrixServer &server);

    std::unique_ptr<Connection> m_connection;
    QString m_database = QStringLiteral("types_binding_%1").arg(QCoreApplication::applicationPid());
};

void tst_Binding::addRows()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<StatementProtocol>("protocol");
    for (const QString &id : ServerMatrix::ids()) {
        QTest::addRow("%s, text", qPrintable(id)) << id << StatementProtocol::Text;
        QTest::addRow("%s, prepared", qPrintable(id)) << id << StatementProtocol::Prepared;
    }
}

void tst_Binding::open(const MatrixServer &server)
{
    m_connection = std::make_unique<Connection>();
    VERIFY_OK(await(m_connection->open(ConnectOptions::fromUrl(server.url()).value())));
    VERIFY_OK(await(m_connection->query(QStringLiteral("CREATE DATABASE IF NOT EXISTS ") + m_database
                                        + QStringLiteral(" CHARACTER SET utf8mb4"))));
    VERIFY_OK(await(m_connection->useDatabase(m_database)));
}

void tst_Binding::values()
{
    MATRIX_SERVER(live);
    QFETCH(const StatementProtocol, protocol);
    open(live);
    for (const BindCase &bind : bindCases()) {
        if (bind.mariaDbOnly && !live.isMariaDb())
            continue;
        VERIFY_OK(await(m_connection->query(u"DROP TABLE IF EXISTS t")));
        VERIFY_OK(await(m_connection->query(QStringLiteral("CREATE TABLE t (n INT PRIMARY KEY, v %1)")
                                                .arg(QString::fromUtf8(bind.definition)))));
        const auto inserted = await(m_connection->run(protocol, u"INSERT INTO t VALUES (?, ?), (?, ?)",
                                                      {1, bind.parameter, 2, nullptr}));
        QVERIFY2(inserted,
                 qPrintable(QString::fromUtf8(bind.definition + bind.proof) + inserted.error().toString()));
        QCOMPARE(inserted->affectedRows(), 2u);
        const auto read
            = await(m_connection->query(bind.hex ? u"SELECT HEX(v), v FROM t ORDER BY n"
                                                 : u"SELECT CAST(v AS CHAR), v FROM t ORDER BY n"));
        VERIFY_OK(read);
        QCOMPARE(read->at(0).get<QByteArray>(0), bind.proof);
        QVERIFY(read->at(1).isNull(1));
        // And what was read, as a QVariant, goes back in as it was.
        if (bind.parameter.kind() != Parameter::Kind::DateTime) {
            // MySQL cannot make a DECIMAL of 65 digits from a text parameter.
            const Parameter value = read->columns().at(1).type() == ColumnType::NewDecimal
                ? Parameter(read->at(0).get<Decimal>(1))
                : Parameter(read->at(0).value(1));
            const auto again = await(m_connection->run(protocol, u"UPDATE t SET v = ? WHERE n = 2", {value}));
            if (QByteArray(bind.definition).startsWith("BIT")) // a number there
                continue;
            QVERIFY2(again, qPrintable(QString::fromUtf8(bind.definition) + again.error().toString()));
            const auto same
                = await(m_connection->query(u"SELECT a.v <=> b.v FROM t a, t b WHERE a.n = 1 AND b.n = 2"));
            VERIFY_OK(same);
            QVERIFY2(same->scalar<bool>().value(), bind.definition);
        }
    }
    VERIFY_OK(await(m_connection->query(QStringLiteral("DROP DATABASE ") + m_database)));
}

// Texts that would break out of their quotes in one mode or another
void tst_Binding::everySqlMode()
{
    MATRIX_SERVER(live);
    QFETCH(const StatementProtocol, protocol);
    open(live);
    QStringList texts;
    for (const char16_t *part :
         {u"'", u"''", u"\\", u"\\'", u"'\\", u"\\\\'",   u"\"",     u"\\\"",   u"`",      u"-- ",
          u"#", u"/*", u"*/", u";",   u"\n",  u"\u00A5'", u"\uFF07", u"\u2019", u"\u02BC", u"\x1A'"}) {
        const QString text = QString::fromUtf16(part);
        texts << text << text + QStringLiteral(" OR 1=1 -- ") << QStringLiteral("x") + text << text + text;
    }
    for (const char16_t *mode :
         {u"", u"NO_BACKSLASH_ESCAPES", u"ANSI_QUOTES", u"ANSI_QUOTES,NO_BACKSLASH_ESCAPES",
          u"PIPES_AS_CONCAT,IGNORE_SPACE,HIGH_NOT_PRECEDENCE,NO_BACKSLASH_ESCAPES"}) {
        VERIFY_OK(await(m_connection->query(u"SET sql_mode = ?", QString::fromUtf16(mode))));
        // As text and as bytes, all side by side: one that leaves its quotes would upset the others.
        Parameters parameters;
        QString sql = QStringLiteral("SELECT 'end'");
        for (const QString &text : std::as_const(texts)) {
            sql += QStringLiteral(", HEX(?), HEX(?), ? = ?");
            parameters << text << text.toUtf8() << text << text;
        }
        const auto read = await(m_connection->run(protocol, sql, parameters));
        VERIFY_OK(read);
        QCOMPARE(read->size(), 1);
        QCOMPARE(read->columnCount(), 1 + 3 * texts.size());
        const Row row = read->at(0);
        for (int i = 0; i < texts.size(); ++i) {
            const QByteArray hex = texts.at(i).toUtf8().toHex().toUpper();
            QCOMPARE(row.get<QByteArray>(1 + 3 * i), hex);
            QCOMPARE(row.get<QByteArray>(2 + 3 * i), hex);
            QCOMPARE(row.get<bool>(3 + 3 * i), true);
        }
    }
    VERIFY_OK(await(m_connection->query(QStringLiteral("DROP DATABASE ") + m_database)));
}

void tst_Binding::json()
{
    MATRIX_SERVER(live);
    QFETCH(const StatementProtocol, protocol);
    open(live);
    VERIFY_OK(await(m_connection->query(u"CREATE TABLE j (v JSON)")));
    const QJsonObject object{{QStringLiteral("text"), QStringLiteral("a\\b\"c'd \u00FC \n")},
                             {QStringLiteral("n"), 1.5}};
    VERIFY_OK(await(m_connection->run(protocol, u"INSERT INTO j VALUES (?)", {object})));
    const auto read
        = await(m_connection->run(protocol, u"SELECT v, JSON_UNQUOTE(JSON_EXTRACT(v, '$.text')) FROM j", {}));
    VERIFY_OK(read);
    QCOMPARE(read->at(0).tryGet<QJsonObject>(0).value(), object);
    QCOMPARE(read->at(0).get<QString>(1), QStringLiteral("a\\b\"c'd \u00FC \n"));
    VERIFY_OK(await(m_connection->query(QStringLiteral("DROP DATABASE ") + m_database)));
}

void tst_Binding::lists()
{
    MATRIX_SERVER(live);
    QFETCH(const StatementProtocol, protocol);
    open(live);
    const auto read
        = await(m_connection->run(protocol, u"SELECT 3 IN (:ids), 7 IN (:ids), :name",
                                  {named("ids", InList(QList<int>{1, 2, 3})), named("name", u"it's")}));
    VERIFY_OK(read);
    QCOMPARE(read->at(0).get<bool>(0), true);
    QCOMPARE(read->at(0).get<bool>(1), false);
    QCOMPARE(read->at(0).get<QString>(2), QStringLiteral("it's"));

    const auto wrong = await(m_connection->run(protocol, u"SELECT ?, ?", {1}));
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().kind(), Error::Kind::Usage);
    QVERIFY2(wrong.error().message().contains(u'2') && wrong.error().message().contains(u'1'),
             qPrintable(wrong.error().message()));
    const auto invalid = await(m_connection->run(protocol, u"SELECT ?", {std::nan("")}));
    QVERIFY(!invalid);
    QCOMPARE(invalid.error().kind(), Error::Kind::Usage);
    QCOMPARE(invalid.error().outcome(), Error::Outcome::NotSent);
    VERIFY_OK(await(m_connection->query(u"SELECT 1"))); // and the connection goes on
    VERIFY_OK(await(m_connection->query(QStringLiteral("DROP DATABASE ") + m_database)));
}

void tst_Binding::identifiersAndLike()
{
    MATRIX_SERVER(live);
    QFETCH(const StatementProtocol, protocol);
    open(live);
    const QString name = QStringLiteral("odd `name\"; DROP TABLE x; -- \u00FC");
    const QString quoted = quoteIdentifier(name).value();
    VERIFY_OK(await(m_connection->query(QStringLiteral("CREATE TABLE %1 (v VARCHAR(20))").arg(quoted))));
    const auto found = await(m_connection->run(
        protocol, u"SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = ? AND table_name = ?",
        {m_database, name}));
    VERIFY_OK(found);
    QCOMPARE(found->scalar<int>().value(), 1);
    for (const char16_t *mode : {u"", u"NO_BACKSLASH_ESCAPES"}) {
        VERIFY_OK(await(m_connection->query(u"SET sql_mode = ?", QString::fromUtf16(mode))));
        const auto likes = await(m_connection->run(
            protocol, u"SELECT 'a100%_!\u00FCb' LIKE ? ESCAPE '!', 'a100xx!\u00FCb' LIKE ? ESCAPE '!'",
            {QString(u'%' + escapeLike(u"100%_!") + u'%'), QString(u'%' + escapeLike(u"100%_!") + u'%')}));
        VERIFY_OK(likes);
        QCOMPARE(likes->at(0).get<bool>(0), true);
        QCOMPARE(likes->at(0).get<bool>(1), false);
    }
    VERIFY_OK(await(m_connection->query(QStringLiteral("DROP DATABASE ") + m_database)));
}

QTEST_GUILESS_MAIN(tst_Binding)
#include "tst_binding.moc"
