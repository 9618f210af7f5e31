// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/lexer.h"

#include <QRandomGenerator>
#include <QTest>

using QAsyncMySql::Internal::Lexer;
using QAsyncMySql::Internal::LexerMode;
using Token = Lexer::Token;

class tst_Lexer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsPlaceholders_data();
    void countsPlaceholders();
    void findsAmbiguity_data();
    void findsAmbiguity();
    void namesPlaceholders();
    void coversEveryByte();
    void readingsAgreeUnlessAmbiguous();

private:
    static int placeholders(const QByteArray &sql, LexerMode mode = {});
};

int tst_Lexer::placeholders(const QByteArray &sql, LexerMode mode)
{
    int count = 0;
    Lexer lexer(sql, mode);
    for (Token token = lexer.next(); token != Token::End; token = lexer.next())
        count += token == Token::Placeholder;
    return count;
}

// The counts are those of MySQL 9.7 and MariaDB 10.11 for the same text.
void tst_Lexer::countsPlaceholders_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<int>("count");
    const auto add = [](const QByteArray &sql, int count) {
        QTest::addRow("%s", sql.toHex(' ').constData()) << sql << count;
    };
    add("", 0);
    add("?", 1);
    add("select ?, ?", 2);
    add("select '?', ?", 1);
    add("select \"?\", ?", 1);
    add("select `?`, ?", 1);
    add("select @'?', @\"?\", @`?`, ?", 1);
    add("select 1 -- ?\n, ?", 1);
    add("select 1 --\t?\n, ?", 1);
    add("select 1 --\r?\n, ?", 1);
    add("select 1 --\x01?\n, ?", 1);
    add("select 1 --\x7F?\n, ?", 1);
    add("select 1 --\n, ?", 1);
    add("select 1 --", 0);
    add("select 1--?", 1);
    add("select 1 --?", 1);
    add("select 1 # \r ?\n, ?", 1);
    add("select /* ? */ ?", 1);
    add("select /*+ ? */ ?", 1);
    add("select /*/ ? */ ?", 1);
    add("select /**/ ?", 1);
    add("select /***/ ?", 1);
    add("select /* /* */ ?", 1);
    add("select /* ' */ ?", 1);
    add("select 'a''?', ?", 1);
    add("select \"a\"\"?\", ?", 1);
    add("select `a``?`, ?", 1);
    add("select '?''', ?", 1);
    add("select 'a\\'?', ?", 1);
    add("select 'a\\\\', ?", 1);
    add("select `a\\`, ?", 1);
    add("select x'3f', n'?', _utf8mb4'?', _binary\"?\", ?", 1);
    add("select {ts ?}", 1);
    add("select 1 limit ?", 1);
    add("select now() + interval ? day", 1);
    add(QByteArray("select '\0?', ?", 14), 1);
    add("select 'ü?', ?", 1);
    add("select 1 / ? * ?", 2);
    add("select 1 - ? - -?", 2);
    add("select a.b, c->'$.?', d->>\"$.?\", ?", 1);
    add("select @a := ?, @@sql_mode, ?", 2);
    add("select 5 : ?", 1);
}

void tst_Lexer::countsPlaceholders()
{
    QFETCH(const QByteArray, sql);
    QTEST(placeholders(sql), "count");
}

void tst_Lexer::findsAmbiguity_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<int>("ambiguity");
    const auto add
        = [](const char *sql, int ambiguity) { QTest::addRow("%s", sql) << QByteArray(sql) << ambiguity; };
    add("select 'a', \"b\", `c` /* d */ -- e", Lexer::Nothing);
    add("select 'a\\n', '%\\_%', \"\\\\d\"", Lexer::Nothing); // ends at the same place in every mode
    add("select 'a\\'", Lexer::Quotes | Lexer::Unterminated);
    add("select 'a\\', ?, '", Lexer::Quotes);
    add("select 'a\\'' ?", Lexer::Quotes);
    add("select \"a\\\"\" ?", Lexer::Quotes);
    add("select 'a\\\\'' ?'", Lexer::Nothing); // both readings agree
    add("select `a\\`", Lexer::Nothing);
    add("/*! ? */", Lexer::ExecutableComment);
    add("/*!50000 ? */", Lexer::ExecutableComment);
    add("/*M! ? */", Lexer::ExecutableComment);
    add("/*M ? */", Lexer::Nothing);
    add("/* ! */", Lexer::Nothing);
    add("'/*! */'", Lexer::Nothing);
    add("select $$ ' $$", Lexer::DollarQuotes | Lexer::Unterminated);
    add("select $tag$", Lexer::DollarQuotes);
    add("select a$b$c, $1", Lexer::Nothing);
    add("select 'a", Lexer::Unterminated);
    add("select `a", Lexer::Unterminated);
    add("select /* a", Lexer::Unterminated);
    add("select /*/", Lexer::Unterminated);
    add("select 1 -- a", Lexer::Nothing);
}

void tst_Lexer::findsAmbiguity()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const int, ambiguity);
    Lexer lexer(sql);
    while (lexer.next() != Token::End) { }
    QCOMPARE(int(lexer.ambiguity()), ambiguity);
    // Where the mode is known, quotes are never ambiguous.
    Lexer known(sql, {true, true, true});
    while (known.next() != Token::End) { }
    QCOMPARE(known.ambiguity() & Lexer::Quotes, 0);
}

void tst_Lexer::namesPlaceholders()
{
    const auto names = [](const QByteArray &sql) {
        QByteArrayList list;
        Lexer lexer(sql);
        for (Token token = lexer.next(); token != Token::End; token = lexer.next()) {
            if (token == Token::Named)
                list.append(lexer.text().toByteArray());
        }
        return list;
    };
    QCOMPARE(names("select :a, :b_2,:größe"), QByteArrayList({":a", ":b_2", ":größe"}));
    QCOMPARE(names("select a=:a and b in (:b)"), QByteArrayList({":a", ":b"}));
    QCOMPARE(names("set @a := 1, @b:=2"), QByteArrayList());
    QCOMPARE(names("select ':a', \":b\", `:c` -- :d\n, /* :e */ :f"), QByteArrayList({":f"}));
    QCOMPARE(names("again:LOOP"), QByteArrayList());
    QCOMPARE(names("select '12:30:00', a::b, :1, :"), QByteArrayList());
}

void tst_Lexer::coversEveryByte()
{
    // Whatever is given, the pieces follow one another without a gap and come to an end.
    static constexpr char Alphabet[] = "?:'\"`\\/*!-# \n\r\tab$@;M.1\x01\xC3\0";
    QRandomGenerator random(20261121);
    for (int round = 0; round < 20'000; ++round) {
        QByteArray sql(random.bounded(24), Qt::Uninitialized);
        for (char &c : sql)
            c = Alphabet[random.bounded(int(sizeof Alphabet) - 1)];
        Lexer lexer(sql);
        qsizetype at = 0;
        while (lexer.next() != Token::End) {
            QCOMPARE(lexer.begin(), at);
            QVERIFY(lexer.end() > at);
            QVERIFY(lexer.end() <= sql.size());
            at = lexer.end();
        }
        QCOMPARE(at, sql.size());
        QCOMPARE(lexer.next(), Token::End);
    }
}

void tst_Lexer::readingsAgreeUnlessAmbiguous()
{
    // If the lexer says that nothing hangs on sql_mode, then all four modes have the same placeholders at the
    // same places.
    static constexpr char Alphabet[] = "?'\"`\\ a";
    const auto places = [](const QByteArray &sql, LexerMode mode) {
        QList<qsizetype> list;
        Lexer lexer(sql, mode);
        for (Token token = lexer.next(); token != Token::End; token = lexer.next()) {
            if (token == Token::Placeholder)
                list.append(lexer.begin());
        }
        return list;
    };
    QRandomGenerator random(1);
    int unambiguous = 0;
    for (int round = 0; round < 100'000; ++round) {
        QByteArray sql(random.bounded(14), Qt::Uninitialized);
        for (char &c : sql)
            c = Alphabet[random.bounded(int(sizeof Alphabet) - 1)];
        Lexer lexer(sql);
        while (lexer.next() != Token::End) { }
        if (lexer.ambiguity() & Lexer::Quotes)
            continue;
        ++unambiguous;
        const QList<qsizetype> expected = places(sql, {});
        for (const LexerMode &mode : {LexerMode{true, false, false}, LexerMode{true, true, false},
                                      LexerMode{true, false, true}, LexerMode{true, true, true}})
            QCOMPARE(places(sql, mode), expected);
    }
    QVERIFY(unambiguous > 10'000);
}

QTEST_GUILESS_MAIN(tst_Lexer)
#include "tst_lexer.moc"
