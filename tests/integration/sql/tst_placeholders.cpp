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
    void agreesWithServers_data();
    void agreesWithServers();

private:
    static int count(const QByteArray &sql, LexerMode mode, bool *ambiguous = nullptr);
    static QByteArray makeTemplate(QRandomGenerator &random);
    //! Has the server count, and compares.
    static QString compare(Connection &connection, const QByteArrayList &statements, LexerMode mode);
    static int serverCount(const Result<ResultSet> &answer);

    static inline int compared = 0;
    static inline int unambiguous = 0;
};

Q_DECLARE_METATYPE(LexerMode)

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

//! As the server counts, or -1 where it finds no statement in it.
int tst_Placeholders::serverCount(const Result<ResultSet> &answer)
{
    static const QRegularExpression Number(QStringLiteral("has (\\d+) placeholder"));
    if (answer || answer.error().kind() != Error::Kind::Usage)
        return -1;
    const auto match = Number.match(answer.error().message());
    return match.hasMatch() ? match.captured(1).toInt() : -1;
}

QString tst_Placeholders::compare(Connection &connection, const QByteArrayList &statements, LexerMode mode)
{
    // More parameters than any of the statements has: they are never executed, and the error tells both
    // numbers.
    static const Parameters TooMany(50, Parameter(1));
    std::vector<Reply<ResultSet>> replies; // asked together: the answers take most of the time
    for (const QByteArray &sql : statements)
        replies.push_back(connection.run(StatementProtocol::Prepared, QUtf8StringView(sql), TooMany));
    for (std::size_t i = 0; i < replies.size(); ++i) {
        const QByteArray &sql = statements.at(qsizetype(i));
        const Result<ResultSet> answer = await(replies[i]);
        if (!replies[i].isFinished())
            return QString::fromUtf8(sql) + QStringLiteral(" is not answered");
        const int expected = serverCount(answer);
        const QString told = QStringLiteral("%1 -> %2").arg(QString::fromUtf8(sql)).arg(expected);
        if (!connection.isOpen())
            return told + QStringLiteral(", and the connection was lost");
        if (expected < 0)
            continue;
        ++compared;
        if (count(sql, mode) != expected)
            return told;
        // Without a known mode: the same, or it says that it cannot tell.
        bool ambiguous = false;
        const int blind = count(sql, {}, &ambiguous);
        unambiguous += !ambiguous;
        if (!ambiguous && blind != expected)
            return told + QStringLiteral(", without knowing the sql_mode");
    }
    return {};
}

void tst_Placeholders::agreesWithServers_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("sqlMode");
    QTest::addColumn<LexerMode>("mode");
    const QStringList servers = ServerMatrix::ids();
    for (const QString &server : servers) {
        for (const auto &[name, mode] :
             {std::pair("", LexerMode{true, false, false}),
              std::pair("NO_BACKSLASH_ESCAPES", LexerMode{true, true, false}),
              std::pair("ANSI_QUOTES", LexerMode{true, false, true}),
              std::pair("ANSI_QUOTES,NO_BACKSLASH_ESCAPES", LexerMode{true, true, true})})
            QTest::addRow("%s %s", qPrintable(server), name) << server << QString::fromLatin1(name) << mode;
    }
}

void tst_Placeholders::agreesWithServers()
{
    MATRIX_SERVER(live);
    QFETCH(const QString, sqlMode);
    QFETCH(const LexerMode, mode);
    Connection connection;
    VERIFY_OK(await(connection.open(ConnectOptions::fromUrl(live.url()).value())));
    VERIFY_OK(await(connection.query(u"SET sql_mode = ?", sqlMode)));
    bool given = false;
    int rounds = qEnvironmentVariableIntValue("QASYNCMYSQL_TEMPLATES", &given);
    if (!given)
        rounds = 500;
    QRandomGenerator random(20261121 + quint32(qHash(sqlMode, 0)));
    compared = unambiguous = 0;
    constexpr int AtATime = 100;
    for (int done = 0; done < rounds; done += AtATime) {
        QByteArrayList statements;
        for (int i = 0; i < std::min(AtATime, rounds - done); ++i)
            statements.append(makeTemplate(random));
        const QString fault = compare(connection, statements, mode);
        QVERIFY2(fault.isEmpty(), qPrintable(fault));
    }
    qInfo("%d statements compared, %d of them without knowing the sql_mode", compared, unambiguous);
    // Enough of them must have been statements for the test to say something.
    QVERIFY2(compared > rounds / 4, QByteArray::number(compared).constData());
    QVERIFY2(unambiguous > rounds / 8, QByteArray::number(unambiguous).constData());
}

QTEST_GUILESS_MAIN(tst_Placeholders)
#include "tst_placeholders.moc"
