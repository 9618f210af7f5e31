// SPDX-FileCopyrightText: 2026 The QAsyncMySql authors
// SPDX-License-Identifier: MIT

#include "sql/expressions/token.h"

#include <array>

namespace QAsyncMySql::Sql::Internal {

namespace {

constexpr int Never = 0;
constexpr int Always = 1;

//! What one family of servers makes of a token: from which version on, and in which words.
struct Words
{
    int since = Always;
    const char *text = "";
};

struct Rule
{
    Token token;
    Words mySql;
    Words mariaDb;
    const char *name = ""; //!< for messages, where a server may lack it
    const char *instead = "";
};

// Sources: MySQL 8.0 and 9.x Reference Manuals, release notes named beside; MariaDB's documentation of each
// statement.
constexpr std::array Rules = {
    Rule{Token::InsertReturning,
         {Never},
         {100500},
         "INSERT ... RETURNING",
         "read the row with a select, by lastInsertId()"},
    Rule{Token::DeleteReturning,
         {Never},
         {100005},
         "DELETE ... RETURNING",
         "select the rows FOR UPDATE in a transaction before deleting them"},
    Rule{Token::ForShare, {80001, " FOR SHARE"}, {Always, " LOCK IN SHARE MODE"}, "", ""},
    Rule{Token::LockOf,
         {80001, " OF "},
         {Never},
         "FOR UPDATE OF",
         "lock the rows of all tables of the select"},
    Rule{Token::SkipLocked, {80001, " SKIP LOCKED"}, {100600, " SKIP LOCKED"}, "SKIP LOCKED", "use NOWAIT"},
    Rule{Token::InsertAlias, {80019, " AS `new`"}, {Always}, "", ""},
    Rule{Token::InsertedBegin, {80019, "`new`."}, {Always, "VALUES("}, "", ""},
    Rule{Token::InsertedEnd, {80019, ""}, {Always, ")"}, "", ""},
    Rule{Token::JsonCastBegin, {50708, "CAST("}, {100207, "JSON_COMPACT("}, "", ""},
    Rule{Token::JsonCastEnd, {50708, " AS JSON)"}, {100207, ")"}, "", ""},
    Rule{Token::DoubleCast, {80017, " AS DOUBLE)"}, {Always, " AS DOUBLE)"}, "CAST to DOUBLE", "add 0e0"},
    Rule{Token::Intersect, {80031, " INTERSECT "}, {100300, " INTERSECT "}, "INTERSECT", "use EXISTS"},
    Rule{Token::Except, {80031, " EXCEPT "}, {100300, " EXCEPT "}, "EXCEPT", "use NOT EXISTS"},
    Rule{Token::IntersectAll,
         {80031, " INTERSECT ALL "},
         {100500, " INTERSECT ALL "},
         "INTERSECT ALL",
         "use EXISTS"},
    Rule{Token::ExceptAll, {80031, " EXCEPT ALL "}, {100500, " EXCEPT ALL "}, "EXCEPT ALL", "use NOT EXISTS"},
    Rule{Token::DropIndexIfExists,
         {Never},
         {100104, "IF EXISTS "},
         "DROP INDEX IF EXISTS",
         "look for the index in information_schema.statistics first"},
    Rule{Token::CreateIndexIfNotExists,
         {Never},
         {100104, "IF NOT EXISTS "},
         "CREATE INDEX IF NOT EXISTS",
         "look for the index in information_schema.statistics first"},
    Rule{Token::Lateral,
         {80014, "LATERAL "},
         {Never},
         "LATERAL",
         "join with a derived table, or use a window function"},
};
static_assert(Rules.size() == size_t(Token::Last));
static_assert([] {
    for (size_t i = 0; i < Rules.size(); ++i) {
        if (size_t(Rules[i].token) != i + 1)
            return false;
    }
    return true;
}());

QString versionText(int version)
{
    return QStringLiteral("%1.%2.%3").arg(version / 10000).arg(version / 100 % 100).arg(version % 100);
}

QString serverText(Dialect dialect)
{
    return (dialect.isMariaDb() ? QStringLiteral("MariaDB ") : QStringLiteral("MySQL "))
        + versionText(dialect.version());
}

Error lacking(const Rule &rule, Dialect dialect)
{
    const auto since = [](const QString &family, const Words &words) {
        return words.since == Never ? QString() : family + QLatin1Char(' ') + versionText(words.since);
    };
    QStringList where{since(QStringLiteral("MySQL"), rule.mySql),
                      since(QStringLiteral("MariaDB"), rule.mariaDb)};
    where.removeAll(QString());
    return Error(Error::Kind::Usage,
                 QStringLiteral("%1 needs %2, and the server is %3; %4.")
                     .arg(QLatin1StringView(rule.name), where.join(QStringLiteral(" or ")),
                          serverText(dialect), QLatin1StringView(rule.instead)),
                 Error::Outcome::NotSent, Error::Phase::Command);
}

} // namespace

Result<QByteArray> resolveTokens(QByteArrayView code, Dialect dialect)
{
    QByteArray text;
    text.reserve(code.size() + 32);
    qsizetype from = 0;
    for (qsizetype at = code.indexOf(TokenMark); at >= 0; at = code.indexOf(TokenMark, from)) {
        text.append(code.sliced(from, at - from));
        const Rule &rule = Rules.at(size_t(quint8(code.at(at + 1))) - 1);
        const Words &words = dialect.isMariaDb() ? rule.mariaDb : rule.mySql;
        if (words.since == Never || dialect.version() < words.since)
            return lacking(rule, dialect);
        text.append(words.text);
        from = at + 2;
    }
    return text.append(code.sliced(from));
}

} // namespace QAsyncMySql::Sql::Internal
