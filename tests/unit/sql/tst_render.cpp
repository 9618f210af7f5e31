// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/lexer.h"
#include "sql/render.h"

#include <QRandomGenerator>
#include <QTest>

#include <limits>

using namespace QAsyncMySql;
using namespace QAsyncMySql::Internal;
using namespace std::chrono_literals;

class tst_Render : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void literals_data();
    void literals();
    void placesLiterals_data();
    void placesLiterals();
    void refuses_data();
    void refuses();
    void knownModes();
    void names();
    void lists();
    void textsStayWithinTheirQuotes();
    void prepares();
    void rewritesNames();
    void forUsers();
    void identifiers_data();
    void identifiers();
    void likePatterns();
};

void tst_Render::literals_data()
{
    QTest::addColumn<Parameter>("parameter");
    QTest::addColumn<QByteArray>("literal");
    const auto add = [](const Parameter &parameter, const QByteArray &literal) {
        QTest::addRow("%s", literal.left(60).constData()) << parameter << literal;
    };
    add(nullptr, "NULL");
    add(true, "1");
    add(false, "0");
    add(std::numeric_limits<qint64>::min(), "-9223372036854775808");
    add(std::numeric_limits<quint64>::max(), "18446744073709551615");
    add(0.1, "0.1e0");
    add(-0.0, "-0e0");
    add(1e300, "1e+300");
    add(0.1f, "0.10000000149011612e0");
    add(Decimal::fromString(u"-1.50").value(), "-1.50");
    add("", "''");
    add("plain", "'plain'");
    add("it's", "'it''s'");
    add("''", "''''''");
    add(u"ü", "'ü'");
    add("a\\b", "_utf8mb4 X'615C62'");
    add("\\'", "_utf8mb4 X'5C27'");
    add(QString(QChar(u'\0')), "_utf8mb4 X'00'");
    add(QString(QChar(u'\x1A')), "_utf8mb4 X'1A'");
    add(QByteArray(), "_binary X''");
    add(QByteArray("\x00\xFF'\\", 4), "_binary X'00FF275C'");
    add(QDate(2024, 2, 9), "'2024-02-09'");
    add(QDate(24, 2, 9), "'0024-02-09'");
    add(QDateTime(QDate(2024, 2, 9), QTime(1, 2, 3, 4), Qt::UTC), "'2024-02-09 01:02:03.004000'");
    add(QDateTime(QDate(2024, 2, 9), QTime(1, 2, 3), Qt::UTC), "'2024-02-09 01:02:03'");
    add(SqlTime::min(), "'-838:59:59.999999'");
    add(90min, "'01:30:00'");
    add(Json(QStringLiteral("{\"a\":\"\\n\"}")), "_utf8mb4 X'7B2261223A225C6E227D'");
    add(Json(QStringLiteral("[1]")), "'[1]'");
    add(InList(QList<int>{1, 2}), "1, 2");
}

void tst_Render::literals()
{
    QFETCH(const Parameter, parameter);
    QFETCH(const QByteArray, literal);
    QCOMPARE(renderStatement("(?)", {parameter}).value(), '(' + literal + ')');
}

void tst_Render::placesLiterals_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<Parameters>("parameters");
    QTest::addColumn<QByteArray>("expected");
    const auto add = [](const char *sql, const Parameters &parameters, const char *expected) {
        QTest::addRow("%s", sql) << QByteArray(sql) << parameters << QByteArray(expected);
    };
    add("select ?", {5}, "select 5");
    add("values (?,?)", {1, "a"}, "values (1,'a')");
    add("select '?', ?", {1}, "select '?', 1");
    // Nothing grows together with what stands beside it.
    add("select 1-?", {-1}, "select 1- -1");
    add("select -?", {-1}, "select - -1");
    add("select ?-?", {1, -1}, "select 1 - -1");
    add("select 'a'?", {"b"}, "select 'a' 'b'");
    add("select ?'a'", {"b"}, "select 'b' 'a'");
    add("select n?", {"b"}, "select n 'b'");
    add("limit ?,?", {1u, 2u}, "limit 1,2");
    add("select 1/?", {2}, "select 1/ 2");
    add("select :a, ?", {1}, "select :a, 1");
    add("a=?;", {1}, "a=1;");
}

void tst_Render::placesLiterals()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const Parameters, parameters);
    QTEST(renderStatement(sql, parameters).value(), "expected");

    // The same by a text that is looked at once, and behind what is there already.
    const StatementTemplate prepared(sql);
    QByteArray text = "(";
    QVERIFY(!prepared.appendTo(text, parameters));
    QVERIFY(!prepared.appendTo(text, parameters));
    QFETCH(const QByteArray, expected);
    QCOMPARE(text, '(' + expected + expected);
}

void tst_Render::refuses_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<Parameters>("parameters");
    QTest::addColumn<QString>("message");
    const auto add
        = [](const char *name, const char *sql, const Parameters &parameters, const char *message) {
              QTest::addRow("%s", name) << QByteArray(sql) << parameters << QString::fromUtf8(message);
          };
    add("too few", "select ?, ?", {1}, "The statement has 2 placeholders, and 1 parameters were given.");
    add("too many", "select ?", {1, 2, 3}, "The statement has 1 placeholders, and 3 parameters were given.");
    add("none", "select '?'", {1}, "The statement has 0 placeholders, and 1 parameters were given.");
    add("NaN", "select ?", {std::nan("")}, "Parameter 1: The parameter cannot be sent: NaN");
    add("executable comment", "select /*! ? */", {1}, "/*!");
    add("MariaDB's comment", "select /*M! ? */", {1}, "/*M!");
    add("ambiguous quote", "select 'a\\'?', ?", {1}, "sql_mode");
    add("open quote", "select 'a, ?", {1}, "does not end");
    add("dollars", "select $$?$$", {1}, "$$");
    add("name not given", "select :a, :b", {named("a", 1)}, "There is no parameter for :b; given are: a.");
    add("name not used", "select :a", {named("a", 1), named("b", 2)}, "The statement has no placeholder :b.");
    add("some names", "select :a", {named("a", 1), 2}, "name all or none");
    add("name twice", "select :a", {named("a", 1), named("a", 2)}, "Two parameters are named \"a\".");
    add("names and ?", "select :a, ?", {named("a", 1)}, "throughout");
    add("empty list", "select 1 in (?)", {InList(QList<int>())}, "empty");
}

void tst_Render::refuses()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const Parameters, parameters);
    QFETCH(const QString, message);
    const Result<QByteArray> result = renderStatement(sql, parameters);
    QVERIFY(!result);
    QByteArray text = "kept";
    QCOMPARE(StatementTemplate(sql).appendTo(text, parameters).message(), result.error().message());
    QCOMPARE(text, QByteArray("kept"));
    QCOMPARE(result.error().kind(), Error::Kind::Usage);
    QCOMPARE(result.error().outcome(), Error::Outcome::NotSent);
    QVERIFY2(result.error().message().contains(message), qPrintable(result.error().message()));
}

void tst_Render::knownModes()
{
    const QByteArray sql("select 'a\\', ?, '");
    QVERIFY(!renderStatement(sql, {1}));
    const RenderOptions escapes = RenderOptions().setSqlMode(false, false);
    const RenderOptions none = RenderOptions().setSqlMode(true, false);
    QVERIFY(!renderStatement(sql, {1}, escapes)); // all of it is one text there
    QCOMPARE(renderStatement("select 'a\\', ?", {1}, none).value(), QByteArray("select 'a\\', 1"));
    QCOMPARE(renderStatement("select 'a\\'?', ?", {1}, escapes).value(), QByteArray("select 'a\\'?', 1"));
    QCOMPARE(renderStatement("select \"a\\\", ?", {1}, RenderOptions().setSqlMode(false, true)).value(),
             QByteArray("select \"a\\\", 1"));
    // Without parameters there is nothing to find.
    QCOMPARE(renderStatement(sql, {}).value(), sql);
    QCOMPARE(renderStatement("/*! 1 */ ?", {}).value(), QByteArray("/*! 1 */ ?"));
}

void tst_Render::names()
{
    QCOMPARE(renderStatement("select :a, :b, :a", {named("b", 2), named("a", "x")}).value(),
             QByteArray("select 'x', 2, 'x'"));
    QCOMPARE(renderStatement("select :größe", {named(u"größe", 1)}).value(), QByteArray("select 1"));
    QCOMPARE(renderStatement("select ':a', :a -- :b", {named("a", 1)}).value(),
             QByteArray("select ':a', 1 -- :b"));
}

void tst_Render::lists()
{
    const QStringList texts{QStringLiteral("a"), QStringLiteral("b'c")};
    QCOMPARE(renderStatement("select 1 from t where x in (?) and y = ?", {InList(texts), 5}).value(),
             QByteArray("select 1 from t where x in ('a', 'b''c') and y = 5"));
    QCOMPARE(renderStatement("x in (:l)", {named("l", InList(QList<int>{7}))}).value(),
             QByteArray("x in (7)"));
}

// What was a text stays one text, in every mode, and nothing of it is a placeholder or a comment.
void tst_Render::textsStayWithinTheirQuotes()
{
    static constexpr char16_t Alphabet[] = u"'\"`\\-#/*?;:@ \n\0\x1Aaüß\u00A5\u2018\u2019\uFF07\u20A9";
    QRandomGenerator random(42);
    for (int round = 0; round < 20'000; ++round) {
        QString text;
        for (int i = random.bounded(12); i > 0; --i)
            text.append(QChar(Alphabet[random.bounded(int(std::size(Alphabet)) - 1)]));
        const QByteArray sql = renderStatement("(?,?)", {text, 7}).value();
        for (const LexerMode &mode : {LexerMode{true, false, false}, LexerMode{true, true, false},
                                      LexerMode{true, false, true}, LexerMode{true, true, true}}) {
            Lexer lexer(sql, mode);
            QByteArrayList tokens;
            for (auto token = lexer.next(); token != Lexer::Token::End; token = lexer.next())
                tokens.append(lexer.text().toByteArray());
            // ( 'text' , 7 ) or ( _utf8mb4 X '5C' , 7 )
            QVERIFY(tokens.size() == 5 || tokens.size() == 8);
            QCOMPARE(tokens.last(), QByteArray(")"));
            QCOMPARE(tokens.at(tokens.size() - 2), QByteArray("7"));
            if (tokens.size() == 5) {
                QByteArray inner = tokens.at(1).sliced(1, tokens.at(1).size() - 2);
                QCOMPARE(QString::fromUtf8(inner.replace("''", "'")), text);
            } else {
                const QByteArray hex = tokens.at(4);
                QCOMPARE(QString::fromUtf8(QByteArray::fromHex(hex.sliced(1, hex.size() - 2))), text);
            }
        }
    }
}

void tst_Render::prepares()
{
    // Nothing to rewrite: the server's business, even where we could not tell.
    const auto plain = prepareStatement("select /*! ? */ 'a\\'?'", {1, 2, 3});
    QCOMPARE(plain->sql, QByteArray("select /*! ? */ 'a\\'?'"));
    QCOMPARE(plain->parameters.size(), 3);

    const auto named1 = prepareStatement("select :b, :a, :b", {named("a", 1), named("b", 2)});
    QCOMPARE(named1->sql, QByteArray("select ?, ?, ?"));
    QCOMPARE(named1->parameters.size(), 3);
    QCOMPARE(named1->parameters.at(0).signedInteger(), 2);
    QCOMPARE(named1->parameters.at(1).signedInteger(), 1);
    QCOMPARE(named1->parameters.at(2).signedInteger(), 2);

    const auto list = prepareStatement("x in (?) and y in (?) and z=?",
                                       {InList(QList<int>{1, 2, 3}), InList(QList<int>{4}), 5});
    QCOMPARE(list->sql, QByteArray("x in (?, ?, ?) and y in (?) and z=?"));
    QCOMPARE(list->parameters.size(), 5);
    QCOMPARE(list->parameters.at(3).signedInteger(), 4);

    QVERIFY(!prepareStatement("x in (?)", {InList(QList<int>{1}), 2}));
    QVERIFY(!prepareStatement("?", {std::nan("")}));
    QVERIFY(!prepareStatement("/*! ? */", {InList(QList<int>{1})}));
}

void tst_Render::rewritesNames()
{
    const auto statement = rewriteNamed("insert into t values (:a,:b,:a) -- :c");
    QCOMPARE(statement->sql, QByteArray("insert into t values (?,?,?) -- :c"));
    QCOMPARE(statement->names, QStringList({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("a")}));
    QVERIFY(rewriteNamed("select 1")->names.isEmpty());
    QVERIFY(!rewriteNamed("select ?"));
}

void tst_Render::forUsers()
{
    QCOMPARE(render(u"select ?, ?", 1, "ü'").value(), QStringLiteral("select 1, 'ü'''"));
    QCOMPARE(render("select :x", named("x", nullptr)).value(), QStringLiteral("select NULL"));
    QVERIFY(!render("select ?", 1, 2));
}

void tst_Render::identifiers_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("quoted"); // empty: refused
    QTest::addRow("plain") << QStringLiteral("a") << QStringLiteral("`a`");
    QTest::addRow("backtick") << QStringLiteral("a`b") << QStringLiteral("`a``b`");
    QTest::addRow("injection") << QStringLiteral("a`; DROP TABLE t; -- ") + QLatin1Char('x')
                               << QStringLiteral("`a``; DROP TABLE t; -- x`");
    QTest::addRow("point") << QStringLiteral("a.b") << QStringLiteral("`a.b`");
    QTest::addRow("64") << QString(64, u'ü')
                        << QString(QLatin1Char('`') + QString(64, u'ü') + QLatin1Char('`'));
    QTest::addRow("empty") << QString() << QString();
    QTest::addRow("65") << QString(65, u'a') << QString();
    QTest::addRow("NUL") << QString(QChar(u'\0')) << QString();
    QTest::addRow("space at the end") << QStringLiteral("a ") << QString();
    QTest::addRow("half a pair") << QString(QChar(0xD800)) << QString();
}

void tst_Render::identifiers()
{
    QFETCH(const QString, name);
    QFETCH(const QString, quoted);
    const Result<QString> result = quoteIdentifier(name);
    QCOMPARE(result.hasValue(), !quoted.isEmpty());
    QCOMPARE(result.valueOr(QString()), quoted);
    if (!result)
        QCOMPARE(result.error().kind(), Error::Kind::Usage);
}

void tst_Render::likePatterns()
{
    QCOMPARE(escapeLike(u"100% of a_b!"), QStringLiteral("100!% of a!_b!!"));
    QCOMPARE(escapeLike(u"a|%", u'|'), QStringLiteral("a|||%"));
    QCOMPARE(escapeLike(u""), QString());
}

QTEST_GUILESS_MAIN(tst_Render)
#include "tst_render.moc"
