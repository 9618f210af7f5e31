// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/lexer.h"
#include "support/await.h"
#include "support/servermatrix.h"

#include <QAsyncMySql/connection.h>

#include <QRandomGenerator>
#include <QRegularExpression>

using namespace QAsyncMySql;
using Internal::Lexer;
using Internal::LexerMode;

namespace {

// Expressions for a list, among them all that looks like a placeholder and is none.
const char *const Expressions[] = {
    "?",
    "?",
    "?+?",
    "-?",
    "- -?",
    "1--?",
    "1 --?",
    "'?'",
    "'a''?'",
    "'?'''",
    "''",
    "'a\\'",
    "'a\\'?'",
    "'\\\\'",
    "'\\\\'?'",
    "'%\\_?'",
    "\"?\"",
    "\"a\"\"?\"",
    "\"a\\\"",
    "\"a\\\"?\"",
    "1 `?`",
    "1 `a``?`",
    "1 `a\\`",
    "@'?'",
    "@\"?\"",
    "@`?`",
    "@a",
    "x'3f'",
    "n'?'",
    "_utf8mb4'?'",
    "_binary'?'",
    "@v := ?",
    "(?)",
    "1 in (?,?)",
    "1.5e3",
    "'\xC3\xBC?'",
    "'\n?'",
    "1 # ?\n",
    "1 -- ?\n",
    "1 --\t?\n",
    "1 --\n",
    "1 --\x01?\n",
    "1 --\x7F?\n",
    "1 # \r ?\n",
    "/* ? */ 1",
    "/*/ ? */ 1",
    "/**/ ?",
    "/***/ ?",
    "/* /* */ ?",
    "/* ' */ ?",
    "/*+ ? */ 1",
    "/* \" */ ?",
    "1 /* -- ? */",
    "if(?,1,2)",
    "concat('a', ?)",
    "not ?",
    "case ? when 1 then '?' end",
    "1 - -?",
    "1/?",
    "1 * ? / ?",
    "'a' 'b?'",
    "{d '2024-01-01'}",
    "null",
    "0x3f",
    "b'1'",
};

} // namespace

/*
    The lexer against the servers' own: how many parameters they count when they prepare a statement.

    QASYNCMYSQL_TEMPLATES sets how many statements are tried for each server and sql_mode.
*/
class tst_Placeholders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithServers_data() { ServerMatrix::addRows(); }
    void agreesWithServers();

private:
    static int count(const QByteArray &sql, LexerMode mode, bool *ambiguous = nullptr);
    static QByteArray makeTemplate(QRandomGenerator &random);
    //! As the server counts, or -1 where it finds no statement in it.
    static int serverCount(Connection &connection, const QByteArray &sql);
};

int tst_Placeholders::count(const QByteArray &sql, LexerMode mode, bool *ambiguous)
{
    int count = 0;
    Lexer lexer(sql, mode);
    for (auto token = lexer.next(); token != Lexer::Token::End; token = lexer.next())
        count += token == Lexer::Token::Placeholder;
    if (ambiguous)
        *ambiguous = lexer.ambiguity() != Lexer::Nothing;
    return count;
}

QByteArray tst_Placeholders::makeTemplate(QRandomGenerator &random)
{
    QByteArray sql("select ");
    const int count = 1 + int(random.bounded(5));
    for (int i = 0; i < count; ++i) {
        if (i > 0)
            sql += random.bounded(2) ? "," : ", ";
        sql += Expressions[random.bounded(int(std::size(Expressions)))];
    }
    return sql;
}

int tst_Placeholders::serverCount(Connection &connection, const QByteArray &sql)
{
    // More parameters than any of the statements has: they are never executed, and the error tells both
    // numbers.
    static const Parameters TooMany(50, Parameter(1));
    static const QRegularExpression Number(QStringLiteral("has (\\d+) placeholder"));
    const auto result = await(connection.run(StatementProtocol::Prepared, QUtf8StringView(sql), TooMany));
    if (result || result.error().kind() != Error::Kind::Usage)
        return -1;
    const auto match = Number.match(result.error().message());
    return match.hasMatch() ? match.captured(1).toInt() : -1;
}

void tst_Placeholders::agreesWithServers()
{
    MATRIX_SERVER(live);
    Connection connection;
    VERIFY_OK(await(connection.open(ConnectOptions::fromUrl(live.url()).value())));
    bool given = false;
    int rounds = qEnvironmentVariableIntValue("QASYNCMYSQL_TEMPLATES", &given);
    if (!given)
        rounds = 500;
    QRandomGenerator random(20261121);
    int compared = 0;
    int unambiguous = 0;
    for (const auto &[name, mode] :
         {std::pair(u"", LexerMode{true, false, false}),
          std::pair(u"NO_BACKSLASH_ESCAPES", LexerMode{true, true, false}),
          std::pair(u"ANSI_QUOTES", LexerMode{true, false, true}),
          std::pair(u"ANSI_QUOTES,NO_BACKSLASH_ESCAPES", LexerMode{true, true, true})}) {
        VERIFY_OK(await(connection.query(u"SET sql_mode = ?", QStringView(name))));
        for (int round = 0; round < rounds; ++round) {
            const QByteArray sql = makeTemplate(random);
            const int expected = serverCount(connection, sql);
            QVERIFY2(connection.isOpen(), sql.constData());
            if (expected < 0)
                continue;
            ++compared;
            QVERIFY2(count(sql, mode) == expected,
                     QByteArray(sql + " -> " + QByteArray::number(expected)).constData());
            // Without a known mode: the same, or it says that it cannot tell.
            bool ambiguous = false;
            const int blind = count(sql, {}, &ambiguous);
            if (!ambiguous) {
                ++unambiguous;
                QVERIFY2(blind == expected,
                         QByteArray(sql + " -> " + QByteArray::number(expected)).constData());
            }
        }
    }
    qInfo("%d statements compared, %d of them without knowing the sql_mode", compared, unambiguous);
    // Enough of them must have been statements for the test to say something.
    QVERIFY2(compared > rounds, QByteArray::number(compared).constData());
    QVERIFY2(unambiguous > rounds / 2, QByteArray::number(unambiguous).constData());
}

QTEST_GUILESS_MAIN(tst_Placeholders)
#include "tst_placeholders.moc"
